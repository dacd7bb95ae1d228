"""Time and talk of a call in numbers: coaching, never points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from roleplay.call_log import InputKind
from roleplay.session.course import Course, Moment


@dataclass(frozen=True, slots=True)
class CallFigures:
    """What can be counted in a call. Seconds are the trainee's own, without the program's or a model's."""

    replies: int
    seconds: float
    """Handling time: all that the trainee took."""
    mean_reply_seconds: float
    slow_reply_seconds: float
    """Nine of ten replies took no longer (nearest rank)."""
    longest_seconds: float
    """The longest silence before a reply."""
    talk_share: float
    """The trainee's words among all words, 0..1."""
    hints: int
    holds: int
    transfers: int
    breaks: int
    promises: int = 0
    """Replies that said what happens, and by when."""
    refusals: int = 0
    """Replies that left the customer without a way on."""

    def as_numbers(self) -> dict[str, float]:
        """By name, for the records."""
        return {name: float(value) for name, value in asdict(self).items()}


PROMISE, REFUSAL = "says_what_by_when", "no_dead_end"
"""Criteria that show a promise, and a refusal by a breach; a rubric without them counts none."""


def figures_of(course: Course) -> CallFigures:
    """Figures of a call so far, with what its replies promised and refused."""
    readings = [one.reading for one in course.history]
    return replace(
        call_figures(course.moments),
        promises=sum(one.shown(PROMISE) for one in readings),
        refusals=sum(one.clearly_opposite(REFUSAL) for one in readings),
    )


def call_figures(moments: Sequence[Moment]) -> CallFigures:
    """What can be counted without reading. Taking a caller back from hold is no second hold."""
    entries = [one.entry for one in moments if one.entry]
    spans = [one.seconds for one in entries if one.kind is InputKind.REPLY]
    kinds = [one.kind for one in entries]
    mine = sum(len(one.text.split()) for one in entries if one.kind is InputKind.REPLY)
    theirs = sum(len(one.line.split()) for one in moments)
    return CallFigures(
        replies=len(spans),
        seconds=round(own_seconds(moments), 3),
        mean_reply_seconds=round(sum(spans) / len(spans), 3) if spans else 0.0,
        slow_reply_seconds=sorted(spans)[math.ceil(0.9 * len(spans)) - 1] if spans else 0.0,
        longest_seconds=max(spans, default=0.0),
        talk_share=round(mine / (mine + theirs), 4) if mine + theirs else 0.0,
        hints=kinds.count(InputKind.HINT),
        holds=(kinds.count(InputKind.HOLD) + 1) // 2,
        transfers=kinds.count(InputKind.TRANSFER),
        breaks=kinds.count(InputKind.BREAK),
    )


def own_seconds(moments: Sequence[Moment]) -> float:
    """What the trainee took for all replies. A wait that the customer noticed is part of the reply that ended it."""
    return sum(one.entry.seconds for one in moments if one.entry and one.entry.kind is InputKind.REPLY)


@dataclass(frozen=True, slots=True)
class CallClock:
    """A call's clock, in seconds of the trainee's own."""

    seconds: float
    """All silences so far, this one included."""
    silence: float | None
    """Since the customer has spoken; None while they do, and in a break."""
