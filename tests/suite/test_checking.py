"""What a case expects, held against what was seen."""

from __future__ import annotations

from typing import Any

import pytest

from roleplay.case import Case
from roleplay.rubric import Rubric
from roleplay.score import CallScore, Influence, Sight, Verdict
from roleplay.suite.checking import better_check, criterion_checks, outcome_check, score_checks
from roleplay.transcript import Outcome

RUBRIC = Rubric.model_validate(
    {
        "format": 1,
        "id": "house",
        "title": "House",
        "criteria": [
            {"id": "greets", "title": "Greets", "dimension": "smoothness", "due": {"at": "opening"}},
            {"id": "no_blame", "title": "No blame", "dimension": "listening", "mode": "avoid", "due": {"at": "every"}},
            {"id": "verifies", "title": "V", "dimension": "listening", "critical": True, "due": {"at": "any"}},
        ],
    }
)


def expecting(**expect: Any) -> Case:  # noqa: ANN401 - as a file has it
    return Case.model_validate({"id": "one", "turns": [{"speaker": "trainee", "text": "Hello."}], "expect": expect})


def sight(move: str, verdict: Verdict, **more: Any) -> Sight:  # noqa: ANN401 - a sight's own fields
    fields: dict[str, Any] = {"sentence": "Hello.", "nearest": "Hi.", "contrast": -0.3, "threshold": -0.25}
    return Sight(move, verdict, **(fields | more))


@pytest.mark.parametrize(
    ("wanted", "verdict", "passes"),
    [
        ("shown", Verdict.SHOWN, True),
        ("shown", Verdict.UNSURE, False),
        ("shown", Verdict.NOT_SHOWN, False),
        ("not_shown", Verdict.SHOWN, False),
        ("not_shown", Verdict.UNSURE, True),
        ("not_shown", Verdict.NOT_SHOWN, True),
    ],
)
def test_unsure_is_neither_shown_nor_held_against_anyone(wanted: str, verdict: Verdict, passes: bool) -> None:  # noqa: FBT001 - a table
    case = expecting(criteria={"greets": wanted})
    (check,) = criterion_checks(case, RUBRIC, {"greets": sight("greets", verdict)})
    assert check.passed is passes
    assert (check.what, check.value, check.threshold, check.sentence) == ("criterion greets", -0.3, -0.25, "Hello.")
    assert check.nearest_is == "example"


def test_a_line_of_the_programs_own_earns_nothing_as_in_practice() -> None:
    case = expecting(criteria={"greets": "shown", "verifies": "shown"})
    sights = {name: sight(name, Verdict.SHOWN, held=True) for name in ("greets", "verifies")}
    assert [check.got for check in criterion_checks(case, RUBRIC, sights)] == ["not shown", "unsure"]


def test_a_value_shows_a_criterion_as_well() -> None:
    case = expecting(criteria={"greets": "shown"})
    sights = {"greets": sight("greets", Verdict.NOT_SHOWN), "greets.value": Sight("greets.value", Verdict.SHOWN)}
    (check,) = criterion_checks(case, RUBRIC, sights)
    assert (check.passed, check.value, check.nearest) == (True, None, "")


def test_who_says_nothing_shows_nothing_and_breaches_nothing() -> None:
    case = expecting(criteria={"greets": "not_shown", "no_blame": "shown"})
    assert all(check.passed for check in criterion_checks(case, RUBRIC, {}))


@pytest.mark.parametrize(("contrast", "near"), [(-0.16, True), (-0.34, True), (-0.1, False), (-0.4, False)])
def test_near_the_threshold_is_marked(contrast: float, near: bool) -> None:  # noqa: FBT001 - a table
    case = expecting(criteria={"greets": "shown"})
    (check,) = criterion_checks(case, RUBRIC, {"greets": sight("greets", Verdict.SHOWN, contrast=contrast)})
    assert check.near_boundary is near


def card(points: float | None, *influences: Influence) -> CallScore:
    return CallScore("one", {"listening": points}, points, {}, influences=influences)


@pytest.mark.parametrize(
    ("bounds", "points", "passes", "wanted"),
    [
        ({"min": 60}, 60.0, True, "at least 60"),
        ({"min": 60}, 59.9, False, "at least 60"),
        ({"max": 40}, 40.0, True, "at most 40"),
        ({"max": 40}, 40.1, False, "at most 40"),
        ({"min": 40, "max": 60}, 50.0, True, "40 to 60"),
        ({"min": 40, "max": 60}, 61.0, False, "40 to 60"),
        ({"min": 0}, None, False, "at least 0"),
    ],
)
def test_scores_lie_within_their_bounds(
    bounds: dict[str, float],
    points: float | None,
    passes: bool,  # noqa: FBT001 - a table
    wanted: str,
) -> None:
    (check,) = score_checks(expecting(scores={"listening": bounds}), card(points))
    assert (check.passed, check.wanted, check.value) == (passes, wanted, points)
    assert check.got == ("nothing to score" if points is None else f"{points:.1f}")


def test_a_score_names_the_sentence_that_moved_it_the_wrong_way() -> None:
    moved = (
        Influence("listening", "Well done.", 1, 5.0, "A good one.", 90.0),
        Influence("listening", "Whatever.", 1, -7.0, "A poor one.", 10.0),
    )
    (low,) = score_checks(expecting(scores={"listening": {"min": 60}}), card(50.0, *moved))
    (high,) = score_checks(expecting(scores={"listening": {"max": 40}}), card(50.0, *moved))
    assert (low.sentence, low.nearest, low.nearest_is) == ("Whatever.", "A poor one.", "graded reply")
    assert (high.sentence, high.nearest) == ("Well done.", "A good one.")


@pytest.mark.parametrize(
    ("by", "points", "passes"), [(None, 50.1, True), (None, 50.0, False), (5, 55.0, True), (5, 54.9, False)]
)
def test_better_is_higher_by_any_or_by_so_much(by: float | None, points: float, passes: bool) -> None:  # noqa: FBT001 - a table
    case = expecting(better_than="other", on="listening", **({"by": by} if by else {}))
    check = better_check(case, card(points), card(50.0))
    assert (check.passed, check.threshold) == (passes, by or 0.0)
    assert check.value == pytest.approx(points - 50)


def test_nothing_to_score_is_better_than_nothing() -> None:
    assert not better_check(expecting(better_than="other"), card(None), card(50.0)).passed


def test_an_outcome_is_this_one_and_no_other() -> None:
    case = expecting(outcome="resolved")
    assert outcome_check(case, Outcome.RESOLVED, "Bye.").passed
    check = outcome_check(case, Outcome.HUNG_UP, "Whatever.")
    assert (check.passed, check.got, check.sentence) == (False, "hung_up", "Whatever.")
