"""A break. Never scored, never timed; any key goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key

REST = (
    "Take the time you need.\n\nThe customer waits and does not notice. A break is never scored.\n"
    "Stand up, look out of the window, drink some water."
)


class PauseScreen(ModalScreen[None]):
    """Covers the call until a key is pressed."""

    CSS_PATH = "pause.tcss"

    def compose(self) -> ComposeResult:
        with Vertical(id="pause"):
            yield Static(Content.styled("A break", "bold $accent"), id="pause-title")
            yield Static(REST, markup=False)
            yield Static(Content.styled("any key goes on with the call", "$quiet"), id="pause-closing")

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss()
