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
def history(call: str | None) -> None:
    """List your calls, the latest first; with CALL, what you told your trainer of that one and the answers."""
    from roleplay.store.records import Records

    records = Records(home())
    if call is not None:
        _list([records.call(call)])
        _tell(records, call)
        return
    calls = records.calls()
    if not calls:
        click.echo("No calls yet. Take one with: roleplay practice", err=True)
    _list(calls)
    answered = sorted({one.dispute.call for one in records.disputes.unread()})
    for name in answered:
        click.echo(f"Your trainer has answered: roleplay history {name}", err=True)


def _tell(records: Records, call: str) -> None:
    """What was said of a call to a trainer, and what they answered."""
    from roleplay.report.as_disputes import told_text

    raised = records.disputes.of_call(call)
    if raised:
        click.echo(f"\n{told_text(raised)}")
    else:
        click.echo("You have told your trainer nothing of this call.", err=True)
    records.disputes.were_read(raised)


def _list(calls: list[CallSummary]) -> None:
    from roleplay.score import TOO_LITTLE

    for one in calls:
        overall = one.result.overall if one.result else None
        points = f"{overall:5.1f}" if overall is not None else TOO_LITTLE if one.result else ""
        outcome = one.result.outcome if one.result else "unfinished"
        when = one.header.started_at.astimezone()
        retry = (
            f"  retry of {one.header.branched_from_call}:{one.header.branched_from_turn}" if one.header.is_retry else ""
        )
        line = f"{one.header.id}  {when:%Y-%m-%d %H:%M}  {one.header.persona:<18} {outcome:<17} {points}".rstrip()
        click.echo(line + retry)


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
