"""The brief: everything to know before the phone is picked up. Reading it is never blocked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from roleplay.report.debrief import DIMENSION_WORDS
from roleplay.tui.happened import BriefClosed, CallTaken
from roleplay.tui.screens.page import paragraph, policy_page, policy_parts
from roleplay.tui.widgets.item import Item
from roleplay.tui.words import DIFFICULTY_WORDS, dots, reflowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from roleplay.persona import Persona


class BriefScreen(Screen[None]):
    """Who calls, what it is about, what it trains and what counts."""

    ABOUT = (
        "Read this as long as you like; nothing runs yet. Enter picks up the phone. "
        "The rules stay one key away during the call."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "take", "Take the call", tooltip="Start the call. The customer speaks first.", id="brief.take"
        ),
        Binding("f2", "policy", "Rules", tooltip="The rules of the house, on a page of their own.", id="brief.policy"),
        Binding("escape", "back", "Back", tooltip="Step back.", id="brief.back"),
    ]

    def __init__(self, persona: Persona, dimensions: tuple[str, ...], *, resumed: bool = False) -> None:
        """`dimensions`: what the rubric scores; `resumed`: the call has begun before."""
        super().__init__()
        self._persona = persona
        self._dimensions = dimensions
        self._resumed = resumed

    def compose(self) -> ComposeResult:
        yield Static(self._who(), id="brief-who")
        with VerticalScroll(id="brief-body"), Horizontal(id="brief-columns"):
            with Vertical(id="brief-left"):
                yield from self._what_to_know()
            with Vertical(id="brief-right"):
                yield Static("The rules here", classes="title")
                yield from policy_parts(self._persona)
        yield Static(id="brief-status", markup=False)
        yield Footer(show_command_palette=False)

    def _what_to_know(self) -> Iterator[Static | Item]:
        persona = self._persona
        for note in persona.content:
            yield Static(Content.assemble(("Please note: ", "bold"), note), classes="paragraph please-note")
        yield Static("What you know", classes="title")
        yield paragraph(reflowed(persona.brief))
        yield Static("What this call trains", classes="title")
        yield from (Item(one) for one in persona.trains)
        yield Static("What counts", classes="title spaced")
        yield from (Item(_dimension(name)) for name in self._dimensions)

    def on_mount(self) -> None:
        self.query_one("#brief-body").focus()
        self.watch(self.app, "readiness", self._show_readiness)

    def _show_readiness(self, words: str) -> None:
        enter = "enter goes on with the call" if self._resumed else "enter takes the call"
        self.query_one("#brief-status", Static).update(f"{words} · {enter}")

    def _who(self) -> Content:
        persona = self._persona
        return Content.assemble(
            (persona.name, "bold $primary"),
            (f"  {persona.company} · {persona.trade} · {persona.channel}   ", "$quiet"),
            (dots(persona.difficulty), "$secondary"),
            (f" {DIFFICULTY_WORDS[persona.difficulty - 1]}", "$quiet"),
        )

    def action_take(self) -> None:
        self.post_message(CallTaken())

    def action_policy(self) -> None:
        self.app.push_screen(policy_page(self._persona))

    def action_back(self) -> None:
        self.post_message(BriefClosed())


def _dimension(name: str) -> Content:
    title, meaning = DIMENSION_WORDS.get(name, (name.replace("_", " ").capitalize(), ""))
    return Content.assemble((title, "bold"), f": {meaning}" if meaning else "")
