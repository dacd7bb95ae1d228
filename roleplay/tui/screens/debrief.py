"""The debrief: what the call came to, in scores, in quotes, in the customer's words, and the one thing to practise next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static

from roleplay.tui.happened import AgainWanted, DebriefClosed
from roleplay.tui.widgets import debrief_parts as parts
from roleplay.tui.widgets.mood_plot import MoodOverCall

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from roleplay.report.debrief import Debrief


class DebriefScreen(Screen[None]):
    """Read it once; take one thing along."""

    ABOUT = "How the call went. The numbers are for finding out what to practise, not for judging you."
    CSS_PATH = "debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", "Go on", tooltip="Back home; after a single call, the end."),
        Binding("r", "again", "Same call again", tooltip="The same customer with the same chances, from the brief."),
        Binding("escape", "close", "Back", tooltip="Back home; after a single call, the end."),
    ]

    def __init__(self, told: Debrief, customer: str, *, single: bool = False) -> None:
        """`single`: there is no home to go back to."""
        super().__init__()
        self._told = told
        self._customer = customer
        self._single = single

    def compose(self) -> ComposeResult:
        told = self._told
        yield Static(parts.heading(told), id="debrief-heading")
        with VerticalScroll(id="debrief-body"), Horizontal(id="debrief-columns"):
            with Vertical(id="debrief-left"):
                yield Static(parts.scores(told), classes="part")
                yield Static(parts.moments(told), classes="part")
                yield Static(parts.drill(told), classes="part drill")
            with Vertical(id="debrief-right"):
                yield MoodOverCall(told.moods, id="moods")
                yield Static(parts.customer(told, self._customer), classes="part")
                yield Static(parts.steps(told), classes="part")
                yield Static(parts.held_back(told), classes="part")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        for part in self.query(".part").results(Static):
            part.display = bool(str(part.content))
        self.query_one("#debrief-body").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        return True

    def action_close(self) -> None:
        self.post_message(DebriefClosed())

    def action_again(self) -> None:
        self.post_message(AgainWanted())
