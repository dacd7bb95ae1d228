"""Questions on a terminal. Each answer is on disk before the next question is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.cli.house import House, in_a_shell, put
from roleplay.cli.places import on_a_terminal, take_pastes_whole
from roleplay.errors import UsageProblem

if TYPE_CHECKING:
    from roleplay.drafting.question import Answers, Topics


def given(**words: str | None) -> dict[str, tuple[str, ...]]:
    """What the command line answers already, by the questions' keys."""
    return {key: (word,) for key, word in words.items() if word is not None}


def checked(topics: Topics, answers: Answers) -> dict[str, tuple[str, ...]]:
    """Answers that came without being asked for, cleaned. Raises UsageProblem at the first that will not do."""
    found = {}
    for question in (one for topic in topics for one in topic.questions if one.key in answers):
        lines = tuple(filter(None, map(question.cleaned, answers[question.key])))
        complaint = question.complaint_of(lines)
        if complaint:
            raise UsageProblem(f"{question.key} {' '.join(lines)[:80] or '(empty)'}: {complaint}")
        found[question.key] = lines
    return found


def few_answers(topics: Topics, answered: Answers, usual: Answers) -> dict[str, tuple[str, ...]]:
    """The answers to a question or two: asked on a terminal, else as given or as usual. Raises UsageProblem."""
    if on_a_terminal():
        return interview(topics, checked(topics, answered), lambda _: None)
    return checked(topics, {**usual, **answered})


def interview(topics: Topics, answered: Answers, keep: Callable[[Answers], None]) -> dict[str, tuple[str, ...]]:
    """All answers. Raises KeyboardInterrupt when the person leaves."""
    from roleplay.drafting.interview import Interview

    take_pastes_whole()
    return Interview(topics, _typed, lambda text: click.echo(text, err=True), keep).ask(answered)


def _typed() -> str:
    """A typed line. The end of input is leaving, too: nobody is there to answer."""
    try:
        return input("> ")
    except EOFError:
        raise KeyboardInterrupt from None


class Draft:
    """The answers of one interview on disk."""

    def __init__(self, house: House, file: Path | None) -> None:
        """`file`: a draft to go on with; None: a new one in the house library, named after the customer."""
        self._house = house
        self._file = file

    def keep(self, answers: Answers) -> None:
        """Puts all answers on disk. Raises ServiceUnavailable."""
        from roleplay.drafting.draft import draft_text

        self._file = self._file or self._free(answers["id"][0])
        put(self._file, draft_text(answers), new=False)

    def say_kept(self) -> None:
        """Says where the answers are, and how to go on; nothing, if there are none."""
        if self._file is not None:
            go_on = f"roleplay persona new --to {in_a_shell(self._house.folder)} --draft {in_a_shell(self._file)}"
            click.echo(f"\nYour answers are kept in {self._file}. Go on with:\n{go_on}", err=True)

    def clear(self) -> None:
        """The answers stand in the customer's own file now."""
        if self._file is not None:
            self._file.unlink(missing_ok=True)

    def _free(self, name: str) -> Path:
        folder = self._house.folder / "drafts"
        numbered = (folder / f"{name}{f'-{number}' if number else ''}.yaml" for number in range(10_000))
        return next(file for file in numbered if not file.exists())
