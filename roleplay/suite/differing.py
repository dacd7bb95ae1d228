"""The same cases under two rubrics: two versions, two fits, or two sentence models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from roleplay.errors import NothingToTest
from roleplay.rubric import Rubric
from roleplay.suite.baseline import Baseline
from roleplay.suite.discovery import Found
from roleplay.suite.result import CriterionQuality, Flip, SuiteResult
from roleplay.suite.running import Runner


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rubrics."""

    rubric: Rubric
    name: str
    """What it was called by: an id or a file."""

    def understands(self, one: Found) -> bool:
        """Whether the rubric has all that a case speaks of."""
        expect = one.placed.case.expect
        scores = {*expect.scores, *([expect.compared_on] if expect.better_than else [])}
        moves = {move.id for move in self.rubric.all_moves()}
        return moves.issuperset(expect.criteria) and scores <= {*self.rubric.measures, "overall"}


@dataclass(frozen=True, slots=True)
class Difference:
    """What two rubrics say of the same cases."""

    a: SuiteResult
    b: SuiteResult
    changes: tuple[Flip, ...]
    """From A to B: verdicts that differ, and numbers that moved."""
    left_out: tuple[str, ...]
    """Ids of cases that speak of what one of the two does not have."""

    @property
    def flipped(self) -> tuple[Flip, ...]:
        """What holds under one of them only."""
        return tuple(one for one in self.changes if one.flipped)

    @property
    def gained(self) -> int:
        """Expectations that hold under B only."""
        passed = {(case.id, check.what) for case in self.b.cases for check in case.checks if check.passed}
        return sum((one.case, one.what) in passed for one in self.flipped)

    def of_criteria(self) -> list[tuple[CriterionQuality, CriterionQuality]]:
        """How well each criterion is seen under both, in A's order."""
        of_b = {one.criterion: one for one in self.b.quality}
        return [(one, of_b[one.criterion]) for one in self.a.quality if one.criterion in of_b]


def differ(runner: Runner, a: Side, b: Side, found: Sequence[Found]) -> Difference:
    """Runs the cases that are about either under both. Raises NothingToTest if there is none that both understand."""
    about = [one for one in found if one.placed.rubric in (a.rubric.id, b.rubric.id)]
    both = [one for one in about if a.understands(one) and b.understands(one)]
    if not both:
        raise NothingToTest(
            f"there are no cases that both {a.rubric.id} and {b.rubric.id} understand",
            "Name a file of cases with --cases.",
        )
    run_a, run_b = (_run(runner, side, both) for side in (a, b))
    understood = {id(one) for one in both}
    left_out = tuple(one.placed.case.id for one in about if id(one) not in understood)
    return Difference(run_a, run_b, tuple(Baseline.of(run_a).changes(run_b)), left_out)


def _run(runner: Runner, side: Side, cases: Sequence[Found]) -> SuiteResult:
    chosen = [replace(one, rubric=side.name) for one in cases]
    return runner.run(chosen, chosen).result
