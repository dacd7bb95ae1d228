"""`roleplay compare`: two calls side by side."""

from __future__ import annotations

import json

import click


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def compare(context: click.Context, a: str, b: str, as_json: bool) -> None:  # noqa: FBT001 - click passes it by name
    """Set two of your calls side by side: what landed where, and which mistakes they share."""
    from roleplay.premises import open_switchboard
    from roleplay.report.as_contrast import contrast_json, contrast_text
    from roleplay.session.contrasting import contrast

    board = open_switchboard(context.find_root().obj, lambda text: click.echo(text, err=True))
    found = contrast(board.read(a), board.read(b))
    click.echo(json.dumps(contrast_json(found), ensure_ascii=False, indent=2) if as_json else contrast_text(found))
