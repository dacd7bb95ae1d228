"""What a run says of a rubric as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from roleplay.rubric import Rubric
from roleplay.suite.checking import criterion_key
from roleplay.suite.discovery import Found
from roleplay.suite.result import CaseResult, Check, CriterionQuality, Subset

FEWEST_ON_A_SIDE = 4
"""Cases of a criterion below which its figures would be chance."""
SUBSETS = {
    "negated": ("negated",),
    "hollow and stuffed": ("hollow", "stuffed"),
    "other ways of writing": ("learner", "dialect", "terse"),
}
"""By name the tags, of which a case has at least one."""


def criterion_quality(
    rubric: Rubric, found: Sequence[Found], results: Sequence[CaseResult]
) -> Iterator[CriterionQuality]:
    """Every criterion and move of one rubric that its cases speak of, in the rubric's order."""
    expected: dict[str, list[tuple[bool, Check]]] = {}
    for one, result in zip(found, results, strict=True):
        checks = {check.what: check for check in result.checks}
        for name, wanted in one.placed.case.expect.criteria.items():
            if check := checks.get(criterion_key(name)):
                expected.setdefault(name, []).append((wanted == "shown", check))
    for move in rubric.all_moves():
        if pairs := expected.get(move.id):
            yield _quality(move.id, rubric.id, pairs)


def _quality(name: str, rubric: str, pairs: Sequence[tuple[bool, Check]]) -> CriterionQuality:
    seen = [there for there, check in pairs if check.got == "shown"]
    distances = [
        abs(check.value - check.threshold)
        for _, check in pairs
        if check.passed and check.value is not None and check.threshold is not None
    ]
    shown = sum(there for there, _ in pairs)
    return CriterionQuality(
        name,
        rubric,
        shown,
        len(pairs) - shown,
        true_positives=sum(seen),
        false_positives=len(seen) - sum(seen),
        margin=round(min(distances), 4) if distances else None,
    )


def subsets(results: Sequence[CaseResult]) -> tuple[Subset, ...]:
    """Those of which there is a case."""
    found = []
    for name, tags in SUBSETS.items():
        checks = [check for case in results if not set(tags).isdisjoint(case.tags) for check in case.checks]
        if checks:
            found.append(Subset(name, len(checks), sum(check.passed for check in checks)))
    return tuple(found)


def too_few(rubric: Rubric, quality: Iterable[CriterionQuality]) -> Iterator[str]:
    """One warning for a rubric's criteria that hardly any case speaks of, if any case speaks of one."""
    counts = {one.criterion: (one.shown, one.not_shown) for one in quality}
    few = {name: sides for name, sides in counts.items() if min(sides) < FEWEST_ON_A_SIDE}
    silent = [one.id for one in rubric.criteria if one.id not in counts]
    if few:
        named = ", ".join(f"{name} ({shown} shown, {missing} not shown)" for name, (shown, missing) in few.items())
        yield f"{rubric.id}: fewer than {FEWEST_ON_A_SIDE} cases on a side, so the figures say little: {named}"
    if counts and silent:
        yield f"{rubric.id}: no case speaks of {', '.join(silent)}"
