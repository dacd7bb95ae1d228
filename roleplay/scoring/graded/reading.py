"""Recorded calls, read: heard, embedded in one go, held against the rubric's moves, and turned into views."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from roleplay.embedding import Embedder
from roleplay.rubric import Rubric
from roleplay.scoring.contrast import Family, Measured
from roleplay.scoring.graded.hearing import HeardCall, hear
from roleplay.scoring.graded.views import Seen, Viewer, compose
from roleplay.scoring.pieces import held_lines
from roleplay.scoring.sense import Sense
from roleplay.scoring.verdicts import SHOWN_FROM, Verdicts, contrast, judge
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
    viewer: Viewer
    reads_customer: bool

    @cached_property
    def seen(self) -> Seen:
        """The views of the whole call."""
        return self.seen_without(None)

    def seen_without(self, left_out: tuple[int, int] | None) -> Seen:
        """The views without one piece: (reply, number of the piece)."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        strongest = np.array([self._strongest(at, left_out) for at in range(len(self.moves))] or [np.zeros(0)])
        return self.viewer.see(self.call, strongest, customer=self.reads_customer, without=left_out)

    def _strongest(self, at: int, left_out: tuple[int, int] | None) -> Numbers:
        import numpy as np  # noqa: PLC0415 - loaded long before

        rows = self.moves[at]
        if left_out is not None and left_out[0] == at:
            counting = [number for number, piece in enumerate(self.call.replies[at].pieces) if piece.counts]
            rows = rows[[place for place, number in enumerate(counting) if number != left_out[1]]]
        strongest: Numbers = rows.max(0) if len(rows) else np.full(rows.shape[1], NOT_THERE)
        return strongest

    def asked_again(self) -> AskedAgain | None:
        """The first question that the trainee had asked before and the customer had answered since."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        asked = [
            (number, turn.answers, piece.spoken)
            for number, turn in enumerate(self.call.replies, start=1)
            for piece in turn.pieces
            if piece.counts and piece.text.rstrip().endswith("?")
        ]
        rows = np.array([self.viewer.vector(question) for _, _, question in asked])
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
        return tuple(at for at, rows in enumerate(self.moves) if self._is_stuffed(at, rows[:, acts]))

    def _is_stuffed(self, at: int, leaning: Numbers) -> bool:
        import numpy as np  # noqa: PLC0415 - loaded long before

        turn = self.call.replies[at]
        if not leaning.shape[1]:
            return False
        if len(leaning) < STUFFED[0][0] or turn.answers is None or not self.call.customer[turn.answers]:
            return False
        kinds = set(leaning.argmax(1)[leaning.max(1) >= SHOWN_FROM].tolist())
        said = np.array([self.viewer.vector(piece.spoken) for piece in turn.pieces if piece.counts])
        heard = np.array([self.viewer.vector(text) for text in self.call.customer[turn.answers]])
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
NOT_THERE = -0.9
"""How far nothing at all leans to any line."""


class CallReader:
    """Reads recorded calls by one rubric. Loads nothing until the first call."""

    def __init__(self, rubric: Rubric, embedder: Embedder, *, customer: bool, sense: Sense | None = None) -> None:
        """`customer`: the views of what the customer said are made as well; `sense`: the rubric's, if it is there."""
        self.rubric = rubric
        self._embedder = embedder
        self._customer = customer
        self._sense = sense or Sense.for_score(rubric, embedder)
        self._held = held_lines(rubric.criteria)
        self._critical = frozenset(one.id for one in rubric.criteria if one.critical)

    @cached_property
    def family(self) -> Family:
        """The rubric's moves."""
        return self._sense.families[0]

    def read(self, transcripts: Sequence[Transcript]) -> list[ReadCall]:
        """The calls in order. All their sentences are embedded together; what one call is does not touch another."""
        heard = [hear(one, self.rubric.language, self._held) for one in transcripts]
        texts = sorted({text for call in heard for text in call.texts()})
        vectors = self._embedder.embed(texts)
        row = {text: vectors[at].astype("float64") for at, text in enumerate(texts)}
        viewer = Viewer(row.__getitem__, self._embedder.dimensions)
        batches = [*_batches(heard)]
        return [call for batch in batches for call in self._batch(batch, row.__getitem__, viewer)]

    def _batch(
        self, calls: Sequence[HeardCall], vector: Callable[[str], Numbers], viewer: Viewer
    ) -> Iterator[ReadCall]:
        """Calls whose pieces are held against the moves together."""
        replies = [[_units(turn, vector) for turn in _counting(call)] for call in calls]
        spoken = [unit for call in replies for units in call for unit in units.spoken]
        rows = [row for call in replies for units in call for row in units.rows]
        measured = self._measure(spoken, rows)
        begin = 0
        for call, by_reply in zip(calls, replies, strict=True):
            read, moves = [], []
            for units in by_reply:
                end = begin + len(units.spoken)
                read.append(self._reply(units, measured, begin) if units.spoken else None)
                moves.append(self._leanings(measured, begin, begin + units.pieces))
                begin = end
            yield ReadCall(call, tuple(read), tuple(moves), viewer, self._customer)

    def _measure(self, spoken: Sequence[str], rows: Sequence[Numbers]) -> Measured:
        import numpy as np  # noqa: PLC0415 - loaded long before

        missing = -len(rows) % ROWS or (ROWS if not rows else 0)
        padded = np.zeros((len(rows) + missing, self._embedder.dimensions), dtype=np.float32)
        padded[: len(rows)] = rows or padded[:0]
        return self.family.measure((*spoken, *[""] * missing), padded)

    def _reply(self, units: _Units, measured: Measured, begin: int) -> ReadReply:
        verdicts = judge(self.family, measured, slice(begin, begin + len(units.spoken)), self._critical)
        return ReadReply(units.texts, verdicts, measured, begin)

    def _leanings(self, measured: Measured, begin: int, end: int) -> Numbers:
        import numpy as np  # noqa: PLC0415 - loaded long before

        return np.concatenate([contrast(measured.shown[begin:end]), contrast(measured.opposite[begin:end])], axis=1)


