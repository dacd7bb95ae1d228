"""What a trainer answered stands in the file, whatever they wrote, and the file can be played."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.drafting.persona_file import persona_text
from roleplay.drafting.question import Choice, Question
from roleplay.drafting.sketch import IDENTITY, sketch_of
from roleplay.drafting.worked import ANSWERS, RUNS
from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.rehearsal.playing import Rehearsal
from tests.drafting.build import FEW, MOVES, read_back, text_of

AWKWARD = (
    'He said: "no" # and that\'s that',
    "- [x] {y}: &z *w !v %u @t `s`",
    "yes",
    "2026-11-01",
    "null",
    "| > ? :",
    "C:\\new\\table",
    "Здравствуйте, где мой заказ?",
    "我的汤是冷的。",
    "👩‍👧 семья: #1 'quoted' \"twice\"",
    "...",
    "---",
)


@pytest.mark.parametrize("line", AWKWARD)
def test_any_line_reads_back_as_it_was_written(line: str, tmp_path: Path) -> None:
    answers = {**FEW, "name": (line,), "opening": (line, "Hello."), "brief": (line, line), "policy": (line,)}
    answers |= {"step_1": (line,), "step_1_good": (line, "Fine."), "identity": (line,), "fact_1": (line,)}
    persona = read_back(answers, tmp_path)
    assert persona.name == line
    assert persona.lines["opening"]["any"] == (line, "Hello.")
    assert persona.brief.splitlines() == [line, line]
    assert line in f"{persona.policy[0].title}: {persona.policy[0].text}"
    assert [fact.says for fact in persona.facts] == [line, line]
    assert (persona.steps[0].what, persona.steps[0].examples[0]) == (line, line)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=5, max_size=5))
def test_whatever_is_typed_makes_a_file_that_can_be_read(typed: list[str]) -> None:
    lines = [Question("any", "?").cleaned(one) or "x" for one in typed]
    keys = ("name", "fact_1", "step_1", "brief", "policy")
    with tempfile.TemporaryDirectory() as folder:
        persona = read_back({**FEW, **{key: (line,) for key, line in zip(keys, lines, strict=True)}}, Path(folder))
    assert (persona.name, persona.facts[0].says, persona.steps[0].what, persona.brief) == tuple(lines[:4])


def test_the_least_that_can_be_answered_can_be_played(tmp_path: Path) -> None:
    persona = read_back(FEW, tmp_path)
    assert (persona.channel, persona.temperament, persona.policy, persona.facts) == ("chat", "brisk", (), ())
    assert [step.id for step in persona.steps] == ["sends_new_one"]
    assert persona.lines["goodbye"], "the temperament's"


def test_steps_wait_for_what_the_trainer_said_they_wait_for(tmp_path: Path) -> None:
    persona = read_back(ANSWERS, tmp_path)
    waits = [[need.fact for need in step.after] for step in persona.steps]
    hospital = persona.facts[1]
    assert waits == [[], [IDENTITY], [IDENTITY, hospital.id]]
    assert [step.discloses for step in persona.steps] == [False, True, True]
    assert hospital.reveal_when == (f"asks_{hospital.id}", "asks_what_happened")


def test_a_time_is_a_part_that_code_reads(tmp_path: Path) -> None:
    persona = read_back(ANSWERS, tmp_path)
    (part,) = persona.steps[1].parts
    assert part.value is not None
    assert part.value.within_hours == 24
    assert part.ask_back


def test_a_step_named_as_a_move_of_the_rubric_gets_another_id(tmp_path: Path) -> None:
    persona = read_back({**FEW, "step_1": ("Apologises.",)}, tmp_path)
    assert [step.id for step in persona.steps] == ["apologises_2"]


def test_steps_without_a_latin_letter_have_ids_of_their_own(tmp_path: Path) -> None:
    answers = {**FEW, "step_2": ("Отправляет новый суп.",), "step_2_good": ("Да.", "Хорошо."), "step_2_not": ("Нет.",)}
    assert [step.id for step in read_back(answers, tmp_path).steps] == ["sends_new_one", "step_2"]


def test_a_folder_of_any_name_can_stand_in_the_comments(tmp_path: Path) -> None:
    text = persona_text(
        sketch_of(FEW, MOVES), (Choice("brisk", ""),), "roleplay --library 'a\nb \udce9\x07' practice x"
    )
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "cold-soup.yaml").write_text(text, encoding="utf-8")
    assert Library.open(tmp_path).persona("cold-soup").name == "Ida Novak"


def test_every_temperament_to_choose_from_stands_in_a_comment() -> None:
    assert "#   brisk  Short." in text_of(FEW)


def test_the_worked_customer_is_won_by_a_good_trainee_and_not_by_a_lazy_one(tmp_path: Path, minilm: Embedder) -> None:
    read_back(ANSWERS, tmp_path)
    (tmp_path / "personas" / "rehearsal").mkdir()
    lines = "".join(f"  {kind}: {list(said)!r}\n" for kind, said in RUNS.items())
    file = tmp_path / "personas" / "rehearsal" / "late-bike.yaml"
    file.write_text(f"format: 1\npersona: late-bike\nruns:\n{lines}", encoding="utf-8")
    rehearsal = Rehearsal(Library.open(tmp_path), minilm)
    won = {kind: rehearsal.play("late-bike", kind, 1).outcome.is_win for kind in ("competent", "lazy")}
    assert won == {"competent": True, "lazy": False}
    examples = {line for key, lines in ANSWERS.items() if key.endswith("_good") for line in lines}
    assert not examples & set(RUNS["competent"])
