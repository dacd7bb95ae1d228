"""What a trainee types: the lines of a script as inputs, drawn by the seed; and scripts from files of lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from roleplay.customer.chance import choose
from roleplay.library.folder import read_rehearsal
from roleplay.library.references import unknown_action
from roleplay.library.strict_yaml import Problem, read_text
from roleplay.library.validated import bad_file
from roleplay.persona import ACTIONS, SKIP, Script, alternatives
from roleplay.sanitise import clean_line, clean_text

LONGEST_LINE = 4000
"""Characters of a line in a file of lines: what a person can type in one reply, with room to spare."""


@dataclass(frozen=True, slots=True)
class Trainee:
    """Who plays."""

    kind: str
    """`competent`, `average` ..., or the name of a file of lines."""
    script: Script | None = None
    """None: the persona's own examples stand in for what nobody has written."""
    persona: str | None = None
    """The persona that the script was written for; None: any."""


def drawn(script: Script, seed: int, kind: str) -> tuple[str, ...]:
    """The lines of one call. Where an entry has alternatives, the seed, its place and the kind of trainee draw one."""
    lines = (choose(alternatives(entry), seed, place, f"trainee {kind}") for place, entry in enumerate(script, start=1))
    return tuple(line for line in lines if line != SKIP)


def read_trainees(file: Path) -> tuple[Trainee, ...]:
    """The trainees in `file`: rehearsal lines (.yaml), or else one trainee of whom each line is a reply.

    Raises BadFile with the lines at fault.
    """
    if file.suffix in (".yaml", ".yml"):
        lines = read_rehearsal(file, named_for_persona=False)
        return tuple(Trainee(kind, script, lines.persona) for kind, script in lines.runs.items())
    return (Trainee(file.stem, read_lines(file)),)


def read_lines(file: Path) -> Script:
    """A file of lines: a reply or an action (`/hold`) a line; `#` begins a comment, and empty lines are left out.

    Raises BadFile.
    """
    lines: list[str] = []
    problems: list[Problem] = []
    for number, raw in enumerate(clean_text(read_text(file)).split("\n"), start=1):
        line = clean_line(raw)
        if not line or line.startswith("#"):
            continue
        problems += [Problem(number, "", what) for _, what in unknown_action(line, ())]
        if len(line) > LONGEST_LINE:
            problems.append(Problem(number, "", f"longer than {LONGEST_LINE} characters; a line is one reply"))
        lines.append(line)
    if not problems and all(line in ACTIONS for line in lines):
        problems.append(Problem(0, "", "no reply in it; write one reply a line, as a trainee would type them"))
    if problems:
        raise bad_file(file, problems)
    return tuple(lines)
