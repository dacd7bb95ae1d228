"""Recorded calls, read: heard, embedded in one go, and held against the rubric's moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from roleplay.embedding import Embedder
from roleplay.rubric import Rubric
from roleplay.scoring.contrast import Family, Measured
from roleplay.scoring.graded.hearing import HeardCall, HeardTurn, hear
from roleplay.scoring.graded.laid import Told
from roleplay.scoring.graded.runs import Runs, compose, in_batches
from roleplay.scoring.pieces import held_lines
from roleplay.scoring.sense import Sense
from roleplay.scoring.sentences import windows
from roleplay.scoring.verdicts import SHOWN_FROM, Evidence, Verdicts, contrast, evidence, judge
from roleplay.transcript import Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

ROWS = 64
"""Pieces are held against the moves in blocks of this many rows, filled up with nothing: see `head.BLOCK`."""
PIECES_AT_ONCE = 512
"""Of these cosines to every line of the rubric are in memory at a time (about 20 MiB)."""


@dataclass(frozen=True, slots=True)
class ReadReply:
    """One reply of a recorded call, held against the moves."""

    units: tuple[str, ...]
    """The pieces that count, and each two neighbours as one."""
    verdicts: Verdicts
    measured: Measured
    """Of the block that holds the reply's units,"""
    begin: int
    """from this row on."""


@dataclass(frozen=True)
class ReadCall:
    """A recorded call, ready to be scored or learnt from."""

    call: HeardCall
    replies: tuple[ReadReply | None, ...]
    """None where a reply holds nothing that counts."""
    moves: tuple[Numbers, ...]
    """For each reply how its single pieces lean, -1..1: (pieces that count, twice the moves)."""
    vector: Callable[[str], Numbers]
    """The row of length 1 (or 0) of each of its sentences."""

    def told(self, without: tuple[int, int] | None = None) -> Told:
        """To be seen, whole or without one piece: (reply, number of the piece)."""
        return Told(self.call, self.moves, self.vector, without)

    def asked_again(self) -> AskedAgain | None:
        """The first question that the trainee had asked before and the customer had answered since."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        asked = [
            (number, turn.answers, piece.spoken)
            for number, turn in enumerate(self.call.replies, start=1)
            for piece in turn.pieces
            if piece.counts and piece.text.rstrip().endswith("?")
        ]
        if len(asked) < 2:  # noqa: PLR2004 - nothing to compare
            return None
        rows = np.array([self.vector(question) for _, _, question in asked])
        for at, (number, answers, question) in enumerate(asked):
            since = [before for before in range(at) if asked[before][1] != answers]
            if not since:
                continue
            cosines = rows[since] @ rows[at]
            nearest = int(cosines.argmax())
            if (similarity := round(float(cosines[nearest]), 4)) >= SAME_QUESTION_FROM:
                return AskedAgain(number, question, asked[since[nearest]][2], similarity)
        return None

    def stuffed(self, acts: Sequence[int]) -> tuple[int, ...]:
        """The replies (by place) that string together acts of all kinds and hardly touch what the customer said.

        `acts`: the columns of the moves that a reply earns something by.
        """
        return tuple(at for at in range(len(self.moves)) if acts and self._is_stuffed(at, acts))

    def _is_stuffed(self, at: int, acts: Sequence[int]) -> bool:
        import numpy as np  # noqa: PLC0415 - loaded long before

        turn = self.call.replies[at]
        if len(self.moves[at]) < STUFFED[0][0] or turn.answers is None or not self.call.customer[turn.answers]:
            return False
        leaning = self.moves[at][:, acts]
        kinds = set(leaning.argmax(1)[leaning.max(1) >= SHOWN_FROM].tolist())
        said = np.array([self.vector(piece.spoken) for piece in turn.pieces if piece.counts])
        heard = np.array([self.vector(text) for text in self.call.customer[turn.answers]])
        touched = float((said @ heard.T).max(1).mean())
        return any(
            len(leaning) >= sentences and len(kinds) >= acts and touched < least for sentences, acts, least in STUFFED
        )


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A question that was asked before."""

    reply: int
    """The number of the reply that asks again, 1 for the first."""
    sentence: str
    earlier: str
    similarity: float
    """Cosine of the two."""

    @property
    def evidence(self) -> tuple[int, str, str, float]:
        return self.reply, self.sentence, self.earlier, self.similarity


