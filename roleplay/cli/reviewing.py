"""`roleplay review`: a trainer reads a call and writes beside it."""

from __future__ import annotations

import click

from roleplay.cli.places import on_a_terminal
from roleplay.errors import UsageProblem

ASK = "A reply's number and a note (0: the whole call); an empty line ends."


@click.command()
@click.argument("call")
@click.option(
    "--note",
    "notes",
    nargs=2,
    type=(click.IntRange(min=0), str),
    multiple=True,
    metavar="REPLY TEXT",
    help="Write a note beside a reply, 0: the whole call. Several: in this order.",
)
@click.option("--author", default="", help="Your name, if the trainee may see it.")
@click.pass_context
def review(context: click.Context, call: str, notes: tuple[tuple[int, str], ...], author: str) -> None:
    """Read CALL with the evidence beside each reply, and write notes that the trainee will see in its debrief."""
    from roleplay.premises import open_switchboard
    from roleplay.report.as_review import review_text

    board = open_switchboard(context.find_root().obj, lambda text: click.echo(text, err=True))
    held = board.read(call)
    for reply, text in notes:
        board.review(held, text, reply or None, author)
    click.echo(review_text(held, board.records.notes(call)))
    if not notes and on_a_terminal():
        click.echo(ASK, err=True)
        while line := click.prompt("", default="", show_default=False, prompt_suffix="> ", err=True).strip():
            number, _, text = line.partition(" ")
            try:
                board.review(held, text, _reply(number), author)
            except UsageProblem as problem:
                click.echo(f"{problem.message}. {ASK}", err=True)
            else:
                click.echo("Noted.", err=True)


def _reply(number: str) -> int | None:
    """None: the whole call. Raises UsageProblem."""
    if not number.isdecimal():
        raise UsageProblem(f"{number} is no number of a reply")
    return int(number) or None
