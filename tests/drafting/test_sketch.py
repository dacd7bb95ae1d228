"""What short answers mean."""

from __future__ import annotations

import pytest

from roleplay.drafting.names import as_id, id_problem, name_for
from roleplay.drafting.sketch import MustSay, must_say, must_say_problem, sketch_of, steps_named, steps_named_problem
from tests.drafting.build import FEW


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("24 hours", MustSay(within_hours=24)),
        ("within 2 days", MustSay(within_hours=48)),
        ("in 1 week", MustSay(within_hours=168)),
        ("12.50", MustSay(amount="12.50")),
        ("£38", MustSay(amount="38")),
        ("8,5 euros", MustSay(amount="8.5")),
        ("Tower stairs / Tower", MustSay(words=("Tower stairs", "Tower"))),
        ("14 Mill Lane", MustSay(words=("14 Mill Lane",))),
        ("", None),
    ],
)
def test_what_must_be_said(text: str, asked: MustSay | None) -> None:
    assert must_say(text) == asked


@pytest.mark.parametrize("text", ["/", " / / ", "9999 weeks"])
def test_what_nothing_could_satisfy_is_refused(text: str) -> None:
    assert must_say_problem(text)


def test_steps_are_named_by_number() -> None:
    assert [steps_named(text) for text in ("2", "1 3", "2, 3", "all")] == [(2,), (1, 3), (2, 3), (1, 2, 3)]
    assert [bool(steps_named_problem(text)) for text in ("2", "1 and 3", "All", "4", "the last")] == [
        False, False, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["No title here", ": text", "title:", ":"])
def test_a_rule_without_a_title_is_a_house_rule(line: str) -> None:
    assert sketch_of({**FEW, "policy": (line,)}, frozenset()).policy == (("House rule", line),)


def test_a_refused_id_comes_with_one_that_would_do() -> None:
    assert "such as gym-cancel." in id_problem("Gym Cancel!")
    assert "such as" not in id_problem("咖啡")
    assert id_problem("a" * 41)
    assert "null" in id_problem("null")
    assert [id_problem(name) for name in ("late-bike", "a", "x_2")] == ["", "", ""]
    assert as_id("Zoë's 2nd  call") == "zoes-2nd-call"


def test_a_name_is_made_of_telling_words_and_is_never_taken() -> None:
    assert name_for("He was at home on the 3rd, all day", "fact_1", ()) == "home_3rd_all"
    assert name_for("It is", "fact_1", ()) == "fact_1"
    assert name_for("Sends it.", "step_1", ("sends", "sends_2")) == "sends_3"
