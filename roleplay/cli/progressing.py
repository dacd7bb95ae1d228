"""`roleplay progress`: how your calls go over time, and goals of your own."""

from __future__ import annotations

import json
from datetime import datetime

import click

from roleplay.cli.places import open_library


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--goal", nargs=2, type=(str, float), metavar="MEASURE TARGET", help="Set a goal of your own first.")
@click.option("--at-most", is_flag=True, help="The goal is to stay at or below TARGET (seconds, your share of words).")
@click.option("--by", type=click.DateTime(["%Y-%m-%d"]), help="The day to reach it.")
@click.pass_context
def progress(
    context: click.Context,
    as_json: bool,  # noqa: FBT001 - click passes it by name
    goal: tuple[str, float] | None,
    at_most: bool,  # noqa: FBT001 - click passes it by name
    by: datetime | None,
) -> None:
    """Say how your calls go over time: trends, what comes back, with hints and without; and your goals."""
    from roleplay.errors import UsageProblem
    from roleplay.premises import home
    from roleplay.report.as_progress import progress_json, progress_text, titles
    from roleplay.session.progress import progress as worked_out
    from roleplay.store.records import Records

    if goal is None and (at_most or by):
        raise UsageProblem("--at-most and --by belong to a goal", "For example: --goal listening 80 --by 2027-03-31.")
    if goal is not None:
        _set_goal(context, goal[0], goal[1], at_most=at_most, by=by)
    found = worked_out(Records(home()))
    if as_json:
        click.echo(json.dumps(progress_json(found), ensure_ascii=False, indent=2))
    else:
        click.echo(progress_text(found, titles(open_library(context).criterion_titles())))


def _set_goal(context: click.Context, measure: str, target: float, *, at_most: bool, by: datetime | None) -> None:
    """Keeps it, and says where it stands."""
    from roleplay.premises import open_switchboard
    from roleplay.programme.lessons.today import goal_words
    from roleplay.programme.programme import open_programme

    programme = open_programme(open_switchboard(context.find_root().obj, lambda text: click.echo(text, err=True)))
    programme.set_goal(measure, target, at_most=at_most, by=by.date() if by else None)
    kept = next(one for one in programme.goals() if one.wanted.own and one.wanted.measure == measure)
    click.echo(f"Your goal: {goal_words(programme, kept)}", err=True)
