"""A test run as a person reads it in ten seconds: what failed and why, then the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from roleplay.suite.result import (
    CaseResult,
    Check,
    Comparison,
    CriterionQuality,
    Flip,
    Place,
    Status,
    SuiteResult,
)

TOLD_IN_FULL = 10
"""Failures that are told with all they turned on; of the rest only what they were about."""
LONGEST_QUOTE = 100
WORDS = {
    Status.PASSED: "passed",
    Status.FAILED: "FAILED",
    Status.ERROR: "ERROR",
    Status.KNOWN: "known failure",
    Status.MENDED: "MENDED",
}


def failure_lines(result: SuiteResult, *, most: int | None = TOLD_IN_FULL) -> Iterator[str]:
    """Every bad case with what it turned on; after `most` of them only what the others were about."""
    bad = [case for case in result.cases if case.is_bad]
    for case in bad[:most]:
        yield from _failure(case)
        yield ""
    others = bad[len(bad) if most is None else most :]
    if others:
        about = Counter(check.what for case in others for check in case.checks if not check.passed)
        named = ", ".join(f"{what} ({count})" for what, count in about.most_common())
        yield f"... and {len(others)} more (-v shows them): {named}"
        yield ""
    for line in result.too_low:
        yield f"TOO LOW {line}"


def bad_lines(result: SuiteResult) -> Iterator[str]:
    """A line for every bad case."""
    for case in result.cases:
        if case.is_bad:
            yield _title(case)
    yield from (f"TOO LOW {line}" for line in result.too_low)


def case_lines(result: SuiteResult) -> Iterator[str]:
    """A line for every case."""
    for case in result.cases:
        reason = f" ({case.reason})" if case.status is Status.KNOWN else ""
        yield f"{_title(case)}{reason}"


def summary_lines(result: SuiteResult) -> Iterator[str]:
    """Subsets apart, then the counts."""
    if result.subsets:
        told = (f"{one.name} {one.passed} of {one.checks}" for one in result.subsets)
        yield f"holds apart: {', '.join(told)}"
    yield counts_line(result)


def quality_lines(quality: Sequence[CriterionQuality]) -> Iterator[str]:
    """A table of how well each criterion is seen."""
    yield f"{'criterion':<34} {'precision':>9} {'recall':>7} {'margin':>7} {'shown':>6} {'not shown':>10}"
    for one in quality:
        yield (
            f"{one.criterion[:34]:<34} {_share(one.precision):>9} {_share(one.recall):>7} {_share(one.margin):>7} "
            f"{one.shown:>6} {one.not_shown:>10}"
        )


def agreement_lines(result: SuiteResult) -> Iterator[str]:
    """How far the scores agree with graded calls."""
    for one in result.agreement:
        floor = "" if one.floor is None else f" (floor {one.floor:.2f})"
        yield f"agrees with the graders on {one.dimension}: {one.spearman:.2f}{floor}, {one.calls} calls"


def comparison_lines(comparison: Comparison, *, flips: bool = True) -> Iterator[str]:
    """What changed since the baseline: first what must be known to read it, then the flips, then the small things."""
    yield from comparison.notes
    if flips:
        yield from (f"{'warning' if one.is_warning else 'FLIPPED'} {flip_line(one)}" for one in comparison.flips)
    for what, ids in (("new", comparison.new), ("removed", comparison.removed)):
        if ids:
            yield f"{what} since the baseline: {', '.join(ids)}"
    if not (comparison.flips or comparison.new or comparison.removed):
        yield "no verdict has changed since the baseline"
    if comparison.is_bad:
        yield "If the change is meant, write the baseline anew with --write-baseline."


def flip_line(flip: Flip) -> str:
    """A change in one line."""
    moved = "" if flip.drift is None else f" ({flip.value_was:g}, now {flip.value_now:g})"
    return f"{flip.case}: {flip.what} was {flip.was}, is {flip.now}{moved}"


def place_text(place: Place) -> str:
    """`file:line`, from here if the file lies below here."""
    file = place.file
    if file.is_absolute() and file.is_relative_to(Path.cwd()):
        file = file.relative_to(Path.cwd())
    return f"{file}:{place.line}"


def _title(case: CaseResult) -> str:
    return f"{WORDS[case.status]} {place_text(case.place)} {case.id}"


def _failure(case: CaseResult) -> Iterator[str]:
    yield _title(case)
    yield from (f"  {line}" for line in check_lines(case))


def check_lines(case: CaseResult) -> Iterator[str]:
    """All that did not hold, with what it turned on."""
    if case.status is Status.MENDED:
        yield f"it passes now: take its known_failure away ({case.reason})"
    elif case.reason:
        yield case.reason
    for check in case.checks:
        if not check.passed:
            yield f"{_in_short(check)}{_turned_on(check)}"
            if check.sentence:
                yield f"  said: {_quoted(check.sentence)}"
            if check.nearest:
                yield f"  nearest {check.nearest_is}: {_quoted(check.nearest)}"


def headline(case: CaseResult) -> str:
    """The first thing that did not hold."""
    return next(check_lines(case), "")


def _in_short(check: Check) -> str:
    return f"{check.what}: wanted {check.wanted}, got {check.got}"


def _turned_on(check: Check) -> str:
    if check.value is None or check.threshold is None or not check.what.startswith("criterion"):
        return ""
    near = ", close" if check.near_boundary else ""
    return f" ({check.value:+.2f}, shown from {check.threshold:+.2f}{near})"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= LONGEST_QUOTE else f'{line[: LONGEST_QUOTE - 1]}…'}”"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def counts_line(result: SuiteResult) -> str:
    """How many passed and failed, in one line."""
    told = [
        f"{count} {words}"
        for status, words in (
            (Status.FAILED, "failed"),
            (Status.ERROR, "could not be run"),
            (Status.MENDED, "mended"),
            (Status.PASSED, "passed"),
            (Status.KNOWN, "known to fail"),
        )
        if (count := result.count(status))
    ]
    if result.left_out:
        told.append(f"{result.left_out} not chosen")
    expected = sum(len(case.checks) for case in result.cases)
    held = sum(check.passed for case in result.cases for check in case.checks)
    rubrics = ", ".join(dict.fromkeys(one.id for one in result.rubrics))
    return f"{rubrics}: {', '.join(told)} in {result.seconds:.1f} s ({held} of {expected} expectations hold)"
