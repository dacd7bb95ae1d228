"""Pairs of an honest reply and a twin that must not score above it; written by hand. No weight is learnt from them."""

from __future__ import annotations

from collections import defaultdict

import pytest

from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.pair import TrapPair
from roleplay.score import CallScore, Verdict
from roleplay.scoring.graded.gaps import exchange
from roleplay.scoring.graded.recorded import RecordedScorer
from roleplay.scoring.sense import Sense

FLOORS = {
    # By kind, the share of pairs whose worse twin must not score above the better one; measured: docs/agreement.md.
    "copy": 0.95,
    "deflect": 0.95,
    "filler": 0.75,
    "hollow": 0.9,
    "instruction": 0.85,
    "keywords": 0.85,
    "language": 0.95,
    "negated": 0.8,
    "repeated": 0.7,
    "sarcasm": 0.8,
    "stuffed": 0.9,
}
NEARLY = 1.0
"""Points within which a twin that says nothing new may differ."""
RANK = {Verdict.NOT_SHOWN: 0, Verdict.UNSURE: 1, Verdict.SHOWN: 2}
Scored = tuple[TrapPair, CallScore, CallScore]


@pytest.fixture(scope="module")
def scored(library: Library, shipped: RecordedScorer) -> dict[str, list[Scored]]:
    pairs = library.traps("en")
    calls = [exchange(pair.id, pair.customer, text) for pair in pairs for text in (pair.better, pair.worse)]
    scores = shipped.score(calls)
    by_kind: dict[str, list[Scored]] = defaultdict(list)
    for pair, better, worse in zip(pairs, scores[::2], scores[1::2], strict=True):
        by_kind[pair.kind].append((pair, better, worse))
    return by_kind


def points(score: CallScore, dimension: str) -> float:
    """Nothing to score is the least there is."""
    value = score.dimensions[dimension]
    return -1.0 if value is None else value


def test_there_are_enough_pairs_of_every_kind(scored: dict[str, list[Scored]]) -> None:
    assert set(scored) == set(FLOORS)
    assert sum(map(len, scored.values())) >= 200
    assert min(map(len, scored.values())) >= 15


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_the_worse_twin_does_not_score_above_the_honest_reply(scored: dict[str, list[Scored]], kind: str) -> None:
    above = [
        (pair.id, points(worse, pair.dimension) - points(better, pair.dimension))
        for pair, better, worse in scored[kind]
        if points(worse, pair.dimension) > points(better, pair.dimension)
    ]
    assert 1 - len(above) / len(scored[kind]) >= FLOORS[kind], above


def test_saying_it_again_never_gains_much(scored: dict[str, list[Scored]]) -> None:
    gains = [
        points(worse, pair.dimension) - points(better, pair.dimension) for pair, better, worse in scored["repeated"]
    ]
    assert max(gains) <= 2 * NEARLY, gains


def test_a_negated_act_is_not_seen_more_clearly_than_the_act(library: Library, minilm: Embedder) -> None:
    sense = Sense.for_score(library.rubric("customer-care"), minilm)
    kept = []
    for pair in library.traps("en"):
        if pair.kind == "negated" and pair.criterion:
            act, negated = (sense.read(text).sights.get(pair.criterion) for text in (pair.better, pair.worse))
            kept.append((RANK[negated.verdict] if negated else 0) <= (RANK[act.verdict] if act else 0))
    assert len(kept) >= 80
    assert sum(kept) / len(kept) >= 0.95
