"""A call as numbers: what its sentences' vectors are like on average, at their furthest, at the end, and as answers.

A *view* is one such array; which views there are is the same for every call, however long it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roleplay.scoring.graded.hearing import HeardCall, HeardTurn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

ANSWER_SCALE = 20.0
"""Products of two vectors of length 1 in 384 dimensions are small; brought to the size of the other views."""
REPLY_VIEWS = ("mean", "answers", "moves")
"""What a single reply and a call have in common."""
TRAINEE_VIEWS = ("mean", "most", "last", "sentence_mean", "sentence_most", "sentence_least", "answers", "last_answer")
CUSTOMER_VIEWS = (
    "customer_mean",
    "customer_most",
    "customer_last",
    "customer_sentence_mean",
    "customer_sentence_most",
    "customer_sentence_least",
    "reaction",
    "last_reaction",
    "reaction_to",
    "shape",
)
COPIED_FROM = 0.5
"""Share of a sentence's words, in runs taken from the customer, from which it counts as a copy;"""
COPY_COSTS = 0.7
"""and the share of its nearness that a whole copy loses."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A heard call with its vectors."""

    call: HeardCall
    views: dict[str, Numbers]
    situation: Numbers
    """Whether the customer spoke (0 or 1), the log of the words of the customer's longest turn that was answered, the
    log of the number of replies: what is compared with what, never good or bad by itself."""
    uptake: float | None
    """How closely the replies take up what was said to them, 0..1; None where the customer said nothing."""
    copied: float
    """How much of the replies is the customer's own words and nothing else, 0..1."""


