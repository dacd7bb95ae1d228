"""The coach says less as skill grows; what was measured stays the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.event import ReplyScored
from roleplay.library.folder import Library
from roleplay.score import Advice, CriterionResult, Landing, Sight, TurnScore, Verdict
from roleplay.session.fading import Guidance, advice_beside, guidance_after
from tests.session.builders import NOW, begin, heard, play, still_world, switchboard, timeless_report

LINES = ("Good morning, how can I help?", "That's not my department.", "I'll check it now.")


def score(next_step: str = "Name the problem.", *, missed: bool = True) -> TurnScore:
    landing = Landing.NOT_YET if missed else Landing.LANDED
    result = CriterionResult("greets", landing, Sight("greets", Verdict.SHOWN))
    return TurnScore({}, (result,), Advice("You greeted.", next_step))


def steps_said(scores: Sequence[TurnScore], guidance: Guidance) -> list[str]:
    return [advice_beside(scores[: at + 1], guidance).next_step for at in range(len(scores))]


def test_the_coach_fades_with_passes() -> None:
    assert [guidance_after(passes) for passes in range(6)] == [
        *[Guidance.FULL] * 2,
        *[Guidance.EASED] * 2,
        *[Guidance.RESTING] * 2,
    ]


def test_eased_says_every_other_next_step() -> None:
    assert [bool(one) for one in steps_said([score()] * 5, Guidance.EASED)] == [True, False, True, False, True]


def test_a_reply_without_a_next_step_uses_up_no_turn_of_the_coach() -> None:
    scores = [score(), score("", missed=False), score(), score()]
    assert [bool(one) for one in steps_said(scores, Guidance.EASED)] == [True, False, False, True]


def test_resting_speaks_after_two_misses_in_a_row() -> None:
    scores = [score(), score(missed=False), score(), score(), score(missed=False)]
    assert [bool(one) for one in steps_said(scores, Guidance.RESTING)] == [False, False, False, True, False]


@given(st.lists(st.booleans(), max_size=8), st.sampled_from(list(Guidance)))
def test_it_never_says_more_than_it_has(misses: list[bool], guidance: Guidance) -> None:
    scores = [score(missed=one) for one in misses]
    said = advice_beside(scores, guidance)
    assert said.next_step in ("", "Name the problem.")
    assert said.landed == ("You greeted." if scores and guidance is not Guidance.OFF else "")
    assert steps_said(scores, Guidance.FULL) == ["Name the problem."] * len(scores)
    assert not any(steps_said(scores, Guidance.OFF))


def test_scores_do_not_depend_on_what_the_coach_says(library: Library, home: Path) -> None:
    board = switchboard(library, home)
    calls = [begin(board, guidance=guidance) for guidance in Guidance]
    for call in calls:
        play(call, (*LINES, "/end"))
        assert call.full_advice() == calls[0].full_advice()
    assert all(timeless_report(call) == timeless_report(calls[0]) for call in calls)
    board.records.close()


@pytest.mark.parametrize(
    ("hints", "retried", "persona", "counted"),
    [(False, False, "broadband-down", 1), (True, False, "broadband-down", 0), (False, True, "broadband-down", 1),
     (False, False, "moving-house", 0)],
)  # fmt: skip
def test_only_unaided_passes_with_customers_as_difficult_count(
    library: Library, home: Path, *, hints: bool, retried: bool, persona: str, counted: int
) -> None:
    moments = iter(range(1_000))
    around = replace(still_world(), now=lambda: NOW + timedelta(minutes=next(moments)))
    board = switchboard(library, home, around)
    rehearsed = library.rehearsal(persona)
    assert rehearsed is not None
    call = begin(board, persona)
    play(call, (*(("/hint",) if hints else ()), *rehearsed.plainest("competent"), "/end"))
    _mark_as_passed(board.records, call.header.id)
    if retried:
        retry = board.retry(call.header.id, 1)
        heard(retry.start())
        play(retry, ("/end",))
        _mark_as_passed(board.records, retry.header.id)
    later = begin(board, "broadband-down")
    assert board.records.unaided_passes(later.header, later.course.persona.difficulty) == counted
    board.records.close()


def _mark_as_passed(records: object, call: str) -> None:
    """A word-hash call is rarely won."""
    with records._database.writing() as connection:  # type: ignore[attr-defined]  # noqa: SLF001
        connection.execute("UPDATE call SET passed = 1 WHERE id = ?", (call,))


def test_a_resumed_call_is_coached_as_it_was(library: Library, home: Path) -> None:
    board = switchboard(library, home)
    for number in range(4):
        call = begin(board)
        play(call, ("Hello.", "/end"))
        _mark_as_passed(board.records, call.header.id)
        assert call.header.id == f"call-{number + 1}"
    fifth = begin(board)
    events = play(fifth, LINES[:1])
    said = [one.advice for one in events if isinstance(one, ReplyScored)]
    assert all(not one.next_step for one in said)
    fifth.leave()
    sixth = begin(board)
    play(sixth, ("Hello.", "/end"))
    _mark_as_passed(board.records, sixth.header.id)
    assert board.resume(fifth.header.id).advice() == said[-1]
    board.records.close()
