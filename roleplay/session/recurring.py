"""Which mistakes come back: a rule that a trainee can check on the fingers of one hand."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

LOOKED_AT, FAILS_TO_RECUR, HOLDS_TO_CURE = 5, 2, 3


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How a criterion stands after all calls so far."""

    failed: int
    """Of the last five calls in which it was due;"""
    looked_at: int
    """and how many those are."""
    is_recurring: bool
    """It failed in two of the last five, and has not held three times in a row since."""
    held_since: int
    """Times in a row that it has held since it last failed, while it recurs."""


def recurrence(mistakes: Iterable[bool]) -> Recurrence:
    """`mistakes`: whether one criterion failed, by call in which it was due, the oldest first."""
    last: deque[bool] = deque(maxlen=LOOKED_AT)
    recurs, held = False, 0
    for failed in mistakes:
        last.append(failed)
        if recurs:
            held = 0 if failed else held + 1
            if held == HOLDS_TO_CURE:
                recurs, held = False, 0
                last.clear()
        elif sum(last) >= FAILS_TO_RECUR:
            recurs, held = True, 0
    return Recurrence(sum(last), len(last), recurs, held)
