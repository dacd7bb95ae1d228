"""The list on the home screen: unfinished calls, the suggested one, all others, broken files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from roleplay.tui.words import DIFFICULTY_WORDS, ago, count, dots, one_line, points

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from textual.events import Resize

    from roleplay.call_log import CallSummary
    from roleplay.library.folder import Listing
    from roleplay.tui.shelf import Shelf, ShelfRow

NARROW = 56
"""Below this many cells a row is three lines instead of two columns."""
SPACIOUS = 90
"""From here on a date stands beside the result."""
MARGINS = 4
"""Cells left and right of a row, and the scroll bar."""
WHO = 24
RESULT = {False: 14, True: 24}
"""Cells for your results, without and with room."""


class BrokenChosen(Message):
    """A file with problems was picked."""

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self.listing = listing


class ShelfList(OptionList):
    """Rows made for the width there is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "select",
            "Open",
            tooltip="Read this customer's brief, or go on with an unfinished call.",
            id="home.select",
        ),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(id=id, markup=False)
        self._shelf: Shelf | None = None
        self._made_for = 0
        self._words: list[str] = []

    def fill(self, shelf: Shelf) -> None:
        """Shows other rows; the cursor stays where it was, unless a call was just cut off."""
        cut_off = self._shelf is not None and len(shelf.unfinished) > len(self._shelf.unfinished)
        self._shelf = shelf
        self._rebuild(None if cut_off else self._cursor())

    def narrow_to(self, text: str) -> bool:
        """Shows only customers with all words of `text` in them; False if there is none."""
        self._words = text.lower().split()
        self._rebuild(self._cursor())
        return self._shelf is None or bool(self._shown())

    def _shown(self) -> list[ShelfRow]:
        assert self._shelf is not None  # noqa: S101 - asked before
        return [row for row in self._shelf.rows if all(word in _haystack(row) for word in self._words)]

    def highlight(self, identifier: str) -> None:
        """Moves the cursor to the option of that id."""
        self.highlighted = self.get_option_index(identifier)

    def on_resize(self, event: Resize) -> None:
        if self._shelf is not None and event.size.width != self._made_for:
            self._rebuild(self._cursor())

    def _cursor(self) -> str | None:
        return None if self.highlighted is None else self.get_option_at_index(self.highlighted).id

    def _rebuild(self, cursor: str | None) -> None:
        if self._shelf is None:
            return
        self._made_for = self.size.width
        self.clear_options()
        shelf = (
            replace(self._shelf, rows=tuple(self._shown()), unfinished=(), broken=(), is_whole=False)
            if self._words
            else self._shelf
        )
        self.add_options(_options(shelf, max(self.scrollable_content_region.width - MARGINS, 20)))
        known = [option.id for option in self.options]
        first = next((at for at, option in enumerate(self.options) if not option.disabled), None)
        self.highlighted = known.index(cursor) if cursor is not None and cursor in known else first
        if self.highlighted == first:
            self.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _broken(self, event: OptionList.OptionSelected) -> None:
        kind, _, identifier = (event.option_id or "").partition(":")
        if kind == "broken" and self._shelf is not None:
            event.stop()
            self.post_message(BrokenChosen(next(one for one in self._shelf.broken if one.id == identifier)))


def _options(shelf: Shelf, width: int) -> Iterator[Option]:
    if shelf.unfinished:
        yield _heading("unfinished call" if len(shelf.unfinished) == 1 else "unfinished calls", first=True)
        for call in shelf.unfinished:
            yield Option(_unfinished(call, shelf.read_at, width), id=f"unfinished:{call.header.id}")
    for place, row in enumerate(shelf.rows):
        if place <= 1 and shelf.is_whole:
            yield _heading(
                f"suggested next: {shelf.why_first}" if place == 0 else "all calls, from easy to hard",
                first=not shelf.unfinished and not place,
            )
        yield Option(_persona(row, shelf.read_at, width), id=f"persona:{row.persona.id}")
    if shelf.broken:
        yield _heading("files with problems", first=not shelf.rows)
        for listing in shelf.broken:
            yield Option(_broken(listing), id=f"broken:{listing.id}")


def _haystack(row: ShelfRow) -> str:
    one = row.persona
    level = DIFFICULTY_WORDS[one.difficulty - 1]
    shown = (one.id, one.name, one.company, one.trade, one.channel, level, one.temperament or "", *one.trains)
    return " ".join(shown).lower()


def _heading(text: str, *, first: bool = False) -> Option:
    return Option(Content(text if first else f"\n{text}"), disabled=True)


def _unfinished(call: CallSummary, now: datetime, width: int) -> Content:
    about = f"{count(call.replies, 'reply')}, {ago(call.header.started_at, now)}"
    who = Content.assemble(("▶ Resume ", "bold $warning"), call.header.persona_name)
    if width < NARROW:
        return Content("\n").join([who.truncate(width, ellipsis=True), Content.styled(f"  {about}", "$quiet")])
    return _columns([(who, width - 30), (Content.styled(about, "$quiet"), 30)])


def _persona(row: ShelfRow, now: datetime, width: int) -> Content:
    persona = row.persona
    where = f"{persona.company} · {persona.trade}"
    trains = Content.styled(f"trains: {'; '.join(persona.trains)}", "$quiet")
    mood = persona.temperament or DIFFICULTY_WORDS[persona.difficulty - 1]
    level = Content.assemble((dots(persona.difficulty), "$secondary"), (f" {mood}", "$quiet"))
    best, last = _results(row, now, spacious=width >= SPACIOUS)
    name = Content.styled(persona.name, "bold")
    if width < NARROW:
        lines = [name, Content(where), Content.assemble(level, " · ", best), trains]
        return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)
    room = RESULT[width >= SPACIOUS]
    middle = width - WHO - room
    first = _columns([(name, WHO), (Content(where), middle), (best, room)])
    second = _columns([(level, WHO), (trains, middle), (last, room)])
    return Content("\n").join([first, second])


def _results(row: ShelfRow, now: datetime, *, spacious: bool) -> tuple[Content, Content]:
    """Your best and your last result, short."""
    if row.best is None or row.last is None or row.best.result is None or row.last.result is None:
        return Content.styled("not tried yet", "$quiet"), Content("")
    mark = "✓ " if row.best.result.passed else ""
    scored = row.best.result.overall is not None
    best = Content.assemble((mark, "$success"), f"best {points(row.best.result.overall)}" if scored else "no score yet")
    when = ago(row.last.header.started_at, now)
    if row.last is row.best:
        return best, Content.styled(when, "$quiet")
    last = f"last {points(row.last.result.overall)}"
    return best, Content.styled(f"{last}, {when}" if spacious else last, "$quiet")


def _broken(listing: Listing) -> Content:
    problem = one_line(listing.problem)
    return Content.assemble(("✗ ", "$error"), (listing.id, "bold"), "  ", (problem, "$quiet"))


def _columns(cells: list[tuple[Content, int]]) -> Content:
    """Cells side by side, each of so many cells; the last one against the right edge."""
    *before, (last, room) = [(cell.truncate(size - 1, ellipsis=True), size) for cell, size in cells]
    made = [cell.pad_right(size - cell.cell_length) for cell, size in before]
    return Content("").join([*made, last.pad_left(room - last.cell_length)])
