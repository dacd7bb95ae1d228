"""A line of a list: a glyph, and text that hangs beside it however often it wraps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Item(Horizontal):
    """One entry. The text is shown as it is, never read as markup."""

    DEFAULT_CSS = """
    Item { height: auto; width: 100%; }
    Item .glyph { width: 2; height: 1; }
    Item .words { width: 1fr; height: auto; }
    """

    def __init__(self, text: str | Content, glyph: str = "•", style: str = "$quiet", *, classes: str = "") -> None:
        """`style`: of the glyph."""
        super().__init__(classes=classes)
        self._text = Content(text) if isinstance(text, str) else text
        self._glyph = Content.styled(glyph, style)

    def compose(self) -> ComposeResult:
        yield Static(self._glyph, classes="glyph")
        yield Static(self._text, classes="words")
