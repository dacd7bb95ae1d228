"""Two calls side by side, moment by moment: what landed in each and where, and which mistakes they share."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.score import CriterionTally, Landing
from roleplay.session.figures import CallFigures, call_figures
from roleplay.session.held import HeldCall
from roleplay.transcript import Outcome


@dataclass(frozen=True, slots=True)
class Spot:
    """A criterion in one call."""

    landing: Landing
    reply: int | None
    """The reply that decided it, 1 for the first; None: none did."""


@dataclass(frozen=True, slots=True)
class MomentPair:
    """A criterion that was due in at least one of the two calls."""

    criterion: str
    title: str
    a: Spot | None
    """None: it was not due there."""
    b: Spot | None

    @property
    def in_words(self) -> str:
        """`missed in both`, `mended`, `new`, `only in A`, `only in B`, or `landed in both`."""
        if self.a is None or self.b is None:
            return "only in B" if self.a is None else "only in A"
        missed = [spot.landing is not Landing.LANDED for spot in (self.a, self.b)]
        if all(missed):
            return "missed in both"
        if not any(missed):
            return "landed in both"
        return "mended" if missed[0] else "new"


@dataclass(frozen=True, slots=True)
class CallSide:
    """What one of the two came to."""

    call: str
    customer: str
    outcome: Outcome | None
    overall: float | None
    """0..100"""
    passed: bool
    moods: tuple[int, ...]
    """After the opening and after each reply."""
    steps: dict[str, int | None]
    """What each step is, and the reply that did it."""
    figures: CallFigures


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two calls."""

    a: CallSide
    b: CallSide
    moments: tuple[MomentPair, ...]
    """In the order of the rubric of A, then what only B's rubric has."""

    @property
    def same_customer(self) -> bool:
        """Whether steps can be set side by side."""
        return list(self.a.steps) == list(self.b.steps)

    def those(self, in_words: str) -> tuple[MomentPair, ...]:
        """The moments of which that holds (see `MomentPair.in_words`)."""
        return tuple(one for one in self.moments if one.in_words == in_words)


def contrast(a: HeldCall, b: HeldCall) -> Contrast:
    """Both calls as they stand; a criterion is matched by its id."""
    of_a, of_b = _spots(a), _spots(b)
    titles = {one.id: one.title for call in (b, a) for one in call.course.rubric.criteria}
    names = [one.id for call in (a, b) for one in call.course.rubric.criteria]
    moments = tuple(
        MomentPair(name, titles[name], of_a.get(name), of_b.get(name))
        for name in dict.fromkeys(names)
        if name in of_a or name in of_b
    )
    return Contrast(_side(a), _side(b), moments)


def _spots(call: HeldCall) -> dict[str, Spot]:
    return {
        one.criterion: Spot(one.landing, _where(one))
        for one in call.course.scorecard().tallies
        if one.landing is not None
    }


def _where(tally: CriterionTally) -> int | None:
    return tally.best_turn if tally.landing is Landing.LANDED else tally.worst_turn


def _side(call: HeldCall) -> CallSide:
    course = call.course
    card = course.scorecard()
    return CallSide(
        call.header.id,
        course.persona.name,
        course.state.outcome,
        card.overall,
        card.passed,
        tuple(one.state.mood for one in course.moments if one.plan is not None),
        {step.what: course.state.done.get(step.id) for step in course.persona.steps},
        call_figures(course.moments),
    )
