"""Calls laid out as rows, so that many are seen in one pass: their sentences, replies and turns, each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from roleplay.scoring.graded.hearing import HeardCall
from roleplay.scoring.graded.runs import Runs, compose

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

COPIED_FROM = 0.5
"""Share of a sentence's words, in runs taken from the customer, from which it counts as a copy;"""
COPY_COSTS = 0.7
"""and the share of its nearness that a whole copy loses."""
NOT_THERE = -0.9
"""How far nothing at all leans to any line."""


@dataclass(frozen=True, slots=True)
class Told:
    """A heard call as it is to be seen: whole, or less one piece, to learn what that is worth."""

    call: HeardCall
    """The trainee says something in it."""
    moves: tuple[Numbers, ...]
    """For each reply how its pieces that count lean to the moves, (pieces, twice the moves)."""
    vector: Callable[[str], Numbers]
    """The row of length 1 (or 0) of a sentence, (width,)."""
    without: tuple[int, int] | None = None
    """The reply, and the number of the piece in it that is left out."""

    @property
    def size(self) -> int:
        """Sentences on both sides."""
        return sum(len(reply.pieces) for reply in self.call.replies) + sum(map(len, self.call.customer))


class Laid:
    """Calls as rows. In each table the first row is nothing: a silent reply, a turn that nobody took."""

    def __init__(self, told: Sequence[Told]) -> None:
        import numpy as np  # noqa: PLC0415 - 0.1 s, not needed before a call is scored

        self.told = told
        self._once = {id(one.call): one for one in told}
        rows = {text: one.vector(text) for one in self._once.values() for text in one.call.texts()}
        self._texts = ["", *rows]
        self._rows = np.array([np.zeros_like(next(iter(rows.values()))), *rows.values()])
        self._turns = [[0]]
        self._first_turn = {key: self._lay_turns(one.call) for key, one in self._once.items()}
        self._pieces, self._copied, self._near = [0], [0.0], [0.0]
        self._by_reply = {key: self._lay_pieces(one.call) for key, one in self._once.items()}
        self._replies = [[0]]
        self._known: dict[tuple[int, int, int | None], int] = {}
        self._calls = [[self._reply(one, at) for at in range(len(one.call.replies))] for one in told]
        self.replies = Runs(self._calls)

    def _lay_turns(self, call: HeardCall) -> int:
        """The place of the call's first turn."""
        first = len(self._turns)
        self._turns += [[self._place[text] for text in turn] or [0] for turn in call.customer]
        return first

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {text: at for at, text in enumerate(self._texts)}

    def _lay_pieces(self, call: HeardCall) -> Sequence[Mapping[int, int]]:
        """For each reply its pieces that count: from the number in the reply to the place in the tables."""
        laid = []
        for turn in call.replies:
            counting = [number for number, piece in enumerate(turn.pieces) if piece.counts]
            laid.append({number: len(self._pieces) + at for at, number in enumerate(counting)})
            rows = [self._place[turn.pieces[number].spoken] for number in counting]
            answered = 0 if turn.answers is None else self._first_turn[id(call)] + turn.answers
            self._near += self._nearness(rows, self._turns[answered])
            self._pieces += rows
            self._copied += [turn.copied[number] for number in counting]
        return laid

    def _nearness(self, rows: Sequence[int], heard: Sequence[int]) -> Sequence[float]:
        """How near each piece comes to the customer's sentence that it is nearest to."""
        if not rows:
            return []
        nearest: list[float] = (self._rows[rows] @ self._rows[heard].T).max(1).tolist()
        return nearest

    def _reply(self, one: Told, at: int) -> int:
        """The place of a reply; less a piece it is another one."""
        left_out = one.without[1] if one.without and one.without[0] == at else None
        key = (id(one.call), at, left_out)
        if key not in self._known:
            self._known[key] = len(self._replies)
            pieces = self._by_reply[id(one.call)][at].items()
            self._replies.append([place for number, place in pieces if number != left_out] or [0])
        return self._known[key]

    @cached_property
    def whole(self) -> Numbers:
        """Each reply as one vector: the rows of `replies`."""
        runs = Runs([[self._pieces[piece] for piece in reply] for reply in self._replies])
        return compose(self._texts, self._rows, runs)[self.replies.places]

    @cached_property
    def answers(self) -> Numbers:
        """Each reply times the turn before it: the rows of `replies`."""
        turns = [0 if turn is None else turn for turn in self._answered]
        return self.whole * self._heard[turns]

    @cached_property
    def _answered(self) -> Sequence[int | None]:
        """The place of the turn that each reply answers."""
        return [
            None if reply.answers is None else self._first_turn[id(one.call)] + reply.answers
            for one in self.told
            for reply in one.call.replies
        ]

    @cached_property
    def leaning(self) -> Numbers:
        """How far the piece leans that leans most, by move: the rows of `replies`."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        moves = [rows for one in self._once.values() for rows in one.moves]
        by_piece = np.concatenate([np.full((1, moves[0].shape[1]), NOT_THERE), *moves])
        return self._by_pieces.most(by_piece[self._by_pieces.places])[self.replies.places]

    @cached_property
    def _by_pieces(self) -> Runs:
        return Runs(self._replies)

    @cached_property
    def sentences(self) -> Runs:
        """The trainee's sentences in each call."""
        return Runs([[self._pieces[piece] for reply in call for piece in self._replies[reply]] for call in self._calls])

    @cached_property
    def turns(self) -> Runs:
        """The customer's turns in each call."""
        return Runs([[*self._turns_of(one.call)] or [0] for one in self.told])

    def _turns_of(self, call: HeardCall) -> range:
        first = self._first_turn[id(call)]
        return range(first, first + len(call.customer))

    @cached_property
    def customer_sentences(self) -> Runs:
        """The customer's sentences in each call."""
        turns = self.turns
        return Runs([[row for turn in call for row in self._turns[turn]] for call in turns.runs])

    @cached_property
    def reactions(self) -> Runs:
        """The turns in each call that follow a reply."""
        return Runs(
            [[self._first_turn[id(one.call)] + turn for _, turn in one.call.reactions] or [0] for one in self.told]
        )

    @cached_property
    def reacted_to(self) -> Numbers:
        """The replies that these follow, each as one vector: the rows of `reactions`."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        rows = np.concatenate([self.whole, np.zeros((1, self.whole.shape[1]))])
        begins = (self.replies.lengths.cumsum() - self.replies.lengths).tolist()
        replies = [
            place
            for one, begin in zip(self.told, begins, strict=True)
            for place in [begin + reply for reply, _ in one.call.reactions] or [-1]
        ]
        return rows[replies]

    def rows(self, sentences: Runs) -> Numbers:
        """The vectors of sentences."""
        return self._rows[sentences.places]

    def heard(self, turns: Runs) -> Numbers:
        """Turns of the customer's, each as one vector."""
        return self._heard[turns.places]

    @cached_property
    def _heard(self) -> Numbers:
        return compose(self._texts, self._rows, Runs(self._turns))

    def copied(self) -> Numbers:
        """How much of each call's replies is the customer's own words and nothing else, 0..1."""
        return self.replies.mean(_mostly(self._shares))

    @cached_property
    def _shares(self) -> Numbers:
        """The copied share of each reply: the rows of `replies`."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        return self._by_pieces.mean(np.array(self._copied)[self._by_pieces.places])[self.replies.places]

    def uptake(self) -> Sequence[float | None]:
        """For each call the mean of how near the nearest sentence comes and how near the reply as a whole."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        near = np.array(self._near) * _own(np.array(self._copied))  # copies count for less
        nearest = self._by_pieces.most(near[self._by_pieces.places])[self.replies.places]
        taken = (nearest + self.answers.sum(1) * _own(self._shares)) / 2
        answered = np.array([turn is not None for turn in self._answered], dtype=np.float64)
        sums, counts = self.replies.total(taken * answered), self.replies.total(answered)
        return [max(0.0, total / count) if count else None for total, count in zip(sums.tolist(), counts, strict=True)]


def _own(copied: Numbers) -> Numbers:
    """What is left of the nearness of what is copied to such a share, 0..1."""
    return 1 - COPY_COSTS * _mostly(copied)


def _mostly(copied: Numbers) -> Numbers:
    return ((copied - COPIED_FROM) / (1 - COPIED_FROM)).clip(0.0, 1.0)
