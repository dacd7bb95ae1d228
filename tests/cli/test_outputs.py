"""`roleplay test` for machines, by the real command: one verdict in every format, and stdout clean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from junitparser import JUnitXml

from tests.cli.conftest import Roleplay
from tests.cli.test_testing import CASES, FAILING, Write, cases
from tests.library.build import changed

__all__ = ["cases"]
pytestmark = pytest.mark.usefixtures("warm")


@pytest.mark.parametrize(("text", "code"), [(CASES, 0), (FAILING, 1)])
def test_all_files_say_what_the_exit_code_says(
    roleplay: Roleplay, cases: Write, tmp_path: Path, text: str, code: int
) -> None:
    junit, data, page = tmp_path / "junit.xml", tmp_path / "run.json", tmp_path / "run.md"
    ran = roleplay("test", cases(text), "--junit", junit, "--json", data, "--markdown", page)
    assert (ran.code, ran.tidy) == (code, True)
    read = JUnitXml.fromfile(str(junit))
    assert (read.tests, read.failures) == (2, code)
    assert json.loads(data.read_text(encoding="utf-8"))["exit_code"] == code
    assert page.read_text(encoding="utf-8").startswith(f"## Rubric cases: {'failed' if code else 'passed'}")


@pytest.mark.parametrize("flag", ["--junit", "--json", "--markdown", "--write-baseline"])
def test_stdout_is_the_output_alone(roleplay: Roleplay, cases: Write, flag: str) -> None:
    ran = roleplay("test", cases(FAILING), flag, "-")
    assert ran.code == 1
    assert "FAILED" in ran.err
    if flag == "--junit":
        assert JUnitXml.fromstring(ran.out.encode()).failures == 1
    elif flag == "--markdown":
        assert ran.out.startswith("## Rubric cases: failed\n")
    else:
        assert json.loads(ran.out)["schema_version"] == 1


def test_two_outputs_do_not_share_stdout(roleplay: Roleplay, cases: Write) -> None:
    ran = roleplay("test", cases(CASES), "--junit", "-", "--json", "-")
    assert (ran.code, ran.out, ran.tidy) == (2, "", True)
    assert "only one output can go to stdout" in ran.err


@pytest.mark.parametrize("flag", ["--junit", "--json", "--markdown", "--write-baseline"])
def test_a_place_that_cannot_be_written_is_exit_3_before_the_run(
    roleplay: Roleplay, cases: Write, tmp_path: Path, flag: str
) -> None:
    ran = roleplay("test", cases(CASES), flag, tmp_path / "nowhere" / "file")
    assert (ran.code, ran.out, ran.tidy) == (3, "", True)


def test_a_flip_since_the_baseline_fails_though_no_case_does(roleplay: Roleplay, cases: Write, tmp_path: Path) -> None:
    kept = tmp_path / "baseline.json"
    assert roleplay("test", cases(CASES), "--write-baseline", kept).code == 0
    same = roleplay("test", cases(CASES), "--baseline", kept)
    assert same.code == 0
    assert "no verdict has changed since the baseline" in same.out
    known = changed(CASES, "greets_and_asks: not_shown", "greets_and_asks: shown") + "    known_failure: for now\n"
    flipped = roleplay("test", cases(known), "--baseline", kept)
    assert flipped.code == 1, "what is known to fail did not fail then"
    assert "FLIPPED greets-not-at-all: criterion greets_and_asks was not shown, is not shown" in flipped.out
    assert "write the baseline anew" in flipped.out


def test_cases_come_and_go(roleplay: Roleplay, cases: Write, tmp_path: Path) -> None:
    kept = tmp_path / "baseline.json"
    roleplay("test", cases(CASES), "--write-baseline", kept)
    ran = roleplay("test", cases(changed(CASES, "greets-well", "greets-warmly")), "--baseline", kept)
    assert ran.code == 0
    assert "new since the baseline: greets-warmly" in ran.out
    assert "removed since the baseline: greets-well" in ran.out
    chosen = roleplay("test", cases(CASES), "--baseline", kept, "-k", "well")
    assert "removed" not in chosen.out


def test_a_baseline_is_of_the_whole(roleplay: Roleplay, cases: Write, tmp_path: Path) -> None:
    ran = roleplay("test", cases(CASES), "-k", "well", "--write-baseline", tmp_path / "b.json")
    assert (ran.code, (tmp_path / "b.json").exists(), ran.tidy) == (2, False, True)
    none = roleplay("test", cases(CASES), "--baseline", tmp_path / "nowhere.json")
    assert (none.code, none.out, "no such baseline" in none.err) == (2, "", True)


def test_under_github_actions_the_failing_line_is_annotated_and_the_summary_written(
    roleplay: Roleplay, cases: Write, tmp_path: Path
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    file = cases(FAILING)
    ran = roleplay("test", file, "--json", "-", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    assert ran.code == 1
    json.loads(ran.out)
    assert any(
        line.startswith(f"::error file={file},line=10,title=greets-not-at-all::") for line in ran.err.splitlines()
    )
    assert summary.read_text(encoding="utf-8").startswith("before\n## Rubric cases: failed\n")
