"""A new rubric is whole: it can be checked, named by a customer, and scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.drafting.rubric_file import moves_named, rubric_text
from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.scoring.sense import Sense
from tests.drafting.build import FEW, text_of

BUNDLED = Library.open()
TEMPERAMENTS = BUNDLED.temperament_ids()


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A house library with a new rubric in it."""
    needed = moves_named(map(BUNDLED.temperament, TEMPERAMENTS))
    text = rubric_text("ours", 'Ours: "1" #2', BUNDLED.rubric("customer-care"), needed, "roleplay rubric check ours")
    for kind in ("rubrics", "personas"):
        (tmp_path / kind).mkdir()
    (tmp_path / "rubrics" / "ours.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_first_criteria_are_worked_out(ours: Path) -> None:
    rubric = Library.open(ours).rubric("ours")
    assert rubric.title == 'Ours: "1" #2'
    first = rubric.criteria[:3]
    assert {one.mode for one in first} == {"do", "avoid"}
    assert {one.dimension for one in first} == set(rubric.weights)
    assert [one.id for one in first if len(one.examples) < 6 or len(one.counterexamples) < 6 or not one.why] == []


@pytest.mark.parametrize("temperament", TEMPERAMENTS)
def test_a_customer_of_any_temperament_can_name_it(ours: Path, temperament: str) -> None:
    text = text_of({**FEW, "temperament": (temperament,)}).replace("rubric: customer-care", "rubric: ours")
    (ours / "personas" / "cold-soup.yaml").write_text(text, encoding="utf-8")
    assert Library.open(ours).persona("cold-soup").rubric == "ours"


UNSEEN = (
    ("I've emailed you the dates, so you can look them up.", True),
    ("You'll have all of this by text within the hour.", True),
    ("A letter with what we agreed goes out to you this afternoon.", True),
    ("you get everything in a mail from me", True),
    ("Could you send me a photo by email?", False),
    ("I'll ring you tomorrow at ten.", False),
    ("We don't put that in writing.", False),
    ("What happened then?", False),
)
"""Lines written after the examples, and whether they put something in writing."""


def test_the_first_criterion_sees_what_nobody_wrote_down(ours: Path, minilm: Embedder) -> None:
    sense = Sense.for_score(Library.open(ours).rubric("ours"), minilm)
    seen = {line: sense.read(line).sights["confirms_in_writing"].shown for line, _ in UNSEEN}
    assert [line for line, meant in UNSEEN if seen[line] and not meant] == []
    assert sum(seen[line] for line, meant in UNSEEN if meant) >= 3


GUESSES = ("It'll probably be there by the weekend, I reckon.", "no idea, maybe the driver lost it")
ANSWERS = (
    "The engineer comes tomorrow between eight and ten.",
    "I don't want to guess, so let me ask.",
    "What happened?",
)


def test_the_second_criterion_is_broken_by_a_guess_and_by_nothing_else(ours: Path, minilm: Embedder) -> None:
    sense = Sense.for_score(Library.open(ours).rubric("ours"), minilm)
    broken = {line: sense.read(line).sights["does_not_guess"].opposite for line in (*GUESSES, *ANSWERS)}
    assert broken == dict.fromkeys(GUESSES, True) | dict.fromkeys(ANSWERS, False)


def test_what_is_taken_over_is_as_it_was(ours: Path) -> None:
    rubric, base = Library.open(ours).rubric("ours"), BUNDLED.rubric("customer-care")
    known = {one.id: one for one in base.all_moves()}
    assert [one.id for one in rubric.criteria[2:] if one != known[one.id]] == []
    assert [one.id for one in rubric.moves if one.examples != known[one.id].examples] == []
