"""`train`, `certificate`, `export` and goals, by the real command: every layer line by line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from roleplay.drafting.persona_questions import persona_topics
from roleplay.drafting.persona_set import temperament_choices
from roleplay.drafting.worked import ANSWERS
from roleplay.library.folder import Library, builtin_folder
from roleplay.store.records import Records
from roleplay.training import Deed, TrainingEntry
from tests.cli.conftest import Roleplay, rehearsal

pytestmark = pytest.mark.usefixtures("warm")


def deeds(home: Path) -> list[TrainingEntry]:
    records = Records(home)
    try:
        return records.training.entries()
    finally:
        records.close()


def placed(home: Path, layer: str) -> None:
    records = Records(home)
    records.training.add(TrainingEntry(layer, datetime.now(UTC), Deed.PLACED, layer, challenge=2.0))
    records.close()


def test_the_starter_layer_line_by_line(roleplay: Roleplay, home: Path) -> None:
    answers = "1\nno idea\nno idea\nno idea\nno idea\n1\nGood morning, this is Alex, how can I help you?\n2\n1\n/stop\n"
    ran = roleplay("train", "--plain", typed=answers)
    assert (ran.code, ran.tidy) == (0, True)
    assert "You begin in: Starter" in ran.out
    assert "✓ Greets and asks" in ran.out
    assert "Why: A name and a question" in ran.out
    assert [one.deed for one in deeds(home)] == [*[Deed.QUESTION] * 4, Deed.PLACED, Deed.QUESTION]
    assert "2 of 4" in ran.out, "and on to the next"


def test_the_steady_layer_line_by_line(roleplay: Roleplay, home: Path, library: Library) -> None:
    placed(home, "steady")
    typed = rehearsal(library, "moving-house", "competent") + "/stop\n"
    ran = roleplay("train", "small-favours", typed=typed)
    assert (ran.code, ran.tidy) == (0, True)
    assert "Level 2 of 9" in ran.out
    assert "What follows" in ran.out
    (call,) = [one for one in deeds(home) if one.deed is Deed.CALL]
    assert call.what == "small-favours"


def test_the_sharp_layer_line_by_line(roleplay: Roleplay, home: Path) -> None:
    placed(home, "sharp")
    ran = roleplay("train", "the-bill", typed="1\n1\n1\n1\n1\n1\n1\nIt listens.\n")
    assert (ran.code, ran.tidy) == (0, True)
    assert "You and the trainer:" in ran.out
    assert [one.deed for one in deeds(home)][1:] == [Deed.CASE]
    roleplay("practice", "moving-house", "--seed", "1", typed="Hello.\n/end\n")
    sheet = roleplay("train", "sheet", typed="I said nothing.\nSay more.\n1\n")
    assert (sheet.code, "The program:" in sheet.out) == (0, True)
    assert sheet.out.index("You: I said nothing.") < sheet.out.index("The program:")
    again = roleplay("train", "sheet")
    assert "Nothing for the sheet yet" in again.out
    assert "What you set out to watch" in again.out


def test_the_mentor_layer_line_by_line(roleplay: Roleplay, home: Path) -> None:
    placed(home, "mentor")
    graded = roleplay("train", "grade", typed="1\n2\n3\nYou listened well.\n")
    assert (graded.code, "You and the trainer: the same band in" in graded.out) == (0, True)
    case = roleplay("train", "write", typed="1\nWhere is it?\nI'll find out myself and stay on it.\n10\n1\n")
    assert (case.code, "Your case" in case.out) == (0, True)
    file = home / "written" / "cases.jsonl"
    tested = roleplay("test", file, "--rubric", "customer-care")
    assert (tested.code, "1 " in tested.out + tested.err) == (0, True)
    assert [one.deed for one in deeds(home)][1:] == [Deed.GRADE, Deed.WRITTEN]


def test_a_mentor_writes_a_customer_line_by_line(roleplay: Roleplay, home: Path) -> None:
    """The worked example's answers, as they are typed: a list stands in one paste, here in one line."""
    placed(home, "mentor")
    topics = persona_topics(temperament_choices(Library.open()), lambda _: "")
    typed, answered = ["2"], dict[str, tuple[str, ...]]()
    for question in (one for topic in topics for one in topic.questions):
        if not question.applies(answered):
            continue
        answered[question.key] = lines = ANSWERS.get(question.key, ())
        number = next((at for at, one in enumerate(question.choices, 1) if (one.name,) == lines), 0)
        typed += [str(number)] if number else lines
        if not number and len(lines) < question.most:
            typed.append("")
    ran = roleplay("train", "write", typed="\n".join(typed) + "\n")
    assert (ran.code, ran.tidy) == (0, True)
    assert "Your customer can be called" in ran.out, ran.out[-600:]
    identifier = ANSWERS["id"][0]
    assert roleplay("--library", home / "written", "persona", "check", identifier, "--quick").code == 0


