"""A new rubric is whole: it can be checked, named by a customer, and scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.drafting.rubric_file import moves_named, rubric_text
from roleplay.library.folder import Library
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


def test_what_is_taken_over_is_as_it_was(ours: Path) -> None:
    rubric, base = Library.open(ours).rubric("ours"), BUNDLED.rubric("customer-care")
    known = {one.id: one for one in base.all_moves()}
    assert [one.id for one in rubric.criteria[2:] if one != known[one.id]] == []
    assert [one.id for one in rubric.moves if one.examples != known[one.id].examples] == []
