"""`roleplay persona`, `roleplay rubric` and `roleplay schema`: for those who write the files."""

from __future__ import annotations

from datetime import date

import click

from roleplay.cli.places import open_library
from roleplay.errors import ExitCode, RoleplayError

KINDS = ("persona", "temperament", "rubric", "rehearsal", "cases", "twins", "traps", "recordings", "curriculum")


@click.group()
def persona() -> None:
    """Simulated customers: list, show, check."""


@persona.command("list")
@click.pass_context
def list_personas(context: click.Context) -> None:
    """List all personas; broken files are listed with what is wrong."""
    for listing in open_library(context).listings():
        if listing.persona:
            one = listing.persona
            click.echo(f"{one.id:<18} {one.difficulty}  {one.name:<18} {one.company}: {'; '.join(one.trains)}")
        else:
            click.echo(f"{listing.id:<18} -  cannot be played: {listing.problem.splitlines()[0]}")


@persona.command("show")
@click.argument("name")
@click.pass_context
def show_persona(context: click.Context, name: str) -> None:
    """Show a persona's brief and policy."""
    from roleplay.report.as_text import brief_text, policy_text

    one = open_library(context).persona(name)
    click.echo(brief_text(one))
    click.echo(policy_text(one))


@persona.command("check")
@click.argument("names", nargs=-1)
@click.option("--quick", is_flag=True, help="Without the findings that need the sentence model.")
@click.option("--strict", is_flag=True, help="Exit 1 if there is any warning.")
@click.pass_context
def check_personas(context: click.Context, names: tuple[str, ...], quick: bool, strict: bool) -> None:  # noqa: FBT001 - click passes them by name
    """Check personas (ids or files; without a name, all): every problem with its line, and what the mood allows."""
    from roleplay.audit.audit import Audited, Auditor
    from roleplay.audit.balance import balance
    from roleplay.embedding import open_embedder
    from roleplay.premises import home
    from roleplay.report.as_audit import balance_table, mood_line, problem_lines

    def say(text: str) -> None:
        click.echo(text, err=True)

    library = open_library(context)
    open_model = None if quick else lambda name: open_embedder(name, home(), say)
    auditor = Auditor(library, date.today(), open_model, say)  # noqa: DTZ011 - a day on the wall calendar
    found: list[Audited] = []
    bad = 0
    for name in names or library.persona_ids():
        try:
            audited = auditor.audit(name)
        except RoleplayError as error:
            bad += 1
            say(str(error))
            continue
        found.append(audited)
        bad += bool(audited.errors)
        for line in problem_lines(audited):
            say(line)
        click.echo(f"{audited.persona.id}: {'cannot be used' if audited.errors else 'ok'}\n{mood_line(audited)}")
    if len(found) > 1:
        click.echo(balance_table(balance(one.persona for one in found)))
    if bad:
        raise click.exceptions.Exit(ExitCode.USAGE)
    if strict and any(one.warnings for one in found):
        raise click.exceptions.Exit(ExitCode.CHECK_FAILED)


def _warn_of_review(name: str, review_by: date | None) -> None:
    if review_by and review_by < date.today():  # noqa: DTZ011 - a day on the wall calendar
        click.echo(f"{name}: to be reviewed since {review_by}", err=True)


@click.group()
def rubric() -> None:
    """Rubrics: list, show, check."""


@rubric.command("list")
@click.pass_context
def list_rubrics(context: click.Context) -> None:
    """List all rubrics."""
    library = open_library(context)
    for name in library.rubric_ids():
        one = library.rubric(name)
        click.echo(f"{one.id:<18} {one.title}: {len(one.criteria)} criteria, {len(one.moves)} moves, {one.language}")


@rubric.command("show")
@click.argument("name")
@click.pass_context
def show_rubric(context: click.Context, name: str) -> None:
    """Show a rubric's criteria and what they weigh."""
    one = open_library(context).rubric(name)
    click.echo(f"{one.title} ({one.id}), passed from {one.pass_mark:g}")
    for dimension, weight in one.weights.items():
        click.echo(f"\n{dimension} ({weight:g})")
        for criterion in one.criteria:
            if criterion.dimension == dimension:
                critical = ", critical" if criterion.critical else ""
                click.echo(f"  {criterion.id} (weight {criterion.weight:g}{critical}): {criterion.what}")


@rubric.command("check")
@click.argument("names", nargs=-1)
@click.pass_context
def check_rubrics(context: click.Context, names: tuple[str, ...]) -> None:
    """Check rubrics (ids or files; without a name, all): every problem with its line."""
    library = open_library(context)
    bad = 0
    for name in names or library.rubric_ids():
        try:
            one = library.rubric(name)
            _warn_of_review(one.id, one.review_by)
            click.echo(f"{one.id}: ok")
        except RoleplayError as error:
            bad += 1
            click.echo(str(error), err=True)
    if bad:
        raise click.exceptions.Exit(ExitCode.USAGE)


@click.command()
@click.argument("kind", required=False, type=click.Choice(KINDS))
def schema(kind: str | None) -> None:
    """Write the JSON Schema of a kind of file, for editors (default: persona)."""
    from roleplay.library.schema import schema_text

    click.echo(schema_text(kind or "persona"))
