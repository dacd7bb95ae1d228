"""An accepted dispute becomes a case, a line an example; whatever stands in the file is kept."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roleplay.case import Cases
from roleplay.dispute import Dispute, DisputeKind, RaisedDispute, RightVerdict, Seen
from roleplay.errors import BadFile, UsageProblem
from roleplay.library.case_files import read_case_file
from roleplay.library.fits import sealed
from roleplay.library.folder import Library, builtin_folder
from roleplay.library.strict_yaml import parse
from roleplay.library.validated import read_value, validated
from roleplay.rubric import Rubric
from roleplay.score import Sight, Verdict
from roleplay.suite.disputes import Entry, case_entry, example_entry

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
CRITERION = "acknowledges_feeling"
LINE = "That must have been a dreadful week, with the baby and no heating."
WRITTEN = """\
# Ours. Do not lose this line.
format: 1
rubric: customer-care   # the bundled one
cases:
- id: first        # at column 0
  turns:
  - {speaker: trainee, text: "I'm sorry."}
  expect: {criteria: {acknowledges_feeling: not_shown}}
  # and this one
- id: second
  turns: [{speaker: trainee, text: 'Oh no.'}]
  expect:
    criteria:
      acknowledges_feeling: shown
# the end
"""
RUBRIC = """\
# Our rubric.
format: 1
id: ours
title: Ours
weights: {listening: 1}
criteria:
  - id: hears
    title: Hears
    dimension: listening
    due: {at: any}
    examples:     # what people say
      - I hear you.
      - "That sounds hard."   # from Marta

      # the next one is long
      - I can imagine
        how that was.
    counterexamples: [I can't hear you.]
  - id: folds
    title: Folds
    dimension: listening
    due: {at: any}
    counterexamples: [No.]
    examples:
      - >
        A folded
        line.
# after all
moves: []
"""


def raised(
    kind: DisputeKind = DisputeKind.VERDICT,
    criterion: str = CRITERION,
    reply: str = LINE,
    customer: str = "It's been a week!",
    rubric: str = "customer-care",
    sight: Sight | None = None,
    **more: str,
) -> RaisedDispute:
    seen = Seen(customer, reply, criterion, sight)
    return RaisedDispute(1, Dispute("call-1", kind, 2, seen, RightVerdict.SHOWN, NOW, **more), "Zoë Müller", rubric)


def proud(criterion: str = "hears", reply: str = LINE, sight: Sight | None = None, name: str = "") -> RaisedDispute:
    return raised(DisputeKind.PROUD, criterion, reply, sight=sight, name=name)


def written(entry: Entry) -> str:
    """Puts it on disk, as the edge does."""
    assert entry.text is not None
    entry.file.write_bytes(entry.text.encode())
    return entry.text


def case(file: Path, library: Library, told: RaisedDispute | None = None, known: str = "") -> Entry:
    return case_entry(told or raised(), RightVerdict.SHOWN, file, library, known)


def test_a_new_file_is_made_with_its_head(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    text = written(case(file, library, raised(why="I said: “dreadful”")))
    assert text.startswith("# yaml-language-server: $schema=cases.schema.json\n")
    (placed,) = read_case_file(file)
    assert (placed.rubric, placed.case.source, placed.case.tags) == ("customer-care", "dispute", ("dispute",))
    assert placed.case.expect.criteria == {CRITERION: "shown"}
    assert [(turn.speaker, turn.text) for turn in placed.case.turns] == [
        ("customer", "It's been a week!"),
        ("trainee", LINE),
    ]
    assert "# the trainee: I said: “dreadful”" in text


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["# the end\n", "# the end", ""])
def test_a_file_that_is_there_keeps_every_line_of_its_own(
    library: Library, tmp_path: Path, ends: str, before: str, last: str
) -> None:
    file = tmp_path / "ours.yaml"
    old = before + WRITTEN.replace("# the end\n", last).replace("\n", ends)
    file.write_bytes(old.encode())
    text = written(case(file, library))
    assert text.startswith(old)
    assert [one.case.id for one in read_case_file(file)][:2] == ["first", "second"]
    assert len(read_case_file(file)) == 3
    assert text.count("\n") == text.count(ends)


def test_a_list_that_is_not_the_last_key_is_added_to_in_its_place(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    head, cases = WRITTEN.split("cases:\n")
    file.write_text(f"# first\ncases:\n{cases}{head}", encoding="utf-8")
    text = written(case(file, library))
    assert len(read_case_file(file)) == 3
    added = "".join(f"{line}\n" for line in text.splitlines() if line not in file.read_text(encoding="utf-8"))
    assert added == ""
    assert all(line in text for line in (f"# first\ncases:\n{cases}{head}").splitlines())


def test_the_same_dispute_is_written_once_and_another_one_beside_it(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    first = case(file, library)
    written(first)
    again = case(file, library)
    assert (again.text, again.what) == (None, first.what)
    other = case(file, library, raised(reply="Other words."))
    assert other.what == f"{first.what}-2"
    written(other)
    assert len({one.case.id for one in read_case_file(file)}) == 2


def test_what_is_known_to_fail_is_marked(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    entry = case(file, library, known="to be mended: in May")
    written(entry)
    assert read_case_file(file)[0].case.known_failure == "to be mended: in May"
    assert "take the mark away" in entry.advice


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("format: 1\nrubric: other\ncases: []\n", "holds cases of the rubric other"),
        ("format: 1\nrubric: customer-care\ncases: []\n", "is written in brackets"),
        ("format: 1\nrubric: customer-care\ncases:\n  - id: [\n", "new.yaml:"),
        ("format: 1\nrubric: customer-care\n", "cases: is missing"),
        ("", "the file is empty"),
        (WRITTEN.replace("acknowledges_feeling: shown", "acknowledges_feelings: shown"), "did you mean"),
        (WRITTEN + "...\n", "cannot be added to as it is written|new.yaml:"),
        ("{format: 1, rubric: customer-care, cases: []}\n", "is not written as"),
    ],
)
def test_a_file_that_cannot_be_added_to_is_one_message_and_stays(
    library: Library, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "new.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem, match=said):
        case(file, library)
    assert file.read_text(encoding="utf-8") == text


def test_a_criterion_that_is_gone_and_a_file_of_another_kind_are_said(library: Library, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="has no gone_by any more"):
        case(tmp_path / "new.yaml", library, raised(criterion="gone_by"))
    with pytest.raises(UsageProblem, match=r"should end in \.yaml"):
        case(tmp_path / "new.jsonl", library)
    with pytest.raises(UsageProblem, match="proud of"):
        case(tmp_path / "new.yaml", library, proud())


def test_a_rubric_that_the_library_does_not_know_is_no_obstacle(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    written(case(file, library, raised(rubric="from-a-file", criterion="anything")))
    assert read_case_file(file)[0].rubric == "from-a-file"


TYPED = st.text(st.characters(exclude_categories=()), max_size=80)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(customer=TYPED, reply=TYPED, why=TYPED, known=TYPED)
def test_any_text_of_a_trainee_gives_a_case_that_loads(
    library: Library, tmp_path: Path, customer: str, reply: str, why: str, known: str
) -> None:
    file = tmp_path / "any.yaml"
    file.write_text(WRITTEN, encoding="utf-8")
    text = case(file, library, raised(customer=customer, reply=reply, why=why), known).text
    assert text is not None
    value, problems = validated(parse(text.encode().decode(), file), Cases)
    assert problems == []
    assert value is not None
    assert len(value.cases) == 3


# Examples


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    file = tmp_path / "rubrics" / "ours.yaml"
    file.parent.mkdir()
    file.write_text(RUBRIC, encoding="utf-8")
    return file


def test_a_line_becomes_the_last_example_with_the_name_beside_it(ours: Path) -> None:
    text = written(example_entry(proud(name="Ana Kovač"), ours))
    added = f'      - "{LINE}"  # said by Ana Kovač\n'
    assert text == RUBRIC.replace("        how that was.\n", f"        how that was.\n{added}")
    assert read_value(ours, Rubric)[0].criterion("hears").examples[-1] == LINE


def test_without_a_name_there_is_none(ours: Path) -> None:
    assert "said by" not in written(example_entry(proud(), ours))


def test_a_line_goes_behind_a_folded_one(ours: Path) -> None:
    text = written(example_entry(proud("folds"), ours))
    assert text == RUBRIC.replace("        line.\n", f'        line.\n      - "{LINE}"\n')


def test_the_sentence_that_showed_it_is_the_example_unless_the_trainer_gives_another(ours: Path) -> None:
    sight = Sight("hears", Verdict.SHOWN, sentence="That was hard.")
    entry = example_entry(proud(reply="Right. That was hard. Well.", sight=sight), ours)
    assert entry.what == "hears: That was hard."
    assert example_entry(proud(), ours, "folds", "A better   one.").what == "folds: A better one."


def test_a_line_that_stands_there_is_not_added_twice(ours: Path) -> None:
    assert example_entry(proud(reply="I hear you."), ours).text is None
    with pytest.raises(UsageProblem, match="as a counterexample"):
        example_entry(proud(reply="I can't hear you."), ours)


def test_what_cannot_be_an_example_is_one_message(ours: Path, library: Library, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="names no criterion"):
        example_entry(proud(""), ours)
    with pytest.raises(UsageProblem, match="has no criterion gone"):
        example_entry(proud("gone"), ours)
    with pytest.raises(UsageProblem, match="at most 600"):
        example_entry(proud(reply="word " * 200), ours)
    with pytest.raises(UsageProblem, match="holds no rubric"):
        example_entry(proud(), tmp_path / "nowhere.yaml")
    with pytest.raises(UsageProblem, match="about a verdict"):
        example_entry(raised(), ours)
    with pytest.raises(UsageProblem, match="belongs to the built-in library"):
        example_entry(proud(CRITERION), library.rubric_file("customer-care"))
    ours.write_text(RUBRIC.replace("      - I hear you.\n", "      - I hear: you.\n"), encoding="utf-8")
    with pytest.raises(BadFile, match=r"ours\.yaml:12"):
        example_entry(proud(), ours)


def test_examples_in_brackets_are_left_to_a_person(ours: Path) -> None:
    ours.write_text(
        RUBRIC.replace("    examples:\n      - >\n        A folded\n        line.\n", "    examples: [A.]\n")
    )
    with pytest.raises(BadFile, match="in brackets"):
        example_entry(proud("folds"), ours)


def test_a_copy_of_the_bundled_rubric_takes_an_example(tmp_path: Path) -> None:
    for ending in ("yaml", "npz"):
        shutil.copy(builtin_folder() / "rubrics" / f"customer-care.{ending}", tmp_path)
    file = tmp_path / "customer-care.yaml"
    before = file.read_text(encoding="utf-8")
    entry = example_entry(proud(CRITERION, name="Ana"), file)
    text = written(entry)
    assert len(text.splitlines()) == len(before.splitlines()) + 1
    assert "was learnt before this line" in entry.advice
    assert Library((tmp_path,)).rubric(str(file)).criterion(CRITERION).examples[-1] == LINE


def test_a_sealed_fit_is_not_edited(library: Library, tmp_path: Path) -> None:
    from roleplay.library.fits import fit_text  # noqa: PLC0415 - of this test only

    bundled = library.rubric("customer-care")
    assert bundled.fit is not None
    fit = bundled.fit.model_copy(update={"graded_by": "graders"})
    file = tmp_path / "fitted.yaml"
    file.write_text(fit_text(sealed(bundled.model_copy(update={"id": "fitted", "fit": fit}))), encoding="utf-8")
    with pytest.raises(UsageProblem, match="is sealed") as caught:
        example_entry(proud(CRITERION), file)
    assert "rubric fit" in caught.value.next_step


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reply=TYPED, name=TYPED)
def test_any_line_gives_a_rubric_that_loads(ours: Path, reply: str, name: str) -> None:
    text = example_entry(proud(reply=reply, name=name), ours).text
    assert text is not None
    value, problems = validated(parse(text.encode().decode(), ours), Rubric)
    assert problems == []
    assert value is not None
    assert len(value.criterion("hears").examples) == 4
