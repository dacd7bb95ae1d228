"""The sense: what a reply shows of every move in play. One measurement drives the score, the coach and the customer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
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
ROWS = 64
"""Many replies are measured in blocks of a multiple of this many rows, filled up with nothing: so what is seen in one
does not depend, not even in its last digit, on the replies beside it."""
UNITS_AT_ONCE = 128
"""Of these cosines to every line of the rubric are in memory at a time (about 5 MiB)."""


@dataclass(frozen=True, slots=True)
class Units:
    """What of one reply is measured."""

    pieces: tuple[str, ...]
    """Its sentences that may earn something."""
    units: tuple[str, ...]
    """Those of more than a word, and each two neighbours as one."""
    spoken: tuple[str, ...]
    """The same without "um" and the like: what is embedded."""

    @classmethod
    def of(cls, reply: str, language: str) -> Units:
        """Cut from a reply."""
        pieces = tuple(piece.text for piece in cut(reply, language) if piece.void is None)
        both = ((unit, without_filler(unit, language)) for unit in (*pieces, *windows(pieces)))
        kept = [(unit, spoken) for unit, spoken in both if count_words(spoken) >= FEWEST_WORDS]
        return cls(pieces, tuple(unit for unit, _ in kept), tuple(spoken for _, spoken in kept))


@dataclass(frozen=True, slots=True)
class Sought:
    """A reply in which a few moves are looked for."""

    reply: str
    moves: tuple[str, ...]
    customer_name: str = ""
    """For values."""


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
        heard = Units.of(reply, self._language)
        sights: dict[str, Sight] = {}
        if heard.units:
            vectors = self._embedder.embed(heard.spoken)
            for family in self.families:
                sights |= self._sights(family, heard.units, family.measure(heard.spoken, vectors))
        own = tuple(piece for piece in heard.pieces if line_key(piece) not in self._held)
        if own and len(own) < len(heard.pieces):  # what was said in own words counts beside a line of the program's
            without = self.read(" ".join(own)).sights
            sights |= {name: without[name] for name, seen in sights.items() if seen.held and without[name].shown}
        sights |= {key: self._value(key, heard.pieces, customer_name) for key in self._values}
        return Reading(reply, count_words(reply), sights, is_repeated(reply, earlier))

    def look(self, sought: Sequence[Sought]) -> list[dict[str, Sight]]:
        """What `read` sees of a few moves in each of many replies, embedded in one go and in a fraction of the time.

        By move id, and `CRITERION.value` where the rubric has such a value; what stands beside a reply changes
        nothing in it. A move is missing where the reply says nothing that is measured.
        """
        heard = [Units.of(one.reply, self._language) for one in sought]
        texts = sorted({text for one in heard for text in one.spoken})
        vectors = dict(zip(texts, self._embedder.embed(texts), strict=True))
        found: list[dict[str, Sight]] = [{} for _ in sought]
        for batch in _batches(heard):
            spoken = [text for at in batch for text in heard[at].spoken]
            rows = _padded([vectors[text] for text in spoken], self._embedder.dimensions)
            for family in self.families:
                measured = family.measure((*spoken, *[""] * (len(rows) - len(spoken))), rows)
                self._look(family, measured, [(sought[at], heard[at], found[at]) for at in batch])
        return [self._whole(one, units, sights) for one, units, sights in zip(sought, heard, found, strict=True)]

    def _look(
        self, family: Family, measured: Measured, replies: Sequence[tuple[Sought, Units, dict[str, Sight]]]
    ) -> None:
        """Adds to each reply's sights those of one family; the replies' units stand one after the other."""
        columns = {move.id: at for at, move in enumerate(family.moves)}
        begin = 0
        for one, heard, found in replies:
            end = begin + len(heard.units)
            wanted = [columns[move] for move in one.moves if move in columns]
            if heard.units and wanted:
                verdicts = judge(family, measured, slice(begin, end))
                seen = sights(family, measured, verdicts, heard.units, begin, wanted)
                found.update((each.move, self._marked(each)) for each in seen)
            begin = end

    def _whole(self, one: Sought, heard: Units, sights: dict[str, Sight]) -> dict[str, Sight]:
        """With the values; where a line of the program's decided, as the whole reading has it."""
        if any(seen.held for seen in sights.values()):
            sights = {move: seen for move, seen in self.read(one.reply).sights.items() if move in sights}
        keys = [key for move in one.moves if (key := f"{move}.value") in self._values]
        return sights | {key: self._value(key, heard.pieces, one.customer_name) for key in keys}

    def _value(self, key: str, pieces: Sequence[str], customer_name: str) -> Sight:
        value = self._values[key]
        verdict = read_value(value, " ".join(pieces), customer_name)
        holding = (one for one in pieces if read_value(value, one, customer_name) is verdict)
        return Sight(key, verdict, sentence=next(holding, "") or " ".join(pieces[:1]))

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
        return {one.move: self._marked(one) for one in seen}

    def _marked(self, seen: Sight) -> Sight:
        """Marked as held where it is one of the program's own lines that was said."""
        return replace(seen, held=True) if self._is_held(seen) else seen

    def _is_held(self, seen: Sight) -> bool:
        return seen.shown and not seen.opposite and line_key(seen.sentence) in self._held


def _batches(heard: Sequence[Units]) -> Iterator[list[int]]:
    """Places of replies in order, of few enough units together; a long reply goes alone."""
    batch: list[int] = []
    units = 0
    for at, one in enumerate(heard):
        if batch and units + len(one.units) > UNITS_AT_ONCE:
            yield batch
            batch, units = [], 0
        batch.append(at)
        units += len(one.units)
    if units:
        yield batch


def _padded(rows: Sequence[NDArray[np.float32]], width: int) -> NDArray[np.float32]:
    import numpy as np  # noqa: PLC0415 - loaded long before

    padded = np.zeros((len(rows) + -len(rows) % ROWS, width), dtype=np.float32)
    padded[: len(rows)] = rows
    return padded


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
    first, second = _words(one), _words(other)
    if min(len(first), len(second)) < FEWEST_TO_REPEAT:
        return False
    alike = SequenceMatcher(None, first, second, autojunk=False)
    # The first two are bounds of the third, and in a long call nearly all that is ever asked.
    return (
        alike.real_quick_ratio() >= REPEATED_FROM
        and alike.quick_ratio() >= REPEATED_FROM
        and alike.ratio() >= REPEATED_FROM
    )


@lru_cache(maxsize=1024)  # each reply of a call is compared with all after it
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.lower()))


FEWEST_TO_REPEAT = 4
"""Words from which a reply can be a repetition."""
