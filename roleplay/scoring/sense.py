"""The sense: what a reply shows of every move in play. One measurement drives the score, the coach and the customer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property

from roleplay.embedding import Embedder
from roleplay.move import Move, Value
from roleplay.persona import Persona
from roleplay.rubric import Criterion, Rubric
from roleplay.score import Reading, Sight
from roleplay.scoring.contrast import Family, Measured, MoveLines
from roleplay.scoring.pieces import FEWEST_WORDS, cut, held_lines, line_key
from roleplay.scoring.sentences import count_words, windows, without_filler
from roleplay.scoring.values import read_value
from roleplay.scoring.verdicts import judge, sight

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
        self._critical = frozenset(
            move.id for family in families for move in family if isinstance(move, Criterion) and move.critical
        )

    @classmethod
    def for_call(cls, persona: Persona, rubric: Rubric, embedder: Embedder) -> Sense:
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
        return Reading(reply, count_words(reply), sights, any(_alike(reply, one) for one in earlier))

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

    def _sights(self, family: Family, units: Sequence[str], measured: Measured) -> dict[str, Sight]:
        """What the reply showed of every move of a family."""
        verdicts = judge(family, measured, slice(0, len(units)), self._critical)
        seen = [sight(family, measured, verdicts, at, units) for at in range(len(family.moves))]
        return {one.move: replace(one, held=self._is_held(one)) for one in seen}

    def _is_held(self, seen: Sight) -> bool:
        return seen.shown and not seen.opposite and line_key(seen.sentence) in self._held


def _criterion_values(rubric: Rubric) -> dict[str, Value]:
    return {f"{one.id}.value": one.value for one in rubric.criteria if one.value}


def _lines(move: Move) -> MoveLines:
    avoid = isinstance(move, Criterion) and move.mode == "avoid"
    breached_by = move.breached_by if isinstance(move, Criterion) else ()
    return MoveLines(move.id, move.examples, move.counterexamples, avoid, breached_by)


def _alike(one: str, other: str) -> bool:
    """Nearly the same words, letter case aside; short stock replies such as "yes" do not count."""
    first, second = (re.findall(r"\w+", text.lower()) for text in (one, other))
    if min(len(first), len(second)) < FEWEST_TO_REPEAT:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= REPEATED_FROM


FEWEST_TO_REPEAT = 4
"""Words from which a reply can be a repetition."""
