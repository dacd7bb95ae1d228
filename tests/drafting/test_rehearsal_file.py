"""Rehearsal lines made from the answers: the good ones win, the lazy ones do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.drafting.question import Answers
from roleplay.drafting.rehearsal_file import rehearsal_text
from roleplay.drafting.sketch import sketch_of
from roleplay.drafting.worked import ANSWERS
from roleplay.embedding import Embedder
from roleplay.library.folder import Library, read_rehearsal
from roleplay.rehearsal.playing import Rehearsal
from tests.drafting.build import FEW, MOVES, read_back


def rehearse(answers: Answers, folder: Path) -> Path:
    identifier = answers["id"][0]
    file = folder / "personas" / "rehearsal" / f"{identifier}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(rehearsal_text(sketch_of(answers, MOVES)), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("38", "You get a fresh one right away. That is 38."),
        ("9 hours", "You get a fresh one right away. That is within 9 hours."),
        ("Blue / Green", "You get a fresh one right away. That is Blue."),
        ("fresh one", "You get a fresh one right away."),
    ],
)
def test_what_must_be_said_is_said(tmp_path: Path, value: str, line: str) -> None:
    assert line in read_rehearsal(rehearse({**FEW, "step_1_value": (value,)}, tmp_path)).runs["competent"]


def test_the_good_lines_win_and_the_lazy_ones_do_not(tmp_path: Path, minilm: Embedder) -> None:
    rehearse(ANSWERS, tmp_path)
    read_back(ANSWERS, tmp_path)
    rehearsal = Rehearsal(Library.open(tmp_path), minilm)
    assert rehearsal.play("late-bike", "competent", 1).outcome.is_win
    assert not rehearsal.play("late-bike", "lazy", 1).outcome.is_win
