"""The bundled curriculum and recorded calls, tested like code: what they claim to show, they show."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from roleplay.call_log import InputKind
from roleplay.curriculum import Question
from roleplay.embedding import Embedder
from roleplay.errors import BadFile, UsageProblem
from roleplay.library.folder import Library
from roleplay.programme.lessons.questions import landing_of
from roleplay.rehearsal.playing import Rehearsal
from roleplay.score import Landing
from roleplay.scoring.sense import Sense
from roleplay.session.course import Course
from roleplay.session.typed import entries
from roleplay.transcript import Outcome


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(dedent(text), encoding="utf-8")
    return file


CURRICULUM = Library.open().curriculum("contact-centre")
RECORDED = Library.open().recorded_ids()


@pytest.fixture(scope="module")
def sense(library: Library, minilm: Embedder) -> Sense:
    return Sense.for_score(library.rubric(CURRICULUM.rubric), minilm)


@pytest.fixture(scope="module")
def rehearsal(library: Library, minilm: Embedder) -> Rehearsal:
    return Rehearsal(library, minilm)


@pytest.mark.parametrize("question", CURRICULUM.questions, ids=lambda one: one.id)
def test_a_question_s_ways_land_and_its_near_misses_do_not(library: Library, sense: Sense, question: Question) -> None:
    criteria = [library.rubric(CURRICULUM.rubric).criterion(name) for name in question.asks_for]
    for way in question.ways:
        reading = sense.read(way)
        assert {landing_of(one, reading) for one in criteria} == {Landing.LANDED}, way
        assert not any(sight.held for sight in reading.sights.values()), f"{way} stands in the rubric"
    for line in question.not_yet:
        reading = sense.read(line)
        assert {landing_of(one, reading) for one in criteria} != {Landing.LANDED}, line


def test_no_customer_says_the_same_line_in_two_questions() -> None:
    lines = [one.customer for one in CURRICULUM.questions]
    assert len(set(lines)) == len(lines) >= 24


def test_every_customer_of_the_library_has_a_good_and_a_poor_call(library: Library) -> None:
    assert library.persona_ids() == RECORDED


def played(rehearsal: Rehearsal, library: Library, name: str, quality: str) -> Course:
    recorded = library.recordings(name).call("good" if quality == "good" else "poor")
    course = rehearsal.opening(name).with_seed(recorded.seed).opened()
    for at, entry in enumerate(entries(recorded.typed)):
        assert not course.state.ended or entry.kind is InputKind.END, f"{name}, {quality}: {at} comes after the end"
        course = course.apply(entry)
    assert course.state.ended, f"{name}, {quality}: does not end"
    return course


@pytest.mark.parametrize("name", RECORDED)
def test_the_good_call_is_won_and_passed_and_the_poor_one_is_neither(
    rehearsal: Rehearsal, library: Library, name: str
) -> None:
    good, poor = played(rehearsal, library, name, "good"), played(rehearsal, library, name, "poor")
    assert good.scorecard().passed
    assert (good.state.outcome or Outcome.ABANDONED).is_win
    assert not poor.scorecard().passed
    assert not (poor.state.outcome or Outcome.RESOLVED).is_win
    better, worse = good.scorecard().overall, poor.scorecard().overall
    assert better is not None and worse is not None and better - worse > 30  # noqa: PT018 - one fact


def test_a_trainer_and_the_program_mostly_hear_the_same_in_recorded_calls(
    rehearsal: Rehearsal, library: Library
) -> None:
    """Of the marks on criteria to `do` that the program decided at just that reply."""
    same, other = 0, []
    for name in RECORDED:
        for quality in ("good", "poor"):
            course = played(rehearsal, library, name, quality)
            scores = [one.score for one in course.moments if one.score]
            for mark in library.recordings(name).call("good" if quality == "good" else "poor").marks:
                seen = {one.criterion: one.landing for one in scores[mark.reply - 1].results}
                landing = seen.get(mark.criterion)
                if landing is None or course.rubric.criterion(mark.criterion).mode == "avoid":
                    continue
                if (landing is Landing.LANDED) == mark.landed:
                    same += 1
                else:
                    other.append((name, quality, mark.reply, mark.criterion))
    assert same > 20
    assert same / (same + len(other)) >= 0.8, other


def test_a_recording_says_where_it_is_wrong(tmp_path: Path) -> None:
    house = tmp_path / "house"
    write(
        house / "personas" / "recordings" / "wrong-sofa.yaml",
        """\
        format: 1
        persona: wrong-sofa
        better_because: It listens.
        good:
          what: Fine.
          typed: [Hello., /ende]
          graded: {listning: 90}
          marks:
            - {reply: 3, criterion: greets, landed: true, why: So.}
            - {reply: 1, criterion: greets_and_asks, landed: true, why: So.}
            - {reply: 1, criterion: greets_and_asks, landed: true, why: So.}
        poor:
          what: Less fine.
          typed: [Yes?, /end]
          graded: {listening: 20}
          marks:
            - {reply: 1, criterion: greets_and_asks, landed: false, why: So.}
            - {reply: 1, criterion: greets_and_asks, landed: false, why: So.}
            - {reply: 1, criterion: greets_and_asks, landed: false, why: So.}
        """,
    )
    with pytest.raises(BadFile) as caught:
        Library.open(house).recordings("wrong-sofa")
    for words in ("/ende", "did you mean listening", "no criterion is named greets", "but there are"):
        assert words in caught.value.message


def test_an_unknown_curriculum_is_named_with_those_there_are(library: Library) -> None:
    with pytest.raises(UsageProblem, match="no curriculum is named contact-center"):
        library.curriculum("contact-center")


def test_a_curriculum_says_all_that_is_wrong(library: Library, tmp_path: Path) -> None:
    text = library_text()
    text = text.replace("rubric: customer-care", "rubric: customer-care", 1)
    text = text.replace("calls: [invoice-copy, water-bill]", "calls: [invoice-copy, water-bil]")
    text = text.replace("asks_for: [greets_and_asks]", "asks_for: [greets_and_ask]", 1)
    text = text.replace("{measure: passed, at_least: 0.7,", "{measure: passd,", 1)
    file = write(tmp_path / "contact-centre.yaml", text)
    with pytest.raises(BadFile) as caught:
        library.curriculum(str(file))
    for words in (
        "water-bil (did you mean water-bill?)",
        "greets_and_ask (did you mean greets_and_asks?)",
        "passd",
        "at_least or at_most",
    ):
        assert words in caught.value.message


def library_text() -> str:
    from roleplay.library.folder import builtin_folder  # noqa: PLC0415 - beside its only use

    return (builtin_folder() / "personas" / "curricula" / "contact-centre.yaml").read_text(encoding="utf-8")
