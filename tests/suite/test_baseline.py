"""What changed since a run that was kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.errors import BadFile, ExitCode, UsageProblem
from roleplay.suite.baseline import Baseline
from roleplay.suite.result import CaseResult, Check, Place, RubricUnderTest, Status, SuiteResult

RUBRIC = RubricUnderTest("house", "a" * 64, "minilm/1")


def check(value: float = 0.4, *, passed: bool = True, near: bool = False, what: str = "criterion greets") -> Check:
    got = "shown" if passed else "not shown"
    return Check(what, "shown", got, passed, value=value, threshold=0.0, near_boundary=near)


def result(*checks: Check, case: str = "one", rubric: RubricUnderTest = RUBRIC, left_out: int = 0) -> SuiteResult:
    status = Status.PASSED if all(one.passed for one in checks) else Status.FAILED
    ran = CaseResult(case, "house", Place(Path("house.yaml"), 4), (), status, checks)
    return SuiteResult((ran,), (rubric,), left_out=left_out)


def saved(run: SuiteResult, folder: Path) -> Baseline:
    file = folder / "baseline.json"
    file.write_text(Baseline.of(run).as_json(), encoding="utf-8")
    return Baseline.read(file)


FOUND = {("house", "one")}


def test_the_same_run_differs_in_nothing(tmp_path: Path) -> None:
    run = result(check(), check(62.0, what="score listening"))
    then = saved(run, tmp_path).compared(run, FOUND)
    assert (then.flips, then.new, then.removed, then.notes, then.is_bad) == ((), (), (), (), False)


@pytest.mark.parametrize("better", [True, False])
def test_a_flip_fails_the_run_whichever_way(tmp_path: Path, *, better: bool) -> None:
    was, now = check(-0.4, passed=False), check(0.3)
    was, now = (was, now) if better else (now, was)
    run = result(now)
    compared = saved(result(was), tmp_path).compared(run, FOUND)
    (flip,) = compared.flips
    assert (flip.was, flip.now, flip.value_was, flip.value_now) == (was.got, now.got, was.value, now.value)
    assert flip.flipped
    assert not flip.is_warning
    assert replace(run, comparison=compared).exit_code is ExitCode.CHECK_FAILED


def test_a_flip_between_two_numbers_near_the_boundary_is_a_warning(tmp_path: Path) -> None:
    then = saved(result(check(0.02, near=True)), tmp_path)
    assert then.compared(result(check(-0.02, passed=False, near=True)), FOUND).flips[0].is_warning
    assert not then.compared(result(check(-0.4, passed=False)), FOUND).flips[0].is_warning


def test_a_number_that_moves_is_told_and_fails_nothing(tmp_path: Path) -> None:
    then = saved(result(check(0.40), check(60.0, what="score listening")), tmp_path)
    little = then.compared(result(check(0.41), check(60.9, what="score listening")), FOUND)
    assert (little.flips, little.is_bad) == ((), False)
    assert little.notes == ("2 numbers moved within tolerance, one most (score listening: 60, now 60.9)",)
    far = then.compared(result(check(0.55), check(60.0, what="score listening")), FOUND)
    assert [(one.is_warning, one.flipped) for one in far.flips] == [(True, False)]
    assert not far.is_bad


def test_new_and_removed_cases_are_named(tmp_path: Path) -> None:
    compared = saved(result(check()), tmp_path).compared(result(check(), case="two"), {("house", "two")})
    assert (compared.new, compared.removed, compared.is_bad) == (("two",), ("one",), False)


def test_a_case_that_was_not_chosen_is_not_removed_nor_one_of_a_rubric_that_is_not_tested(tmp_path: Path) -> None:
    then = saved(result(check()), tmp_path)
    chosen = result(check(), case="two", left_out=1)
    assert then.compared(chosen, {("house", "one"), ("house", "two")}).removed == ()
    assert then.compared(result(check(), case="two"), {("other", "two")}).removed == ()


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (replace(RUBRIC, sha256="b" * 64), "house has changed since the baseline (aaaaaaaa, now bbbbbbbb)"),
        (replace(RUBRIC, embedder="other/2"), "another sentence model (minilm/1, now other/2)"),
        (replace(RUBRIC, id="else"), "the baseline knows no rubric else"),
    ],
)
def test_another_rubric_or_model_is_said(tmp_path: Path, now: RubricUnderTest, says: str) -> None:
    compared = saved(result(check()), tmp_path).compared(result(check(), rubric=now), FOUND)
    assert says in compared.notes[0]
    assert not compared.is_bad


def test_only_a_whole_run_that_could_be_run_is_a_baseline() -> None:
    with pytest.raises(UsageProblem, match="2 were not chosen"):
        Baseline.of(result(check(), left_out=2))
    broken = result(check())
    broken = replace(broken, cases=(replace(broken.cases[0], status=Status.ERROR),))
    with pytest.raises(UsageProblem, match="one cannot"):
        Baseline.of(broken)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no baseline"),
        ("[]", "no baseline"),
        ('{"schema_version": 1, "rubrics": [], "cases": [{"id": 3}]}', "no baseline"),
        ('{"schema_version": 2}', "of another version \\(2\\)"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str | bytes, says: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadFile, match=says):
        Baseline.read(file)
    with pytest.raises(BadFile, match="no such baseline"):
        Baseline.read(tmp_path / "nowhere.json")


@given(st.lists(st.tuples(st.text(min_size=1), st.booleans(), st.floats(-1, 1)), max_size=5))
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, seen: list[tuple[str, bool, float]]
) -> None:
    run = result(*(check(value, passed=passed, what=what) for what, passed, value in seen))
    assert saved(run, tmp_path_factory.mktemp("kept")) == Baseline.of(run)
