"""How the bundled rubric reads lines that were written without sight of its examples."""

from __future__ import annotations

import pytest

from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from tests.calibration import Seen, share, tally, verdicts


@pytest.fixture(scope="module")
def seen(library: Library, minilm: Embedder) -> list[Seen]:
    return verdicts(library, minilm)


def test_most_acts_are_seen(seen: list[Seen]) -> None:
    assert share(tally(seen), "shown", "shown") >= 0.8


def test_few_near_misses_and_breaches_pass(seen: list[Seen]) -> None:
    assert share(tally(seen), "not_shown", "shown") <= 0.2


@pytest.mark.parametrize("tag", ["negated", "hollow"])
def test_a_negated_or_hollow_line_seldom_earns_anything(seen: list[Seen], tag: str) -> None:
    assert share(tally(seen, tag), "not_shown", "shown") <= 0.1


@pytest.mark.parametrize("tag", ["learner", "dialect", "terse"])
def test_other_ways_of_writing_are_seen_as_often(seen: list[Seen], tag: str) -> None:
    assert share(tally(seen, tag), "shown", "shown") >= share(tally(seen, "plain"), "shown", "shown") - 0.1


def test_every_criterion_has_ten_lines_on_either_side(library: Library) -> None:
    short = [
        one.id
        for one in library.rubric("customer-care").criteria
        if min(len(one.examples), len(one.counterexamples)) < 10
    ]
    assert short == []
