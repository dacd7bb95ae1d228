"""`pytest rubrics/` in a project of its own: cases are tests, and whoever has none notices nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from roleplay.library import case_files
from roleplay.library.folder import builtin_folder
from roleplay.pytest_plugin import ENDINGS, cases_folder, looks_like_cases
from tests.cli.conftest import REPOSITORY, Ran, environment
from tests.cli.test_imports import HEAVY
from tests.library.build import changed
from tests.suite.build import CASES, house, write_cases

LOADED = () if entry_points(group="pytest11", name="roleplay") else ("-p", "roleplay.pytest_plugin")
ALONE = [word for name in ("asyncio", "anyio", "hypothesispytest", "cacheprovider") for word in ("-p", f"no:{name}")]
GREETING = '- {speaker: trainee, text: "Good morning, how can I help you?"}'
EVERY_WAY_TO_END = f"""\
format: 1
rubric: house
cases:
  - id: passes
    turns: [{GREETING[2:]}]
    expect: {{criteria: {{greets: shown}}}}
    tags: [plain]
  - id: fails
    turns: [{GREETING[2:]}]
    expect: {{criteria: {{greets: not_shown}}}}
    tags: [negated]
  - id: known
    turns: [{GREETING[2:]}]
    expect: {{criteria: {{greets: not_shown}}}}
    known_failure: politeness is blind to it
    tags: [negated]
  - id: mended
    turns: [{GREETING[2:]}]
    expect: {{criteria: {{greets: shown}}}}
    known_failure: it was deaf once
  - id: cannot-be-run
    persona: caller
    turns: [{GREETING[2:]}]
    expect: {{outcome: resolved}}
"""
pytestmark = pytest.mark.usefixtures("warm")


def run_pytest(folder: Path, *words: str, alone: bool = True) -> Ran:
    """`pytest` as it is started in a project that has nothing to do with ours."""
    surroundings = {name: value for name, value in environment().items() if not name.startswith("PYTEST_")}
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", *LOADED, *(ALONE if alone else ()), *words],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return Ran(finished.returncode, finished.stdout, finished.stderr)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a library whose cases end in every way; its only customer is broken."""
    folder = tmp_path / "project"
    folder.mkdir()
    house(folder, EVERY_WAY_TO_END)
    customer = folder / "personas" / "caller.yaml"
    customer.write_text(changed(customer.read_text(encoding="utf-8"), "temperament: grumpy", "temperament: grump"))
    return folder


def endings(report: Path) -> dict[str, str]:
    """By case, `passed` or the name of what JUnit says in its place."""
    cases = ET.parse(report).getroot().iter("testcase")  # noqa: S314 - this run wrote it
    return {case.attrib["name"]: next((child.tag for child in case), "passed") for case in cases}


WANTED = {"passes": "passed", "fails": "failure", "known": "skipped", "mended": "failure", "cannot-be-run": "error"}


def test_each_case_is_a_test_that_ends_as_the_case_does(project: Path) -> None:
    ran = run_pytest(project, "rubrics/", "-rfEx", "--junitxml=report.xml")
    assert (ran.code, ran.tidy) == (1, True)
    assert endings(project / "report.xml") == WANTED
    failure = ran.out.partition("FAILED rubrics/cases/house.yaml:8 fails\n")[2].splitlines()
    assert failure[0].startswith("  criterion greets: wanted not shown, got shown (+")
    assert ", shown from -0.25)" in failure[0]
    assert failure[1] == "    said: “Good morning, how can I help you?”"
    assert failure[2].startswith("    nearest example: “")
    assert "it passes now: take its known_failure away (it was deaf once)" in ran.out
    assert "XFAIL rubrics/cases/house.yaml::known - politeness is blind to it" in ran.out
    assert "FAILED rubrics/cases/house.yaml::fails - criterion greets: wanted not" in ran.out
    assert "no temperament is named grump" in ran.out


@pytest.mark.slow  # three processes of pytest
def test_with_workers_it_is_the_same(project: Path) -> None:
    ran = run_pytest(project, "rubrics/", "-n", "2", "--junitxml=report.xml")
    assert (ran.code, ran.tidy) == (1, True)
    assert endings(project / "report.xml") == WANTED
    assert "criterion greets: wanted not shown, got shown (+" in ran.out


def test_pytests_own_choices_work(project: Path) -> None:
    listed = run_pytest(
        project, "--collect-only", "-q", "-k", "negated or cannot", "-m", "roleplay", "--strict-markers"
    )
    assert [line for line in listed.out.splitlines() if "::" in line] == [
        f"rubrics/cases/house.yaml::{name}" for name in ("fails", "known", "cannot-be-run")
    ]
    assert "5 deselected" in run_pytest(project, "--collect-only", "-q", "-m", "not roleplay").out
    first = run_pytest(project, "-q", "-x", "rubrics/cases/house.yaml")
    assert "1 failed, 1 passed" in first.out
    unmarked = run_pytest(
        project, "-q", "--runxfail", "rubrics/cases/house.yaml::known", "rubrics/cases/house.yaml::mended"
    )
    assert "1 failed, 1 passed" in unmarked.out
    assert "::known - criterion greets: wanted not" in unmarked.out


