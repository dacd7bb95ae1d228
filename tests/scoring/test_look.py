"""Looking for a few moves in many replies sees what reading each of them sees."""

from __future__ import annotations

import pytest

from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.scoring.sense import Sense, Sought
from roleplay.scoring.verdicts import CLEAR_FROM

REPLIES = (
    "Good morning, Priya speaking, what has happened?",
    "I'm so sorry, that must have been frightening. I'll ring you back by five today. Is that all right?",
    "ok",
    "",
    "That is hardly our fault, is it?",
    "um, could you, you know, give me the postcode and the account number please",
    "One. Two. Three. Four. Five sentences are here, and each of them says something else. And so on.",
) * 12


@pytest.fixture(scope="module")
def sense(library: Library, minilm: Embedder) -> Sense:
    return Sense.for_score(library.rubric("customer-care"), minilm)


def test_it_sees_what_reading_sees(library: Library, sense: Sense) -> None:
    moves = tuple(one.id for one in library.rubric("customer-care").all_moves())
    for reply, seen in zip(REPLIES, sense.look([Sought(reply, moves) for reply in REPLIES]), strict=True):
        read = sense.read(reply).sights
        assert seen.keys() <= read.keys()
        for name, one in seen.items():
            other = read[name]
            assert (one.verdict, one.opposite, one.sentence, one.nearest) == (
                other.verdict,
                other.opposite,
                other.sentence,
                other.nearest,
            )
            assert one.contrast == pytest.approx(other.contrast, abs=5e-4)
            assert one.threshold == other.threshold
        if reply and reply != "ok":
            assert set(moves) <= seen.keys()


def test_only_what_was_sought_is_told(sense: Sense) -> None:
    (seen,) = sense.look([Sought(REPLIES[0], ("greets_and_asks",))])
    assert {name.removesuffix(".value") for name in seen} == {"greets_and_asks"}
    assert sense.look([]) == []


def test_a_line_of_the_programs_own_is_known_again(library: Library, sense: Sense) -> None:
    criterion = library.rubric("customer-care").criterion("acknowledges_feeling")
    line = max(criterion.examples, key=len)
    (seen,) = sense.look([Sought(line, (criterion.id,))])
    assert seen[criterion.id] == sense.read(line).sights[criterion.id]
    assert seen[criterion.id].held


def test_a_sights_threshold_is_the_one_that_was_applied(library: Library, sense: Sense) -> None:
    rubric = library.rubric("customer-care")
    avoid = tuple(one.id for one in rubric.criteria if one.mode == "avoid")
    for seen in sense.look([Sought(reply, avoid) for reply in REPLIES[:7]]):
        for one in seen.values():
            assert one.shown == (one.contrast > one.threshold)


def test_what_another_move_breaches_says_so_with_the_threshold_of_that(library: Library, sense: Sense) -> None:
    rubric = library.rubric("customer-care")
    (breached,) = [one for one in rubric.criteria if "tells_to_calm_down" in one.breached_by]
    (seen,) = sense.look([Sought("You really need to calm down.", (breached.id,))])
    read = sense.read("You really need to calm down.").sights[breached.id]
    assert (seen[breached.id].opposite, seen[breached.id].threshold) == (read.opposite, read.threshold)
    assert (read.opposite, read.threshold) == (True, -CLEAR_FROM)
    assert seen[breached.id].contrast <= -CLEAR_FROM
