"""A call as it was shown: the turns that a transcript, a report and a comparison are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roleplay.call_log import InputKind, ShownLine
from roleplay.session.course import Moment
from roleplay.transcript import Speaker


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn as it was shown, with what it did."""

    speaker: Speaker
    text: str
    guarded: bool
    moment: Moment
    seconds: float = 0.0
    """How long the trainee took."""


def shown_turns(moments: Sequence[Moment], spoken: Mapping[int, ShownLine]) -> list[ShownTurn]:
    """Every turn, in order. `spoken`: what the customer was shown to say, by place in the log (-1: the opening)."""
    turns: list[ShownTurn] = []
    for place, moment in enumerate(moments, start=-1):
        if moment.entry and moment.entry.kind is InputKind.REPLY:
            turns.append(ShownTurn(Speaker.TRAINEE, moment.entry.text, False, moment, moment.entry.seconds))  # noqa: FBT003
        if moment.said:
            line = spoken.get(place, ShownLine(moment.line))
            turns.append(ShownTurn(Speaker.CUSTOMER, line.text, line.guarded, moment))
    return turns
