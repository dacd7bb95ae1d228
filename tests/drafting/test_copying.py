"""Copies: id and name changed, everything else as it stood."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.drafting.copying import copied_persona, copied_rehearsal, copied_rubric, name_problem, renamed
from roleplay.library.folder import Library, read_rehearsal

LIBRARY = Library.open()


@pytest.mark.parametrize("source", LIBRARY.persona_ids())
def test_every_bundled_customer_can_be_copied_with_comments_and_rehearsal(tmp_path: Path, source: str) -> None:
    file = LIBRARY.persona_file(source)
    old = LIBRARY.persona(source)
    name = "Zoë O'Neil-Żak"
    (tmp_path / "personas" / "rehearsal").mkdir(parents=True)
    copy = tmp_path / "personas" / "copy.yaml"
    copy.write_text(copied_persona(file.read_text(encoding="utf-8"), "copy", old.name, name), encoding="utf-8")
    persona = Library.open(tmp_path).persona("copy")
    assert (persona.id, persona.name) == ("copy", name)
    assert old.name not in copy.read_text(encoding="utf-8")
    assert copy.read_text(encoding="utf-8").count("#") == file.read_text(encoding="utf-8").count("#")
    assert [step.id for step in persona.steps] == [step.id for step in old.steps]
    lines = (file.parent / "rehearsal" / file.name).read_text(encoding="utf-8")
    rehearsal = tmp_path / "personas" / "rehearsal" / "copy.yaml"
    rehearsal.write_text(copied_rehearsal(lines, "copy", old.name, name), encoding="utf-8")
    assert set(read_rehearsal(rehearsal).runs) == set(LIBRARY.rehearsal(source).runs)  # type: ignore[union-attr] # each has one


def test_a_copied_rubric_leaves_behind_what_was_learnt(tmp_path: Path) -> None:
    text = LIBRARY.rubric_file("customer-care").read_text(encoding="utf-8")
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "ours.yaml").write_text(copied_rubric(text, "ours", 'Ours: "1"'), encoding="utf-8")
    rubric = Library.open(tmp_path).rubric("ours")
    bundled = LIBRARY.rubric("customer-care")
    assert (rubric.title, rubric.fit) == ('Ours: "1"', None)
    assert (rubric.criteria, rubric.moves, rubric.weights) == (bundled.criteria, bundled.moves, bundled.weights)


def test_names_are_changed_as_whole_words() -> None:
    assert renamed("Mark Lee said: Lee's mark. Marked, Leeds, Mark!", "Mark Lee", "Jo Ray") == (
        "Jo Ray said: Ray's mark. Marked, Leeds, Jo!"
    )
    assert renamed("Mr Lee. Mr Price rang.", "Mr Lee", "Jo Ray") == "Jo Ray. Mr Price rang."


@pytest.mark.parametrize("name", ["Ana: x", "# Ana", '"Ana"', "- Ana", "Ana\n", "{Ana}", "4na"])
def test_a_name_that_could_break_a_line_of_yaml_is_refused(name: str) -> None:
    assert name_problem(name)


@pytest.mark.parametrize("name", ["Ana Kovač", "O'Brien", "李雷", "Jean-Luc d’Arc", "J. R. Smith"])
def test_names_of_all_kinds_will_do(name: str) -> None:
    assert name_problem(name) == ""
