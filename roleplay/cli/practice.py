"""`roleplay practice`: one call."""

from __future__ import annotations

from pathlib import Path

import click

from roleplay.cli.places import on_a_terminal
from roleplay.errors import UsageProblem
from roleplay.premises import PACES, choices, open_switchboard, seconds

LARGEST_SEED = 2**63 - 1
"""What the records can hold."""


@click.command()
@click.argument("persona", required=False)
@click.option("--rubric", envvar="ROLEPLAY_RUBRIC", help="The rubric that scores: an id, or a YAML file.")
@click.option(
    "--model",
    envvar="ROLEPLAY_MODEL",
    help="The customer's voice: scripted (the default; no key, no network), smollm2, gguf:PATH, or any litellm model.",
)
@click.option(
    "--seed", type=click.IntRange(0, LARGEST_SEED), help="Repeat a call exactly: same seed, same replies, same call."
)
@click.option("--plain", is_flag=True, help="Line by line, for pipes and screen readers.")
@click.option("--hints", type=click.Choice(["on", "off"]), envvar="ROLEPLAY_HINTS", help="Default: on.")
@click.option(
    "--pace",
    type=click.Choice(PACES),
    envvar="ROLEPLAY_PACE",
    help="Whether waiting counts. Default: off.",
)
@click.option("--timeout", envvar="ROLEPLAY_TIMEOUT", help="Seconds that a model may take for a turn. Default: 60.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help="Write the call to this file: JSON, or the debrief as a page if it ends in .md or .html.",
)
@click.option("--resume", metavar="CALL", help="Go on with a call that was cut off.")
@click.option(
    "--retry",
    metavar="CALL:N",
    help="Go back into a call before your reply N; a new call, the old one stays as it was.",
)
@click.pass_context
def practice(
    context: click.Context,
    persona: str | None,
    rubric: str | None,
    model: str | None,
    seed: int | None,
    plain: bool,  # noqa: FBT001 - click passes it by name
    hints: str | None,
    pace: str | None,
    timeout: str | None,
    report: Path | None,
    resume: str | None,
    retry: str | None,
) -> None:
    """Take one call, with PERSONA or the suggested next one."""
    from roleplay.cli.plain import PlainCall
    from roleplay.report.writing import check_writable

    if report:
        check_writable(report)
    switchboard = open_switchboard(context.find_root().obj, lambda text: click.echo(text, err=True))
    if (resume or retry) and (persona or seed is not None or rubric or model or (resume and retry)):
        raise UsageProblem(
            "a call that is gone on with goes on as it was started",
            "Leave out the name, --seed, --rubric and --model beside --resume or --retry; give one of the two.",
        )
    if resume:
        call = switchboard.resume(resume, seconds(timeout))
    elif retry:
        call = switchboard.retry(*_reply_of(retry))
    else:
        for left in switchboard.records.unfinished()[:1]:
            with_whom = f"{left.header.persona_name}, {left.replies} {'reply' if left.replies == 1 else 'replies'}"
            click.echo(f"Unfinished call ({with_whom}): roleplay practice --resume {left.header.id}", err=True)
        flags = {"rubric": rubric, "model": model, "hints": hints, "pace": pace, "timeout": timeout}
        call = switchboard.start(choices(persona or switchboard.suggested(), flags, seed))
    if plain or not on_a_terminal():
        PlainCall(call, report, switchboard).run()
        return
    from roleplay.tui.app import run_call

    run_call(switchboard, call, report)


def _reply_of(retry: str) -> tuple[str, int]:
    """A call's id and the number of a reply. Raises UsageProblem."""
    identifier, _, number = retry.partition(":")
    if not identifier or not number.isdecimal():
        raise UsageProblem(f"--retry {retry}: wants a call and a reply", "For example --retry 20261123-094501-k3f9:2.")
    return identifier, int(number)
