"""`roleplay rubric diff`: what a change of a rubric, of its fit or of its sentence model does to the same cases."""

from __future__ import annotations

from pathlib import Path

import click

from roleplay.cli.places import open_library
from roleplay.cli.testing import open_runner


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--cases", "paths", multiple=True, type=click.Path(path_type=Path), help="Cases to run (default: the library's)."
)
@click.option("-v", "--verbose", is_flag=True, help="Every verdict that differs, and every criterion.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def diff(
    context: click.Context,
    a: str,
    b: str,
    paths: tuple[Path, ...],
    verbose: bool,  # noqa: FBT001 - click passes it by name
    as_json: bool,  # noqa: FBT001 - as above
) -> None:
    """Run the same cases under two rubrics (ids or files): two versions, two fits or two sentence models."""
    from roleplay.report.as_difference import difference_json, difference_lines
    from roleplay.suite.differing import Side, differ
    from roleplay.suite.discovery import Discovery

    library = open_library(context)
    first, second = (Side(library.rubric(name), name) for name in (a, b))
    found = differ(open_runner(), first, second, Discovery(library, a).find(paths))
    if as_json:
        click.echo(difference_json(found), nl=False)
        return
    for line in difference_lines(found, everything=verbose):
        click.echo(line)
