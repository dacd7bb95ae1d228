"""Two rubrics side by side, over the same cases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from statistics import median

from roleplay.report.as_suite import counts_line
from roleplay.suite.baseline import is_small
from roleplay.suite.differing import Difference
from roleplay.suite.result import CriterionQuality, Flip, SuiteResult

SCHEMA_VERSION = 1
MOST = 20
"""Verdicts that are listed unless all are asked for."""
SCORE = "score "


def difference_lines(difference: Difference, *, everything: bool = False) -> Iterator[str]:
    """Both counts, then what is seen otherwise; `everything`: every verdict, and the criteria that are seen alike."""
    yield f"A  {counts_line(difference.a)}"
    yield f"B  {counts_line(difference.b)}"
    yield ""
    pairs = [(one, other) for one, other in difference.of_criteria() if everything or _seen(one) != _seen(other)]
    if pairs:
        yield f"{'criterion':<34} {'precision A':>11} {'B':>5} {'recall A':>9} {'B':>5} {'margin A':>9} {'B':>5}"
        yield from (_row(one, other) for one, other in pairs)
        yield ""
    yield from _verdicts(difference, everything=everything)
    yield from _moved(difference.changes)
    if difference.left_out:
        few = ", ".join(difference.left_out[:MOST])
        yield f"left out, because one of the two has not what they speak of ({len(difference.left_out)}): {few}"


def difference_json(difference: Difference) -> str:
    """All of it: schema_version 1."""
    whole = {
        "schema_version": SCHEMA_VERSION,
        "a": _side(difference.a),
        "b": _side(difference.b),
        "changes": [asdict(one) for one in difference.changes],
        "criteria": [
            {"criterion": one.criterion, "a": _figures(one), "b": _figures(other)}
            for one, other in difference.of_criteria()
        ],
        "left_out": list(difference.left_out),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _verdicts(difference: Difference, *, everything: bool) -> Iterator[str]:
    flipped = difference.flipped
    if not flipped:
        yield "no verdict differs"
        return
    lost = len(flipped) - difference.gained
    count = "1 verdict differs" if len(flipped) == 1 else f"{len(flipped)} verdicts differ"
    yield f"{count}: {difference.gained} hold under B only, {lost} under A only"
    yield from (f"  {_verdict(one)}" for one in (flipped if everything else flipped[:MOST]))
    if len(flipped) > MOST and not everything:
        yield f"  ... and {len(flipped) - MOST} more (-v shows them)"


def _verdict(flip: Flip) -> str:
    moved = "" if flip.drift is None else f" ({flip.value_was:g} and {flip.value_now:g})"
    return f"{flip.case}: {flip.what}: A {flip.was}, B {flip.now}{moved}"


def _moved(changes: Sequence[Flip]) -> Iterator[str]:
    """By dimension, how far the scores moved."""
    by_dimension: dict[str, list[float]] = {}
    for one in changes:
        if one.what.startswith(SCORE) and one.value_was is not None and one.value_now is not None:
            by_dimension.setdefault(one.what.removeprefix(SCORE), []).append(one.value_now - one.value_was)
    for name, moves in by_dimension.items():
        furthest = max(moves, key=abs)
        yield f"{name}: {len(moves)} scores moved, by {median(moves):+.1f} in the middle, {furthest:+.1f} at most"
    far = sum(not is_small(one) and not one.flipped and not one.what.startswith(SCORE) for one in changes)
    if far:
        yield f"{far} contrasts moved by more than tolerance without another verdict"


def _row(a: CriterionQuality, b: CriterionQuality) -> str:
    return (
        f"{a.criterion[:34]:<34} {_share(a.precision):>11} {_share(b.precision):>5} {_share(a.recall):>9} "
        f"{_share(b.recall):>5} {_share(a.margin):>9} {_share(b.margin):>5}"
    )


def _seen(one: CriterionQuality) -> tuple[int, int]:
    return one.true_positives, one.false_positives


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _side(result: SuiteResult) -> dict[str, object]:
    return {
        "rubrics": [asdict(one) for one in result.rubrics],
        "passed": not result.is_bad,
        "cases": len(result.cases),
        "expectations": sum(len(case.checks) for case in result.cases),
        "hold": sum(check.passed for case in result.cases for check in case.checks),
    }


def _figures(one: CriterionQuality) -> dict[str, float | None]:
    return {"precision": one.precision, "recall": one.recall, "margin": one.margin}