def test_a_broken_file_is_one_error_with_every_line_of_it(project: Path) -> None:
    broken = changed(changed(CASES, "greets: shown", "greet: shown"), "no-blame-breach", "passes")
    write_cases(project, broken, "more.yaml")
    nameless = {"id": "a", "turns": [{"speaker": "trainee", "text": "Hello."}], "expect": {}}
    (project / "rubrics" / "cases" / "machine.jsonl").write_text(json.dumps(nameless), encoding="utf-8")
    ran = run_pytest(project, "rubrics/")
    assert (ran.code, ran.tidy) == (2, True)
    assert "2 errors during collection" in ran.out
    assert "\nrubrics/cases/more.yaml:8: cases[0].expect.criteria.greet: no criterion or move is named greet" in ran.out
    assert "\nrubrics/cases/more.yaml:10: cases[1].id: passes is used twice, first in" in ran.out
    assert "\nrubrics/cases/machine.jsonl:1: rubric: is missing" in ran.out
    assert "--rubric" not in ran.out, "pytest has no such option"


def test_a_case_may_be_better_than_one_in_a_file_that_is_not_run(project: Path) -> None:
    better = changed(CASES, "expect: {criteria: {greets: shown}}", "expect: {better_than: other, on: smoothness}")
    write_cases(project, better, "more.yaml")
    other = {
        "id": "other",
        "rubric": "house",
        "turns": [{"speaker": "trainee", "text": "Nobody here says hello at all."}],
        "expect": {"criteria": {"greets": "not_shown"}},
    }
    (project / "rubrics" / "cases" / "machine.jsonl").write_text(json.dumps(other), encoding="utf-8")
    ran = run_pytest(project, "-q", "rubrics/cases/more.yaml")
    assert (ran.code, "2 passed" in ran.out) == (0, True), ran.out


def test_a_project_without_cases_imports_nothing_and_sees_nothing(tmp_path: Path) -> None:
    for name, text in {
        "rubrics/cases/deployment.yaml": "cases: [a]\nkind: Service\n",
        "config/rubric.yaml": CASES,
        "rubrics/notes.yaml": CASES,
        "data/lines.jsonl": '{"turns": [], "expect": {}}\n',
        "test_it.py": f"""
import sys
def test_nothing_heavy_is_here():
    assert "roleplay.pytest_plugin" in sys.modules
    assert set(sys.modules) & {set(HEAVY) - {"textual"} | {"roleplay.suite", "roleplay.library", "click"}!r} == set()
""",
    }.items():
        file = tmp_path / "project" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    ran = run_pytest(tmp_path / "project", "-q", "--strict-markers", "-W", "error")
    assert (ran.code, "1 passed" in ran.out) == (0, True), ran.out


def test_a_file_of_cases_is_known_by_its_place_and_its_keys(tmp_path: Path) -> None:
    assert set(ENDINGS) == set(case_files.ENDINGS)
    assert cases_folder(Path("/a/rubrics/cases/x.yaml")) == Path("/a/rubrics/cases")
    assert cases_folder(Path("/a/rubrics/team/cases/more/x.yaml")) == Path("/a/rubrics/team/cases")
    assert cases_folder(Path("/rubrics/cases/a/rubrics/x.yaml")) is None
    assert cases_folder(Path("/a/cases/rubrics/x.yaml")) is None
    for file in (builtin_folder() / "rubrics" / "cases").iterdir():
        assert looks_like_cases(file)
    assert not looks_like_cases(tmp_path / "nowhere.yaml")
    for text in (
        '{"format": 1, "cases": []}',
        "# a remark\nformat: 1\nrubrik: x\ncases:\n",
        "<<<<\nrubric: a\nformat: 2",
    ):
        (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
        assert looks_like_cases(tmp_path / "one.yaml"), text


@pytest.mark.slow  # 601 cases
def test_the_bundled_cases_are_what_roleplay_test_says(tmp_path: Path) -> None:
    (tmp_path / "rubrics").symlink_to(REPOSITORY / "rubrics", target_is_directory=True)
    (tmp_path / "personas").symlink_to(REPOSITORY / "personas", target_is_directory=True)
    ran = run_pytest(tmp_path, "rubrics/cases", "-q", "--junitxml=report.xml")
    ended = list(endings(tmp_path / "report.xml").values())
    command = subprocess.run(
        [sys.executable, "-m", "roleplay", "test", "-q"],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.code == command.returncode
    assert f"{ended.count('passed')} passed, {ended.count('skipped')} known to fail" in command.stdout
