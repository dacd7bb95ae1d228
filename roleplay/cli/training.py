"""`roleplay train`: the programme."""

from __future__ import annotations

import click

from roleplay.cli.places import on_a_terminal


@click.command()
@click.argument("what", metavar="[LAYER or DRILL]", required=False)
@click.option("--plain", is_flag=True, help="Line by line, for pipes and screen readers.")
@click.option("--curriculum", metavar="ID or FILE", help="Default: the house library's own, else the bundled one.")
@click.option("--model", help="The customers' voice, as for `practice`.")
@click.pass_context
def train(
    context: click.Context,
    what: str | None,
    plain: bool,  # noqa: FBT001 - click passes it by name
    curriculum: str | None,
    model: str | None,
) -> None:
    """Train: what is next for you, or a layer, a kind of exercise, a drill, a shift.

    Layers: starter, steady, sharp, mentor. Exercises: questions, set, case, sheet, grade, write, shift, placement;
    or the id of a question, a set or a case of the curriculum.
    """
    from roleplay.premises import choices, open_switchboard
    from roleplay.programme.lessons.today import lesson
    from roleplay.programme.programme import open_programme

    board = open_switchboard(context.find_root().obj, lambda text: click.echo(text, err=True))
    programme = open_programme(board, choices("", {"model": model}), curriculum)
    cards = lesson(programme, what)
    if plain or not on_a_terminal():
        from roleplay.cli.plain_lesson import PlainLesson

        PlainLesson(cards, board).run()
        return
    from roleplay.tui.app import run_lesson

    run_lesson(board, cards, lambda: programme.sense)