class Viewer:
    """Makes the views of calls from the vectors of their sentences."""

    def __init__(self, vector: Callable[[str], Numbers], width: int) -> None:
        """`vector` gives the row of length 1 (or 0) for a sentence."""
        import numpy as np  # noqa: PLC0415 - 0.1 s, not needed before a call is scored

        self.vector = vector
        self._nothing = np.zeros(width)

    def see(self, call: HeardCall, moves: Numbers, *, customer: bool, without: tuple[int, int] | None = None) -> Seen:
        """The views of a call.

        `moves`: log-odds of each move for each reply, (replies, moves); `customer`: the customer's own views as well;
        `without`: the reply and the piece in it that is left out, to learn what it is worth.
        """
        replies = [self._reply(turn, at, without) for at, turn in enumerate(call.replies)] or [self._silence()]
        customer_turns = [self._turn(turn) for turn in call.customer]
        composed = [compose(texts, rows) for texts, rows in zip(call.customer, customer_turns, strict=True)]
        heard = [self._nothing if turn.answers is None else composed[turn.answers] for turn in call.replies] or [
            self._nothing
        ]
        views = self._trainee(replies, heard, moves)
        if customer:
            views |= self._customer(call, replies, customer_turns, composed)
        copied = sum(_mostly(reply.mean_copied) for reply in replies) / len(replies)
        uptake = self._uptake(call, replies, customer_turns, heard)
        return Seen(call, views, self._situation(call), uptake, copied)

    def _trainee(self, replies: Sequence[_Reply], heard: Sequence[Numbers], moves: Numbers) -> dict[str, Numbers]:
        import numpy as np  # noqa: PLC0415 - loaded long before

        whole = np.array([reply.composed for reply in replies])
        sentences = np.concatenate([reply.rows for reply in replies])
        answers = ANSWER_SCALE * whole * np.array(heard)
        return {
            "mean": whole.mean(0),
            "most": whole.max(0),
            "last": whole[-1],
            "sentence_mean": sentences.mean(0),
            "sentence_most": sentences.max(0),
            "sentence_least": sentences.min(0),
            "answers": answers.mean(0),
            "last_answer": answers[-1],
            "moves": moves.mean(0),
        }

    def _customer(
        self, call: HeardCall, replies: Sequence[_Reply], turns: Sequence[Numbers], composed: Sequence[Numbers]
    ) -> dict[str, Numbers]:
        import numpy as np  # noqa: PLC0415 - loaded long before

        whole = np.array(composed or [self._nothing])
        sentences = np.concatenate(turns or [self._nothing[None]])
        reactions = np.array([composed[turn] for _, turn in call.reactions] or [self._nothing])
        to = np.array(
            [ANSWER_SCALE * replies[reply].composed * composed[turn] for reply, turn in call.reactions]
            or [self._nothing]
        )
        said = sum(len(reply.rows) for reply in replies)
        turns_in_all = len(call.replies) + len(call.customer)
        return {
            "customer_mean": whole.mean(0),
            "customer_most": whole.max(0),
            "customer_last": whole[-1],
            "customer_sentence_mean": sentences.mean(0),
            "customer_sentence_most": sentences.max(0),
            "customer_sentence_least": sentences.min(0),
            "reaction": reactions.mean(0),
            "last_reaction": reactions[-1],
            "reaction_to": to.mean(0),
            "shape": np.array(
                [
                    turns_in_all,
                    np.log1p(turns_in_all),
                    float(call.ends_with_customer),
                    np.log1p(said + len(sentences)),
                    len(sentences) / max(len(call.customer), 1),
                    said / max(len(call.replies), 1),
                ]
            ),
        }

    def _reply(self, turn: HeardTurn, at: int, without: tuple[int, int] | None) -> _Reply:
        kept = [number for number, piece in enumerate(turn.pieces) if piece.counts and (at, number) != without]
        texts = tuple(turn.pieces[number].spoken for number in kept)
        rows = self._turn(texts)
        copied = tuple(turn.copied[number] for number in kept) or (0.0,)
        return _Reply(rows, compose(texts, rows), copied)

    def _silence(self) -> _Reply:
        return _Reply(self._nothing[None], self._nothing, (0.0,))

    def _turn(self, texts: Sequence[str]) -> Numbers:
        import numpy as np  # noqa: PLC0415 - loaded long before

        return np.array([self.vector(text) for text in texts] or [self._nothing])

    def _situation(self, call: HeardCall) -> Numbers:
        import numpy as np  # noqa: PLC0415 - loaded long before

        answered = {turn.answers for turn in call.replies if turn.answers is not None}
        upto = max(answered, default=-1) + 1
        words = max(call.customer_words[:upto], default=0)
        return np.array([float(bool(answered)), np.log1p(words), np.log(max(len(call.replies), 1))])

    def _uptake(
        self, call: HeardCall, replies: Sequence[_Reply], turns: Sequence[Numbers], heard: Sequence[Numbers]
    ) -> float | None:
        """Mean of how near the nearest sentence comes and how near the reply as a whole; copies count for less."""
        taken = [
            (_nearest(reply, turns[turn.answers]) + float(reply.composed @ whole) * reply.own) / 2
            for turn, reply, whole in zip(call.replies, replies, heard, strict=False)
            if turn.answers is not None
        ]
        return max(0.0, sum(taken) / len(taken)) if taken else None


def _nearest(reply: _Reply, heard: Numbers) -> float:
    import numpy as np  # noqa: PLC0415 - loaded long before

    kept = np.array([_own(share) for share in reply.copied])
    return float(((reply.rows @ heard.T).max(1) * kept).max())


def _own(copied: float) -> float:
    """What is left of the nearness of a piece of which so much is copied, 0..1."""
    return 1 - COPY_COSTS * _mostly(copied)


def _mostly(copied: float) -> float:
    return min(max((copied - COPIED_FROM) / (1 - COPIED_FROM), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class _Reply:
    rows: Numbers
    """A vector a piece that counts, at least one row."""
    composed: Numbers
    copied: tuple[float, ...]

    @property
    def own(self) -> float:
        """What is left of the nearness of the reply as a whole."""
        return _own(self.mean_copied)

    @property
    def mean_copied(self) -> float:
        return sum(self.copied) / len(self.copied)


def compose(texts: Sequence[str], rows: Numbers) -> Numbers:
    """One vector of length 1 for several sentences together; each weighs by the root of its length.

    Embedding a whole turn as well as its sentences would take twice the time.
    """
    import numpy as np  # noqa: PLC0415 - loaded long before

    if not len(texts):
        nothing: Numbers = rows[0]
        return nothing
    total = np.sqrt([len(text) for text in texts]) @ rows
    length = float(np.linalg.norm(total))
    composed: Numbers = total / length if length else total
    return composed
