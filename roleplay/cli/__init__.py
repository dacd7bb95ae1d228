"""The command line. Each command imports what it needs when it runs, so that `--help` is instant."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from roleplay.cli.authors import persona, rubric, schema
from roleplay.cli.certifying import certificate
from roleplay.cli.comparing import compare
from roleplay.cli.differing import diff
from roleplay.cli.disputes import disputes
from roleplay.cli.doctor import doctor
from roleplay.cli.drafting import new_persona, new_rubric
from roleplay.cli.exporting import export
from roleplay.cli.fitting import agree, fit
from roleplay.cli.holding import hold
from roleplay.cli.places import on_a_terminal
from roleplay.cli.practice import practice
from roleplay.cli.progressing import progress
from roleplay.cli.records import erase, history
from roleplay.cli.reviewing import review
from roleplay.cli.score import score
from roleplay.cli.serving import serve
from roleplay.cli.simulating import simulate
from roleplay.cli.testing import test
from roleplay.cli.training import train
from roleplay.errors import ExitCode, RoleplayError, UsageProblem


class _UnlessNobodyReads(click.Group):
    """When the reader of our output has gone (`| head`), that is no error; what is still to be said goes nowhere."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return ExitCode.OK


@click.group(
    cls=_UnlessNobodyReads, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="roleplay")
@click.option(
    "--library",
    type=click.Path(path_type=Path),
    envvar="ROLEPLAY_LIBRARY",
    help="A house library (a folder with personas/ and rubrics/) on top of the built-in one.",
)
@click.pass_context
def cli(context: click.Context, library: Path | None) -> None:
    """Practise customer conversations in a terminal.

    Without a command, opens the full-screen app.
    """
    context.obj = library
    if context.invoked_subcommand is None:
        _open_app(library)


def _open_app(library: Path | None) -> None:
    if not (on_a_terminal() or os.environ.get("TEXTUAL_DRIVER")):  # in a browser nobody sits at a terminal
        raise UsageProblem(
            "the full-screen app needs a terminal",
            "Without one, use `roleplay practice --plain`; `roleplay --help` has more.",
        )
    from roleplay.tui.app import run_app

    run_app(library)


for _command in (
    practice,
    train,
    score,
    test,
    persona,
    rubric,
    schema,
    doctor,
    history,
    progress,
    compare,
    review,
    certificate,
    export,
    erase,
    serve,
):
    cli.add_command(_command)
persona.add_command(new_persona)
rubric.add_command(new_rubric)
persona.add_command(simulate)
persona.add_command(hold)
rubric.add_command(fit)
rubric.add_command(agree)
rubric.add_command(diff)
rubric.add_command(disputes)


# Many small matrix products: a second thread costs more than it gives, and far more on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Runs a command; says what went wrong in one message and with the right exit code."""
    _speak_utf8()
    try:
        # click answers with the code of an `Exit` instead of raising it.
        sys.exit(cli.main(standalone_mode=False) or ExitCode.OK)
    except click.exceptions.Abort:
        sys.exit(_interrupted())
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except RoleplayError as error:
        click.echo(f"roleplay: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(_interrupted())


def _interrupted() -> ExitCode:
    click.echo("\nStopped.", err=True)
    return ExitCode.INTERRUPTED


def _speak_utf8() -> None:
    """A Windows console in cp1252 cannot show every character; those become `?` instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