@dataclass(frozen=True, slots=True)
class _Units:
    """What of one reply is held against the moves: its single pieces first, then the pairs."""

    texts: tuple[str, ...]
    spoken: tuple[str, ...]
    rows: tuple[Numbers, ...]
    pieces: int


def _counting(call: HeardCall) -> Iterator[tuple[tuple[str, str], ...]]:
    for reply in call.replies:
        yield tuple((piece.text, piece.spoken) for piece in reply.pieces if piece.counts)


def _units(pieces: tuple[tuple[str, str], ...], vector: Callable[[str], Numbers]) -> _Units:
    """A pair's vector is composed of its two, where a live call embeds it: that would take twice the time."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    rows = [vector(spoken) for _, spoken in pieces]
    pairs = [
        compose((one[1], other[1]), np.array(both))
        for (one, other), both in zip(pairwise(pieces), pairwise(rows), strict=True)
    ]
    texts = [text for text, _ in pieces] + [f"{one[0]} {other[0]}" for one, other in pairwise(pieces)]
    spoken = [said for _, said in pieces] + [f"{one[1]} {other[1]}" for one, other in pairwise(pieces)]
    return _Units(tuple(texts), tuple(spoken), (*rows, *pairs), len(pieces))


def _batches(calls: Sequence[HeardCall]) -> Iterator[list[HeardCall]]:
    """Calls in order, few enough at a time that their cosines fit in memory; a long call goes alone."""
    batch: list[HeardCall] = []
    pieces = 0
    for call in calls:
        more = 2 * sum(len(reply.pieces) for reply in call.replies)
        if batch and pieces + more > PIECES_AT_ONCE:
            yield batch
            batch, pieces = [], 0
        batch.append(call)
        pieces += more
    if batch:
        yield batch