def test_a_shift_line_by_line(roleplay: Roleplay, home: Path) -> None:
    placed(home, "steady")
    calls = "Hello, how can I help?\n/end\nAgreed to ring back.\n"
    ran = roleplay("train", "shift", typed=f"1\n{calls * 3}")
    assert (ran.code, ran.tidy) == (0, True)
    assert "The shift" in ran.out
    assert "Half of it" in ran.out
    assert [one.deed for one in deeds(home)].count(Deed.WRAP_UP) == 3


def test_an_unknown_drill_is_named_with_those_there_are(roleplay: Roleplay) -> None:
    ran = roleplay("train", "shfit")
    assert (ran.code, ran.tidy) == (2, True)
    assert "did you mean shift?" in ran.err
    assert "starter, steady, sharp, mentor" in ran.err


def test_the_end_of_input_leaves_and_keeps_what_was_done(roleplay: Roleplay, home: Path) -> None:
    ran = roleplay("train", "hello-gym", typed="Hello, Alex here, how can I help?\n")
    assert (ran.code, ran.tidy) == (0, True)
    assert [one.what for one in deeds(home)] == ["hello-gym"]


def test_a_goal_of_one_s_own(roleplay: Roleplay) -> None:
    ran = roleplay("progress", "--goal", "listening", "80", "--by", "2027-03-31")
    assert (ran.code, "Listening at least 80 by 31 March 2027" in ran.err) == (0, True)
    wrong = roleplay("progress", "--goal", "listning", "80")
    assert (wrong.code, wrong.tidy, "There are:" in wrong.err) == (2, True, True)
    assert roleplay("progress", "--by", "2027-03-31").code == 2


def test_compare_knows_the_calls_that_teach(roleplay: Roleplay) -> None:
    ran = roleplay("compare", "water-bill:good", "water-bill:poor")
    assert (ran.code, ran.tidy) == (0, True)
    assert "Moment by moment" in ran.out
    assert "did not come to it" in ran.out
    assert "The trainer on water-bill:poor" in ran.out
    aligned = json.loads(roleplay("compare", "water-bill:good", "water-bill:poor", "--json").out)["aligned"]
    assert aligned[0]["what"] == "The first reply"
    assert any(one["what"].startswith("Step:") and one["b"] is None for one in aligned)
    wrong = roleplay("compare", "water-bill:best", "water-bill:poor")
    assert (wrong.code, "water-bill:good" in wrong.err) == (2, True)


def test_export_tells_what_it_told(roleplay: Roleplay, tmp_path: Path) -> None:
    roleplay("practice", "moving-house", "--seed", "1", typed="Hello, a secret.\n/end\n")
    nothing = roleplay("export")
    assert (nothing.code, json.loads(nothing.out)["trainees"][0]["calls"]) == (0, [])
    mine, page = tmp_path / "mine.json", tmp_path / "team.html"
    ran = roleplay("export", "--also", "practice", "--name", "Zoë", "--out", mine)
    assert (ran.code, "✓ practice calls" in ran.err) == (0, True)
    assert "secret" not in mine.read_text(encoding="utf-8")
    table = roleplay("export", mine, mine, "--format", "csv")
    assert len(table.out.splitlines()) == 2, "a file given twice counts once"
    statements = json.loads(roleplay("export", mine, "--format", "xapi").out)
    assert statements[0]["actor"]["name"] == "Zoë"
    assert roleplay("export", mine, "--format", "cohort", "--out", page).code == 0
    assert "For practice, not for personnel decisions" in page.read_text(encoding="utf-8")
    wrong = roleplay("export", mine, "--name", "Ada")
    assert (wrong.code, wrong.tidy) == (2, True)
    assert roleplay("export", tmp_path / "none.json").code == 2
    assert roleplay("export", "--out", tmp_path / "no" / "such.json").code == 3


