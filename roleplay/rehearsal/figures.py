"""What many calls come to: who wins how often, and within which bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

from roleplay.rehearsal.playing import Rehearsed
from roleplay.transcript import Outcome

Z_95 = 1.96
"""Standard errors on either side of a share that make its 95 % interval."""


@dataclass(frozen=True, slots=True)
class CallFigures:
    """One call in figures."""

    seed: int
    outcome: Outcome
    turns: int
    """The trainee's replies."""
    lowest_mood: int
    highest_mood: int
    overall: float | None
    """0..100; None where nothing was due."""
    dimensions: dict[str, float | None]
    """0..100 by dimension."""
    passed: bool
    done: tuple[str, ...]
    """Steps of the resolution that were done."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Lowest, middle and highest of some figures."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> Spread:
        """Of at least one figure."""
        return cls(min(figures), median(figures), max(figures))


@dataclass(frozen=True, slots=True)
class RunFigures:
    """All calls of one kind of trainee with one persona, at least one."""

    persona: str
    trainee: str
    stands_in: bool
    """The persona's own examples stood in for a competent trainee's lines."""
    steps: tuple[str, ...]
    calls: tuple[CallFigures, ...]

    @property
    def won(self) -> int:
        return sum(call.outcome.is_win for call in self.calls)

    @property
    def won_bounds(self) -> tuple[float, float]:
        """The 95 % interval of the share of calls won, 0..1."""
        return wilson(self.won, len(self.calls))

    @property
    def outcomes(self) -> dict[Outcome, int]:
        """How often a call ended in which way, the most frequent first."""
        return dict(Counter(call.outcome for call in self.calls).most_common())

    @property
    def turns(self) -> Spread:
        return Spread.of([call.turns for call in self.calls])

    @property
    def moods(self) -> tuple[int, int]:
        """The lowest and the highest mood in any of the calls."""
        return min(call.lowest_mood for call in self.calls), max(call.highest_mood for call in self.calls)

    @property
    def overall(self) -> Spread | None:
        """Of the calls that have an overall score; None where none has."""
        known = [call.overall for call in self.calls if call.overall is not None]
        return Spread.of(known) if known else None

    @property
    def done(self) -> dict[str, int]:
        """In how many calls each step was done."""
        return {step: sum(step in call.done for call in self.calls) for step in self.steps}


def call_figures(played: Rehearsed) -> CallFigures:
    """A call in figures."""
    moods = [moment.state.mood for moment in played.course.moments]
    return CallFigures(
        seed=played.seed,
        outcome=played.outcome,
        turns=len(played.course.history),
        lowest_mood=min(moods),
        highest_mood=max(moods),
        overall=played.card.overall,
        dimensions=dict(played.card.dimensions),
        passed=played.card.passed,
        done=tuple(played.course.state.done),
    )


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score method (1927), 0..1; `trials` at least 1.

    Unlike the plain interval it is right near 0 and 1 too: 0 of 50 is 0 to .071.
    """
    share, square = successes / trials, Z_95**2
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = Z_95 / (1 + square / trials) * sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    return max(0.0, middle - half), min(1.0, middle + half)
