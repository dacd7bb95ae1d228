"""`roleplay rubric disputes`: what trainees disputed or are proud of, and a trainer's decision on each."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.places import on_a_terminal, open_library, take_pastes_whole
from roleplay.errors import RoleplayError, ServiceUnavailable, UsageProblem

if TYPE_CHECKING:
    from roleplay.dispute import RaisedDispute
    from roleplay.library.folder import Library
    from roleplay.store.disputes import Disputes
    from roleplay.suite.disputes import Entry

ASK = "accept (a), decline (d), later (enter), stop (q)? "
NO_PLACE = "Accepting needs --to FILE: a file of cases for a verdict, a rubric of your house library for a line."


@click.command()
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where what is accepted goes: a YAML file of cases (made if it is not there); for a line, a house rubric.",
)
@click.option("--accept", type=int, metavar="NUMBER", help="Accept one.")
@click.option(
    "--verdict", type=click.Choice(["shown", "not_shown"]), help="The right verdict. Default: what the trainee says."
)
@click.option("--criterion", default="", metavar="ID", help="What an accepted line is an example of.")
@click.option("--line", default="", metavar="TEXT", help="The part of an accepted line that becomes the example.")
@click.option("--known-failure", default="", metavar="REASON", help="Mark the new case as known to fail for now.")
@click.option("--decline", type=int, metavar="NUMBER", help="Decline one; the trainee reads why.")
@click.option("--reason", default="", metavar="TEXT", help="With --decline: why.")
@click.option("--all", "answered", is_flag=True, help="List those that were answered, too.")
@click.option("--json", "as_json", is_flag=True, help="List as JSON.")
@click.pass_context
def disputes(
    context: click.Context,
    to: Path | None,
    accept: int | None,
    verdict: str | None,
    criterion: str,
    line: str,
    known_failure: str,
    decline: int | None,
    reason: str,
    answered: bool,  # noqa: FBT001 - click passes it by name
    as_json: bool,  # noqa: FBT001 - as above
) -> None:
    """List what trainees dispute or are proud of; on a terminal, decide on each (in a pipe, by the options)."""
    from roleplay.premises import home
    from roleplay.store.records import Records

    if accept is not None and decline is not None:
        raise UsageProblem("either --accept or --decline, one at a time")
    kept = Records(home()).disputes
    desk = _Desk(kept, open_library(context), context.find_root().obj, to)
    if accept is not None:
        click.echo(desk.accept(kept.one(accept), _Choice(verdict, criterion, line, known_failure)), err=True)
    elif decline is not None:
        click.echo(desk.decline(kept.one(decline), reason), err=True)
    else:
        _list([one for one in kept.all() if answered or one.answer is None], desk, as_json=as_json)


def _list(found: list[RaisedDispute], desk: _Desk, *, as_json: bool) -> None:
    from roleplay.report.as_disputes import dispute_text, disputes_json

    if as_json:
        click.echo(json.dumps(disputes_json(found), ensure_ascii=False, indent=2))
    elif not found:
        click.echo("Nothing is open. Trainees dispute with /dispute and /praise, or in the app with F7.", err=True)
    elif on_a_terminal():
        desk.go_through(found)
    else:
        click.echo("\n\n".join(map(dispute_text, found)))
        click.echo("Decide with --accept NUMBER --to FILE, or --decline NUMBER --reason TEXT.", err=True)


@dataclass(frozen=True, slots=True)
class _Choice:
    """How something is accepted."""

    verdict: str | None = None
    criterion: str = ""
    line: str = ""
    known_failure: str = ""


class _Desk:
    """Where a trainer decides. The file is written first: a decision is never on record without it."""

    def __init__(self, kept: Disputes, library: Library, house: Path | None, to: Path | None) -> None:
        self._kept = kept
        self._library = library
        self._house = house
        self._to = to

    def accept(self, one: RaisedDispute, how: _Choice) -> str:
        """Accepts; gives what was done. Raises UsageProblem, BadFile or ServiceUnavailable."""
        from roleplay.dispute import Answer
        from roleplay.report.writing import write_whole

        _check_open(one)
        entry = self._entry(one, how)
        if entry.text is not None:
            _make_folder(entry.file)
            write_whole(entry.file, entry.text)
        self._kept.answer(one.number, Answer(accepted=True, reason=entry.what, answered_at=datetime.now(UTC)))
        done = "stands there already" if entry.text is None else "added"
        return f"Accepted {one.number}. {entry.file}: {entry.what} ({done}).\n{entry.advice}"

    def decline(self, one: RaisedDispute, reason: str) -> str:
        """Declines. Raises UsageProblem without a reason, or ServiceUnavailable."""
        from roleplay.dispute import Answer
        from roleplay.sanitise import clean_line

        _check_open(one)
        if not clean_line(reason):
            raise UsageProblem(
                "a dispute is declined with a reason: the trainee reads it", "Give it with --reason TEXT."
            )
        self._kept.answer(one.number, Answer(accepted=False, reason=clean_line(reason), answered_at=datetime.now(UTC)))
        return f"Declined {one.number}. The trainee reads: {clean_line(reason)}"

    def go_through(self, found: list[RaisedDispute]) -> None:
        """Each in turn, on a terminal. What is left undecided stays open."""
        from roleplay.report.as_disputes import dispute_text

        take_pastes_whole()
        for one in found:
            click.echo(f"{dispute_text(one, shutil.get_terminal_size().columns)}\n")
            if one.answer is None and not self._decide(one):
                return

    def _decide(self, one: RaisedDispute) -> bool:
        """Asks until it is decided or left; False: stop here."""
        while True:
            answer = _typed(ASK)
            if answer is None or answer.lower().startswith("q"):
                return False
            try:
                if answer.lower().startswith("a"):
                    click.echo(f"{self.accept(one, _Choice())}\n", err=True)
                elif answer.lower().startswith("d"):
                    click.echo(f"{self.decline(one, _typed('Why (the trainee reads it)? ') or '')}\n", err=True)
                elif answer:
                    continue
            except RoleplayError as error:
                click.echo(f"{error}\n", err=True)
                continue
            return True

    def _entry(self, one: RaisedDispute, how: _Choice) -> Entry:
        from roleplay.dispute import DisputeKind, RightVerdict
        from roleplay.suite.disputes import case_entry, example_entry, is_rubric

        if one.dispute.kind is DisputeKind.PROUD:
            if how.verdict or how.known_failure:
                raise UsageProblem(
                    f"{one.number} is a line that somebody is proud of",
                    "It has no --verdict and is no --known-failure.",
                )
            file = self._to if self._to is not None and (is_rubric(self._to) or not self._own(one)) else self._own(one)
            if file is None:
                raise UsageProblem(NO_PLACE, "Nothing was decided.")
            return example_entry(one, file, how.criterion, how.line)
        if how.criterion or how.line:
            raise UsageProblem(f"{one.number} is about a verdict", "--criterion and --line are for lines.")
        if self._to is None:
            raise UsageProblem(NO_PLACE, "Nothing was decided.")
        if is_rubric(self._to):
            raise UsageProblem(f"{self._to} is a rubric", "A verdict becomes a case: with --to name a file of cases.")
        verdict = RightVerdict(how.verdict) if how.verdict else one.dispute.wanted
        return case_entry(one, verdict, self._to, self._library, how.known_failure)

    def _own(self, one: RaisedDispute) -> Path | None:
        """The rubric's file in the house library that was named."""
        file = self._house / "rubrics" / f"{one.rubric}.yaml" if self._house else None
        return file if file is not None and file.is_file() else None


def _check_open(one: RaisedDispute) -> None:
    if one.answer is not None:
        raise UsageProblem(f"dispute {one.number} is answered already", "An answer stands once it is given.")


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ServiceUnavailable(f"{file.parent} cannot be made: {error.strerror}", "Choose another place.") from error


def _typed(prompt: str) -> str | None:
    """A line; None at the end of input."""
    try:
        return input(prompt).strip()
    except EOFError:
        return None
