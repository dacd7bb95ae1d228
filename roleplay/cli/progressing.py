"""`roleplay progress`: how your calls go over time."""

from __future__ import annotations

import json

import click

from roleplay.cli.places import open_library


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def progress(context: click.Context, as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """Say how your calls go over time: trends, what comes back, with hints and without."""
    from roleplay.premises import home
    from roleplay.report.as_progress import progress_json, progress_text, titles
    from roleplay.session.progress import progress as worked_out
    from roleplay.store.records import Records

    found = worked_out(Records(home()))
    if as_json:
        click.echo(json.dumps(progress_json(found), ensure_ascii=False, indent=2))
    else:
        click.echo(progress_text(found, titles(open_library(context).criterion_titles())))
