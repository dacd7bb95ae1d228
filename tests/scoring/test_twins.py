"""The same act in standard English and in another way of writing; both deserve the same."""

from __future__ import annotations

import pytest

from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.pair import TwinPair
from roleplay.scoring.graded.gaps import gaps
from roleplay.scoring.graded.recorded import RecordedScorer
from roleplay.scoring.sense import Sense

KINDS = ("dialect", "dictation", "learner", "lowercase", "terse", "typos", "world")
LARGEST_GAP = 3.0
VERDICT_KEPT = {"dialect": 0.9, "learner": 0.85, "world": 0.75, "lowercase": 0.8}
"""Share of pairs read alike, the goal being .9; the others are at .7 or more. See docs/agreement.md."""


@pytest.fixture(scope="module")
def pairs(library: Library) -> tuple[TwinPair, ...]:
    return library.twins("en")


def test_there_are_enough_pairs_of_every_kind(pairs: tuple[TwinPair, ...]) -> None:
    counts = {kind: sum(pair.kind == kind for pair in pairs) for kind in KINDS}
    assert sum(counts.values()) == len(pairs) >= 150
    assert min(counts.values()) >= 20


def test_no_way_of_writing_scores_lower_or_higher_by_much(pairs: tuple[TwinPair, ...], shipped: RecordedScorer) -> None:
    found = gaps(shipped, pairs)
    assert set(found) == set(KINDS)
    assert {kind: gap for kind, gap in found.items() if abs(gap) > LARGEST_GAP} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_most_verdicts_stay(pairs: tuple[TwinPair, ...], library: Library, minilm: Embedder, kind: str) -> None:
    sense = Sense.for_score(library.rubric("customer-care"), minilm)
    same = []
    for pair in (one for one in pairs if one.kind == kind):
        readings = [sense.read(text).sights.get(pair.criterion) for text in (pair.standard, pair.variant)]
        first, second = (one.verdict.value if one else "not_shown" for one in readings)
        same.append(first == second)
    assert sum(same) / len(same) >= VERDICT_KEPT.get(kind, 0.7), kind
