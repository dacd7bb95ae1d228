"""Calls as numbers: what their sentences' vectors are like on average, at their furthest, at the end, and as answers.

A *view* is one such array; which views there are is the same for every call, however long it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log, log1p
from typing import TYPE_CHECKING

from roleplay.scoring.graded.hearing import HeardCall
from roleplay.scoring.graded.laid import Laid, Told
from roleplay.scoring.graded.runs import in_batches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

ANSWER_SCALE = 20.0
"""Products of two vectors of length 1 in 384 dimensions are small; brought to the size of the other views."""
SENTENCES_AT_ONCE = 512
"""Laid out together (a few MiB); a call with more is seen alone."""

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


@dataclass(frozen=True, slots=True)
class Seen:
    """A heard call with its vectors."""

    call: HeardCall
    views: Mapping[str, Numbers]
    situation: tuple[float, float, float]
    """Whether the customer spoke (0 or 1), the log of the words of the customer's longest turn that was answered, the
    log of the number of replies: what is compared with what, never good or bad by itself."""
    uptake: float | None
    """How closely the replies take up what was said to them, 0..1; None where the customer said nothing."""
    copied: float
    """How much of the replies is the customer's own words and nothing else, 0..1."""


def see(told: Sequence[Told], views: Sequence[str]) -> list[Seen]:
    """The calls in order, with the views that are named; what stands beside a call changes nothing in it."""
    return [
        seen
        for batch in in_batches(told, [one.size for one in told], SENTENCES_AT_ONCE)
        for seen in _seen(Laid(batch), views)
    ]


def _seen(laid: Laid, views: Sequence[str]) -> list[Seen]:
    made = [(name, _VIEWS[name](laid)) for name in views]
    measured = zip(laid.told, laid.uptake(), laid.copied().tolist(), strict=True)
    return [
        Seen(one.call, {name: rows[at] for name, rows in made}, _situation(one.call), uptake, copied)
        for at, (one, uptake, copied) in enumerate(measured)
    ]


def _situation(call: HeardCall) -> tuple[float, float, float]:
    upto = max((turn.answers for turn in call.replies if turn.answers is not None), default=-1) + 1
    words = max(call.customer_words[:upto], default=0)
    return float(upto > 0), log1p(words), log(len(call.replies))


def _shapes(laid: Laid) -> Numbers:
    """How long each call is on both sides, and who ends it, (calls, 6)."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    both = zip(laid.told, laid.sentences.lengths.tolist(), laid.customer_sentences.lengths.tolist(), strict=True)
    return np.array([_shape(one.call, said, heard) for one, said, heard in both])


def _shape(call: HeardCall, said: int, heard: int) -> tuple[float, ...]:
    turns = len(call.replies) + len(call.customer)
    return (
        turns,
        log1p(turns),
        call.ends_with_customer,
        log1p(said + heard),
        heard / max(len(call.customer), 1),
        said / len(call.replies),
    )


_VIEWS: Mapping[str, Callable[[Laid], Numbers]] = {
    "mean": lambda laid: laid.replies.mean(laid.whole),
    "most": lambda laid: laid.replies.most(laid.whole),
    "last": lambda laid: laid.replies.last(laid.whole),
    "sentence_mean": lambda laid: laid.sentences.mean(laid.rows(laid.sentences)),
    "sentence_most": lambda laid: laid.sentences.most(laid.rows(laid.sentences)),
    "sentence_least": lambda laid: laid.sentences.least(laid.rows(laid.sentences)),
    "answers": lambda laid: ANSWER_SCALE * laid.replies.mean(laid.answers),
    "last_answer": lambda laid: ANSWER_SCALE * laid.replies.last(laid.answers),
    "moves": lambda laid: laid.replies.mean(laid.leaning),
    "customer_mean": lambda laid: laid.turns.mean(laid.heard(laid.turns)),
    "customer_most": lambda laid: laid.turns.most(laid.heard(laid.turns)),
    "customer_last": lambda laid: laid.turns.last(laid.heard(laid.turns)),
    "customer_sentence_mean": lambda laid: laid.customer_sentences.mean(laid.rows(laid.customer_sentences)),
    "customer_sentence_most": lambda laid: laid.customer_sentences.most(laid.rows(laid.customer_sentences)),
    "customer_sentence_least": lambda laid: laid.customer_sentences.least(laid.rows(laid.customer_sentences)),
    "reaction": lambda laid: laid.reactions.mean(laid.heard(laid.reactions)),
    "last_reaction": lambda laid: laid.reactions.last(laid.heard(laid.reactions)),
    "reaction_to": lambda laid: ANSWER_SCALE * laid.reactions.mean(laid.reacted_to * laid.heard(laid.reactions)),
    "shape": _shapes,
}
