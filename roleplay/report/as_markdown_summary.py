"""A test run as Markdown for a pull request or the summary of a step: the verdict first, then why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roleplay.report.as_markdown import plain, table
from roleplay.report.as_suite import TOLD_IN_FULL, WORDS, comparison_lines, counts_line, headline, place_text
from roleplay.suite.result import CaseResult, CriterionQuality, Flip, SuiteResult

LONGEST = 160
"""Characters of a sentence in a table."""


def markdown_summary(result: SuiteResult) -> str:
    """The whole page; text from files shows as it is, whatever is in it."""
    parts = [
        f"## Rubric cases: {'failed' if result.exit_code else 'passed'}",
        plain(counts_line(result)),
        *_failures(result),
        *_comparison(result),
        *_quality(result.quality),
    ]
    return "\n\n".join(parts) + "\n"


def _failures(result: SuiteResult) -> Iterator[str]:
    bad = [case for case in result.cases if case.is_bad]
    if bad:
        yield table(
            ("case", "where", "what", "said", "nearest line"), [_row(case) for case in bad[:TOLD_IN_FULL]], LONGEST
        )
    if len(bad) > TOLD_IN_FULL:
        yield f"And {len(bad) - TOLD_IN_FULL} more."
    if result.too_low:
        yield "\n".join(f"- {plain(line)}" for line in result.too_low)


def _row(case: CaseResult) -> Sequence[str]:
    check = next((one for one in case.checks if not one.passed), None)
    said, nearest = (check.sentence, check.nearest) if check else ("", "")
    return f"{WORDS[case.status]} {case.id}", place_text(case.place), headline(case), said, nearest


def _comparison(result: SuiteResult) -> Iterator[str]:
    if result.comparison is None:
        return
    yield "### Since the baseline"
    flips = result.comparison.flips
    if flips:
        yield table(("", "case", "what", "was", "now", "number"), [_flip_row(one) for one in flips], LONGEST)
    yield "\n".join(f"- {plain(line)}" for line in comparison_lines(result.comparison, flips=False))


def _flip_row(flip: Flip) -> Sequence[str]:
    number = "" if flip.value_was is None or flip.value_now is None else f"{flip.value_was:g} to {flip.value_now:g}"
    return "warning" if flip.is_warning else "FLIPPED", flip.case, flip.what, flip.was, flip.now, number


def _quality(quality: Sequence[CriterionQuality]) -> Iterator[str]:
    if quality:
        rows = [
            (one.criterion, _share(one.precision), _share(one.recall), f"{one.shown}+{one.not_shown}")
            for one in quality
        ]
        shown = table(("criterion", "precision", "recall", "cases (shown+not)"), rows)
        yield f"<details><summary>How well each criterion is seen</summary>\n\n{shown}\n\n</details>"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
