"""`roleplay export`: what leaves this computer, and a team's files put together."""

from __future__ import annotations

import json
from pathlib import Path

import click

FORMATS = ("json", "csv", "xapi", "cohort")
MORE = ("practice", "retries", "standing", "transcripts")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", help="Default: json. cohort: a page.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it here; default: stdout.")
@click.option("--also", type=click.Choice(MORE), multiple=True, help="Tell more than certification attempts.")
@click.option("--name", default="", help="Your name, if you want it in.")
@click.option("--home-page", default="https://roleplay.invalid", help="Of your organisation; for xAPI accounts.")
@click.option("--curriculum", metavar="ID or FILE", help="Default: the house library's own, else the bundled one.")
@click.pass_context
def export(
    context: click.Context,
    files: tuple[Path, ...],
    form: str,
    out: Path | None,
    also: tuple[str, ...],
    name: str,
    home_page: str,
    curriculum: str | None,
) -> None:
    """Export your records; or FILES that others exported, merged, each call once.

    Holds certification attempts alone, unless you tick more with --also. Never transcripts or retries by default.
    """
    from roleplay.errors import UsageProblem
    from roleplay.premises import open_switchboard
    from roleplay.programme.exported import MORE as TICKED
    from roleplay.programme.exported import WHAT, merged, own_records, read_exported
    from roleplay.programme.programme import open_programme
    from roleplay.report.writing import write_whole
    from roleplay.sanitise import clean_line

    if files and (also or name):
        raise UsageProblem("FILES hold what others ticked", "Leave out --also and --name, or leave out the files.")
    if files:
        found = merged([read_exported(_read(file), str(file)) for file in files])
    else:
        board = open_switchboard(context.find_root().obj, lambda text: click.echo(text, err=True))
        programme = open_programme(board, None, curriculum)
        found = own_records(programme, clean_line(name), [one for one in TICKED if one in also])
    text = _text(context, found, form, home_page)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_whole(out, text)
    calls = sum(len(one.calls) for one in found.trainees)
    told = {ticked for one in found.trainees for ticked in one.told}
    click.echo(
        f"Exported: {calls} calls of {len(found.trainees)} {'person' if len(found.trainees) == 1 else 'people'}.",
        err=True,
    )
    for ticked, what in WHAT.items():
        if ticked in told:
            click.echo(f"  ✓ {what}", err=True)


def _text(context: click.Context, found: object, form: str, home_page: str) -> str:
    from datetime import UTC, datetime

    from roleplay.cli.places import open_library
    from roleplay.programme.exported import Exported, written

    assert isinstance(found, Exported)  # noqa: S101 - imported late, for a quick start
    if form == "csv":
        from roleplay.report.as_csv import calls_csv

        return calls_csv(found)
    if form == "xapi":
        from roleplay.report.as_xapi import statements

        return json.dumps(statements(found, home_page), ensure_ascii=False, indent=2) + "\n"
    if form == "cohort":
        from roleplay.report.as_cohort import cohort_page
        from roleplay.report.as_html import html
        from roleplay.report.as_progress import titles

        return html(cohort_page(found, titles(open_library(context).criterion_titles()), datetime.now(UTC)))
    return written(found)


def _read(file: Path) -> str:
    from roleplay.errors import BadFile

    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise BadFile(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise BadFile(f"{file} is not UTF-8 text", "Give files written by `roleplay export --format json`.") from None
