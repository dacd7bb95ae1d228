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
    """Set two calls side by side: what landed where, and which mistakes they share.

    A and B are calls of yours, or recorded ones: water-bill:good, water-bill:poor.
    """
    from roleplay.premises import open_switchboard
    from roleplay.report.as_contrast import contrast_json, contrast_text, marks_text
    from roleplay.report.as_progress import titles
    from roleplay.session.contrasting import contrast

    board = open_switchboard(context.find_root().obj, lambda text: click.echo(text, err=True))
    found = contrast(board.read(a), board.read(b))
    teaching = {one: recorded for one in dict.fromkeys((a, b)) if (recorded := board.teaching(one)) is not None}
    if as_json:
        marked = {one: recorded.model_dump(mode="json", exclude={"typed"}) for one, recorded in teaching.items()}
        click.echo(json.dumps({**contrast_json(found), "trainer": marked}, ensure_ascii=False, indent=2))
        return
    click.echo(contrast_text(found))
    title = titles(board.library.criterion_titles())
    for one, recorded in teaching.items():
        click.echo(f"\n{marks_text(one, recorded, title)}")
