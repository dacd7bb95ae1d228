"""The conversation: the customer on the left, you on the right, each by name and glyph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roleplay.tui.widgets.item import Item

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Spoken(Horizontal):
    """One turn as it was said."""

    def __init__(self, name: str, text: str, *, ours: bool, aside: str = "") -> None:
        """`aside`: a quiet word beside the name."""
        super().__init__(classes="ours" if ours else "theirs")
        self._name = name
        self._text = text
        self._ours = ours
        self._aside = aside

    def compose(self) -> ComposeResult:
        yield Static(self._content(), classes="bubble")

    def say(self, text: str, aside: str = "") -> None:
        """Changes the words while they arrive."""
        self._text, self._aside = text, aside
        if self.is_mounted and self.children:
            self.query_one(".bubble", Static).update(self._content())

    @property
    def text(self) -> str:
        return self._text

    def _content(self) -> Content:
        name = f"{self._name} ▸" if self._ours else f"◂ {self._name}"
        aside = f"  {self._aside}" if self._aside else ""
        return Content.assemble(
            (name, "bold $primary" if self._ours else "bold $secondary"), (aside, "$quiet"), "\n", self._text
        )


class Conversation(VerticalScroll):
    """All turns and notes, the latest in view."""

    def __init__(self, customer: str, *, id: str) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(id=id)
        self._customer = customer
        self._growing: Spoken | None = None

    def on_mount(self) -> None:
        self.anchor()

    def show_customer(self, text: str, *, aside: str = "") -> None:
        """The customer's whole line, in place of the pieces that came before it."""
        growing, self._growing = self._growing, None
        if growing is not None:
            growing.say(text, aside)
        else:
            self._add(Spoken(self._customer, text, ours=False, aside=aside))

    def add_piece(self, text: str) -> None:
        """The next piece of the customer's line."""
        if self._growing is None:
            self._growing = Spoken(self._customer, text, ours=False)
            self._add(self._growing)
        else:
            self._growing.say(self._growing.text + text)

    def show_trainee(self, text: str) -> None:
        """The trainee's reply."""
        self._growing = None
        self._add(Spoken("You", text, ours=True))

    def note(self, text: str, *, problem: bool = False) -> None:
        """Something that nobody said."""
        self._add(Item(text, "✗" if problem else "·", classes="note problem" if problem else "note"))

    def _add(self, widget: Spoken | Item) -> None:
        self.mount(widget)
        self.anchor()
