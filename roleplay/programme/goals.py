"""Goals, near and far: they begin within reach, grow when they are met, and are explained when they are missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean

from roleplay.curriculum import Layer
from roleplay.programme.standing import Trained
from roleplay.training import Deed

WINDOW = 5
"""Calls, the latest, whose mean is held against a goal."""
STEPS = 4
"""A near goal lies a quarter of the way from here to the far one."""
NEAR_DAYS = 14
"""Days that a near goal is given."""
HOURS = "hours"
MONTH = timedelta(days=30)
SHARES = ("passed", "talk_share")
"""Measures of 0..1, where the smallest step is a hundredth; elsewhere one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A far goal, and who set it."""

    measure: str
    target: float
    at_most: bool
    why: str
    own: bool = False
    """The trainee's own."""
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A far goal and the near one on the way to it."""

    wanted: Wanted
    now: float | None
    """The mean of the latest five calls; None: nothing to measure yet."""
    near: float | None
    """What to reach next; None with `now`, and once the far goal is met."""
    since: date | None
    """The day the near goal was set."""
    grown: int
    """Near goals that were met so far."""
    missed_for: str = ""
    """The near goal's time is over: the criterion that stood in the way most, or `` where that cannot be said."""
    is_late: bool = False
    """The near goal has not been met within two weeks, or the far one not by its day."""

    @property
    def is_met(self) -> bool:
        return self.now is not None and _reaches(self.now, self.wanted.target, at_most=self.wanted.at_most)


def goals(layer: Layer, trained: Trained, now: datetime) -> list[Goal]:
    """The trainee's own first, then the layer's."""
    wanted = [*_own(trained), *_of_layer(layer)]
    seen = {one.measure for one in wanted if one.own}
    return [_goal(one, trained, now) for one in wanted if one.own or one.measure not in seen]


def _own(trained: Trained) -> list[Wanted]:
    """The latest one for each measure."""
    found: dict[str, Wanted] = {}
    for one in trained.entries:
        if one.deed is Deed.GOAL:
            by = one.words.get("by")
            found[one.what] = Wanted(
                one.what,
                float(one.words["target"]),
                one.words.get("way") == "at_most",
                one.words.get("why", ""),
                own=True,
                by=date.fromisoformat(by) if by else None,
            )
    return list(found.values())


def _of_layer(layer: Layer) -> Iterable[Wanted]:
    for one in layer.goals:
        target = one.at_least if one.at_least is not None else one.at_most
        if target is not None:
            yield Wanted(one.measure, target, one.at_least is None, one.why)


def _goal(wanted: Wanted, trained: Trained, now: datetime) -> Goal:
    if wanted.measure == HOURS:
        spent = trained.hours_since(now - MONTH)
        return Goal(wanted, spent, None if spent >= wanted.target else wanted.target, None, 0)
    values = measured(wanted.measure, trained)
    if not values:
        return Goal(wanted, None, None, None, 0)
    near, since, grown, mean = None, values[0][0], 0, values[0][1]
    for at in range(len(values)):
        day, window = values[at][0], [value for _, value in values[max(0, at + 1 - WINDOW) : at + 1]]
        mean = fmean(window)
        if near is None or _reaches(mean, near, at_most=wanted.at_most):
            grown += near is not None
            near, since = _next_near(mean, wanted), day
    met = _reaches(mean, wanted.target, at_most=wanted.at_most)
    late = not met and (
        now.date() > since + timedelta(days=NEAR_DAYS) or (wanted.by is not None and now.date() > wanted.by)
    )
    return Goal(
        wanted,
        mean,
        None if met else near,
        since,
        grown,
        _in_the_way(trained, since) if late else "",
        is_late=late,
    )


def measured(measure: str, trained: Trained) -> list[tuple[date, float]]:
    """A measure of every call in which it is there, the oldest first: points 0..100, a share 0..1, or seconds."""
    found: list[tuple[date, float]] = []
    for call in trained.calls:
        details, result = trained.of(call.header.id), call.result
        value: float | None = None
        if measure == "overall":
            value = result.overall if result else None
        elif measure == "passed":
            value = float(bool(result and result.passed))
        elif measure in details.criteria:
            value = 100 * details.criteria[measure]
        else:
            value = details.dimensions.get(measure, details.figures.get(measure))
        if value is not None:
            found.append((call.header.started_at.date(), value))
    return found


def _next_near(mean: float, wanted: Wanted) -> float:
    """A quarter of the way on, at least the smallest step, never beyond the far goal."""
    least = 0.01 if wanted.measure in SHARES else 1.0
    step = max(abs(wanted.target - mean) / STEPS, least)
    return max(mean - step, wanted.target) if wanted.at_most else min(mean + step, wanted.target)


def _reaches(value: float, target: float, *, at_most: bool) -> bool:
    return value <= target + 1e-9 if at_most else value >= target - 1e-9


def _in_the_way(trained: Trained, since: date) -> str:
    """The criterion that was missed most since that day."""
    missed: dict[str, list[float]] = {}
    for call in trained.calls:
        if call.header.started_at.date() >= since:
            for name, value in trained.of(call.header.id).criteria.items():
                missed.setdefault(name, []).append(1 - value)
    worst = max(missed, key=lambda name: (sum(missed[name]), name), default="")
    return worst if worst and sum(missed[worst]) > 0 else ""
