"""`roleplay persona check` as a trainer and a script see it."""

from __future__ import annotations

from pathlib import Path

from tests.audit.build import SOUND, SOUND_TEMPERAMENT, house
from tests.cli.conftest import Roleplay
from tests.library.build import changed

MOOD = "  mood: starts at -40; best -21 without a slip, -41 after one (still won), -61 after two\n"


def test_a_sound_persona_is_ok_with_its_moods(roleplay: Roleplay, tmp_path: Path) -> None:
    house(tmp_path)
    ran = roleplay("--library", tmp_path, "persona", "check", "caller", "--quick")
    assert (ran.code, ran.out, ran.err) == (0, f"caller: ok\n{MOOD}", "")


def test_a_file_is_checked_by_its_path_with_the_model(roleplay: Roleplay, tmp_path: Path, warm: Path) -> None:
    house(tmp_path)
    ran = roleplay("--library", tmp_path, "persona", "check", tmp_path / "personas" / "caller.yaml")
    assert (ran.code, ran.out, ran.err) == (0, f"caller: ok\n{MOOD}", ""), warm


def test_warnings_leave_the_exit_code_unless_strict(roleplay: Roleplay, tmp_path: Path) -> None:
    house(tmp_path, persona=changed(SOUND, "least: -35", "least: 70"))
    command = ("--library", tmp_path, "persona", "check", "caller", "--quick")
    ran, strict = roleplay(*command), roleplay(*command, "--strict")
    assert (ran.code, strict.code) == (0, 1)
    file = tmp_path / "personas" / "caller.yaml"
    assert ran.err.startswith(f"warning: {file}:14: facts[1]: gift can never be told")
    assert ran.out.startswith("caller: ok\n")


def test_a_persona_that_one_slip_loses_is_exit_2(roleplay: Roleplay, tmp_path: Path) -> None:
    house(tmp_path, temperament=SOUND_TEMPERAMENT.replace("-90", "-55"))
    ran = roleplay("--library", tmp_path, "persona", "check", "caller", "--quick")
    assert ran.code == 2
    assert f"{tmp_path / 'personas' / 'caller.yaml'}:1: mood: one slip must still win" in ran.err
    assert "caller: ok" not in ran.out
    assert "hung up after one" in ran.out


def test_a_library_ends_with_who_calls(roleplay: Roleplay) -> None:
    ran = roleplay("persona", "check", "--quick")
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.count(": ok\n") >= 13
    assert "\ngender woman" in ran.out
