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
from roleplay.tui.screens.page import policy_content, policy_page
from roleplay.tui.words import DIFFICULTY_WORDS, dots

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from roleplay.persona import Persona


class BriefScreen(Screen[None]):
    """Who calls, what it is about, what it trains and what counts."""

    ABOUT = "Read this as long as you like; nothing runs yet. Enter picks up the phone. The rules stay one key away in the call."
    CSS_PATH = "brief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take the call", tooltip="Start the call. The customer speaks first."),
        Binding("f2", "policy", "Rules", tooltip="The rules of the house, on a page of their own."),
        Binding("escape", "back", "Back", tooltip="Step back."),
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
                if self._persona.content:
                    yield _section(
                        "Please note", Content("\n").join(Content(one) for one in self._persona.content), "note"
                    )
                yield _section("What you know", Content(self._persona.brief.strip()), "first")
                yield _section("What this call trains", _bullets(self._persona.trains))
                yield _section("What counts", self._counts())
            with Vertical(id="brief-right"):
                yield _section("The rules here", policy_content(self._persona), "first")
        yield Static("", id="brief-status", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#brief-body").focus()
        self.watch(self.app, "readiness", self._show_readiness)

    def _show_readiness(self, words: str) -> None:
        enter = "enter goes on with the call" if self._resumed else "enter takes the call"
        self.query_one("#brief-status", Static).update(f"{words} · {enter}")

    def _who(self) -> Content:
        persona = self._persona
        level = f"{DIFFICULTY_WORDS[persona.difficulty - 1]}"
        return Content.assemble(
            (persona.name, "bold $primary"),
            (f"  {persona.company} · {persona.trade} · {persona.channel}   ", "$text-muted"),
            (dots(persona.difficulty), "$secondary"),
            (f" {level}", "$text-muted"),
        )

    def _counts(self) -> Content:
        known = [DIMENSION_WORDS.get(name, (name.replace("_", " ").capitalize(), "")) for name in self._dimensions]
        return Content("\n").join(
            Content.assemble("• ", (title, "bold"), f": {meaning}" if meaning else "") for title, meaning in known
        )

    def action_take(self) -> None:
        self.post_message(CallTaken())

    def action_policy(self) -> None:
        self.app.push_screen(policy_page(self._persona))

    def action_back(self) -> None:
        self.post_message(BriefClosed())


def _section(title: str, text: Content, classes: str = "") -> Static:
    return Static(Content.assemble((title, "bold $accent"), "\n", text), classes=f"section {classes}")


def _bullets(lines: tuple[str, ...]) -> Content:
    return Content("\n").join(Content(f"• {line}") for line in lines)
