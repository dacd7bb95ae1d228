"""Where the reply is typed: enter sends, shift+enter or ctrl+j is a new line, a paste never sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from roleplay.sanitise import clean_text

if TYPE_CHECKING:
    from textual.events import Key, Paste

PLACEHOLDER = "Your reply. Enter sends, ctrl+j is a new line."


TAKEN = {"f6", "f7", "pageup", "pagedown"}
"""Keys of a text area that the call needs for itself."""


class ReplySent(Message):
    """The trainee pressed enter. The words stay in the box until they are on disk."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class ReplyBox(TextArea, inherit_bindings=False):
    """A text area that sends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(one for one in TextArea.BINDINGS if isinstance(one, Binding) and not TAKEN & set(one.key.split(","))),
        Binding("pageup", "screen.scroll_back(-1)", "Earlier", show=False),
        Binding("pagedown", "screen.scroll_back(1)", "Later", show=False),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            highlight_cursor_line=False,
            placeholder=PLACEHOLDER,
        )

    async def _on_key(self, event: Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(ReplySent(self.text))
        elif event.key in ("shift+enter", "ctrl+j"):
            event.stop()
            event.prevent_default()
            self.insert("\n")

    async def _on_paste(self, event: Paste) -> None:
        # Escape sequences in a paste would reach the terminal when the box is drawn.
        event.stop()
        event.prevent_default()
        self.replace(clean_text(event.text), *self.selection, maintain_selection_offset=False)
        self.scroll_cursor_visible()

    def clear_sent(self, typed: str) -> None:
        """Empties the box after what was `typed` in it was recorded; what was typed since then stays."""
        if self.text == typed:
            self.text = ""

    def give_back(self, text: str) -> None:
        """Puts words back that were not taken."""
        if not self.text:
            self.text = text
            self.move_cursor(self.document.end)
