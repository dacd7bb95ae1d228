"""`roleplay rubric fit` and `roleplay rubric agree`: a rubric held against people's grades."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.places import open_library
from roleplay.cli.score import open_scorer
from roleplay.errors import BadFile

if TYPE_CHECKING:
    from roleplay.rubric import Rubric
    from roleplay.scoring.graded.fitting import Fitted
    from roleplay.transcript import Transcript


@click.command()
@click.argument("rubric")
@click.argument("labelled", type=click.Path(path_type=Path), metavar="LABELLED.jsonl")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The fitted rubric; its array goes beside it."
)
@click.option(
    "--whole-call", is_flag=True, help="Read the customer's turns too: to foretell outcomes, never to grade a person."
)
@click.pass_context
def fit(context: click.Context, rubric: str, labelled: Path, out: Path, whole_call: bool) -> None:  # noqa: FBT001 - click
    """Learn from graded calls how you grade; 30 are enough to start."""
    from roleplay.embedding import open_embedder
    from roleplay.library.fits import fitted_id
    from roleplay.premises import home
    from roleplay.report.writing import check_writable
    from roleplay.scoring.graded.fitting import fit as learn
    from roleplay.scoring.graded.heads import open_heads

    name = fitted_id(out)
    check_writable(out)
    library = open_library(context)
    base = library.rubric(rubric)
    calls = read_graded(labelled, base)
    embedder = open_embedder(base.embedder, home(), lambda text: click.echo(text, err=True))
    heads = open_heads(base, library.fit_array(rubric), embedder.fingerprint)
    ungraded = sum(not call.labels for call in calls)
    click.echo(f"Learning from {len(calls) - ungraded} graded calls.", err=True)
    if ungraded:
        click.echo(f"{ungraded} calls have no `labels` and teach nothing.", err=True)
    fitted = learn(base, heads, calls, embedder, name, whole_call=whole_call)
    from roleplay.scoring.graded.gaps import gaps
    from roleplay.scoring.graded.recorded import RecordedScorer

    scorer = RecordedScorer(fitted.rubric, embedder, fitted.heads)
    _finish(fitted, out, gaps(scorer, library.twins(base.language)))


def _finish(fitted: Fitted, out: Path, found: dict[str, float]) -> None:
    """Writes the two files, the array first, and says what was learnt."""
    from roleplay.library.fits import fit_text, sealed
    from roleplay.report.as_agreement import (
        agreement_lines,
        gain_lines,
        gap_lines,
        in_a_sentence,
        trust_lines,
        wrong_lines,
    )
    from roleplay.report.writing import write_whole

    assert fitted.rubric.fit is not None  # noqa: S101 - that is what it is
    with_gaps = fitted.rubric.fit.model_copy(update={"gaps": found})
    rubric = sealed(fitted.rubric.model_copy(update={"fit": with_gaps}))
    assert rubric.fit is not None  # noqa: S101 - as above
    write_whole(out.with_name(rubric.fit.array), fitted.array)
    write_whole(out, fit_text(rubric))
    of_what = "graded calls, each scored by what the others taught"
    for line in (
        in_a_sentence(fitted.agreed, rubric.fit.calls),
        *gain_lines(fitted.agreed, fitted.before),
        *trust_lines(rubric.fit),
        *agreement_lines(fitted.agreed, of_what, fitted.before),
        *gap_lines(found),
        *wrong_lines(rubric.fit),
    ):
        click.echo(line)
    if fitted.too_short:
        click.echo(f"{fitted.too_short} calls were left out: the trainee says next to nothing in them.", err=True)
    for one in fitted.unlearnt:
        click.echo(
            f"Too little to learn {one.dimension.replace('_', ' ')} from: {one.calls} calls. "
            "Grade more before you use it.",
            err=True,
        )
    click.echo(f"Written: {out} and {rubric.fit.array}. Use it with --rubric {out}", err=True)


@click.command()
@click.argument("rubric")
@click.argument("labelled", type=click.Path(path_type=Path), metavar="LABELLED.jsonl")
@click.pass_context
def agree(context: click.Context, rubric: str, labelled: Path) -> None:
    """Hold a rubric's scores against people's grades, beside what simple counts would reach."""
    from roleplay.report.as_agreement import agreement_lines, gap_lines, in_a_sentence
    from roleplay.scoring.graded.fitting import graded_dimensions
    from roleplay.scoring.graded.gaps import gaps
    from roleplay.suite.agreeing import agreements, unseen

    library = open_library(context)
    one = library.rubric(rubric)
    calls = read_graded(labelled, one)
    dimensions = graded_dimensions(calls, one)
    scorer = open_scorer(library, rubric)
    new = unseen(scorer, calls)
    say_taught(len(calls) - len(new))
    seen = agreements(scorer, new, dimensions)
    for line in (in_a_sentence(seen.agreed, seen.calls), *agreement_lines(seen.agreed, "graded calls")):
        click.echo(line)
    for line in gap_lines(gaps(scorer, library.twins(one.language))):
        click.echo(line)
    if seen.too_short:
        click.echo(f"{seen.too_short} calls were left out: the trainee says next to nothing in them.", err=True)
    if one.fit is not None and one.fit.reads == "whole_call":
        click.echo("This rubric reads both sides of a call: it foretells outcomes and grades no person.", err=True)


def say_taught(calls: int) -> None:
    """Says that so many calls prove nothing."""
    if calls:
        click.echo(f"{calls} calls were left out: they taught this rubric, and prove nothing.", err=True)


def read_graded(file: Path, rubric: Rubric) -> list[Transcript]:
    """Graded calls from a file. Raises BadFile."""
    from roleplay.library.transcripts import read_labelled

    try:
        with file.open("rb") as lines:
            return read_labelled(lines, str(file), rubric.measures)
    except OSError as error:
        raise BadFile(
            f"{file} cannot be read ({error.strerror})", "Give a file of graded calls, one JSON line each."
        ) from None
