"""`roleplay history` and `roleplay erase`: what is kept on this computer."""

from __future__ import annotations

import click

from roleplay.premises import home


@click.command()
def history() -> None:
    """List your calls, the latest first."""
    from roleplay.score import TOO_LITTLE
    from roleplay.store.records import Records

    records = Records(home())
    calls = records.calls()
    if not calls:
        click.echo("No calls yet. Take one with: roleplay practice", err=True)
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
