"""The customer's mood: a word, a number, a gauge, and the cause of the last change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roleplay.event import MoodChange

LOWEST, HIGHEST = -100, 100
ANGRY_BELOW, CALM_FROM = -25, 10
"""Of the default bands; here they only choose a colour."""
SHORTEST_GAUGE, WIDEST_GAUGE = 11, 31


class MoodGauge(Widget):
    """Where the mood is, and why it moved."""

    def __init__(self, mood: int, band: str, changes: tuple[MoodChange, ...], *, id: str) -> None:  # noqa: A002 - Textual's name
        """`mood` -100..100; `changes`: what moved it last."""
        super().__init__(id=id)
        self._mood = mood
        self._band = band
        self.changes = changes

    def show(self, mood: int, band: str, changes: tuple[MoodChange, ...] = ()) -> None:
        """Shows another mood, and what moved it."""
        self._mood, self._band, self.changes = mood, band, changes
        self.refresh(layout=True)

    def render(self) -> Content:
        return Content("\n").join([self._where(), self._why()])

    def _where(self) -> Content:
        colour = self._colour
        words = Content.assemble(
            ("Mood ", "$quiet"), (self._band.replace("_", " "), f"bold {colour}"), (f" {self._mood}  ", colour)
        )
        room = self.content_size.width - words.cell_length
        if room < SHORTEST_GAUGE:
            return words
        return Content.assemble(words, gauge(self._mood, min(room, WIDEST_GAUGE), colour))

    @property
    def _colour(self) -> str:
        if self._mood < ANGRY_BELOW:
            return "$error"
        return "$warning" if self._mood < CALM_FROM else "$success"

    def _why(self) -> Content:
        if not self.changes:
            return Content.styled("· no change yet", "$quiet")
        if "-wide" in self.screen.classes:
            return causes(self.changes)
        strongest = max(self.changes, key=lambda one: abs(one.delta))
        more = len(self.changes) - 1
        return Content.assemble(cause(strongest), (f"  and {more} more, f3" if more else "", "$quiet"))


def gauge(mood: int, width: int, colour: str) -> Content:
    """A line from -100 to 100 with the mood on it; the tick is 0."""
    middle = width // 2
    place = round((mood - LOWEST) / (HIGHEST - LOWEST) * (width - 1))
    reached = range(min(place, middle), max(place, middle) + 1)
    cells = ["━" if at in reached else "─" for at in range(width)]
    cells[middle] = "┼"
    cells[place] = "●"
    return Content.assemble(*((cell, colour if at in reached else "$faint") for at, cell in enumerate(cells)))


def causes(changes: Sequence[MoodChange]) -> Content:
    """Every change with its cause, a line each."""
    return Content("\n").join(cause(one) for one in changes)


def cause(change: MoodChange) -> Content:
    """A change, with its direction as a glyph, and why."""
    glyph, colour = ("▲", "$success") if change.delta >= 0 else ("▼", "$error")
    return Content.assemble((f"{glyph} {change.delta:+d} ", colour), change.because)
