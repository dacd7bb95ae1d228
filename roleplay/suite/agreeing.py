"""Whether a rubric's scores agree with people's grades on calls that did not teach it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roleplay.errors import UsageProblem
from roleplay.rubric import Rubric
from roleplay.scoring.graded.agreement import Agreed, agreed
from roleplay.scoring.graded.fitting import check_enough
from roleplay.scoring.graded.recorded import RecordedScorer
from roleplay.scoring.graded.teaching import digest
from roleplay.suite.result import AgreementSeen
from roleplay.transcript import Transcript

CALLS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Agreements:
    """What was found in graded calls."""

    agreed: tuple[Agreed, ...]
    calls: int
    """Calls whose scores were held against the grades."""
    too_short: int
    """Calls left out because the trainee says next to nothing in them."""


def unseen(scorer: RecordedScorer, calls: Sequence[Transcript]) -> list[Transcript]:
    """The calls that did not teach the rubric: those that did prove nothing."""
    return [call for call in calls if digest(call) not in scorer.taught_by]


def agreements(scorer: RecordedScorer, calls: Sequence[Transcript], dimensions: Sequence[str]) -> Agreements:
    """Holds the scores against the grades, dimension by dimension. Raises UsageProblem where they are too few."""
    rubric = scorer.rubric
    scored = _scored(scorer, calls)
    check_enough([call for call, _ in scored], dimensions)
    found = []
    for dimension in dimensions:
        graded = [
            (call, points[dimension])
            for call, points in scored
            if call.label(dimension) is not None and dimension in points
        ]
        if not graded:
            raise UsageProblem(
                f"{rubric.id} has no criterion for {dimension} and learnt nothing of it",
                "Leave this label out, or fit the rubric first.",
            )
        found.append(agreed(dimension, [call for call, _ in graded], [points for _, points in graded]))
    return Agreements(tuple(found), len(scored), len(calls) - len(scored))


def with_floors(found: Agreements, rubric: Rubric, floors: Mapping[str, float]) -> tuple[AgreementSeen, ...]:
    """What was found, each dimension with its floor if it has one.

    Raises UsageProblem for a floor of a dimension that nobody graded.
    """
    graded = [one.dimension for one in found.agreed]
    for name in floors:
        if name not in graded:
            raise UsageProblem(f"--floor {name}: no call is graded on it", f"Graded are: {', '.join(graded)}.")
    return tuple(
        AgreementSeen(rubric.id, one.dimension, one.calls, one.spearman, floors.get(one.dimension))
        for one in found.agreed
    )


def too_low(agreement: Sequence[AgreementSeen]) -> tuple[str, ...]:
    """A sentence for each that is below its floor."""
    return tuple(
        f"{one.rubric} agrees with the graders on {one.dimension} to {one.spearman:.2f} only (floor {one.floor:.2f}, "
        f"{one.calls} calls)"
        for one in agreement
        if one.is_too_low
    )


def _scored(scorer: RecordedScorer, calls: Sequence[Transcript]) -> list[tuple[Transcript, dict[str, float]]]:
    """The calls that can be measured, with their points by dimension and `overall`."""
    found = []
    for begin in range(0, len(calls), CALLS_AT_ONCE):
        batch = calls[begin : begin + CALLS_AT_ONCE]
        for call, score in zip(batch, scorer.score(batch), strict=True):
            points = {**score.dimensions, "overall": score.overall}
            known = {name: value for name, value in points.items() if value is not None}
            if known:
                found.append((call, known))
    return found
