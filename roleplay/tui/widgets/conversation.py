"""The conversation: the customer on the left, you on the right, each by name and glyph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roleplay.transcript import Speaker
from roleplay.tui.widgets.item import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import MouseScrollUp

    from roleplay.session.shown import ShownTurn

GUARDED = "scripted"
"""Beside a line that the model spoiled and the persona's own stands in for."""

LIVE = 40
"""Turns and notes that are laid out at a time: laying out all of a long call would slow down every reply."""
AT_ONCE = 10
"""So many of the oldest are put away together."""


class Spoken(Horizontal):
    """One turn as it was said."""

    def __init__(self, name: str, text: str, *, ours: bool, aside: str = "") -> None:
        """`aside`: a quiet word beside the name."""
        super().__init__(classes="ours" if ours else "theirs")
        self._speaker = name
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

    def again(self) -> Spoken:
        """The same turn, to be mounted anew."""
        return Spoken(self._speaker, self._text, ours=self._ours, aside=self._aside)

    def _content(self) -> Content:
        name = f"{self._speaker} ▸" if self._ours else f"◂ {self._speaker}"
        aside = f"  {self._aside}" if self._aside else ""
        return Content.assemble(
            (name, "bold $primary" if self._ours else "bold $secondary"), (aside, "$quiet"), "\n", self._text
        )


class Note(Item):
    """Something that nobody said."""

    def __init__(self, text: str, *, problem: bool = False) -> None:
        super().__init__(text, "✗" if problem else "·", classes="note problem" if problem else "note")
        self._arguments = text, problem

    def again(self) -> Note:
        """The same note, to be mounted anew."""
        text, problem = self._arguments
        return Note(text, problem=problem)


class EarlierLine(Static):
    """Says how much was put away; a click brings some of it back."""

    def on_click(self) -> None:
        self.query_ancestor(Conversation).bring_back()


class Conversation(VerticalScroll):
    """All turns and notes, the latest in view; the oldest of a long call are put away and come back on scrolling."""

    def __init__(self, customer: str, *, id: str) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(id=id)
        self._customer = customer
        self._growing: Spoken | None = None
        self._live: list[Spoken | Note] = []
        self._put_away: list[Spoken | Note] = []

    def compose(self) -> ComposeResult:
        yield EarlierLine(id="conversation-earlier", markup=False)

    def on_mount(self) -> None:
        self._say_how_many()
        self.anchor()

    def show_customer(self, text: str, *, guarded: bool) -> None:
        """The customer's whole line, in place of the pieces that came before it."""
        growing, self._growing = self._growing, None
        aside = GUARDED if guarded else ""
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
        self._add(Note(text, problem=problem))

    def recall(self, turns: Sequence[ShownTurn]) -> None:
        """What was said before this sitting."""
        said = [self._turn(one) for one in turns]
        self._put_away += said[:-LIVE]
        for one in said[-LIVE:]:
            self._add(one)
        self._say_how_many()

    def _turn(self, turn: ShownTurn) -> Spoken:
        if turn.speaker is Speaker.TRAINEE:
            return Spoken("You", turn.text, ours=True)
        return Spoken(self._customer, turn.text, ours=False, aside=GUARDED if turn.guarded else "")

    def scroll_pages(self, pages: int) -> None:
        """Up (below 0) or down; up from the top brings back what was put away."""
        if pages < 0 and self.scroll_y <= 0 and self._put_away:
            self.bring_back()
        else:
            self.scroll_relative(y=pages * max(self.size.height - 1, 1), animate=False)

    def bring_back(self) -> None:
        """Lays out some more of what was said before; the place that was in view stays in view."""
        if not self._put_away:
            return
        first = self._live[0]
        back = [one.again() for one in self._put_away[-LIVE:]]
        del self._put_away[-LIVE:]
        self._live[:0] = back
        self.mount_all(back, before=first)
        self._say_how_many()
        self.call_after_refresh(first.scroll_visible, top=True, animate=False)

    def _on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        if self.scroll_y <= 0 and self._put_away:
            event.stop()
            self.bring_back()
        else:
            super()._on_mouse_scroll_up(event)

    def _add(self, widget: Spoken | Note) -> None:
        self._live.append(widget)
        self.mount(widget)
        if len(self._live) >= LIVE + AT_ONCE:
            away, self._live = self._live[:-LIVE], self._live[-LIVE:]
            self._put_away += away
            self.remove_children(away)
            self._say_how_many()
        self.anchor()

    def _say_how_many(self) -> None:
        line = self.query_one("#conversation-earlier", EarlierLine)
        line.display = bool(self._put_away)
        line.update(f"… {len(self._put_away)} earlier: page up at the top, or a click here")
