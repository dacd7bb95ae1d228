"""The other commands: what they list, show, write and erase."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from roleplay.embedding import CACHE_FOLDER
from roleplay.library.folder import Library
from tests.cli.conftest import Roleplay

COMMANDS = ("practice", "score", "persona", "rubric", "schema", "doctor", "history", "erase")


def test_help_names_every_command(roleplay: Roleplay) -> None:
    ran = roleplay("--help")
    assert ran.code == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in ran.out] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(roleplay: Roleplay, command: str) -> None:
    ran = roleplay(command, "--help")
    assert ran.code == 0
    assert ran.out.startswith("Usage:")


def test_the_version_is_said(roleplay: Roleplay) -> None:
    assert "0.1.0" in roleplay("--version").out


def test_personas_are_listed_shown_and_checked(roleplay: Roleplay, library: Library) -> None:
    listed = roleplay("persona", "list").out.splitlines()
    assert [line.split()[0] for line in listed] == library.persona_ids()
    shown = roleplay("persona", "show", "broadband-down").out
    assert "Tamar Fibre" in shown
    assert "A missed visit" in shown
    checked = roleplay("persona", "check", "--quick")
    usable = [line for line in checked.out.splitlines() if line.endswith(": ok")]
    assert usable == [f"{name}: ok" for name in library.persona_ids()]
    assert checked.code == 0


def test_showing_a_persona_does_not_give_away_what_the_customer_keeps(roleplay: Roleplay, library: Library) -> None:
    shown = " ".join(roleplay("persona", "show", "broadband-down").out.split())
    persona = library.persona("broadband-down")
    assert not [fact.id for fact in persona.facts if fact.says in shown]
    assert " ".join(persona.story.split())[:60] not in shown


def test_rubrics_are_listed_shown_and_checked(roleplay: Roleplay, library: Library) -> None:
    assert [line.split()[0] for line in roleplay("rubric", "list").out.splitlines()] == library.rubric_ids()
    shown = roleplay("rubric", "show", "customer-care").out
    assert [one.id for one in library.rubric("customer-care").criteria if one.id not in shown] == []
    assert roleplay("rubric", "check").out.splitlines() == [f"{name}: ok" for name in library.rubric_ids()]


@pytest.mark.parametrize("command", ["persona", "rubric"])
def test_an_unknown_name_is_exit_2(roleplay: Roleplay, command: str) -> None:
    ran = roleplay(command, "show", "nothing-like-it")
    assert (ran.code, ran.out, ran.tidy) == (2, "", True)


@pytest.mark.parametrize("kind", ["persona", "temperament", "rubric", "rehearsal"])
def test_the_schema_of_each_kind_of_file_is_json(roleplay: Roleplay, kind: str) -> None:
    schema = json.loads(roleplay("schema", kind).out)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert "format" in schema["required"]


@pytest.mark.usefixtures("warm")
def test_history_lists_calls_the_latest_first(roleplay: Roleplay) -> None:
    empty = roleplay("history")
    assert (empty.code, empty.out) == (0, "")
    assert "roleplay practice" in empty.err
    roleplay("practice", "moving-house", typed="Hello.\n/end\n")
    roleplay("practice", "no-thanks", typed="Hello.\n")
    lines = roleplay("history").out.splitlines()
    assert ["no-thanks" in lines[0], "abandoned" in lines[0]] == [True, True]
    assert ["moving-house" in lines[1], "unresolved" in lines[1]] == [True, True]


def test_erasing_needs_yes(roleplay: Roleplay, new: Path) -> None:
    roleplay("practice", "moving-house", typed="/end\n")
    asked = roleplay("erase")
    assert "erase --yes" in asked.err
    assert len(roleplay("history").out.splitlines()) == 1
    (new / "config.yaml").write_text("hints: off\n")
    assert roleplay("erase", "--yes").code == 0
    assert [file.name for file in new.iterdir()] == ["config.yaml"]
    assert roleplay("history").out == ""


def test_doctor_says_what_a_call_would_use(roleplay: Roleplay, warm: Path) -> None:
    ran = roleplay("doctor")
    assert ran.code == 0
    assert str(warm) in ran.out
    assert "all-minilm-l6-v2, prepared" in ran.out
    assert "voice: scripted" in ran.out


def test_doctor_says_how_to_prepare_what_is_not_prepared(roleplay: Roleplay, home: Path) -> None:
    assert "not prepared yet: roleplay doctor --prepare" in roleplay("doctor").out
    assert not (home / CACHE_FOLDER).exists()


def test_doctor_with_a_persona_that_cannot_be_played_is_exit_1(
    roleplay: Roleplay, house: Callable[[str, str], Path]
) -> None:
    ran = roleplay("--library", house("broken", "format: 1\n"), "doctor")
    assert "persona broken cannot be played" in ran.out
    assert ran.code == 1


def test_a_broken_persona_is_listed_with_what_is_wrong(roleplay: Roleplay, house: Callable[[str, str], Path]) -> None:
    ran = roleplay("--library", house("broken", "format: 1\nid: broken\n"), "persona", "list")
    (line,) = [line for line in ran.out.splitlines() if line.startswith("broken")]
    assert "cannot be played" in line
    assert ran.code == 0
