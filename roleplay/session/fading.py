"""How much the coach says beside a reply: less as skill grows. What is measured, and the score, never depend on it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from roleplay.score import Advice, Landing, TurnScore

CALLS_TO_EASE, CALLS_TO_REST = 2, 4
"""Calls passed without hints, with customers at least as difficult, from which the coach says less."""
MISSES_TO_SPEAK = 2


class Guidance(StrEnum):
    """How much the coach says of its own accord; asked, it says all it has."""

    FULL = "full"
    """What landed and the next step, beside every reply."""
    EASED = "eased"
    """What landed; every other next step."""
    RESTING = "resting"
    """What landed; a next step only after two replies in a row that missed something."""
    OFF = "off"
    """Nothing: a certificate's call."""


def guidance_after(passes: int) -> Guidance:
    """For a trainee who passed so many calls without hints, with customers at least as difficult as this one."""
    if passes >= CALLS_TO_REST:
        return Guidance.RESTING
    return Guidance.EASED if passes >= CALLS_TO_EASE else Guidance.FULL


def advice_beside(scores: Sequence[TurnScore], guidance: Guidance) -> Advice:
    """What the coach says beside the last of `scores` (all replies so far, in order)."""
    if not scores or guidance is Guidance.OFF:
        return Advice()
    said = scores[-1].advice
    return said if _speaks(scores, guidance) else Advice(said.landed)


def _speaks(scores: Sequence[TurnScore], guidance: Guidance) -> bool:
    """Whether the next step is said."""
    if guidance is Guidance.EASED:
        return sum(bool(one.advice.next_step) for one in scores) % 2 == 1
    if guidance is Guidance.RESTING:
        latest = scores[-MISSES_TO_SPEAK:]
        return len(latest) == MISSES_TO_SPEAK and all(_missed(one) for one in latest)
    return True


def _missed(score: TurnScore) -> bool:
    return any(one.landing is Landing.NOT_YET for one in score.results)
