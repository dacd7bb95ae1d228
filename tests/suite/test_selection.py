"""Which of the found cases are run, and what is said where none is."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.errors import NothingToTest
from roleplay.store.records import erase_all
from roleplay.suite.last_run import LastRun
from roleplay.suite.result import CaseResult, Place, Status
from roleplay.suite.selection import Selection
from tests.suite.build import found, house


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [
        (Selection(), ["greets-plain", "no-blame-breach"]),
        (Selection(tags=("negated",)), ["no-blame-breach"]),
        (Selection(tags=("negated", "plain")), ["greets-plain", "no-blame-breach"]),
        (Selection(text="BLAME"), ["no-blame-breach"]),
        (Selection(rubric="house", tags=("plain",), text="greets"), ["greets-plain"]),
        (Selection(failed=frozenset({("house", "no-blame-breach"), ("other", "greets-plain")})), ["no-blame-breach"]),
    ],
)
def test_all_that_was_asked_for_must_hold(tmp_path: Path, selection: Selection, chosen: list[str]) -> None:
    assert [one.placed.case.id for one in selection.choose(found(house(tmp_path)))] == chosen


@pytest.mark.parametrize(
    ("selection", "says"),
    [
        (Selection(tags=("negatd",)), r"has the tag negatd \(did you mean negated\?\)"),
        (Selection(text="xyz"), "none of the 2 cases has 'xyz' in its id"),
        (Selection(rubric="other"), "is of the rubric other"),
        (Selection(failed=frozenset()), "nothing failed in the last run"),
        (Selection(failed=frozenset({("house", "gone")})), "failed in the last run"),
    ],
)
def test_nothing_chosen_says_what_was_asked_for(tmp_path: Path, selection: Selection, says: str) -> None:
    with pytest.raises(NothingToTest, match=says):
        selection.choose(found(house(tmp_path)))


def result(name: str, status: Status) -> CaseResult:
    return CaseResult(name, "house", Place(Path("x.yaml"), 1), (), status)


def test_what_failed_is_remembered_and_what_was_not_run_stays(tmp_path: Path) -> None:
    last = LastRun(tmp_path, pytest.fail)
    with pytest.raises(NothingToTest, match="no earlier run"):
        last.failed()
    last.keep([result(name, status) for name, status in zip("abcde", Status, strict=True)])
    bad = {("house", "b"), ("house", "c"), ("house", "e")}
    assert last.failed() == bad, "failed, error and mended"
    last.keep([result("b", Status.PASSED)])
    assert last.failed() == bad - {("house", "b")}


def test_what_failed_is_forgotten_when_all_is_erased(tmp_path: Path) -> None:
    last = LastRun(tmp_path, pytest.fail)
    last.keep([result("a", Status.FAILED)])
    erase_all(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_memory_is_no_memory_and_an_unwritable_one_is_a_notice(tmp_path: Path) -> None:
    last = LastRun(tmp_path, pytest.fail)
    last.keep([result("a", Status.FAILED)])
    (file,) = tmp_path.iterdir()
    file.write_text("[[1", encoding="utf-8")
    with pytest.raises(NothingToTest):
        last.failed()
    told: list[str] = []
    (tmp_path / "file").write_text("", encoding="utf-8")
    LastRun(tmp_path / "file", told.append).keep([result("a", Status.FAILED)])
    assert len(told) == 1
    assert "--failed" in told[0]
