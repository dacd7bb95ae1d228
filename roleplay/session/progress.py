"""How a trainee's calls go over time: trends, what recurs, with hints and without. Retries are counted apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from roleplay.call_log import NO_DETAILS, CallDetails, CallSummary
from roleplay.session.recurring import Recurrence, recurrence
from roleplay.store.records import Records

LATEST = 5
"""Calls that are "lately", held against the five before them."""
HOUR = 3600.0
LOOKED_AT = 500
"""Finished calls, the latest, that trends are drawn from."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure over the calls in which it was there."""

    name: str
    """A dimension, a criterion, or `overall`."""
    values: tuple[float, ...]
    """0..100, the oldest first, at least one."""

    @property
    def lately(self) -> float:
        """The mean of the latest five."""
        return fmean(self.values[-LATEST:])

    @property
    def before(self) -> float | None:
        """The mean of the five before those; None where there are none."""
        earlier = self.values[:-LATEST][-LATEST:]
        return fmean(earlier) if earlier else None

    @property
    def change(self) -> float | None:
        """In points; None where there is nothing to compare with."""
        return None if self.before is None else self.lately - self.before


@dataclass(frozen=True, slots=True)
class Share:
    """Calls of a kind, and how many were passed."""

    calls: int
    passed: int
    mean: float | None = None
    """Of their overall points, 0..100; None where none was scored."""


@dataclass(frozen=True, slots=True)
class Progress:
    """All that the records say of one trainee."""

    overall: Trend | None
    dimensions: tuple[Trend, ...]
    criteria: tuple[Trend, ...]
    """In the order in which they went lately, the weakest first."""
    recurring: Mapping[str, Recurrence]
    """By criterion, those that come back."""
    unaided: Share
    hinted: Share
    retries: int
    """Finished retries; they are in none of the other figures."""
    hours: float
    """The trainee's own time in calls, retries included."""
    left_out: int = 0
    """Calls of long ago that are in none of these figures but the hours."""


def progress(records: Records) -> Progress:
    """From what the records keep of each call: nothing is read again."""
    finished = [one for one in records.calls() if one.result is not None]
    return progress_of(finished[:LOOKED_AT], records.details(LOOKED_AT), records.seconds(), len(finished))


def progress_of(
    calls: Sequence[CallSummary], details: Mapping[str, CallDetails], seconds: float, finished_in_all: int
) -> Progress:
    """`calls`: finished ones, the latest first; `details`: by call; `seconds`: of all calls ever finished."""
    finished = list(reversed(calls))
    own = [one for one in finished if not one.header.is_retry]
    told = [details.get(one.header.id, NO_DETAILS) for one in own]
    criteria = _series([one.criteria for one in told])
    overall = tuple(one.result.overall for one in own if one.result and one.result.overall is not None)
    aided = [details.get(one.header.id, NO_DETAILS).figures.get("hints", 0.0) > 0 for one in own]
    return Progress(
        overall=Trend("overall", overall) if overall else None,
        dimensions=tuple(Trend(name, values) for name, values in _series([one.dimensions for one in told]).items()),
        criteria=tuple(
            sorted(
                (Trend(name, tuple(100 * value for value in values)) for name, values in criteria.items()),
                key=lambda one: (one.lately, one.name),
            )
        ),
        recurring=recurring(told),
        unaided=_share([one for one, hinted in zip(own, aided, strict=True) if not hinted]),
        hinted=_share([one for one, hinted in zip(own, aided, strict=True) if hinted]),
        retries=len(finished) - len(own),
        hours=seconds / HOUR,
        left_out=finished_in_all - len(finished),
    )


def recurring(told: Iterable[CallDetails]) -> dict[str, Recurrence]:
    """By criterion, those that come back; `told`: of calls, the oldest first."""
    mistakes: dict[str, list[bool]] = {}
    for of_call in told:
        for name in of_call.criteria:
            mistakes.setdefault(name, []).append(of_call.failed(name))
    return {name: found for name, values in mistakes.items() if (found := recurrence(values)).is_recurring}


def _series(told: Sequence[Mapping[str, float | None]]) -> dict[str, tuple[float, ...]]:
    """By name the values that are there, the oldest first."""
    found: dict[str, list[float]] = {}
    for of_call in told:
        for name, value in of_call.items():
            if value is not None:
                found.setdefault(name, []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def _share(calls: Sequence[CallSummary]) -> Share:
    results = [one.result for one in calls if one.result]
    scored = [one.overall for one in results if one.overall is not None]
    return Share(len(calls), sum(one.passed for one in results), fmean(scored) if scored else None)
