"""A page over the screen: help, rules, facts, a problem. Any key that means "back" closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.screen import Screen

    from roleplay.errors import RoleplayError
    from roleplay.persona import Fact, Persona


class PageScreen(ModalScreen[bool]):
    """Text to read. Answers True if what it offers was taken."""

    CSS_PATH = "page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,f2,f3", "dismiss(False)", "Back", show=False),
        Binding("enter", "take", "Go on", show=False),
    ]

    def __init__(self, title: str, text: Content, offer: str = "") -> None:
        """`offer`: what enter does instead of going back."""
        super().__init__()
        self._title = title
        self._text = text
        self._offer = offer

    def compose(self) -> ComposeResult:
        closing = f"enter: {self._offer} · esc: back" if self._offer else "esc goes back"
        with Vertical(id="page"):
            yield Static(Content.styled(self._title, "bold $primary"), id="page-title")
            with VerticalScroll(id="page-body"):
                yield Static(self._text)
            yield Static(Content.styled(closing, "$text-muted"), id="page-closing")

    def action_take(self) -> None:
        self.dismiss(bool(self._offer))


def help_page(screen: Screen[Any]) -> PageScreen:
    """What the screen is for, and its keys."""
    about = getattr(screen, "ABOUT", "")
    keys = [
        (_key_name(key), active.tooltip or active.binding.description)
        for key, active in screen.active_bindings.items()
        if active.binding.description and not active.binding.system and active.node in (screen, screen.app)
    ]
    width = max((len(key) for key, _ in keys), default=0)
    lines = [Content.assemble((key.ljust(width), "bold $accent"), f"  {what}") for key, what in keys]
    return PageScreen("Help", Content("\n").join([Content(f"{about}\n"), *lines]))


def _key_name(key: str) -> str:
    return {"escape": "esc", "ctrl+j": "ctrl+j"}.get(key, key)


def policy_page(persona: Persona) -> PageScreen:
    """The rules of the house."""
    return PageScreen("The rules here", policy_content(persona))


def policy_content(persona: Persona) -> Content:
    """The rules, a paragraph each."""
    return _paragraphs((rule.title, rule.text) for rule in persona.policy) or Content("There are no rules here.")


def facts_page(name: str, facts: Iterable[Fact]) -> PageScreen:
    """What the customer has told so far."""
    told = [Content(f"• {fact.says}") for fact in facts]
    return PageScreen(
        f"What {name} has told you", Content("\n\n").join(told) or Content("Nothing yet. Ask an open question.")
    )


def problem_page(error: RoleplayError, offer: str = "") -> PageScreen:
    """What failed, and what to do next."""
    return PageScreen(
        "That did not work",
        Content("\n\n").join(Content(part) for part in (error.message, error.next_step) if part),
        offer,
    )


def _paragraphs(parts: Iterable[tuple[str, str]]) -> Content:
    return Content("\n\n").join(
        Content.assemble((title, "bold"), "\n", " ".join(text.split())) for title, text in parts
    )
