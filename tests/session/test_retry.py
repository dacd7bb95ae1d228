"""Going back to a reply: a call of its own, and nothing recorded is edited."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roleplay.call_log import Input, InputKind, Note, NoteKind
from roleplay.errors import UsageProblem
from roleplay.event import CustomerSpoke
from roleplay.session.call import LiveCall
from roleplay.session.opening import Switchboard
from tests.session.builders import NOW, begin, heard, play, take, timeless_report

LINES = (
    "Good morning, how can I help?",
    "Your line has been down since Monday?",
    "/hint",
    "I'm sorry. I'll check it now.",
)


def test_a_retry_stands_where_the_customer_waits_for_that_reply(board: Switchboard) -> None:
    call = begin(board)
    play(call, LINES)
    before = [turn.text for turn in call.shown_turns()]
    retry = board.retry(call.header.id, 2)
    events = heard(retry.start())
    assert [turn.text for turn in retry.shown_turns()] == before[:3]
    assert [one.text for one in events if isinstance(one, CustomerSpoke)] == [before[2]]
    assert (retry.header.branched_from_call, retry.header.branched_from_turn) == (call.header.id, 2)


def test_the_same_words_again_make_the_same_call(board: Switchboard) -> None:
    call = begin(board)
    play(call, (*LINES, "/end"))
    retry = board.retry(call.header.id, 2)
    heard(retry.start())
    play(retry, (*LINES[1:], "/end"))
    assert timeless_report(retry) == timeless_report(call)


def test_the_original_stays_as_it_was(board: Switchboard) -> None:
    call = begin(board)
    play(call, (*LINES, "/end"))
    log, spoken = board.records.inputs(call.header.id), board.records.spoken(call.header.id)
    retry = board.retry(call.header.id, 1)
    heard(retry.start())
    play(retry, ("No idea.", "/end"))
    assert board.records.inputs(call.header.id) == log
    assert board.records.spoken(call.header.id) == spoken
    assert [turn.text for turn in retry.shown_turns()][1] == "No idea."


def test_a_retry_can_be_resumed_and_tried_again(board: Switchboard) -> None:
    call = begin(board)
    play(call, LINES)
    retry = board.retry(call.header.id, 2)
    heard(retry.start())
    play(retry, ("What have you tried so far?",))
    retry.leave()
    assert [one.header.id for one in board.records.unfinished()] == [retry.header.id]
    again = board.resume(retry.header.id)
    assert timeless_report(again)["turns"] == timeless_report(retry)["turns"]
    second = board.retry(retry.header.id, 1)
    assert second.header.branched_from_call == retry.header.id


def test_a_retry_is_never_a_best_call_nor_a_reason_to_go_on(board: Switchboard) -> None:
    first = board.suggested()
    call = begin(board, first)
    play(call, ("Hello.", "/end"))
    retry = board.retry(call.header.id, 1)
    heard(retry.start())
    play(retry, ("Hello.", "/end"))
    assert board.suggested() == first


@pytest.mark.parametrize("reply", [0, -1, 4, 99])
def test_a_reply_that_is_not_there_is_said_so(board: Switchboard, reply: int) -> None:
    call = begin(board)
    play(call, LINES)
    with pytest.raises(UsageProblem, match="this call has 3 replies"):
        board.retry(call.header.id, reply)
    assert len(board.records.calls()) == 1


@given(st.lists(st.sampled_from([*LINES, "/hold", "/break"]), min_size=1, max_size=6), st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_came_before_is_taken_over_unchanged(
    board: Switchboard, lines: list[str], data: st.DataObject
) -> None:
    call = begin(board)
    play(call, lines)
    replies = sum(one.kind is InputKind.REPLY for one in board.records.inputs(call.header.id))
    call.leave()
    if not replies:
        return
    reply = data.draw(st.integers(1, replies))
    retry = board.retry(call.header.id, reply)
    before = board.records.inputs(retry.header.id)
    assert before == board.records.inputs(call.header.id)[: len(before)]
    assert sum(one.kind is InputKind.REPLY for one in before) == reply - 1
    assert board.replay(retry.header.id).state == retry.course.state
    retry.leave()


def test_a_finished_call_keeps_its_numbers_for_trends(board: Switchboard) -> None:
    call = begin(board)
    play(call, (*LINES, "/hold", "/hold", "/end"))
    kept = board.records.details()[call.header.id]
    card = call.course.scorecard()
    assert kept.dimensions == dict(card.dimensions)
    assert kept.criteria == {one.criterion: one.value for one in card.tallies if one.value is not None}
    assert kept.figures["hints"] == 1
    assert kept.figures["holds"] == 1
    assert kept.figures["replies"] == 3
    assert kept.figures["mean_reply_seconds"] == pytest.approx(1.0)
    assert 0 < kept.figures["talk_share"] < 1


def test_notes_stand_beside_a_call_and_change_nothing_in_it(board: Switchboard, call: LiveCall) -> None:
    take(call, Input(InputKind.REPLY, "Hello."))
    log = board.records.inputs(call.header.id)
    notes = [
        Note(NoteKind.WENT_WELL, "I stayed calm.", NOW),
        Note(NoteKind.REVIEW, "Name the problem first.", NOW, reply=1, author="Ms Okafor"),
    ]
    for note in notes:
        board.records.add_note(call.header.id, note)
    assert board.records.notes(call.header.id) == notes
    assert board.records.inputs(call.header.id) == log
    with pytest.raises(UsageProblem):
        board.records.add_note("nobody", notes[0])


def test_a_removed_call_takes_its_notes_and_leaves_its_retries(board: Switchboard) -> None:
    call = begin(board)
    play(call, (*LINES, "/end"))
    board.records.add_note(call.header.id, Note(NoteKind.WENT_WELL, "Calm.", NOW))
    retry = board.retry(call.header.id, 2)
    heard(retry.start())
    play(retry, ("/end",))
    board.records.remove(call.header.id)
    assert [one.header.id for one in board.records.calls()] == [retry.header.id]
    assert board.records.notes(call.header.id) == []
    assert board.replay(retry.header.id).state.ended
