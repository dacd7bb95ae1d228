"""When something is asked for again: growing intervals, back to the first where it did not land.

Spread over days, the same practice holds longer (Cepeda and others, "Spacing effects in learning", Psychological
Science 19, 2008, on the length of the gaps; the ladder of boxes is Leitner's, "So lernt man lernen", 1972).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LATEST = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """A criterion on a day: asked for by an exercise, or due in a call."""

    criterion: str
    on: date
    landed: bool


@dataclass(frozen=True, slots=True)
class Spaced:
    """How a criterion stands."""

    box: int
    """Times it landed when it was due again, in a row; at most the number of intervals."""
    due: date
    """When it is asked for again."""
    lately: float
    """The share that landed of the latest five, 0..1."""


def spaced(seen: Iterable[Seen], days: Sequence[int]) -> dict[str, Spaced]:
    """By criterion; `seen` in order of time, `days`: the intervals, growing.

    Landing before it is due again proves little and moves nothing; not landing always counts.
    """
    found: dict[str, Spaced] = {}
    latest: dict[str, list[bool]] = {}
    for one in seen:
        last = latest.setdefault(one.criterion, [])
        last.append(one.landed)
        del last[:-LATEST]
        before = found.get(one.criterion)
        box, due = (before.box, before.due) if before else (0, one.on)
        if not one.landed:
            box, due = 0, one.on + timedelta(days=days[0])
        elif one.on >= due:
            due = one.on + timedelta(days=days[min(box, len(days) - 1)])
            box = min(box + 1, len(days))
        found[one.criterion] = Spaced(box, due, sum(last) / len(last))
    return found
