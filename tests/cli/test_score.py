"""`roleplay score`, `rubric fit` and `rubric agree`, by the real command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from roleplay.premises import open_switchboard
from roleplay.transcript import Transcript
from tests.cli.conftest import Roleplay
from tests.scoring.calls import ASKED, GOOD, call, graded

DIMENSIONS = ("first_call_resolution", "listening", "smoothness")


def lines(calls: Sequence[Transcript]) -> str:
    return "".join(
        json.dumps(
            {
                "id": one.id,
                "turns": [{"speaker": turn.speaker.value, "text": turn.text} for turn in one.turns],
                "labels": {name: given[0] for name, given in one.labels.items()},
            }
        )
        + "\n"
        for one in calls
    )


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    file = tmp_path / "calls.jsonl"
    file.write_text(lines(graded(40, "listening")), encoding="utf-8")
    return file


@pytest.fixture
def fitted(roleplay: Roleplay, warm: Path, tmp_path: Path, calls: Path) -> Path:
    out = tmp_path / "ours.yaml"
    ran = roleplay("rubric", "fit", "customer-care", calls, "--out", out)
    assert ran.code == 0
    assert ran.out.startswith("On 40 calls you graded, the scores rank listening ")
    assert "\nlistening: fitting " in ran.out
    assert "\n  before fitting " in ran.out
    assert warm
    return out


@pytest.mark.usefixtures("warm")
def test_each_format_says_the_same_and_nothing_else_on_stdout(roleplay: Roleplay, calls: Path) -> None:
    rows = [json.loads(line) for line in roleplay("score", calls, "--format", "jsonl").out.splitlines()]
    assert [row["id"] for row in rows] == [f"call-{at}" for at in range(40)]
    for row in rows:
        assert all(row[name] is None or 0 <= row[name] <= 100 for name in (*DIMENSIONS, "overall"))
        assert set(row["criteria"].values()) <= {"shown", "unsure", "not_shown"}
        assert row["evidence"]["basis"] == "estimated"
        assert row["evidence"]["reads"] == "trainee"
        assert row["evidence"]["taught"] is False
        assert {one["basis"] for one in row["evidence"]["criteria"]} == {"due", "estimated"}
        assert {one["criterion"] for one in row["evidence"]["criteria"]} == set(row["criteria"])
        assert "announces_hold" not in row["criteria"]
        assert row["evidence"]["embedder"].startswith("all-minilm-l6-v2@sha256:")
    table = roleplay("score", calls)
    assert "not yet checked against your graders" in table.err
    assert len(table.out.splitlines()) == 41
    read = list(csv.DictReader(io.StringIO(roleplay("score", calls, "--format", "csv").out)))
    assert [float(row["overall"]) for row in read] == [row["overall"] for row in rows]


@pytest.mark.usefixtures("warm")
def test_a_bad_line_is_named_and_the_rest_is_scored(roleplay: Roleplay, tmp_path: Path) -> None:
    text = lines([call("a", ASKED[0], GOOD[0])]) + "{oops\n\n" + lines([call("b", ASKED[1], GOOD[1])])
    piped = roleplay("score", "-", "--format", "jsonl", typed=text)
    assert piped.code == 1
    assert piped.tidy
    assert [json.loads(line)["id"] for line in piped.out.splitlines()] == ["a", "b"]
    assert "-:2: not JSON" in piped.err
    file = tmp_path / "a.jsonl"
    file.write_text(lines([call("a", ASKED[0], GOOD[0])]), encoding="utf-8")
    both = roleplay("score", file, file, "--format", "csv")
    assert both.code == 0
    assert len(both.out.splitlines()) == 3
    file.write_text(text, encoding="utf-8")
    both = roleplay("score", file, file, "--format", "csv")
    assert (both.code, len(both.out.splitlines())) == (1, 5)
    assert both.err.splitlines()[0].startswith(f"{file}:2: not JSON")
    assert both.err.splitlines()[1:] == ["1 line could not be read; the other 4 calls were scored."]


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such.jsonl",), "cannot be read"),
        (("-", "--rubric", "customer-car"), "did you mean customer-care"),
        (("-", "--whole-call"), "reads the trainee's turns only"),
        ((), "Missing argument"),
    ],
)
def test_what_cannot_be_scored_is_said(roleplay: Roleplay, arguments: tuple[str, ...], said: str) -> None:
    ran = roleplay("score", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.tidy


def test_a_fit_is_written_read_and_used(roleplay: Roleplay, fitted: Path, calls: Path) -> None:
    text = fitted.read_text(encoding="utf-8")
    assert text.startswith("# Written by `roleplay rubric fit`")
    assert fitted.with_suffix(".npz").is_file()
    assert roleplay("rubric", "check", fitted).out == "ours: ok\n"
    taught = roleplay("rubric", "agree", fitted, calls)
    assert (taught.code, taught.out) == (2, "")
    assert "40 calls were left out: they taught this rubric" in taught.err
    new = calls.with_name("new.jsonl")
    new.write_text(lines(graded(30, "listening", seed=5)), encoding="utf-8")
    agreed = roleplay("rubric", "agree", fitted, new)
    assert agreed.code == 0
    assert agreed.out.startswith("On 28 calls you graded, ")
    assert "before fitting" not in agreed.out
    for said in ("agreement (Spearman)", "beyond length and overlap", "kappa", "simple counts", "ways of writing"):
        assert said in agreed.out
    rows = [
        json.loads(line) for line in roleplay("score", calls, "--rubric", fitted, "--format", "jsonl").out.splitlines()
    ]
    assert all(row["evidence"]["taught"] for row in rows)
    both = calls.with_name("both.jsonl")
    both.write_text(lines([*graded(1, "listening"), *graded(1, "listening", seed=5)]), encoding="utf-8")
    table = roleplay("score", both, "--rubric", fitted)
    assert [line.endswith("taught this rubric") for line in table.out.splitlines()[1:]] == [True, False]
    assert "1 of these calls taught the rubric" in table.err
    good = [row["listening"] for row in rows[::2]]
    poor = [row["listening"] for row in rows[1::2]]
    assert sum(good) / len(good) > sum(poor) / len(poor) + 20
    assert any("graded" in sentence["because"] for row in rows for sentence in row["evidence"]["sentences"])
    assert "not yet checked" not in roleplay("score", calls, "--rubric", fitted).err


def test_a_call_is_practised_under_a_fit_and_replayed(roleplay: Roleplay, fitted: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    typed = "Good morning, this is Ana, what happened?\nI'll look into the meter for you now.\n"
    ran = roleplay(
        "practice", "moving-house", "--seed", "1", "--rubric", fitted, "--report", report, typed=typed + "/end\n"
    )
    assert ran.code == 0
    assert "scored as your graders would" in " ".join(ran.out.split())
    first = json.loads(report.read_text(encoding="utf-8"))
    assert first["rubric"] == "ours"
    fitted.unlink()
    fitted.with_suffix(".npz").unlink()
    identifier = roleplay("history").out.split()[0]
    replayed = open_switchboard(None, print).replay(identifier).scorecard()
    assert {**replayed.dimensions, "overall": replayed.overall} == first["scores"]


def test_a_call_of_one_word_under_a_fit_ends_well(roleplay: Roleplay, fitted: Path) -> None:
    ran = roleplay("practice", "moving-house", "--rubric", fitted, typed="Hello.\n/end\n")
    assert (ran.code, ran.tidy) == (0, True), ran.err


def test_a_whole_call_fit_grades_no_person(roleplay: Roleplay, warm: Path, calls: Path, tmp_path: Path) -> None:
    out = tmp_path / "both.yaml"
    assert roleplay("rubric", "fit", "customer-care", calls, "--out", out, "--whole-call").code == 0
    refused = roleplay("practice", "moving-house", "--rubric", out, typed="Hello there, how can I help?\n")
    assert refused.code == 2
    assert "grades no person" in refused.err
    assert roleplay("score", calls, "--rubric", out).code == 2
    told = roleplay("score", calls, "--rubric", out, "--whole-call")
    assert told.code == 0
    assert "never a person's score" in told.err
    assert warm


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda yaml, _: yaml.write_text(yaml.read_text().replace("weight: 3", "weight: 9")), "was edited after"),
        (lambda yaml, _: yaml.write_text(yaml.read_text().replace("calls: 40", "calls: 900", 1)), "was edited after"),
        (lambda _, array: array.write_bytes(array.read_bytes()[:-9]), "cut short, or changed"),
        (lambda _, array: array.unlink(), "cannot be read"),
    ],
    ids=["a weight", "a figure", "cut short", "gone"],
)
def test_a_fit_that_was_changed_is_refused(
    roleplay: Roleplay, fitted: Path, calls: Path, spoil: Callable[[Path, Path], None], said: str
) -> None:
    spoil(fitted, fitted.with_suffix(".npz"))
    ran = roleplay("score", calls, "--rubric", fitted)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.tidy


def labels(number: int, given: object, count: int = 30) -> str:
    """Graded calls, one of them with other labels."""
    rows = lines(graded(count, "listening")).splitlines()
    row = json.loads(rows[number])
    rows[number] = json.dumps(row | {"labels": given})
    return "\n".join(rows) + "\n"


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("command", ["fit", "agree"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (labels(4, {"listening": 1.2}), ":5: labels: listening is 1.2; labels run from 0 to 1"),
        (labels(4, {"lisening": 0.2}), "did you mean listening?"),
        (labels(4, {"listening": float("nan")}), ":5: labels.listening: should be a number"),
        (labels(0, {"listening": 0.5}, 12), "at least 20 are needed"),
        (
            lines([call(f"c{at}", "Hi.", f"Hello {at} there.", labels={"listening": 1.0}) for at in range(30)]),
            "same grade",
        ),
        (lines([call(f"c{at}", "Hi.", f"Hello {at} there.") for at in range(30)]), "no call in the file is graded"),
        ("{\n", ":1: not JSON"),
        ("", "no call in the file is graded"),
    ],
    ids=["out of range", "unknown name", "NaN", "too few", "one class", "no labels", "no JSON", "empty"],
)
def test_bad_grades_are_named_and_nothing_is_written(
    roleplay: Roleplay, tmp_path: Path, command: str, text: str, said: str
) -> None:
    file = tmp_path / "graded.jsonl"
    file.write_text(text, encoding="utf-8")
    out = ("--out", tmp_path / "out.yaml") if command == "fit" else ()
    ran = roleplay("rubric", command, "customer-care", file, *out)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.tidy
    assert sorted(one.name for one in tmp_path.iterdir() if one.name != "home") == ["graded.jsonl"]


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("name", "said"), [("Our Grading.yaml", "cannot be the name of a rubric"), ("ours.txt", "should end in .yaml")]
)
def test_a_fit_needs_a_rubrics_name(roleplay: Roleplay, calls: Path, tmp_path: Path, name: str, said: str) -> None:
    ran = roleplay("rubric", "fit", "customer-care", calls, "--out", tmp_path / name)
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.usefixtures("warm")
def test_a_folder_that_is_not_there_is_said_before_anything_is_learnt(
    roleplay: Roleplay, calls: Path, tmp_path: Path
) -> None:
    ran = roleplay("rubric", "fit", "customer-care", calls, "--out", tmp_path / "no" / "ours.yaml")
    assert ran.code == 3
    assert ran.tidy