SAME_QUESTION_FROM = 0.8
"""Cosine from which two questions ask the same. (In the very same words they are one sentence said twice.)"""
STUFFED = ((5, 3, 0.2), (8, 2, 0.15))
"""A reply of at least so many sentences, acts of so many kinds among them, is stuffed if its sentences are on average
no nearer (cosine) than this to what the customer said. Of 5,700 replies and calls under 1 in 100 is (measured on
2026-11-26), most of them a teacher's to a class."""


class CallReader:
    """Reads recorded calls by one rubric. Loads nothing until the first call."""

    def __init__(self, rubric: Rubric, embedder: Embedder, sense: Sense | None = None) -> None:
        """`sense`: of this very rubric and embedder, where one has been made already."""
        self.rubric = rubric
        self._embedder = embedder
        self._sense = sense or Sense.for_score(rubric, embedder)
        self._held = held_lines(rubric.criteria)

    @cached_property
    def family(self) -> Family:
        """The rubric's moves."""
        return self._sense.families[0]

    def read(self, transcripts: Sequence[Transcript]) -> list[ReadCall]:
        """The calls in order. All their sentences are embedded together; what one call is does not touch another."""
        heard = [hear(one, self.rubric.language, self._held) for one in transcripts]
        texts = sorted({text for call in heard for text in call.texts()})
        vectors = dict(zip(texts, self._embedder.embed(texts).astype("float64"), strict=True))
        sizes = [2 * sum(len(reply.pieces) for reply in call.replies) for call in heard]
        batches = in_batches(heard, sizes, PIECES_AT_ONCE)
        return [call for batch in batches for call in self._batch(batch, vectors.__getitem__)]

    def evidence(self, reply: ReadReply) -> list[Evidence]:
        """What each of the rubric's moves was seen in."""
        return evidence(self.family, reply.measured, reply.verdicts, reply.units, reply.begin)

    def _batch(self, calls: Sequence[HeardCall], vector: Callable[[str], Numbers]) -> Iterator[ReadCall]:
        """Calls whose pieces are held against the moves together."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        replies = [[_Units.of(turn) for turn in call.replies] for call in calls]
        measured = self._measure([units for call in replies for units in call], vector)
        leaning = np.concatenate([contrast(measured.shown), contrast(measured.opposite)], axis=1)
        begin = 0
        for call, by_reply in zip(calls, replies, strict=True):
            read, moves = [], []
            for units in by_reply:
                read.append(self._reply(units, measured, begin) if units.spoken else None)
                moves.append(leaning[begin : begin + units.singles])
                begin += len(units.spoken)
            yield ReadCall(call, tuple(read), tuple(moves), vector)

    def _measure(self, replies: Sequence[_Units], vector: Callable[[str], Numbers]) -> Measured:
        import numpy as np  # noqa: PLC0415 - loaded long before

        rows = _unit_rows(replies, vector, self._embedder.dimensions)
        missing = -len(rows) % ROWS or (0 if len(rows) else ROWS)
        padded = np.concatenate([rows, np.zeros((missing, rows.shape[1]))]).astype(np.float32)
        return self.family.measure([*(unit for one in replies for unit in one.spoken), *[""] * missing], padded)

    def _reply(self, units: _Units, measured: Measured, begin: int) -> ReadReply:
        verdicts = judge(self.family, measured, slice(begin, begin + len(units.spoken)))
        return ReadReply(units.texts, verdicts, measured, begin)


@dataclass(frozen=True, slots=True)
class _Units:
    """What of one reply is held against the moves: its single pieces first, then each two neighbours as one."""

    texts: tuple[str, ...]
    spoken: tuple[str, ...]
    singles: int

    @classmethod
    def of(cls, turn: HeardTurn) -> _Units:
        texts = tuple(piece.text for piece in turn.pieces if piece.counts)
        spoken = tuple(piece.spoken for piece in turn.pieces if piece.counts)
        return cls((*texts, *windows(texts)), (*spoken, *windows(spoken)), len(texts))


def _unit_rows(replies: Sequence[_Units], vector: Callable[[str], Numbers], width: int) -> Numbers:
    """The rows of all units in order; a pair's is composed of its two: to embed it would take twice the time."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    texts = [text for units in replies for text in units.spoken[: units.singles]]
    singles = np.array([vector(text) for text in texts]).reshape(len(texts), width)
    pairs: list[tuple[int, int]] = []
    order: list[int] = []
    begin = 0
    for units in replies:
        single = range(begin, begin + units.singles)
        order += [*single, *range(len(texts) + len(pairs), len(texts) + len(pairs) + len(units.spoken) - units.singles)]
        pairs += pairwise(single)
        begin += units.singles
    rows: Numbers = np.concatenate([singles, compose(texts, singles, Runs(pairs))])[order] if pairs else singles
    return rows
