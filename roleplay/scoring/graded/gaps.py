"""Whether a way of writing is scored otherwise than the same act in standard English."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from roleplay.pair import TwinPair
from roleplay.scoring.graded.recorded import RecordedScorer
from roleplay.transcript import Speaker, Transcript, Turn


def gaps(scorer: RecordedScorer, pairs: Sequence[TwinPair]) -> dict[str, float]:
    """By way of writing the mean points, over all dimensions, by which it scores higher (or, below 0, lower)."""
    calls = [exchange(pair.id, pair.customer, reply) for pair in pairs for reply in (pair.standard, pair.variant)]
    scores = [list(one.dimensions.values()) for one in scorer.score(calls)]
    found: dict[str, list[float]] = {}
    for pair, standard, variant in zip(pairs, scores[::2], scores[1::2], strict=True):
        differences = [b - a for a, b in zip(standard, variant, strict=True) if a is not None and b is not None]
        found.setdefault(pair.kind, []).extend(differences)
    return {kind: round(fmean(of_kind), 1) for kind, of_kind in found.items() if of_kind}


def exchange(identifier: str, customer: str, reply: str) -> Transcript:
    """A customer's line and one reply as a recorded call."""
    return Transcript(identifier, (Turn(Speaker.CUSTOMER, customer), Turn(Speaker.TRAINEE, reply)))
