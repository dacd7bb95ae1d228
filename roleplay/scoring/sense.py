"""The sense: what a reply shows of every move in play. One measurement drives the score, the coach and the customer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Self

from roleplay.embedding import Embedder
from roleplay.move import Move, Value
from roleplay.persona import Persona
from roleplay.rubric import Criterion, Rubric
from roleplay.score import Reading, Sight
from roleplay.scoring.contrast import Family, Measured, MoveLines
from roleplay.scoring.pieces import FEWEST_WORDS, cut, held_lines, line_key
from roleplay.scoring.sentences import count_words, windows, without_filler
from roleplay.scoring.values import read_value
from roleplay.scoring.verdicts import judge, sights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REPEATED_FROM = 0.9
"""Share of equal characters from which a reply counts as sent before."""


class Sense:
    """Reads replies against a fixed set of moves. Safe to share between threads once made."""

    def __init__(
        self,
        families: Sequence[Sequence[Move]],
        embedder: Embedder,
        language: str,
        values: dict[str, Value] | None = None,
    ) -> None:
        """Moves of different families are not weighed against each other. Loads nothing until the first reply."""
        self._moves = tuple(tuple(family) for family in families)
        self._embedder = embedder
        self._language = language
        self._values = values or {}
        self._held = held_lines(move for family in families for move in family)

    @classmethod
    def for_call(cls, persona: Persona, rubric: Rubric, embedder: Embedder) -> Self:
        """Everything in play in a call: the rubric's moves, the persona's own, its steps and their parts."""
        redefined = {move.id for move in persona.moves}
        general = tuple(move for move in rubric.all_moves() if move.id not in redefined)
        own = [*persona.moves]
        values: dict[str, Value] = {}
        for step in persona.steps:
            if step.examples:
                own.append(step)
            if step.value:
                values[f"{step.id}.value" if step.examples else step.id] = step.value
            for part in step.parts:
                key = f"{step.id}.{part.id}"
                if part.examples:
                    own.append(
                        Move.model_construct(id=key, examples=part.examples, counterexamples=part.counterexamples)
                    )
                if part.value:
                    values[f"{key}.value" if part.examples else key] = part.value
        return cls((general, tuple(own)), embedder, rubric.language, values | _criterion_values(rubric))

    @classmethod
    def for_score(cls, rubric: Rubric, embedder: Embedder) -> Sense:
        """A rubric by itself: what scores a call whose customer minds another one."""
        return cls((rubric.all_moves(),), embedder, rubric.language, _criterion_values(rubric))

    def without(self, lines: AbstractSet[str]) -> Sense:
        """The sense as if nobody had written `lines`: what reads an example as it would read a stranger's words.

        A move of whose examples none is left is looked for no more.
        """

        def left(move: Move) -> Move:
            kept = {
                "examples": tuple(line for line in move.examples if line not in lines),
                "counterexamples": tuple(line for line in move.counterexamples if line not in lines),
            }
            return move.model_copy(update=kept)

        families = [
            [kept for move in family if (kept := left(move)).examples or not move.examples] for family in self._moves
        ]
        return Sense(families, self._embedder, self._language, self._values)

    def read(self, reply: str, *, earlier: Sequence[str] = (), customer_name: str = "") -> Reading:
        """What the reply shows. `earlier`: the trainee's replies before it; `customer_name`: for values."""
        pieces = tuple(piece.text for piece in cut(reply, self._language) if piece.void is None)
        units = tuple(
            unit
            for unit in (*pieces, *windows(pieces))
            if count_words(without_filler(unit, self._language)) >= FEWEST_WORDS
        )
        sights: dict[str, Sight] = {}
        if units:
            spoken = [without_filler(unit, self._language) for unit in units]
            vectors = self._embedder.embed(spoken)
            for family in self.families:
                sights |= self._sights(family, units, family.measure(spoken, vectors))
        own = tuple(piece for piece in pieces if line_key(piece) not in self._held)
        if own and len(own) < len(pieces):  # what was said in own words counts beside a line of the program's
            without = self.read(" ".join(own)).sights
            sights |= {name: without[name] for name, seen in sights.items() if seen.held and without[name].shown}
        for key, value in self._values.items():
            verdict = read_value(value, " ".join(pieces), customer_name)
            holding = (one for one in pieces if read_value(value, one, customer_name) is verdict)
            sights[key] = Sight(key, verdict, sentence=next(holding, "") or " ".join(pieces[:1]))
        return Reading(reply, count_words(reply), sights, is_repeated(reply, earlier))

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The families with all their vectors: embedded when first asked for, in one go."""
        lines = {line for family in self._moves for move in family for line in (*move.examples, *move.counterexamples)}
        ordered = sorted(lines)
        rows = self._embedder.embed(ordered)
        vectors = dict(zip(ordered, rows, strict=True))
        first = self._moves[0] if self._moves else ()
        general = sorted({line for move in first for line in (*move.examples, *move.counterexamples)})
        return tuple(
            Family([_lines(move) for move in family], vectors, [] if at == 0 else general, self._language)
            for at, family in enumerate(self._moves)
            if family
        )

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row for each text, as replies are embedded."""
        return self._embedder.embed(texts)

    def _sights(self, family: Family, units: Sequence[str], measured: Measured) -> dict[str, Sight]:
        """What the reply showed of every move of a family."""
        verdicts = judge(family, measured, slice(0, len(units)))
        seen = sights(family, measured, verdicts, units)
        return {one.move: replace(one, held=self._is_held(one)) for one in seen}

    def _is_held(self, seen: Sight) -> bool:
        return seen.shown and not seen.opposite and line_key(seen.sentence) in self._held


def _criterion_values(rubric: Rubric) -> dict[str, Value]:
    return {f"{one.id}.value": one.value for one in rubric.criteria if one.value}


def _lines(move: Move) -> MoveLines:
    if isinstance(move, Criterion):
        return MoveLines(
            move.id, move.examples, move.counterexamples, move.mode == "avoid", move.critical, move.breached_by
        )
    return MoveLines(move.id, move.examples, move.counterexamples)


def is_repeated(reply: str, earlier: Sequence[str]) -> bool:
    """Whether a reply is nearly one of the replies before it."""
    return any(_alike(reply, one) for one in earlier)


def _alike(one: str, other: str) -> bool:
    """Nearly the same words, letter case aside; short stock replies such as "yes" do not count."""
    first, second = (re.findall(r"\w+", text.lower()) for text in (one, other))
    if min(len(first), len(second)) < FEWEST_TO_REPEAT:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= REPEATED_FROM


FEWEST_TO_REPEAT = 4
"""Words from which a reply can be a repetition."""
