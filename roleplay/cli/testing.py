"""`roleplay test`: a rubric held against its cases."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.places import open_library
from roleplay.errors import UsageProblem

if TYPE_CHECKING:
    from roleplay.suite.result import SuiteResult
    from roleplay.suite.running import Ran, Runner


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--rubric", help="Only cases of this rubric: an id, or a YAML file that stands in its place.")
@click.option("--tag", "tags", multiple=True, help="Only cases with this tag; several: any of them.")
@click.option("-k", "text", default="", metavar="TEXT", help="Only cases with this text in their id.")
@click.option("--failed", is_flag=True, help="Only cases that failed in the last run.")
@click.option("-q", "--quiet", is_flag=True, help="A line for each failure, and the counts.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Every case, every failure in full, and how well each criterion is seen."
)
@click.option(
    "--labelled",
    type=click.Path(path_type=Path),
    metavar="FILE.jsonl",
    help="Hold the scores against graded calls, too.",
)
@click.option(
    "--floor",
    "floors",
    multiple=True,
    metavar="[DIMENSION=]NUMBER",
    help="With --labelled: the rank correlation below which the run fails.",
)
@click.option("--junit", type=click.Path(path_type=Path), metavar="FILE", help="Write JUnit XML; - is stdout.")
@click.option("--json", "as_json", type=click.Path(path_type=Path), metavar="FILE", help="Write JSON; - is stdout.")
@click.option(
    "--markdown", type=click.Path(path_type=Path), metavar="FILE", help="Write a summary in Markdown; - is stdout."
)
@click.option(
    "--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Fail on verdicts that changed since then."
)
@click.option(
    "--write-baseline", type=click.Path(path_type=Path), metavar="FILE", help="Keep this run to compare later ones."
)
@click.pass_context
def test(
    context: click.Context,
    paths: tuple[Path, ...],
    rubric: str | None,
    tags: tuple[str, ...],
    text: str,
    failed: bool,  # noqa: FBT001 - click passes it by name
    quiet: bool,  # noqa: FBT001 - as above
    verbose: bool,  # noqa: FBT001 - as above
    labelled: Path | None,
    floors: tuple[str, ...],
    junit: Path | None,
    as_json: Path | None,
    markdown: Path | None,
    baseline: Path | None,
    write_baseline: Path | None,
) -> None:
    """Run the cases of rubrics: those in PATHs (files, folders, a library), or the whole library's."""
    from roleplay.cli.outputs import Outputs
    from roleplay.premises import home
    from roleplay.suite.baseline import Baseline
    from roleplay.suite.discovery import Discovery
    from roleplay.suite.last_run import LastRun
    from roleplay.suite.selection import Selection

    if floors and labelled is None:
        raise UsageProblem(
            "--floor says how far scores must agree with graded calls", "Name them with --labelled FILE."
        )
    outputs = Outputs(junit, as_json, markdown, write_baseline)
    then = Baseline.read(baseline) if baseline else None
    discovery = Discovery(open_library(context), rubric)
    last = LastRun(home(), _narrate)
    found = discovery.find(paths)
    selection = Selection(tags, discovery.rubric_id, text, last.failed() if failed else None)
    ran = open_runner().run(selection.choose(found), found)
    result = ran.result if labelled is None else _with_agreement(ran, labelled, floors)
    if then is not None:
        result = replace(result, comparison=then.compared(result, {one.key for one in found}))
    last.keep(result.cases)
    _tell(result, quiet=quiet, verbose=verbose, to_stderr=outputs.summary_on_stderr)
    outputs.write(result)
    if result.exit_code:
        raise click.exceptions.Exit(result.exit_code)


def open_runner() -> Runner:
    """Runs cases with the sentence models of this computer."""
    from roleplay.embedding import open_embedder
    from roleplay.premises import home
    from roleplay.suite.running import Runner

    return Runner(lambda name: open_embedder(name, home(), _narrate), time.perf_counter)


def _with_agreement(ran: Ran, labelled: Path, floors: Sequence[str]) -> SuiteResult:
    """The result with how far the scores agree with graded calls."""
    from roleplay.cli.fitting import read_graded, say_taught
    from roleplay.scoring.graded.fitting import graded_dimensions
    from roleplay.suite.agreeing import agreements, too_low, unseen, with_floors

    if len(ran.benches) > 1:
        raise UsageProblem(
            "graded calls are held against one rubric", "Say which one with --rubric: several have cases here."
        )
    bench = ran.benches[0]
    calls = read_graded(labelled, bench.rubric)
    new = unseen(bench.scorer, calls)
    say_taught(len(calls) - len(new))
    found = agreements(bench.scorer, new, graded_dimensions(calls, bench.rubric))
    seen = with_floors(found, bench.rubric, _floors(floors, [one.dimension for one in found.agreed]))
    return replace(ran.result, agreement=seen, too_low=too_low(seen))


def _floors(given: Sequence[str], graded: Iterable[str]) -> dict[str, float]:
    """By dimension; a bare number is everyone's. Raises UsageProblem."""
    floors: dict[str, float] = {}
    for one in sorted(given, key=lambda text: "=" in text):
        name, _, number = one.rpartition("=")
        try:
            floor = float(number)
        except ValueError:
            floor = 2.0
        if not -1 <= floor <= 1:
            raise UsageProblem(
                f"--floor {one}: wants a rank correlation from -1 to 1", "For example --floor listening=0.4."
            )
        floors |= {name: floor} if name else dict.fromkeys(graded, floor)
    return floors


def _tell(result: SuiteResult, *, quiet: bool, verbose: bool, to_stderr: bool) -> None:
    """The summary for people, warnings on stderr."""
    from roleplay.report.as_suite import (
        TOLD_IN_FULL,
        agreement_lines,
        bad_lines,
        case_lines,
        comparison_lines,
        failure_lines,
        quality_lines,
        summary_lines,
    )

    def echo(lines: Iterable[str]) -> None:
        for line in lines:
            click.echo(line, err=to_stderr)

    if verbose:
        echo([*case_lines(result), ""])
    echo(bad_lines(result) if quiet else failure_lines(result, most=None if verbose else TOLD_IN_FULL))
    if verbose and result.quality:
        echo([*quality_lines(result.quality), ""])
    if not quiet:
        for warning in result.warnings:
            _narrate(f"warning: {warning}")
    if result.comparison is not None:
        echo(comparison_lines(result.comparison))
    echo(agreement_lines(result))
    echo(summary_lines(result))


def _narrate(text: str) -> None:
    click.echo(text, err=True)
