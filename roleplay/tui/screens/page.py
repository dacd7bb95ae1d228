"""A page over the screen: help, rules, facts, a problem. Any key that means "back" closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from roleplay.session.glossary import heard_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.screen import Screen
    from textual.widget import Widget

    from roleplay.errors import RoleplayError
    from roleplay.persona import Persona


class PageScreen(ModalScreen[bool]):
    """Something to read. Answers True if what it offers was taken."""

    CSS_PATH = "page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,f2,f3", "dismiss(False)", "Back", show=False),
        Binding("enter", "take", "Go on", show=False),
    ]

    def __init__(self, title: str, parts: Iterable[Widget], offer: str = "", *, wide: bool = False) -> None:
        """`offer`: what enter does instead of going back; `wide`: for tables."""
        super().__init__(classes="wide" if wide else "")
        self._title = title
        self._parts = parts
        self._offer = offer

    def compose(self) -> ComposeResult:
        closing = f"enter: {self._offer} · esc: back" if self._offer else "esc goes back"
        with Vertical(id="page"):
            yield Static(Content.styled(self._title, "bold $primary"), id="page-title")
            with VerticalScroll(id="page-body"):
                yield from self._parts
            yield Static(Content.styled(closing, "$quiet"), id="page-closing")

    def on_mount(self) -> None:
        self.query_one("#page-body").focus()

    def action_take(self) -> None:
        self.dismiss(bool(self._offer))


def paragraph(text: str | Content, title: str = "") -> Static:
    """A block of text under a title of its own."""
    return Static(Content.assemble((f"{title}\n" if title else "", "bold"), text), classes="paragraph")


def help_page(screen: Screen[Any]) -> PageScreen:
    """What the screen is for, and its keys."""
    keys = [
        (_key_name(key), active.tooltip or active.binding.description)
        for key, active in screen.active_bindings.items()
        if active.binding.description and active.binding.tooltip
    ]
    keys.append(("ctrl+p", "Every action by name, and other colours."))
    width = max(len(key) for key, _ in keys)
    lines = [Content.assemble((key.ljust(width), "bold $accent"), f"  {what}") for key, what in keys]
    return PageScreen("Help", [paragraph(getattr(screen, "ABOUT", "")), Static(Content("\n").join(lines))])


def _key_name(key: str) -> str:
    return "esc" if key == "escape" else key


def policy_page(persona: Persona, line: str = "") -> PageScreen:
    """The rules of the house; trade words of the customer's `line`, their latest, before them."""
    return PageScreen("The rules here", policy_parts(persona, line))


def policy_parts(persona: Persona, line: str = "") -> Sequence[Static]:
    """The words just heard, the rules, and all other words, a paragraph each."""
    heard, others = heard_first(persona.gloss, line)
    rules = [paragraph(" ".join(rule.text.split()), rule.title) for rule in persona.policy]
    return [
        *(_word(word, meaning, "just heard") for word, meaning in heard.items()),
        *(rules or [paragraph("There are no rules here.")]),
        *(_word(word, meaning, "a word of the trade, or an idiom") for word, meaning in others.items()),
    ]


def _word(word: str, meaning: str, what: str) -> Static:
    return Static(Content.assemble((word, "bold $secondary"), (f"  {what}\n", "$quiet"), meaning), classes="paragraph")


def problem_page(error: RoleplayError, offer: str = "") -> PageScreen:
    """What failed, and what to do next."""
    parts = [paragraph(part) for part in (error.message, error.next_step) if part]
    return PageScreen("That did not work", parts, offer)
