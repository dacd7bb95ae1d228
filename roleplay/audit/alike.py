"""Examples on the wrong side, by the sense's own measurement: the only part of an audit that needs a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from roleplay.audit.finding import Finding
from roleplay.library.strict_yaml import Place
from roleplay.persona import Persona
from roleplay.scoring.contrast import Family, Measured
from roleplay.scoring.sense import Sense
from roleplay.scoring.sentences import without_filler
from roleplay.scoring.verdicts import judge


@dataclass(frozen=True, slots=True)
class _Example:
    line: str
    column: int
    """Of its move in the family."""
    place: Place


def alike_findings(persona: Persona, sense: Sense) -> Iterator[Finding]:
    """Warnings. `sense` is the one of this persona's calls; the rubric's own lines are not looked at here."""
    family = sense.families[-1]
    examples = [
        _Example(line, column, (*place, "examples", at))
        for column, move in enumerate(family.moves)
        for place in [_place(persona, move.id)]
        for at, line in enumerate(move.examples)
    ]
    if examples:
        spoken = [without_filler(one.line) for one in examples]
        yield from _Reader(persona, family, examples, family.measure(spoken, sense.vectors(spoken))).findings()


class _Reader:
    """Reads each example as if a trainee had typed it."""

    def __init__(self, persona: Persona, family: Family, examples: list[_Example], measured: Measured) -> None:
        self._family = family
        self._examples = examples
        self._measured = measured
        self._acts = [move.id.partition(".")[0] for move in family.moves]
        self._steps = {step.id for step in persona.steps}
        self._alone = [judge(family, measured, slice(row, row + 1)) for row in range(len(examples))]

    def findings(self) -> Iterator[Finding]:
        for row, one in enumerate(self._examples):
            if self._alone[row].opposite[one.column]:
                nearest = self._near_miss(row, one.column)
                name = self._family.moves[one.column].id
                what = f"reads as a near miss of {name} itself: {_short(one.line)} is nearer to {_short(nearest)}"
                yield Finding(one.place, f"{what}; reword one of the two")
            elif self._acts[one.column] in self._steps and not self._alone[row].shown[one.column]:
                yield from self._another_step(row, one)

    def _another_step(self, row: int, one: _Example) -> Iterator[Finding]:
        """Steps that this line speaks against, where it does not do its own: what parts neighbours is no fault."""
        for column, move in enumerate(self._family.moves):
            other = self._acts[column]
            if other in self._steps and other != self._acts[one.column] and self._alone[row].opposite[column]:
                nearest = self._near_miss(row, column)
                name = self._family.moves[one.column].id
                what = f"is not seen to do {name}, but reads as a near miss of {move.id}: {_short(one.line)} is like"
                yield Finding(one.place, f"{what} {_short(nearest)}; reword one of the two")

    def _near_miss(self, row: int, column: int) -> str:
        """The counterexample of a move that an example is nearest to."""
        every = len(self._family.moves)
        return self._measured.nearest_lines(np.full(every, row), np.ones(every, bool))[column][0]


def _place(persona: Persona, identifier: str) -> Place:
    """Where a move, a step or a part stands, by the id of its sight."""
    name, _, part = identifier.partition(".")
    for at, move in enumerate(persona.moves):
        if move.id == name:
            return ("moves", at)
    at, step = next((at, step) for at, step in enumerate(persona.steps) if step.id == name)
    if not part:
        return ("steps", at)
    return ("steps", at, "parts", next(number for number, one in enumerate(step.parts) if one.id == part))


def _short(line: str) -> str:
    return f'"{line}"' if len(line) <= 70 else f'"{line[:67]}..."'  # noqa: PLR2004 - what fits beside a place
