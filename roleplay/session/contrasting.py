"""Two calls side by side, moment by moment: what landed in each and where, and which mistakes they share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roleplay.score import CriterionTally, Landing
from roleplay.session.figures import CallFigures, figures_of
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
class SaidThen:
    """What a trainee said at a moment of a call."""

    reply: int
    """1 for the first."""
    words: str
    missed: tuple[str, ...]
    """Titles of the criteria that the reply missed."""
    mood: int
    """After it, -100..100."""


@dataclass(frozen=True, slots=True)
class AlignedMoment:
    """The same moment in two calls with one customer: what happened there, and what led to it."""

    what: str
    a: SaidThen | None
    """None: it did not come to that."""
    b: SaidThen | None


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
    aligned: tuple[AlignedMoment, ...] = ()
    """Moment by moment in the order of A; nothing for calls with different customers."""

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
    aligned = tuple(_aligned(a, b)) if a.header.persona == b.header.persona else ()
    return Contrast(_side(a), _side(b), moments, aligned)


def _aligned(a: HeldCall, b: HeldCall) -> Iterator[AlignedMoment]:
    """The opening, each thing told, each step done, and the last reply."""
    of_a, of_b = _landmarks(a), _landmarks(b)
    order = sorted({**of_b, **of_a}, key=lambda one: (of_a.get(one, of_b.get(one, 0)), one not in of_a))
    last = (len(a.course.history), len(b.course.history))
    if last[0] and last[1]:
        yield AlignedMoment("The first reply", _said(a, 1), _said(b, 1))
    for what in order:
        yield AlignedMoment(what, _said(a, of_a.get(what)), _said(b, of_b.get(what)))
    if last[0] > 1 and last[1] > 1:
        yield AlignedMoment("The last reply", _said(a, last[0]), _said(b, last[1]))


def _landmarks(call: HeldCall) -> dict[str, int]:
    """What the customer told and what was done, in words, and the reply that led to it."""
    persona, state = call.course.persona, call.course.state
    told = {f"Told: {fact.says}": state.told[fact.id] for fact in persona.facts if state.told.get(fact.id)}
    done = {f"Step: {step.what}": state.done[step.id] for step in persona.steps if step.id in state.done}
    return told | done


def _said(call: HeldCall, reply: int | None) -> SaidThen | None:
    if reply is None:
        return None
    moment = [one for one in call.course.moments if one.score][reply - 1]
    titles = {one.id: one.title for one in call.course.rubric.criteria}
    results = moment.score.results if moment.score else ()
    missed = tuple(titles[one.criterion] for one in results if one.landing is Landing.NOT_YET)
    return SaidThen(reply, moment.entry.text if moment.entry else "", missed, moment.state.mood)


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
        figures_of(course),
    )
