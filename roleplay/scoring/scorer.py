"""From what was seen to what it is worth: a score for a reply, a card for a call."""

from __future__ import annotations

from collections.abc import Sequence

from roleplay.call_log import FAILED_BELOW
from roleplay.rubric import Criterion, Rubric
from roleplay.score import (
    CallScore,
    CriterionResult,
    CriterionTally,
    HeardReply,
    Landing,
    Ledger,
    Scorecard,
    TurnScore,
)
from roleplay.scoring.due import results, results_of_last

RESOLUTION = "first_call_resolution"
BREACHES_TO_NOTHING = 2
"""Breaches of one `avoid` criterion in a call that leave nothing of it."""


class Scorer:
    """Measures replies and calls against one rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric

    def turn(self, history: Sequence[HeardReply]) -> TurnScore:
        """The last reply of `history`: every criterion that it decided."""
        if not history:
            return TurnScore({}, ())
        decided = tuple(
            result for criterion in self.rubric.criteria for _, result in results_of_last(criterion, history)
        )
        return TurnScore({name: self._mean(name, decided) for name in self.rubric.weights}, decided)

    def call(self, history: Sequence[HeardReply], ledger: Ledger, as_graders: CallScore | None = None) -> Scorecard:
        """The whole call. First-call resolution comes from the ledger, never from anybody's thanks.

        `as_graders`: the call as a fit scores it; what graders taught stands in place of the sum of the criteria.
        A call that was left has an overall score only where every dimension that the rubric weighs has one.
        """
        tallies = tuple(self._tally(criterion, history, ledger) for criterion in self.rubric.criteria)
        dimensions = {name: self._dimension(name, tallies, left=ledger.abandoned) for name in self.rubric.weights}
        if as_graders is not None and self.rubric.fit is not None:
            taught = {name: as_graders.dimensions.get(name) for name in self.rubric.fit.agreement}
            dimensions |= {
                name: round(points, 1) for name, points in taught.items() if name in dimensions and points is not None
            }
        if RESOLUTION in dimensions:
            points = 100.0 if ledger.won else round(100 * ledger.share_done, 1)
            dimensions[RESOLUTION] = None if ledger.abandoned else points
        too_little = ledger.abandoned and None in dimensions.values()
        overall = None if too_little else self._overall(dimensions)
        failed = tuple(one.id for one, tally in zip(self.rubric.criteria, tallies, strict=True) if _fails(one, tally))
        passed = not ledger.abandoned and overall is not None and overall >= self.rubric.pass_mark and not failed
        return Scorecard(dimensions, overall, passed, failed, tallies, as_graders)

    def _mean(self, dimension: str, decided: tuple[CriterionResult, ...]) -> float | None:
        weighed = [
            (self.rubric.criterion(result.criterion).weight, result.value)
            for result in decided
            if self.rubric.criterion(result.criterion).dimension == dimension
        ]
        return _points(weighed)

    def _tally(self, criterion: Criterion, history: Sequence[HeardReply], ledger: Ledger) -> CriterionTally:
        dated = list(results(criterion, history, ended=not ledger.abandoned))
        if not dated:
            return CriterionTally(criterion.id, None, None)
        best_turn, best = max(dated, key=lambda one: (one[1].value, one[1].sight.contrast))
        worst_turn, worst = min(dated, key=lambda one: (one[1].value, one[1].sight.contrast))
        value = _value(criterion, [result for _, result in dated])
        landing = Landing.LANDED if value == 1 else Landing.NOT_YET if value == 0 else Landing.PARTLY
        return CriterionTally(criterion.id, value, landing, best.sight, best_turn, worst.sight, worst_turn)

    def _dimension(self, name: str, tallies: tuple[CriterionTally, ...], *, left: bool) -> float | None:
        """0..100. In a call that was left before any act was due, having done nothing wrong is no merit yet: None."""
        weighed = [
            (criterion, tally.value)
            for criterion, tally in zip(self.rubric.criteria, tallies, strict=True)
            if criterion.dimension == name and tally.value is not None
        ]
        if left and all(criterion.mode == "avoid" for criterion, _ in weighed):
            return None
        return _points([(criterion.weight, value) for criterion, value in weighed])

    def _overall(self, dimensions: dict[str, float | None]) -> float | None:
        known = [(self.rubric.weights[name], points) for name, points in dimensions.items() if points is not None]
        if not known:
            return None
        return round(sum(weight * points for weight, points in known) / sum(weight for weight, _ in known), 1)


def _value(criterion: Criterion, decided: list[CriterionResult]) -> float:
    """0..1 over the call: the mean of the times it was due; for `avoid`, what the breaches leave."""
    if criterion.mode == "avoid":
        breaches = sum(1 - result.value for result in decided)
        return max(0.0, 1 - breaches / BREACHES_TO_NOTHING)
    return sum(result.value for result in decided) / len(decided)


def _fails(criterion: Criterion, tally: CriterionTally) -> bool:
    """A critical criterion fails by a breach, or by an act that was due and clearly missing; unsure never fails."""
    if not criterion.critical or tally.value is None:
        return False
    return _is_breached(tally.value) if criterion.mode == "avoid" else tally.landing is Landing.NOT_YET


def is_mistake(criterion: Criterion, value: float) -> bool:
    """Whether what a criterion came to in a call counts as a mistake: a breach, or less than half of what was due."""
    return _is_breached(value) if criterion.mode == "avoid" else value < FAILED_BELOW


def _is_breached(value: float) -> bool:
    """One clear breach, or as much in doubtful ones."""
    return value <= 1 - 1 / BREACHES_TO_NOTHING


def _points(weighed: list[tuple[float, float]]) -> float | None:
    total = sum(weight for weight, _ in weighed)
    return round(100 * sum(weight * value for weight, value in weighed) / total, 1) if total else None
