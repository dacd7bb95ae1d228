"""The customer's mood: a word, a number, a gauge, and the cause of the last change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from roleplay.event import MoodChange

LOWEST, HIGHEST = -100, 100
WIDEST_GAUGE = 31


class MoodGauge(Widget):
    """Two or more lines: where the mood is, and why it moved."""

    def __init__(self, mood: int, band: str, *, id: str) -> None:  # noqa: A002 - as every widget calls it
        """`mood` -100..100."""
        super().__init__(id=id)
        self._mood = mood
        self._band = band
        self._changes: tuple[MoodChange, ...] = ()

    def show(self, mood: int, band: str, changes: tuple[MoodChange, ...] = ()) -> None:
        """Shows another mood, and what moved it."""
        self._mood, self._band, self._changes = mood, band, changes
        self.refresh(layout=True)

    def render(self) -> Content:
        words = Content.assemble(
            ("Mood ", "$text-muted"),
            (self._band.replace("_", " "), f"bold {self._colour}"),
            (f" {self._mood}", self._colour),
        )
        room = self.content_size.width - words.cell_length - 2
        if room >= 11:  # noqa: PLR2004 - a gauge shorter than this says nothing
            words = Content.assemble(words, "  ", gauge(self._mood, min(room, WIDEST_GAUGE), self._colour))
        return Content("\n").join([words, self._cause()])

    @property
    def _colour(self) -> str:
        if self._mood < -25:  # noqa: PLR2004 - where "angry" begins in the default bands
            return "$error"
        return "$warning" if self._mood < 10 else "$success"  # noqa: PLR2004 - and where "calm" does

    def _cause(self) -> Content:
        if not self._changes:
            return Content.styled("no change yet", "$text-muted")
        return Content("; ").join(_change(one) for one in self._changes)


def gauge(mood: int, width: int, colour: str = "") -> Content:
    """A line from -100 to 100 with the mood on it; the tick is 0."""
    middle = width // 2
    place = round((mood - LOWEST) / (HIGHEST - LOWEST) * (width - 1))
    cells = ["━" if min(place, middle) <= at <= max(place, middle) else "─" for at in range(width)]
    cells[middle] = "┼"
    cells[place] = "●"
    styles = [colour if min(place, middle) <= at <= max(place, middle) else "$text-disabled" for at in range(width)]
    return Content.assemble(*zip(cells, styles, strict=True))


def _change(change: MoodChange) -> Content:
    up = change.delta >= 0
    return Content.assemble(
        (f"{'▲' if up else '▼'} {change.delta:+d} ", "$success" if up else "$error"), change.because
    )
