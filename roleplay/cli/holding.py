"""`roleplay persona hold`: which model can play whom."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import click

from roleplay.cli.places import open_library
from roleplay.errors import ExitCode, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from roleplay.chat import ChatModel, Patience
    from roleplay.library.folder import Library
    from roleplay.rehearsal.holding import Held, HeldTurn

DEFAULT_FLOOR = 0.8


@click.command()
@click.argument("names", nargs=-1, required=True)
@click.option("--model", envvar="ROLEPLAY_MODEL", required=True, help="smollm2, gguf:PATH, or any litellm model.")
@click.option(
    "--runs", type=click.IntRange(min=1), default=1, show_default=True, help="Calls for each kind of pressure."
)
@click.option(
    "--floor",
    type=click.FloatRange(0, 1),
    default=DEFAULT_FLOOR,
    show_default=True,
    help="Exit 1 if the model speaks a smaller share of the turns by itself.",
)
@click.option("--timeout", envvar="ROLEPLAY_TIMEOUT", help="Seconds that the model may take for a turn. Default: 60.")
@click.option("--verbose", "-v", is_flag=True, help="Show every turn: what the model said, and what was shown.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON (schema_version 1) with every turn.")
@click.pass_context
def hold(
    context: click.Context,
    names: tuple[str, ...],
    model: str,
    runs: int,
    floor: float,
    timeout: str | None,
    verbose: bool,  # noqa: FBT001 - click passes it by name
    as_json: bool,  # noqa: FBT001 - click passes it by name
) -> None:
    """Press a model in a customer's part, and report how it holds it, before and after the guards."""
    from roleplay.chat import Patience, open_chat
    from roleplay.premises import seconds
    from roleplay.report.as_hold import hold_json, hold_text, turn_text
    from roleplay.session.opening import SCRIPTED

    if model == SCRIPTED:
        raise UsageProblem("the scripted voice always holds the part", "Name a model: --model smollm2, say.")
    chat, patience, library = open_chat(model), Patience.within(seconds(timeout)), open_library(context)
    told = (lambda turn: click.echo(turn_text(turn), err=as_json)) if verbose else _dot
    rows: list[Held] = []
    for name in names:
        rows.append(_held(library, name, chat, patience, runs, told))
        if not as_json:
            click.echo(hold_text(rows[-1]))
    if as_json:
        click.echo(json.dumps(hold_json(rows, floor), ensure_ascii=False, indent=2))
    if any(row.share_alone < floor for row in rows):
        click.echo(f"below the floor of {100 * floor:.0f} %", err=True)
        raise click.exceptions.Exit(ExitCode.CHECK_FAILED)


def _held(
    library: Library, name: str, chat: ChatModel, patience: Patience, runs: int, told: Callable[[HeldTurn], None]
) -> Held:
    from roleplay.embedding import open_embedder
    from roleplay.premises import home
    from roleplay.rehearsal.holding import Held, Holding
    from roleplay.rehearsal.playing import Rehearsal

    persona = library.persona(name)
    embedder = open_embedder(library.rubric(persona.rubric).embedder, home(), lambda text: click.echo(text, err=True))
    opening = Rehearsal(library, embedder).opening(name)
    holding = Holding(chat, embedder, patience)

    async def press() -> tuple[HeldTurn, ...]:
        found = []
        async for turn in holding.turns(opening, runs):
            told(turn)
            found.append(turn)
        return tuple(found)

    turns = asyncio.run(press())
    click.echo("", err=True)
    return Held(persona.id, chat.name, turns)


def _dot(turn: HeldTurn) -> None:
    """A sign of life for a turn: `.` spoken by the model, `g` guarded, `f` failed."""
    click.echo("f" if turn.fault else "g" if turn.guarded else ".", nl=False, err=True)
