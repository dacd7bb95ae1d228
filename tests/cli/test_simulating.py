"""`persona simulate` as its users call it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from roleplay.cli.simulating import TRAINEES
from roleplay.persona import RunName
from tests.cli.conftest import Roleplay


def test_the_kinds_of_trainees_are_those_of_the_files() -> None:
    assert get_args(RunName) == TRAINEES


@pytest.mark.usefixtures("warm")
def test_a_line_for_each_kind_and_the_same_again(roleplay: Roleplay) -> None:
    words = ("persona", "simulate", "moving-house", "--trainee", "competent", "--trainee", "lazy", "--runs", "2")
    ran = roleplay(*words)
    assert ran.code == 0, ran.err
    head, competent, lazy = ran.out.splitlines()
    assert head.split()[:3] == ["persona", "trainee", "n"]
    assert competent.split()[:4] == ["moving-house", "competent", "2", "100%"]
    assert lazy.split()[:4] == ["moving-house", "lazy", "2", "0%"]
    assert roleplay(*words).out == ran.out


@pytest.mark.usefixtures("warm")
def test_json_alone_on_stdout_and_the_turns_beside_it(roleplay: Roleplay) -> None:
    ran = roleplay("persona", "simulate", "moving-house", "--trainee", "lazy", "--runs", "3", "--json", "--verbose")
    assert ran.code == 0, ran.err
    report = json.loads(ran.out)
    assert report["schema_version"] == 1
    [run] = report["runs"]
    assert (run["persona"], run["trainee"], run["n"], run["won"]) == ("moving-house", "lazy", 3, 0)
    assert [call["seed"] for call in run["calls"]] == [1, 2, 3]
    assert "moving-house, lazy, seed 3: unresolved" in ran.err


@pytest.mark.usefixtures("warm")
def test_a_file_of_lines_plays(roleplay: Roleplay, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("# mine\nHello Ms Nowak, how can I help?\n/hold\nI'm back, sorry.\n/end\n", encoding="utf-8")
    ran = roleplay("persona", "simulate", "moving-house", "--trainee", file, "-v")
    assert ran.code == 0, ran.err
    assert "  T: /hold" in ran.out
    assert ran.out.splitlines()[-1].split()[:4] == ["moving-house", "mine", "1", "0%"]


def test_a_bad_file_is_refused_with_its_line(roleplay: Roleplay, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("Hello.\n/hodl\n", encoding="utf-8")
    ran = roleplay("persona", "simulate", "moving-house", "--trainee", file)
    assert (ran.code, ran.tidy) == (2, True)
    assert f"{file}:2: no action is named /hodl (did you mean /hold?)" in ran.err


@pytest.mark.parametrize(("given", "says"), [("lasy", "did you mean lazy?"), ("gone.txt", "cannot be read")])
def test_an_unknown_trainee_is_refused(roleplay: Roleplay, given: str, says: str) -> None:
    ran = roleplay("persona", "simulate", "moving-house", "--trainee", given)
    assert (ran.code, ran.tidy) == (2, True)
    assert says in ran.err


def test_lines_for_another_persona_are_refused(roleplay: Roleplay, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("format: 1\npersona: wrong-sofa\nruns: {lazy: [hi]}\n", encoding="utf-8")
    ran = roleplay("persona", "simulate", "moving-house", "--trainee", file)
    assert (ran.code, ran.tidy) == (2, True)
    assert "written for wrong-sofa, not for moving-house" in ran.err


@pytest.mark.usefixtures("warm")
def test_a_new_persona_is_played_by_its_examples_and_says_so(
    roleplay: Roleplay, house: Callable[[str, str], Path]
) -> None:
    text = (Path(__file__).parents[2] / "personas" / "moving-house.yaml").read_text(encoding="utf-8")
    folder = house("new-flat", text.replace("id: moving-house", "id: new-flat"))
    ran = roleplay("--library", folder, "persona", "simulate", "new-flat")
    assert ran.code == 0, ran.err
    assert "competent*" in ran.out
    assert "Nobody has written rehearsal lines" in ran.err
    other = roleplay("--library", folder, "persona", "simulate", "new-flat", "--trainee", "rude")
    assert other.code == 2
    assert "new-flat has no rehearsal lines for rude" in other.err
    assert "personas/rehearsal/new-flat.yaml" in other.err
