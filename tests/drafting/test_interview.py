"""Asking: a bad answer is asked for again, and nothing that was answered is lost."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from roleplay.drafting.draft import draft_text, read_draft
from roleplay.drafting.interview import Interview
from roleplay.drafting.persona_questions import persona_topics
from roleplay.drafting.question import Answers, Choice, Question, Topic
from roleplay.drafting.worked import ANSWERS
from roleplay.errors import BadFile

NAME = Question("name", "Name?", longest=10, wrong=lambda line: "" if line.islower() else "Lower case, please.")
LINES = Question("lines", "Lines?", least=2, most=3)
MOOD = Question("mood", "Mood?", choices=(Choice("calm", ""), Choice("cross", "")))
WHY = Question("why", "Why?", least=0)
MORE = Question("more", "More?", only_if="why")
ALL = persona_topics((Choice("anxious", ""), Choice("brisk", "")), lambda name: "taken" if name == "taken" else "")


class Desk:
    """A trainer who types what is written here, and everything that they are told."""

    def __init__(self, *questions: Question) -> None:
        self.said: list[str] = []
        self.kept: list[Answers] = []
        self._topics = (Topic("First", questions[:1]), Topic("Then", questions[1:]))

    def asked(self, typed: Iterable[str], answered: Answers | None = None) -> dict[str, tuple[str, ...]]:
        lines = iter(typed)
        interview = Interview(
            self._topics, lambda: next(lines), self.said.append, lambda one: self.kept.append({**one})
        )
        answers = interview.ask(answered or {})
        assert next(lines, None) is None, "asked too little"
        return answers

    def complaints(self) -> list[str]:
        return [one.strip() for one in self.said if one.startswith("  ") and "such as" not in one and "(" not in one]


def test_a_bad_answer_is_asked_for_again_with_one_line_of_why() -> None:
    desk = Desk(NAME)
    assert desk.asked(["", "Ida", "i" * 11, "ida"]) == {"name": ("ida",)}
    assert desk.complaints() == [
        "This cannot be left empty.",
        "Lower case, please.",
        "That is 11 characters; 10 at most.",
    ]


def test_a_list_ends_with_an_empty_line_once_there_is_enough_in_it() -> None:
    desk = Desk(LINES)
    assert desk.asked(["one", "", "two", ""]) == {"lines": ("one", "two")}
    assert desk.complaints() == ["One more, please."]


def test_a_full_list_needs_no_empty_line() -> None:
    assert Desk(LINES).asked(["one", "two", "three"]) == {"lines": ("one", "two", "three")}


def test_pasted_lines_are_lines_of_a_list_and_one_answer_elsewhere() -> None:
    desk = Desk(LINES, WHY)
    assert desk.asked(["one\r\ntwo\nthree\nfour", "so\nand so"]) == {
        "lines": ("one", "two", "three"),
        "why": ("so and so",),
    }
    assert "one line more" in desk.complaints()[0]


def test_a_choice_is_made_by_name_or_number() -> None:
    assert Desk(MOOD).asked(["2"]) == {"mood": ("cross",)}
    desk = Desk(MOOD)
    assert desk.asked(["3", "angry", "calm"]) == {"mood": ("calm",)}
    assert desk.complaints()[-2:] == ["Give one of the names, or a number from 1 to 2."] * 2


def test_what_hangs_on_an_empty_answer_is_not_asked() -> None:
    assert Desk(WHY, MORE).asked([""]) == {"why": ()}
    assert Desk(WHY, MORE).asked(["so", "and"]) == {"why": ("so",), "more": ("and",)}


def test_back_asks_the_question_before_again() -> None:
    assert Desk(NAME, WHY).asked(["ida", "/back", "eva", "so"]) == {"name": ("eva",), "why": ("so",)}
    assert Desk(NAME).asked(["/back", "ida"]) == {"name": ("ida",)}


def test_answers_are_kept_one_by_one_and_given_ones_are_not_asked_for() -> None:
    desk = Desk(NAME, WHY, MOOD)
    assert desk.asked(["so", "1"], {"name": ("ida",)})["name"] == ("ida",)
    assert desk.kept == [{"name": ("ida",), "why": ("so",)}, {"name": ("ida",), "why": ("so",), "mood": ("calm",)}]


def test_control_characters_never_get_in() -> None:
    assert Desk(WHY).asked(["\x1b[31mred\x07\ufffe  and\tblue"]) == {"why": ("red and blue",)}


def test_a_draft_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    answers = {**ANSWERS, "goodbye": (), "name": ('O"Neil: #1',)}
    file.write_text(draft_text(answers), encoding="utf-8")
    assert read_draft(file, ALL) == answers


def test_what_will_not_do_any_more_in_a_draft_is_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text('id: ["taken"]\nname: ["Ida"]\ncompany: 3\nopening: []\n', encoding="utf-8")
    assert read_draft(file, ALL) == {"name": ("Ida",)}


@pytest.mark.parametrize("text", ["format: 1\n", "- a\n", "a: [", ""])
def test_another_file_is_no_draft(tmp_path: Path, text: str) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile):
        read_draft(file, ALL)


def test_the_worked_customer_answers_the_questions() -> None:
    questions = {one.key: one for topic in ALL for one in topic.questions}
    assert set(ANSWERS) <= set(questions)
    assert {key: questions[key].complaint_of(lines) for key, lines in ANSWERS.items()} == dict.fromkeys(ANSWERS, "")
    wanted = {key for key, one in questions.items() if one.least and one.applies(ANSWERS)}
    assert wanted <= set(ANSWERS)
