"""How the bundled rubric reads its own cases, and lines that were written without sight of its examples."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from roleplay.case import Cases
from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.scoring.sentences import count_words, sentences
from roleplay.suite.result import Status
from tests.calibration import RUBRIC, Seen, own_cases, share, tally, unseen_cases, verdicts
from tests.suite.build import run

FEWEST_WORDS = 4
"""Words from which a sentence may not stand both in a case and in the rubric; "Thanks for waiting." may."""


@pytest.fixture(scope="module")
def unseen(library: Library, minilm: Embedder) -> list[Seen]:
    rubric = library.rubric(RUBRIC)
    return verdicts(rubric, unseen_cases(rubric), minilm)


@pytest.fixture(scope="module")
def own(library: Library) -> Cases:
    return own_cases(library)


def test_most_acts_are_seen(unseen: list[Seen]) -> None:
    assert share(tally(unseen), "shown", "shown") >= 0.78


def test_few_near_misses_and_breaches_pass(unseen: list[Seen]) -> None:
    assert share(tally(unseen), "not_shown", "shown") <= 0.18


@pytest.mark.parametrize("tag", ["negated", "hollow"])
def test_a_negated_or_hollow_line_seldom_earns_anything(unseen: list[Seen], tag: str) -> None:
    assert share(tally(unseen, tag), "not_shown", "shown") <= 0.15


@pytest.mark.parametrize(("tag", "behind"), [("learner", 0.1), ("terse", 0.1), ("dialect", 0.35)])
def test_other_ways_of_writing_are_seen_nearly_as_often(unseen: list[Seen], tag: str, behind: float) -> None:
    # Dialects are behind, and by how much fourteen cases cannot say: docs/measuring.md.
    assert share(tally(unseen, tag), "shown", "shown") >= share(tally(unseen, "plain"), "shown", "shown") - behind


def test_the_rubrics_own_cases_hold_but_for_those_that_are_known(library: Library, minilm: Embedder) -> None:
    result = run(library, minilm).result
    assert [case.id for case in result.cases if case.is_bad] == []
    assert result.count(Status.KNOWN) <= 0.05 * len(result.cases)


def test_the_own_cases_are_hard_enough(own: Cases) -> None:
    tags = Counter(tag for case in own.cases for tag in set(case.tags))
    assert tags["negated"] >= 60
    assert sum(1 for case in own.cases if {"stuffed", "hollow"} & set(case.tags)) >= 40
    assert sum(1 for case in own.cases if {"learner", "dialect", "terse"} & set(case.tags)) >= 60


def test_no_line_of_the_rubric_stands_in_a_case(library: Library, minilm: Embedder, own: Cases) -> None:
    rubric = library.rubric(RUBRIC)
    lines = sorted({line for move in rubric.all_moves() for line in (*move.examples, *move.counterexamples)})
    said = sorted(
        {
            sentence
            for case in own.cases
            for sentence in (case.reply, *sentences(case.reply, rubric.language))
            if count_words(sentence) >= FEWEST_WORDS
        }
    )
    cosines = minilm.embed(said) @ minilm.embed(lines).T
    nearest = cosines.argmax(axis=1)
    assert [(said[at], lines[nearest[at]]) for at in np.flatnonzero(cosines.max(axis=1) > NEARLY_EQUAL)] == []


NEARLY_EQUAL = 0.9


def test_every_criterion_has_ten_lines_on_either_side(library: Library) -> None:
    short = [one.id for one in library.rubric(RUBRIC).criteria if min(len(one.examples), len(one.counterexamples)) < 10]
    assert short == []
