"""Where a test run goes besides the screen: JUnit, JSON, Markdown, a baseline, GitHub's own page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.errors import ServiceUnavailable, UsageProblem

if TYPE_CHECKING:
    from roleplay.suite.result import SuiteResult

STDOUT = Path("-")
Write = Callable[["SuiteResult"], str]


@dataclass(frozen=True, slots=True)
class Outputs:
    """Files that were asked for; `-` is stdout, and then the summary for people goes to stderr."""

    junit: Path | None = None
    json: Path | None = None
    markdown: Path | None = None
    write_baseline: Path | None = None

    def __post_init__(self) -> None:
        """Raises UsageProblem if two would go to stdout, ServiceUnavailable if a file could not be written later."""
        from roleplay.report.writing import check_writable

        files = [file for _, file in self._asked()]
        if files.count(STDOUT) > 1:
            raise UsageProblem("only one output can go to stdout", "Give the others a file name in place of -.")
        for file in files:
            if file != STDOUT:
                check_writable(file)

    @property
    def summary_on_stderr(self) -> bool:
        """Whether stdout belongs to one of these."""
        return any(file == STDOUT for _, file in self._asked())

    def write(self, result: SuiteResult) -> None:
        """Writes all, and under GitHub Actions tells it. Raises ServiceUnavailable, or UsageProblem for a baseline."""
        from roleplay.report.writing import write_whole

        for write, file in self._asked():
            text = write(result)
            if file == STDOUT:
                click.echo(text, nl=False)
            else:
                write_whole(file, text)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            _tell_github(result, os.environ)

    def _asked(self) -> Iterator[tuple[Write, Path]]:
        pairs = (
            (_junit, self.junit),
            (_json, self.json),
            (_markdown, self.markdown),
            (_baseline, self.write_baseline),
        )
        return ((write, file) for write, file in pairs if file is not None)


def _junit(result: SuiteResult) -> str:
    from roleplay.report.as_junit import junit

    return junit(result)


def _json(result: SuiteResult) -> str:
    from roleplay.report.as_suite_json import suite_json

    return suite_json(result)


def _markdown(result: SuiteResult) -> str:
    from roleplay.report.as_markdown_summary import markdown_summary

    return markdown_summary(result)


def _baseline(result: SuiteResult) -> str:
    from roleplay.suite.baseline import Baseline

    return Baseline.of(result).as_json()


def _tell_github(result: SuiteResult, environment: Mapping[str, str]) -> None:
    """Annotations on stderr, which GitHub reads as well; the Markdown page for the step's summary."""
    from roleplay.report.as_annotations import github_annotations

    for line in github_annotations(result):
        click.echo(line, err=True)
    summary = environment.get("GITHUB_STEP_SUMMARY")
    if summary:
        try:
            with Path(summary).open("a", encoding="utf-8") as page:
                page.write(_markdown(result))
        except OSError as error:
            raise ServiceUnavailable(f"{summary} cannot be written: {error.strerror}") from error
