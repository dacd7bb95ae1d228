"""Two calls side by side, aligned reply by reply: a retry beside the call it goes back into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from roleplay.call_log import InputKind, ShownLine
from roleplay.customer.state import band_of
from roleplay.score import Advice, Landing
from roleplay.session.course import Course, Moment
from roleplay.transcript import Outcome

COMPARED = frozenset({InputKind.REPLY, InputKind.HOLD, InputKind.TRANSFER, InputKind.END})
"""What a trainee does that the customer notices; a hint, a break or a note is nobody's answer."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A reply and all that followed from it, up to the next reply."""

    reply: int
    """1 for the call's first."""
    words: str
    """Empty where the trainee acted (a transfer, the end) and said nothing first."""
    answers: tuple[str, ...]
    """What the customer said to it, and to the actions after it, as it was shown."""
    actions: tuple[InputKind, ...]
    mood: int
    """After it, -100..100."""
    band: str
    moved: int
    """How far the mood moved, in points."""
    landings: tuple[tuple[str, Landing], ...]
    """The criteria that the reply decided, by title, as they went."""
    advice: Advice
    steps: tuple[str, ...]
    """Steps of the resolution that it did, in words."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two calls, from where they are compared."""

    call: str
    exchanges: tuple[Exchange, ...]
    outcome: Outcome | None
    """None while it is not over."""
    overall: float | None
    """0..100; None while it is not over, or where too little was said."""
    passed: bool

    @property
    def is_over(self) -> bool:
        return self.outcome is not None


@dataclass(frozen=True, slots=True)
class Branches:
    """Two calls that were one up to a customer's line, and answer it differently."""

    reply: int
    """The number of the reply where they part."""
    asked: str
    """The customer's line that both answer, as it was shown."""
    before: Side
    """The call that was gone back into."""
    after: Side
    """The retry."""

    @property
    def rows(self) -> list[tuple[Exchange | None, Exchange | None]]:
        """Reply beside reply; None where one call has no such reply."""
        return list(zip_longest(self.before.exchanges, self.after.exchanges))


def side(call: str, course: Course, spoken: Mapping[int, ShownLine], since: int = 0) -> Side:
    """A call from the input at place `since` on; `spoken`: what the customer was shown to say, by place."""
    groups: list[list[int]] = []
    for place, moment in enumerate(course.moments[1:]):
        if place < since or moment.entry is None or moment.entry.kind not in COMPARED:
            continue
        if moment.entry.kind is InputKind.REPLY or not groups:
            groups.append([])
        groups[-1].append(place)
    card = course.scorecard() if course.state.ended else None
    return Side(
        call,
        tuple(_exchange(course, spoken, places) for places in groups),
        course.state.outcome,
        card.overall if card else None,
        bool(card and card.passed),
    )


def _exchange(course: Course, spoken: Mapping[int, ShownLine], places: list[int]) -> Exchange:
    moments = [course.moments[place + 1] for place in places]
    first, last = moments[0], moments[-1]
    entries = [one.entry for one in moments if one.entry]
    replied = entries[0].kind is InputKind.REPLY
    titles = {step.id: step.what for step in course.persona.steps}
    return Exchange(
        reply=first.state.reply if replied else first.state.reply + 1,
        words=entries[0].text if replied else "",
        answers=tuple(_answer(spoken, place, one) for place, one in zip(places, moments, strict=True) if one.said),
        actions=tuple(one.kind for one in entries if one.kind is not InputKind.REPLY),
        mood=last.state.mood,
        band=band_of(course.persona, last.state.mood),
        moved=last.state.mood - course.moments[places[0]].state.mood,
        landings=_landings(course, first),
        advice=first.score.advice if first.score else Advice(),
        steps=tuple(titles[step] for one in moments for step in one.done),
    )


def _answer(spoken: Mapping[int, ShownLine], place: int, moment: Moment) -> str:
    return spoken[place].text if place in spoken else moment.line


def _landings(course: Course, moment: Moment) -> tuple[tuple[str, Landing], ...]:
    """What the reply decided; that nothing went wrong is no news and left out."""
    if moment.score is None:
        return ()
    known = [(course.rubric.criterion(one.criterion), one.landing) for one in moment.score.results]
    return tuple(
        (criterion.title, landing)
        for criterion, landing in known
        if criterion.mode == "do" or landing is not Landing.LANDED
    )
