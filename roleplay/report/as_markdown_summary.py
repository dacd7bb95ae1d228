"""A test run as Markdown for a pull request or the summary of a step: the verdict first, then why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from roleplay.report.as_suite import TOLD_IN_FULL, WORDS, comparison_lines, counts_line, headline, place_text
from roleplay.suite.result import CaseResult, CriterionQuality, Flip, SuiteResult

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~&@$])")
"""What Markdown or HTML inside it, a mention or a formula could be made of."""
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


def plain(text: str) -> str:
    """Text without any meaning in Markdown, on one line."""
    line = " ".join(text.split())
    return _MARKUP.sub(r"\\\1", line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…")


def _failures(result: SuiteResult) -> Iterator[str]:
    bad = [case for case in result.cases if case.is_bad]
    if bad:
        yield _table(("case", "where", "what", "said", "nearest line"), map(_row, bad[:TOLD_IN_FULL]))
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
        yield _table(("", "case", "what", "was", "now", "number"), map(_flip_row, flips))
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
        table = _table(("criterion", "precision", "recall", "cases (shown+not)"), rows)
        yield f"<details><summary>How well each criterion is seen</summary>\n\n{table}\n\n</details>"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _table(head: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]] | map[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([plain(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
