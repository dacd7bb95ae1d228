"""A test run as workflow commands of GitHub Actions: an annotation on the line of each case that failed.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.report.as_suite import check_lines, flip_line, headline, place_text
from roleplay.suite.result import SuiteResult

MOST = 10
"""Annotations of a kind that GitHub shows for one step."""


def github_annotations(result: SuiteResult) -> Iterator[str]:
    """At most `MOST` errors, then as many warnings; the last one says how many there are beyond."""
    yield from _first(list(_errors(result)), "error")
    yield from _first(list(_warnings(result)), "warning")


def _first(commands: list[str], kind: str) -> Iterator[str]:
    if len(commands) <= MOST:
        yield from commands
    else:
        yield from commands[: MOST - 1]
        yield f"::{kind}::and {len(commands) - MOST + 1} more: see the summary of this step"


def _errors(result: SuiteResult) -> Iterator[str]:
    for case in result.cases:
        if case.is_bad:
            file, _, line = place_text(case.place).rpartition(":")
            told = _data("\n".join([headline(case), *check_lines(case)]))
            yield f"::error file={_property(file)},line={line},title={_property(case.id)}::{told}"
    yield from (f"::error::{_data(line)}" for line in result.too_low)
    if result.comparison is not None:
        yield from (f"::error::{_data(flip_line(one))}" for one in result.comparison.flips if not one.is_warning)


def _warnings(result: SuiteResult) -> Iterator[str]:
    yield from (f"::warning::{_data(line)}" for line in result.warnings)
    if result.comparison is not None:
        yield from (f"::warning::{_data(flip_line(one))}" for one in result.comparison.flips if one.is_warning)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
