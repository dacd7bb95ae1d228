"""What the customer has told so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roleplay.tui.widgets.item import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from roleplay.persona import Fact


class ToldFacts(VerticalScroll, can_focus=False):
    """The facts, in the order of the file."""

    def __init__(self, facts: Sequence[Fact], *, id: str) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(id=id)
        self._facts = facts

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Told so far", "bold $accent"))
        yield from told_items(self._facts)

    def show(self, facts: Sequence[Fact]) -> None:
        """Shows what has been told by now."""
        self._facts = facts
        self.refresh(recompose=True)


def told_items(facts: Sequence[Fact]) -> list[Item]:
    """An entry for each fact."""
    return [Item(fact.says) for fact in facts] or [Item("Nothing yet. Ask an open question.", "·")]


def written_items(written: Sequence[tuple[str, str]]) -> list[Static | Item]:
    """Notes and bookings under a title; nothing where there are none."""
    title = Static("What you wrote down", classes="title spaced")
    return [title, *(Item(f"{label}: {words}") for label, words in written)] if written else []
