"""`roleplay history` and `roleplay erase`: what is kept on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from roleplay.premises import home

if TYPE_CHECKING:
    from roleplay.call_log import CallSummary
    from roleplay.store.records import Records


@click.command()
@click.argument("call", required=False)
@click.option("--search", default="", metavar="TEXT", help="Only calls with this text: a name, an outcome, a date.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--delete", is_flag=True, help="Delete CALL with all that belongs to it.")
def history(call: str | None, search: str, limit: int | None, as_json: bool, delete: bool) -> None:  # noqa: FBT001 - click
    """List your calls, the latest first; with CALL, what you told your trainer of that one and the answers."""
    from roleplay.errors import UsageProblem
    from roleplay.report.as_history import history_json, matches
    from roleplay.store.records import Records

    records = Records(home())
    if call is None and delete:
        raise UsageProblem("--delete wants the call to delete", "`roleplay history` lists them with their ids.")
    if call is not None and delete:
        records.remove(call)
        click.echo(f"Deleted: {call}.", err=True)
        return
    known = records.calls()
    calls = [records.call(call)] if call else [one for one in known if matches(one, search)][:limit]
    if as_json:
        click.echo(history_json(calls))
        return
    _list(calls)
    if call is not None:
        _tell(records, call)
        return
    if not calls:
        nothing = f"No call has {search!r} in it." if known else "No calls yet. Take one with: roleplay practice"
        click.echo(nothing, err=True)
    for name in sorted({one.dispute.call for one in records.disputes.unread()}):
        click.echo(f"Your trainer has answered: roleplay history {name}", err=True)


def _tell(records: Records, call: str) -> None:
    """What was written beside a call, what was said of it to a trainer, and what they answered."""
    from roleplay.report.as_disputes import told_text
    from roleplay.report.as_text import notes_text

    if written := notes_text(records.notes(call)):
        click.echo(f"\n{written}")
    click.echo(f"With the evidence: roleplay review {call}", err=True)
    raised = records.disputes.of_call(call)
    if raised:
        click.echo(f"\n{told_text(raised)}")
    else:
        click.echo("You have told your trainer nothing of this call.", err=True)
    records.disputes.were_read(raised)


def _list(calls: list[CallSummary]) -> None:
    from roleplay.report.as_history import history_line

    for one in calls:
        click.echo(history_line(one))


@click.command()
@click.option("--yes", is_flag=True, help="Really erase.")
def erase(yes: bool) -> None:  # noqa: FBT001 - click passes it by name
    """Erase all records and the cache on this computer."""
    folder = home()
    if not yes:
        click.echo(
            f"This would erase all calls and the cache in {folder}. Run `roleplay erase --yes` to do it.", err=True
        )
        return
    from roleplay.store.records import erase_all

    erase_all(folder)
    click.echo(f"Erased: all calls and the cache in {folder}.", err=True)
