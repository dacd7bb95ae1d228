"""Which cases are found, and what is refused: all of it at once, each with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from roleplay.errors import BadFile, UsageProblem
from roleplay.library.folder import Library
from tests.suite.build import CASES, changed, found, house, write_cases

GREETS = {
    "id": "by-machine",
    "turns": [{"speaker": "trainee", "text": "Hello."}],
    "expect": {"criteria": {"greets": "shown"}},
}


def lines(folder: Path, *data: object) -> Path:
    file = folder / "machine.jsonl"
    file.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in data), encoding="utf-8")
    return file


def problems(folder: Path, library: Library, *paths: Path) -> list[str]:
    with pytest.raises(BadFile) as caught:
        found(library, *paths)
    return caught.value.message.replace(f"{folder}/", "").splitlines()


def test_a_library_a_rubrics_folder_a_folder_of_cases_and_a_file_hold_the_same_cases(tmp_path: Path) -> None:
    library = house(tmp_path)
    more = changed(changed(CASES, "greets-plain", "greets-again"), "no-blame-breach", "no-blame-again")
    write_cases(tmp_path, more, "more.yaml")
    whole = [one.placed.case.id for one in found(library)]
    assert whole == ["greets-plain", "no-blame-breach", "greets-again", "no-blame-again"]
    for path in (tmp_path, tmp_path / "rubrics", tmp_path / "rubrics" / "cases"):
        assert [one.placed.case.id for one in found(library, path)] == whole
    assert [one.key for one in found(library, tmp_path / "rubrics" / "cases" / "more.yaml")] == [
        ("house", "greets-again"),
        ("house", "no-blame-again"),
    ]
    assert len(found(library, tmp_path, tmp_path / "rubrics")) == 4, "named twice is run once"


def test_a_case_is_about_the_rubric_of_the_library_it_lies_in(tmp_path: Path) -> None:
    house(tmp_path)
    one = found(Library.open(), tmp_path)[0]
    assert one.library.rubric(one.rubric).title == "House rules"


def test_a_house_file_stands_in_place_of_a_bundled_one_of_the_same_name(tmp_path: Path) -> None:
    house(tmp_path, name="customer-care.yaml")
    assert {one.placed.rubric for one in found(Library.open(tmp_path))} == {"house", "outbound", "survey"}


def test_a_rubrics_file_stands_in_place_of_the_rubric_of_its_id(tmp_path: Path) -> None:
    library = house(tmp_path)
    edited = tmp_path / "edited" / "house.yaml"
    edited.parent.mkdir()
    text = (tmp_path / "rubrics" / "house.yaml").read_text(encoding="utf-8")
    edited.write_text(changed(text, "House rules", "Edited rules"), encoding="utf-8")
    one = found(library, rubric=str(edited))[0]
    assert one.library.rubric(one.rubric).title == "Edited rules"


def test_json_lines_name_their_rubric_or_leave_it_to_the_flag(tmp_path: Path) -> None:
    library = house(tmp_path)
    file = lines(tmp_path, GREETS | {"rubric": "house"}, "", GREETS | {"id": "second", "rubric": "house"})
    assert [(one.placed.case.id, one.place.line) for one in found(library, file)] == [("by-machine", 1), ("second", 3)]
    nameless = lines(tmp_path, GREETS)
    assert [one.placed.rubric for one in found(library, nameless, rubric="house")] == ["house"]
    with pytest.raises(BadFile, match=r"machine\.jsonl:1: rubric: is missing") as caught:
        found(library, nameless)
    assert "--rubric" in caught.value.next_step


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ('{"id": "a", "id": "b"}', "id: this key stands twice"),
        (GREETS | {"rubric": "house", "exspect": {}}, "exspect: is not a key here (did you mean expect?)"),
        (GREETS | {"rubric": "hose"}, "no rubric is named hose (did you mean house?)"),
        (GREETS | {"rubric": "house", "expect": {"criteria": {"greets": "showed"}}}, "did you mean shown?"),
        (GREETS | {"rubric": "house", "expect": {"scores": {"listening": {"min": float("nan")}}}}, "finite number"),
        (GREETS | {"rubric": "house", "expect": {"scores": {"listening": {"min": 101}}}}, "less than or equal to 100"),
        (GREETS | {"rubric": "house", "expect": {"outcome": "solved"}}, "is not one of resolved"),
        (b"\xff".decode("latin-1"), "not JSON"),
    ],
)
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, line: object, says: str) -> None:
    file = lines(tmp_path, GREETS | {"rubric": "house"}, line)
    told = problems(tmp_path, house(tmp_path), file)
    assert len(told) == 1
    assert told[0].startswith("machine.jsonl:2: ")
    assert says in told[0]


PLACES = [
    ("greets: shown", "greet: shown", 8, "no criterion or move is named greet (did you mean greets?)"),
    ("criteria: {greets: shown}", "scores: {listenin: {min: 5}}", 8, "no dimension is named listenin"),
    ("criteria: {greets: shown}", "scores: {overall: {}}", 8, "wants min, max or both"),
    ("criteria: {greets: shown}", "scores: {overall: {min: 80, max: 20}}", 8, "min 80 is above max 20"),
    ("criteria: {greets: shown}", "better_than: no-blame-breech", 8, "(did you mean no-blame-breach?)"),
    ("criteria: {greets: shown}", "better_than: greets-plain", 8, "is this case itself"),
    ("criteria: {greets: shown}", "better_than: no-blame-breach, on: listenin", 8, "did you mean listening?"),
    ("criteria: {greets: shown}", "criteria: {greets: shown}, on: overall", 8, "says nothing without `better_than`"),
    ("criteria: {greets: shown}", "criteria: {greets: shown}, by: 5", 8, "says nothing without `better_than`"),
    ("criteria: {greets: shown}", "outcome: resolved", 8, "wants a `persona`"),
    (
        '"Good morning, how can I help you?"}\n    expect: {criteria: {greets: shown}}',
        "/hodl}\n    persona: caller\n    expect: {outcome: resolved}",
        7,
        "no action is named /hodl (did you mean /hold?)",
    ),
    ("criteria: {greets: shown}", "", 8, "is empty"),
    ("    tags: [plain]\n", "    tags: [plain]\n    persona: callr\n", 10, "(did you mean caller?)"),
    ("no-blame-breach", "greets-plain", 10, "greets-plain is used twice"),
    (
        'customer, text: "Hello?"}\n      - {speaker: trainee',
        "trainee, text: Hi.}\n      - {speaker: customer",
        7,
        "must be the trainee's",
    ),
    ("rubric: house", "rubric: hose", 2, "no rubric is named hose (did you mean house?)"),
]


@pytest.mark.parametrize(("old", "new", "line", "says"), PLACES)
def test_what_names_nothing_or_contradicts_itself_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    told = problems(tmp_path, house(tmp_path, changed(CASES, old, new)))
    assert [one for one in told if one.startswith(f"rubrics/cases/house.yaml:{line}: ") and says in one], told


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    library = house(tmp_path, changed(CASES, "greets: shown", "greet: shown"))
    write_cases(tmp_path, changed(CASES, "shown}", "showed}"), "more.yaml")
    (tmp_path / "rubrics" / "cases" / "third.jsonl").write_text("{\n[]\n", encoding="utf-8")
    told = problems(tmp_path, library)
    files = [one.split(":")[0].removeprefix("rubrics/cases/") for one in told]
    assert files == ["house.yaml", "more.yaml", "third.jsonl", "third.jsonl"]


def test_the_same_id_in_another_file_of_the_rubric_is_told_with_both_places(tmp_path: Path) -> None:
    library = house(tmp_path)
    write_cases(tmp_path, changed(CASES, "no-blame-breach", "another"), "more.yaml")
    told = problems(tmp_path, library)
    assert len(told) == 1
    assert "more.yaml:4: cases[0].id: greets-plain is used twice, first in rubrics/cases/house.yaml:4" in told[0]


def test_a_path_that_is_no_file_of_cases_is_refused(tmp_path: Path) -> None:
    library = house(tmp_path)
    with pytest.raises(UsageProblem, match="no such file"):
        found(library, tmp_path / "nowhere")
    note = tmp_path / "note.txt"
    note.write_text("hello", encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"note\.txt is no file of cases"):
        found(library, note)
    with pytest.raises(BadFile, match="is a rubric"):
        found(library, tmp_path / "rubrics" / "house.yaml")


def test_a_library_without_cases_has_nothing_to_test(tmp_path: Path) -> None:
    library = house(tmp_path)
    for file in (tmp_path / "rubrics" / "cases").iterdir():
        file.unlink()
    assert found(library, tmp_path) == []
    assert found(library) == []
