"""The debrief: what the call came to, and the one thing to practise next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Footer, Static

from roleplay.tui.happened import (
    AgainWanted,
    BothWaysWanted,
    DebriefClosed,
    DisputeWanted,
    DrillStarted,
    GoingBackWanted,
    SaveWanted,
)
from roleplay.tui.widgets import debrief_parts as parts
from roleplay.tui.widgets.mood_plot import MoodOverCall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from roleplay.dispute import RaisedDispute
    from roleplay.report.debrief import Debrief
    from roleplay.session.held import HeldCall

ON = "Back home; after `roleplay practice`, the end."


class DebriefScreen(Screen[None]):
    """Read it once; take one thing along."""

    ABOUT = "How the call went. The numbers are there to find out what to practise, not to judge you."
    CSS_PATH = "debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", "Go on", tooltip=ON, id="debrief.close"),
        Binding(
            "r",
            "again",
            "Again",
            tooltip="The same customer with the same chances, from the brief.",
            id="debrief.again",
        ),
        Binding(
            "n",
            "drill",
            "Drill",
            tooltip="Take the call in which you can practise the one thing to drill.",
            id="debrief.drill",
        ),
        Binding("s", "save", "Save", tooltip="Keep this page as HTML, Markdown and JSON.", id="debrief.save"),
        Binding(
            "b",
            "go_back",
            "Go back",
            tooltip="Answer one of your replies differently, from there on.",
            id="debrief.go-back",
        ),
        Binding(
            "v",
            "both_ways",
            "Both ways",
            tooltip="This retry beside the call that it goes back into.",
            id="debrief.both-ways",
        ),
        Binding(
            "d",
            "dispute",
            "Disagree",
            tooltip="Tell your trainer that a verdict is wrong, or of a line that you are proud of.",
            id="debrief.dispute",
        ),
        Binding("escape", "close", "Back", tooltip=ON, id="debrief.close"),
    ]

    def __init__(self, call: HeldCall, told: Debrief, raised: Sequence[RaisedDispute] = ()) -> None:
        """`told`: of the call; `raised`: what the trainee has told their trainer of it."""
        super().__init__()
        self._call = call
        self._raised = raised
        self._told = told
        self._customer = call.course.persona.name

    def compose(self) -> ComposeResult:
        told = self._told
        yield Static(parts.heading(told), id="debrief-heading")
        with VerticalScroll(id="debrief-body"), Horizontal(id="debrief-columns"):
            with Vertical(id="debrief-left"):
                yield from parts.reflection(told)
                yield from parts.scores(told)
                yield from parts.moments(told)
                yield from parts.criteria(told)
                yield from parts.review(told)
                with Vertical(id="debrief-raised"):
                    yield from parts.raised(self._raised)
            with Vertical(id="debrief-right"):
                yield from parts.customer(told, self._customer)
                yield from parts.drill(told)
                yield MoodOverCall(told.moods, told.landed, id="moods")
                yield from parts.steps(told)
                yield from parts.held_back(told)
                yield from parts.figures(told)
                yield from parts.voice(told)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#debrief-body").focus()

    async def show_raised(self, raised: Sequence[RaisedDispute]) -> None:
        """Shows what was told to the trainer since."""
        place = self.query_one("#debrief-raised")
        await place.remove_children()
        await place.mount(*parts.raised(raised))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        if action == "both_ways":
            return self._call.header.is_retry and self._call.has_parted
        if action == "drill":
            return self._told.next_call is not None
        return action != "go_back" or bool(self._call.course.history)

    @on(Button.Pressed, "#debrief-drill")
    def action_drill(self) -> None:
        if self._told.next_call is not None:
            self.post_message(DrillStarted(self._told.next_call.persona))

    def action_save(self) -> None:
        self.post_message(SaveWanted())

    def action_go_back(self) -> None:
        self.post_message(GoingBackWanted())

    def action_both_ways(self) -> None:
        self.post_message(BothWaysWanted())

    def action_dispute(self) -> None:
        self.post_message(DisputeWanted())

    def action_close(self) -> None:
        self.post_message(DebriefClosed())

    def action_again(self) -> None:
        self.post_message(AgainWanted())
