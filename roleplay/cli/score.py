"""`roleplay score`: recorded calls, from files or a pipe of any size."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import IO, TYPE_CHECKING

import click

from roleplay.cli.places import open_library
from roleplay.errors import BadFile, ExitCode, UsageProblem

if TYPE_CHECKING:
    from roleplay.library.folder import Library
    from roleplay.rubric import Rubric
    from roleplay.score import CallScore
    from roleplay.scoring.graded.recorded import RecordedScorer
    from roleplay.transcript import Transcript

DEFAULT_RUBRIC = "customer-care"
CALLS_AT_ONCE = 256
"""Calls whose sentences are embedded together; of more, memory would grow and speed would not."""
TURNS_AT_ONCE = 2048
"""... and turns, so that long calls do not make a batch too large."""
SAY_EVERY = 5000


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE.jsonl... or -")
@click.option(
    "--rubric", default=DEFAULT_RUBRIC, show_default=True, envvar="ROLEPLAY_RUBRIC", help="An id, or a YAML file."
)
@click.option("--whole-call", is_flag=True, help="Let a rubric fitted with --whole-call read the customer's turns too.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True)
@click.pass_context
def score(
    context: click.Context,
    files: tuple[str, ...],
    rubric: str,
    whole_call: bool,  # noqa: FBT001 - click passes it by name
    form: str,
) -> None:
    """Score recorded calls, one JSON line each: {"id", "turns": [{"speaker", "text"}, ...]}."""
    from roleplay.report.as_scores import formats

    library = open_library(context)
    one = library.rubric(rubric)
    reads = _reads(one, whole_call=whole_call)
    scorer = open_scorer(library, rubric)
    first, row = formats(tuple(one.weights), reads, scorer.embedder)[form]
    bad = done = taught = 0
    with ExitStack() as stack:
        opened = [(name, _opened(name, stack)) for name in files]
        if first:
            click.echo(first)
        for batch in _batches(_calls(opened)):
            calls = [call for _, call in batch if call is not None]
            for problem, call in batch:
                if call is None:
                    bad += 1
                    click.echo(problem, err=True)
            for scored in _scored(scorer, calls):
                click.echo(row(scored))
                taught += scored.taught
            done = _tell(done, len(calls))
    if form == "table":
        _explain(one, reads)
    if taught:
        click.echo(
            f"{taught} of these calls taught the rubric: that it agrees with you on them proves nothing.", err=True
        )
    if bad:
        click.echo(f"{bad} line{'s' * (bad > 1)} could not be read; the other {done} calls were scored.", err=True)
        raise click.exceptions.Exit(ExitCode.CHECK_FAILED)


def _scored(scorer: RecordedScorer, calls: list[Transcript]) -> Iterator[CallScore]:
    """The scores of calls, marked where the rubric was fitted on the very call."""
    from roleplay.scoring.graded.teaching import digest

    taught_by = scorer.taught_by
    for call, scored in zip(calls, scorer.score(calls), strict=True):
        yield replace(scored, taught=True) if taught_by and digest(call) in taught_by else scored


def _reads(rubric: Rubric, *, whole_call: bool) -> str:
    """Whose turns move the scores. Raises UsageProblem where the rubric cannot do what was asked."""
    fitted_on_both = rubric.fit is not None and rubric.fit.reads == "whole_call"
    if whole_call and not fitted_on_both:
        raise UsageProblem(
            f"the rubric {rubric.id} reads the trainee's turns only",
            "Leave out --whole-call, or fit one that does: "
            f"roleplay rubric fit {rubric.id} LABELLED.jsonl --out FILE --whole-call",
        )
    if fitted_on_both and not whole_call:
        raise UsageProblem(
            f"the rubric {rubric.id} was fitted on whole calls: it reads the customer's thanks, and grades no person",
            "Say --whole-call if you want to foretell outcomes; else fit one without it.",
        )
    return "whole_call" if whole_call else "trainee"


def open_scorer(library: Library, name: str) -> RecordedScorer:
    """What scores recorded calls under a rubric, by id or file.

    Raises UsageProblem, BadFile or ServiceUnavailable.
    """
    from roleplay.embedding import open_embedder
    from roleplay.premises import home
    from roleplay.scoring.graded.heads import open_heads
    from roleplay.scoring.graded.recorded import RecordedScorer

    rubric = library.rubric(name)
    embedder = open_embedder(rubric.embedder, home(), lambda text: click.echo(text, err=True))
    return RecordedScorer(rubric, embedder, open_heads(rubric, library.fit_array(name), embedder.fingerprint))


def _calls(files: Iterable[tuple[str, IO[bytes]]]) -> Iterator[tuple[str, Transcript | None]]:
    """The calls of all files in order, as they come; a line that is none with what is wrong."""
    from roleplay.library.transcripts import BadLine, read_transcripts

    told: set[str] = set()
    for name, lines in files:
        for one in read_transcripts(lines):
            if not isinstance(one, BadLine):
                yield "", one[1]
            elif name not in told:  # a file that is named twice is scored twice, but what is wrong in it is said once
                yield f"{name}:{one.number}: {one.what}", None
        told.add(name)


def _opened(name: str, stack: ExitStack) -> IO[bytes]:
    if name == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(open(name, "rb"))  # noqa: PTH123 - closed by the stack
    except OSError as error:
        raise BadFile(
            f"{name} cannot be read ({error.strerror})", "Give a file of JSON lines, or - for a pipe."
        ) from None


def _batches(calls: Iterator[tuple[str, Transcript | None]]) -> Iterator[list[tuple[str, Transcript | None]]]:
    batch: list[tuple[str, Transcript | None]] = []
    turns = 0
    for one in calls:
        batch.append(one)
        turns += len(one[1].turns) if one[1] else 0
        if len(batch) >= CALLS_AT_ONCE or turns >= TURNS_AT_ONCE:
            yield batch
            batch, turns = [], 0
    if batch:
        yield batch


def _tell(done: int, more: int) -> int:
    """Progress, to a person who waits."""
    if (done + more) // SAY_EVERY > done // SAY_EVERY:
        click.echo(f"{done + more} calls scored", err=True)
    return done + more


def _explain(rubric: Rubric, reads: str) -> None:
    """What the numbers are worth, under a table."""
    if not rubric.was_fitted:
        click.echo("These scores are not yet checked against your graders: see `roleplay rubric fit`.", err=True)
    for name, one in (rubric.fit.agreement if rubric.fit else {}).items():
        if one.doubt:
            click.echo(f"Do not rely on {name.replace('_', ' ')} yet: {one.doubt}.", err=True)
    if reads == "whole_call":
        click.echo("Read from both sides of the call: it foretells outcomes and is never a person's score.", err=True)