@pytest.mark.slow
def test_a_certificate_from_the_graded_calls_to_its_verification(
    roleplay: Roleplay, tmp_path: Path, library: Library
) -> None:
    """A house fits the rubric on graded calls of its own, and certifies under it, with a customer nobody else has."""
    key, out = tmp_path / "trainer.pem", tmp_path / "zoe.json"
    refused = roleplay("certificate", "take", "--name", "Zoë", "--out", out)
    assert (refused.code, "never checked against graders" in refused.err) == (2, True)
    house = tmp_path / "house"
    (house / "rubrics").mkdir(parents=True)
    (house / "personas" / "curricula").mkdir(parents=True)
    text = (builtin_folder() / "personas" / "curricula" / "contact-centre.yaml").read_text(encoding="utf-8")
    text = text.replace("id: contact-centre", "id: ours").replace("rubric: customer-care", "rubric: ours", 1)
    text = text.replace("wrong-sofa]\n  seed: 20", "hidden-sofa]\n  seed: 20")
    sofa = (builtin_folder() / "personas" / "wrong-sofa.yaml").read_text(encoding="utf-8")
    hidden = house / "personas" / "hidden-sofa.yaml"
    hidden.write_text(sofa.replace("id: wrong-sofa", "id: hidden-sofa"), encoding="utf-8")
    (house / "personas" / "curricula" / "ours.yaml").write_text(text, encoding="utf-8")
    graded = tmp_path / "graded.jsonl"
    graded.write_text("\n".join(json.dumps(one) for one in graded_calls(library)), encoding="utf-8")
    fitted = roleplay("rubric", "fit", "customer-care", graded, "--out", house / "rubrics" / "ours.yaml")
    assert fitted.code == 0, fitted.err
    assert roleplay("certificate", "key", key).code == 0
    personas = library.curriculum("contact-centre").certification.personas
    typed = "".join(rehearsal(library, one, "competent") for one in personas)
    taken = roleplay(
        "--library", house, "certificate", "take", "--name", "Zoë", "--out", out, "--key", key, typed=typed
    )
    assert (taken.code, taken.tidy) == (0, True), taken.err
    body = json.loads(out.read_text(encoding="utf-8"))["certificate"]
    assert (body["rubric"], body["attempt"], len(body["calls"])) == ("ours", 1, 5)
    assert body["calls"][-1]["persona"] == "hidden-sofa"
    assert body["lower_bound"] is not None
    verified = roleplay("certificate", "verify", out, "--key", f"{key}.pub")
    assert verified.code == (0 if body["passed"] else 1)
    assert "Zoë" in verified.out
    assert roleplay("certificate", "verify", out).code == 2, "no key is known here"
    changed = out.read_text(encoding="utf-8").replace("Zoë", "Ada")
    out.write_text(changed, encoding="utf-8")
    assert roleplay("certificate", "verify", out, "--key", f"{key}.pub").code == 1


def graded_calls(library: Library) -> list[dict[str, object]]:
    """Good and poor calls, graded as anybody would."""
    found: list[dict[str, object]] = []
    grades = {"competent": 0.9, "terse": 0.85, "learner": 0.9, "average": 0.5, "lazy": 0.15, "rude": 0.05}
    for name in library.persona_ids():
        lines = library.rehearsal(name)
        assert lines is not None
        for kind, grade in grades.items():
            turns = [
                {"speaker": "trainee", "text": line}
                for line in lines.plainest(kind)  # type: ignore[arg-type] # the kinds there are
                if not line.startswith("/")
            ]
            labels = dict.fromkeys(("smoothness", "listening", "first_call_resolution"), grade)
            found.append({"id": f"{name}-{kind}", "turns": turns, "labels": labels})
    return found
