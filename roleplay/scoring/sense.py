"""The sense: what a reply shows of every move in play. One measurement drives the score, the coach and the customer."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from roleplay.embedding import Embedder
from roleplay.move import Move, Value
from roleplay.persona import Persona
from roleplay.rubric import Criterion, Rubric
from roleplay.score import Reading, Sight, Verdict
from roleplay.scoring.contrast import Family, Measured, MoveLines
from roleplay.scoring.sentences import count_words, sentences, windows, without_filler
from roleplay.scoring.values import read_value

_SOMEBODY_ELSE = re.compile(r"(?:the )?(?:customer|caller|client|system|grader|coach)(?: says)?\s*:", re.IGNORECASE)
"""A sentence put into another mouth is not the trainee's."""
SHOWN_FROM = -0.25
"""Contrast from which a move counts as shown."""
UNSURE_FROM = -0.7
"""Contrast from which it may have been shown; in between nothing is gained and nothing lost."""
OPPOSITE_FROM = -0.1
"""Contrast from which a counterexample counts as said."""
CRITICAL_FROM = 0.2
"""The same for a critical criterion, where a wrong alarm costs the whole call."""
NEAR_MISS_FROM = 0.1
"""The same for a move that earns something: a near miss must be clear,"""
NEAR_MISS_AHEAD = 0.2
"""and lean this much further to the counterexamples than the best piece leans to the examples."""
CLEAR_FROM = 0.35
"""Contrast (either way) from which a verdict is beyond doubt and may cost mood or patience."""
SIMILAR_FROM = 0.4
"""Cosine to the nearest counterexample below which a reply is no near miss, however it leans."""
CLEAR_SIMILARITY = 0.35
"""... and the cosine to a line that it then must have;"""
CLEAR_SIMILARITY_SHORT = 0.65
"""in pieces of up to SHORT_WORDS words: a short odd sentence leans far without being near."""
SHORT_WORDS = 4
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
        said = {one.casefold(): one for one in reversed(sentences(reply, self._language))}
        pieces = tuple(one for one in reversed(said.values()) if not _SOMEBODY_ELSE.match(one))
        # A lone word ("Okay.") says nothing by itself, however near it is to somebody's short line.
        units = tuple(unit for unit in (*pieces, *windows(pieces)) if count_words(without_filler(unit)) >= FEWEST_WORDS)
        sights: dict[str, Sight] = {}
        if units:
            spoken = [without_filler(unit) for unit in units]
            vectors = self._embedder.embed(spoken)
            for family in self.families:
                sights |= self._sights(family, units, family.measure(spoken, vectors))
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
        """For every move the piece that shows it best and the one that says its opposite best, and what follows."""
        best, worst = measured.shown.argmax(axis=0).tolist(), measured.opposite.argmax(axis=0).tolist()
        leans, against = measured.shown.max(axis=0).tolist(), measured.opposite.max(axis=0).tolist()
        sights = {}
        for at, move in enumerate(family.moves):
            seen = _Best(best[at], worst[at], _contrast(leans[at]), _contrast(against[at]))
            sights[move.id] = self._sight(move, seen, at, units, measured)
        return sights

    def _sight(self, move: MoveLines, seen: _Best, at: int, units: Sequence[str], measured: Measured) -> Sight:
        opposite = bool(move.counterexamples) and self._is_opposite(move, seen, at, measured)
        if move.avoid:
            verdict = Verdict.NOT_SHOWN if opposite else Verdict.SHOWN
        elif opposite or seen.lean < UNSURE_FROM:
            verdict = Verdict.NOT_SHOWN
        else:
            verdict = Verdict.SHOWN if seen.lean >= SHOWN_FROM else Verdict.UNSURE
        against = opposite or move.avoid
        piece = seen.worst if against else seen.best
        cosines = (measured.to_counters if opposite else measured.to_examples)[piece, at]
        lines = move.counterexamples if opposite else move.examples
        nearest = int(cosines.argmax()) if lines else -1
        contrast = -seen.against if against else seen.lean
        return Sight(
            move.id,
            verdict,
            opposite,
            units[piece],
            lines[nearest] if lines else "",
            float(cosines[nearest]) if lines else 0.0,
            contrast,
            -OPPOSITE_FROM if against else SHOWN_FROM,
            abs(contrast) >= CLEAR_FROM and bool(lines) and float(cosines[nearest]) >= _similar_enough(units[piece]),
        )

    def _is_opposite(self, move: MoveLines, seen: _Best, at: int, measured: Measured) -> bool:
        if move.avoid:
            return seen.against >= (CRITICAL_FROM if move.id in self._critical else OPPOSITE_FROM)
        # Said clearly in one sentence, an act is not undone by what another sentence resembles.
        undone = seen.lean < CLEAR_FROM or seen.best == seen.worst
        clear = seen.against >= NEAR_MISS_FROM and seen.against > seen.lean + NEAR_MISS_AHEAD
        return undone and clear and float(measured.to_counters[seen.worst, at].max()) >= SIMILAR_FROM


@dataclass(frozen=True, slots=True)
class _Best:
    """Of one move: the pieces that lean furthest either way, and how far (contrast)."""

    best: int
    worst: int
    lean: float
    against: float


def _criterion_values(rubric: Rubric) -> dict[str, Value]:
    return {f"{one.id}.value": one.value for one in rubric.criteria if one.value}


def _lines(move: Move) -> MoveLines:
    avoid = isinstance(move, Criterion) and move.mode == "avoid"
    return MoveLines(move.id, move.examples, move.counterexamples, avoid)


def _similar_enough(piece: str) -> float:
    return CLEAR_SIMILARITY_SHORT if count_words(piece) <= SHORT_WORDS else CLEAR_SIMILARITY


def _contrast(log_odds: float) -> float:
    """Log-odds as a number from -1 to 1, to 1e-4."""
    return round(math.tanh(float(log_odds) / 2), 4)


def _alike(one: str, other: str) -> bool:
    """Nearly the same words, letter case aside; short stock replies such as "yes" do not count."""
    first, second = (re.findall(r"\w+", text.lower()) for text in (one, other))
    if min(len(first), len(second)) < FEWEST_TO_REPEAT:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= REPEATED_FROM


FEWEST_WORDS = 2
"""Words of the shortest piece that is measured."""
FEWEST_TO_REPEAT = 4
"""Words from which a reply can be a repetition."""
