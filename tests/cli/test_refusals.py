"""What the command refuses: before the call starts, in words, and with the exit code that scripts rely on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from roleplay.library.folder import Library
from roleplay.store.records import Records
from tests.cli.conftest import Ran, Roleplay, environment

House = Callable[[str, str], Path]
BROKEN = (
    ("broken", "format: 1\nid: broken\ntrains: [\n", ":4: ", ""),
    ("alias", "format: 1\nid: alias\nname: &who Ann\ncompany: *who\n", ":", "alias"),
    ("twice", "format: 1\nid: twice\nname: Ann\nname: Ben\n", ":4: ", "twice"),
    ("extra", "format: 1\nid: extra\nnmae: Ann\n", ":3: ", "did you mean name?"),
)


def refused(ran: Ran, code: int) -> bool:
    """Refused in words: this exit code, no traceback, and nothing that looks like data."""
    return (ran.code, ran.tidy, ran.out) == (code, True, "") and bool(ran.err.strip())


def test_an_unknown_persona_is_exit_2_with_the_nearest_name(roleplay: Roleplay) -> None:
    ran = roleplay("practice", "moving-hose", "--plain")
    assert refused(ran, 2)
    assert "did you mean moving-house?" in ran.err
    assert "broadband-down" in ran.err


def test_an_unknown_rubric_is_exit_2_with_the_nearest_name(roleplay: Roleplay) -> None:
    ran = roleplay("practice", "moving-house", "--rubric", "customer-car")
    assert refused(ran, 2)
    assert "did you mean customer-care?" in ran.err


@pytest.mark.parametrize(("name", "text", "line", "says"), BROKEN)
def test_a_broken_persona_is_exit_2_with_file_and_line(
    roleplay: Roleplay, house: House, name: str, text: str, line: str, says: str
) -> None:
    ran = roleplay("--library", house(name, text), "practice", name, "--plain")
    assert refused(ran, 2)
    assert f"{name}.yaml{line}" in ran.err
    assert says in ran.err


@pytest.mark.parametrize(("name", "text", "line", "says"), BROKEN)
def test_checking_a_broken_persona_is_exit_2(
    roleplay: Roleplay, house: House, name: str, text: str, line: str, says: str
) -> None:
    ran = roleplay("--library", house(name, text), "persona", "check", name)
    assert line in ran.err
    assert says in ran.err
    assert ran.code == 2


def test_an_alias_is_reported_on_its_own_line(roleplay: Roleplay, house: House) -> None:
    ran = roleplay("--library", house("alias", BROKEN[1][1]), "persona", "check", "alias")
    assert "alias.yaml:4: company: an alias" in ran.err


def test_checking_shows_every_problem_of_a_file_at_once(roleplay: Roleplay, house: House) -> None:
    text = "format: 1\nid: many\nnmae: Ann\ndifficulty: 9\nname: Ann\nname: Ben\n"
    ran = roleplay("--library", house("many", text), "persona", "check", "many")
    assert [f"many.yaml:{line}: " in ran.err for line in (3, 4, 6)] == [True] * 3
    assert ran.tidy


def test_a_library_that_is_no_folder_is_exit_2(roleplay: Roleplay, tmp_path: Path) -> None:
    assert refused(roleplay("--library", tmp_path / "nowhere", "persona", "list"), 2)


@pytest.mark.usefixtures("warm")
def test_a_house_persona_stands_in_front_of_the_built_in_ones(
    roleplay: Roleplay, house: House, library: Library
) -> None:
    text = library.persona_file("moving-house").read_text(encoding="utf-8").replace("Halina Nowak", "Ann Other")
    ran = roleplay("practice", "moving-house", typed="/end\n", ROLEPLAY_LIBRARY=str(house("moving-house", text)))
    assert ran.out.startswith("Ann Other: ")


def test_a_report_into_a_missing_folder_is_exit_3_before_the_call_starts(
    roleplay: Roleplay, tmp_path: Path, home: Path
) -> None:
    ran = roleplay("practice", "moving-house", "--plain", "--report", tmp_path / "no" / "r.json", typed="/end\n")
    assert refused(ran, 3)
    assert not (home / "records.sqlite").exists()


def test_a_model_that_cannot_be_had_is_exit_3_before_the_call_starts(roleplay: Roleplay, home: Path) -> None:
    ran = roleplay("practice", "moving-house", "--model", "gpt-x", typed="/end\n")
    assert refused(ran, 3)
    assert "gpt-x" in ran.err
    records = Records(home)
    assert records.calls() == []
    records.close()


def test_bare_roleplay_without_a_terminal_is_exit_2_with_advice(roleplay: Roleplay) -> None:
    ran = roleplay()
    assert refused(ran, 2)
    assert "roleplay practice --plain" in ran.err


@pytest.mark.parametrize("words", [("practise",), ("practice", "--sed", "1"), ("practice", "--pace", "fast")])
def test_wrong_words_are_exit_2(roleplay: Roleplay, words: tuple[str, ...]) -> None:
    assert refused(roleplay(*words), 2)


@pytest.mark.parametrize("command", [("history",), ("practice", "moving-house", "--plain")])
def test_a_store_of_a_newer_program_is_exit_2_and_says_newer(
    roleplay: Roleplay, home: Path, command: tuple[str, ...]
) -> None:
    Records(home).close()
    connection = sqlite3.connect(home / "records.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    ran = roleplay(*command)
    assert refused(ran, 2)
    assert "newer" in ran.err


@pytest.mark.parametrize("command", [("history",), ("practice", "moving-house", "--plain")])
def test_a_home_that_cannot_be_written_is_exit_3(roleplay: Roleplay, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("not a folder")
    ran = roleplay(*command, ROLEPLAY_HOME=str(tmp_path / "file"))
    assert refused(ran, 3)
    assert "ROLEPLAY_HOME" in ran.err


def test_a_call_that_is_not_there_cannot_be_resumed(roleplay: Roleplay) -> None:
    assert refused(roleplay("practice", "--resume", "20200101-000000-abcd"), 2)


def test_a_setting_that_is_not_one_is_exit_2(roleplay: Roleplay, home: Path) -> None:
    home.mkdir()
    (home / "config.yaml").write_text("modle: gpt-x\n")
    ran = roleplay("practice", "moving-house")
    assert refused(ran, 2)
    assert "modle" in ran.err


def test_a_seed_that_is_too_large_is_exit_2(roleplay: Roleplay) -> None:
    assert refused(roleplay("practice", "moving-house", "--seed", str(2**63)), 2)


@pytest.mark.skipif(os.name == "nt", reason="a shell that closes stdin")
def test_a_closed_stdin_is_the_end_of_input() -> None:
    ran = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m roleplay practice moving-house <&-"],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in ran.stderr
