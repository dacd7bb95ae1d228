"""Where files are found: a house library on top of the built-in one, in a wheel or in a checkout."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import roleplay
from roleplay.errors import BadFile, UsageProblem
from roleplay.library.folder import Library, builtin_folder, read_rehearsal
from tests.library.build import PERSONA, RUBRIC, changed, write_library


def test_a_house_file_stands_in_place_of_the_built_in_one_of_the_same_id(tmp_path: Path) -> None:
    shutil.copytree(builtin_folder() / "personas", tmp_path / "personas")
    own = tmp_path / "personas" / "wrong-sofa.yaml"
    own.write_text(changed(own.read_text(encoding="utf-8"), "name: Marta Silva", "name: Rosa Silva"), encoding="utf-8")
    assert Library.open(tmp_path).persona("wrong-sofa").name == "Rosa Silva"
    assert Library.open().persona("wrong-sofa").name == "Marta Silva"


def test_a_house_library_adds_to_the_built_in_one(tmp_path: Path) -> None:
    write_library(tmp_path)
    house, builtin = Library.open(tmp_path), Library.open()
    assert house.persona_ids() == sorted([*builtin.persona_ids(), "caller"])
    assert house.rubric_ids() == sorted([*builtin.rubric_ids(), "house"])


def test_a_house_persona_may_use_a_built_in_rubric_and_temperament(tmp_path: Path) -> None:
    text = changed(
        changed(PERSONA, "rubric: house", "rubric: customer-care"), "temperament: grumpy", "temperament: cold"
    )
    write_library(tmp_path, persona=text)
    assert Library.open(tmp_path).persona("caller").rubric == "customer-care"


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="is not a folder"):
        Library.open(tmp_path / "none")


def test_a_persona_can_be_given_as_a_path(tmp_path: Path) -> None:
    library = write_library(tmp_path)
    assert library.persona(str(tmp_path / "personas" / "caller.yaml")) == library.persona("caller")


def test_a_broken_persona_is_listed_with_what_is_wrong(tmp_path: Path) -> None:
    library = write_library(tmp_path, persona=changed(PERSONA, "difficulty: 1", "difficulty: 9"))
    [listing] = library.listings()
    assert listing.persona is None
    assert "difficulty" in listing.problem


def test_a_rubric_under_another_name_than_its_file_is_refused(tmp_path: Path) -> None:
    library = write_library(tmp_path, rubric=changed(RUBRIC, "id: house\n", "id: home\n"))
    with pytest.raises(BadFile, match="the file is named house"):
        library.rubric("house")


def test_rehearsal_lines_belong_to_the_persona_their_file_is_named_for(tmp_path: Path) -> None:
    file = tmp_path / "caller.yaml"
    file.write_text("format: 1\npersona: someone\nruns: {lazy: [hi]}\n", encoding="utf-8")
    with pytest.raises(BadFile, match=r":2: persona: should be caller"):
        read_rehearsal(file)


def test_in_a_wheel_the_library_inside_the_package_is_preferred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "roleplay"
    write_library(package.parent, persona=changed(PERSONA, "Ida Novak", "Not This One"))
    write_library(package / "builtin")
    monkeypatch.setattr(roleplay, "__file__", str(package / "__init__.py"))
    assert builtin_folder() == package / "builtin"
    assert Library.open().persona("caller").name == "Ida Novak"


def test_in_a_checkout_the_library_beside_the_package_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_library(tmp_path)
    (tmp_path / "roleplay").mkdir()
    monkeypatch.setattr(roleplay, "__file__", str(tmp_path / "roleplay" / "__init__.py"))
    assert Library.open().persona_ids() == ["caller"]
