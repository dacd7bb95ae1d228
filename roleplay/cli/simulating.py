"""`roleplay persona simulate`: whole calls without a person, and what they come to."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.places import open_library
from roleplay.errors import UsageProblem

if TYPE_CHECKING:
    from roleplay.library.folder import Library
    from roleplay.rehearsal.figures import RunFigures
    from roleplay.rehearsal.playing import Rehearsal, Rehearsed
    from roleplay.rehearsal.script import Trainee

TRAINEES = ("competent", "competent_one_slip", "terse", "learner", "average", "lazy", "rude")
TELL_AFTER_SECONDS = 5.0
"""Between two words on how far it is."""


@click.command()
@click.argument("names", nargs=-1)
@click.option(
    "--trainee",
    "wanted",
    multiple=True,
    metavar="KIND or FILE",
    help=f"{', '.join(TRAINEES)}; or a file: rehearsal lines (.yaml), or one reply a line. Default: all there are.",
)
@click.option("--runs", type=click.IntRange(min=1), default=1, show_default=True, help="Calls of each, seeds 1, 2, 3 …")
@click.option("--verbose", "-v", is_flag=True, help="Show every turn with its causes.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON (schema_version 1) with every call's figures.")
@click.pass_context
def simulate(
    context: click.Context,
    names: tuple[str, ...],
    wanted: tuple[str, ...],
    runs: int,
    verbose: bool,  # noqa: FBT001 - click passes it by name
    as_json: bool,  # noqa: FBT001 - click passes it by name
) -> None:
    """Play whole calls without a person: who wins how often (without a name: all personas)."""
    from roleplay.report.as_simulation import FOOTNOTE, HEADER, run_line, simulation_json, simulation_turns

    library = open_library(context)
    given = [one for name in wanted if name not in TRAINEES for one in _from_file(name)]
    casting = _Casting(library, [name for name in wanted if name in TRAINEES], given, everything=not wanted)
    told = (lambda played: click.echo(simulation_turns(played), err=as_json)) if verbose else (lambda _: None)
    if not as_json:
        click.echo(HEADER)
    rows: list[RunFigures] = []
    for figures in casting.play(names or casting.whom_else(), runs, told):
        rows.append(figures)
        if not as_json:
            click.echo(run_line(figures))
    if as_json:
        click.echo(json.dumps(simulation_json(rows), ensure_ascii=False, indent=2))
    elif any(figures.stands_in for figures in rows):
        click.echo(FOOTNOTE, err=True)
    if not rows:
        raise UsageProblem("nobody to play", "Write rehearsal lines, or give a file of replies: --trainee FILE.")


def _from_file(name: str) -> tuple[Trainee, ...]:
    """The trainees in a file that was given for a kind. Raises UsageProblem or BadFile."""
    from roleplay.library.validated import did_you_mean
    from roleplay.rehearsal.script import read_trainees

    file = Path(name)
    if not file.exists() and "/" not in name and "\\" not in name and not file.suffix:
        raise UsageProblem(
            f"no kind of trainee is named {name}{did_you_mean(name, list(TRAINEES))}, and no file either",
            f"There are: {', '.join(TRAINEES)}; or give a file of replies, one a line.",
        )
    return read_trainees(file)


class _Casting:
    """Who plays with whom."""

    def __init__(self, library: Library, kinds: list[str], given: list[Trainee], *, everything: bool) -> None:
        """`everything`: every kind that somebody has written lines for."""
        self._library = library
        self._kinds = kinds
        self._given = given
        self._everything = everything
        self._rehearsals: dict[str, Rehearsal] = {}

    def whom_else(self) -> list[str]:
        """The personas where none is named: those that the files were written for, else all."""
        written_for = [one.persona for one in self._given if one.persona]
        if written_for and len(written_for) == len(self._given) and not self._kinds:
            return list(dict.fromkeys(written_for))
        return self._library.persona_ids()

    def play(self, names: Iterable[str], runs: int, told: Callable[[Rehearsed], None]) -> Iterator[RunFigures]:
        """The calls of every persona with every trainee; each played call is `told`."""
        from roleplay.rehearsal.figures import RunFigures, call_figures

        casts = [(name, trainee) for name in names for trainee in self._trainees(name)]
        progress = _Progress(len(casts) * runs)
        for name, trainee in casts:
            calls = []
            for seed in range(1, runs + 1):
                played = self._rehearsal(name).call(name, trainee, seed)
                told(played)
                calls.append(call_figures(played))
                progress.one_more()
            steps = tuple(step.id for step in self._library.persona(name).steps)
            yield RunFigures(name, trainee.kind, trainee.script is None, steps, tuple(calls))

    def _trainees(self, name: str) -> Iterator[Trainee]:
        """Whoever can play with a persona; who cannot is said. Raises UsageProblem, BadFile."""
        for one in self._given:
            if one.persona not in (None, self._library.persona(name).id):
                raise UsageProblem(
                    f"these lines were written for {one.persona}, not for {name}",
                    f"Play them with {one.persona}, or copy the file and change its `persona:`.",
                )
            yield one
        for kind in self._all_kinds(name) if self._everything else self._kinds:
            try:
                yield self._rehearsal(name).trainee(name, kind)
            except UsageProblem as missing:
                click.echo(f"{missing}", err=True)

    def _all_kinds(self, name: str) -> list[str]:
        lines = self._library.rehearsal(name)
        return list(lines.runs) if lines else ["competent"]

    def _rehearsal(self, name: str) -> Rehearsal:
        """The one for a persona's embedder, opened when it is first needed."""
        from roleplay.embedding import open_embedder
        from roleplay.premises import home
        from roleplay.rehearsal.playing import Rehearsal

        embedder = self._library.rubric(self._library.persona(name).rubric).embedder
        if embedder not in self._rehearsals:
            opened = open_embedder(embedder, home(), lambda text: click.echo(text, err=True))
            self._rehearsals[embedder] = Rehearsal(self._library, opened)
        return self._rehearsals[embedder]


class _Progress:
    """Says on stderr how far a long simulation is."""

    def __init__(self, calls: int) -> None:
        self._calls = calls
        self._done = 0
        self._told_at = time.monotonic()

    def one_more(self) -> None:
        """Another call was played."""
        self._done += 1
        if time.monotonic() - self._told_at >= TELL_AFTER_SECONDS and self._done < self._calls:
            self._told_at = time.monotonic()
            click.echo(f"{self._done} of {self._calls} calls", err=True)
