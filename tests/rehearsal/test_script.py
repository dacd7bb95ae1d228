"""What a trainee types: drawn by the seed, or read from a file of lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.call_log import Input, InputKind
from roleplay.errors import BadFile
from roleplay.library.folder import read_rehearsal
from roleplay.persona import RehearsalLines
from roleplay.rehearsal.script import drawn, read_lines, read_trainees
from roleplay.session.typed import entries

SCRIPT = ("Hello.", ("One.", "Two.", "/skip"), "/end")


def test_a_seed_draws_the_same_lines_every_time_and_seeds_draw_them_all() -> None:
    calls = [drawn(SCRIPT, seed, "average") for seed in range(30)]
    assert calls == [drawn(SCRIPT, seed, "average") for seed in range(30)]
    assert set(calls) == {("Hello.", "One.", "/end"), ("Hello.", "Two.", "/end"), ("Hello.", "/end")}


def test_kinds_of_trainees_draw_apart() -> None:
    assert [drawn(SCRIPT, seed, "lazy") for seed in range(30)] != [drawn(SCRIPT, seed, "rude") for seed in range(30)]


def test_a_slash_is_an_action_and_two_begin_a_reply() -> None:
    assert list(entries(("/hold", "//hold on", "hold on"))) == [
        Input(InputKind.HOLD),
        Input(InputKind.REPLY, "/hold on"),
        Input(InputKind.REPLY, "hold on"),
    ]


def test_the_plainest_call_takes_the_first_of_each_and_everything_takes_all() -> None:
    lines = RehearsalLines.model_validate(
        {"format": 1, "persona": "caller", "runs": {"lazy": ["hi", ["/skip", "hm"], ["ok", "so"]]}}
    )
    assert lines.plainest("lazy") == ("hi", "ok")
    assert lines.everything("lazy") == ("hi", "hm", "ok", "so")


def rehearsal(folder: Path, runs: str) -> Path:
    file = folder / "caller.yaml"
    file.write_text(f"format: 1\npersona: caller\nruns:\n{runs}", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("runs", "problem"),
    [
        ("  lazy:\n    - hi\n    - /hodl\n", ":6: runs.lazy[1]: no action is named /hodl (did you mean /hold?)"),
        ("  lazy:\n    - hi\n    - - ok\n      - /ends\n", ":7: runs.lazy[1][1]: no action is named /ends"),
        ("  lazy:\n    - hi\n    - /skip\n", ":6: runs.lazy[1]: no action is named /skip"),
        ("  lazy:\n    - /end\n", ":5: runs.lazy: says nothing"),
        ("  lazy:\n    - hi\n    - [one]\n", ":6: runs.lazy[1]: tuple should have at least 2 items"),
        ("  lazy:\n    - hi\n    - {a: b}\n", ":6: runs.lazy[1]: should be text, not a mapping"),
    ],
)
def test_a_slip_in_rehearsal_lines_is_shown_with_its_line(tmp_path: Path, runs: str, problem: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_rehearsal(rehearsal(tmp_path, runs))
    assert problem in caught.value.message
    assert len(caught.value.message.splitlines()) == 1


def test_a_rehearsal_file_may_be_called_anything_where_its_path_was_given(tmp_path: Path) -> None:
    file = rehearsal(tmp_path, "  lazy: [hi]\n  rude: [what]\n").rename(tmp_path / "mine.yaml")
    assert [(one.kind, one.script, one.persona) for one in read_trainees(file)] == [
        ("lazy", ("hi",), "caller"),
        ("rude", ("what",), "caller"),
    ]


def test_a_file_of_lines_is_one_trainee_without_comments(tmp_path: Path) -> None:
    file = tmp_path / "tuesday.txt"
    file.write_text("\ufeff# Tuesday's call\n\n  Hello there, \x1b[31mhow can I help?\n/hold\n//x\n", encoding="utf-8")
    [one] = read_trainees(file)
    assert (one.kind, one.script, one.persona) == ("tuesday", ("Hello there, how can I help?", "/hold", "//x"), None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Hello.\n/hodl\n/skip\n", "2: no action is named /hodl"),
        ("Hello.\n\n/skip\n", "3: no action is named /skip"),
        (f"{'long ' * 1000}\n", "1: longer than"),
        ("# nothing\n/end\n", "no reply in it"),
        ("", "no reply in it"),
    ],
)
def test_a_bad_file_of_lines_is_refused_with_the_line(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        read_lines(file)
    assert problem in caught.value.message.replace(f"{file}:", "").strip()
