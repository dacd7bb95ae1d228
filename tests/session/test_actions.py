"""Hints, hold, transfer and breaks: what they do, and what they never cost."""

from __future__ import annotations

import pytest

from roleplay.call_log import InputKind
from roleplay.event import CallEnded, CustomerSpoke, MoodChanged
from roleplay.report.as_json import report
from roleplay.session.call import LiveCall
from roleplay.session.opening import Switchboard
from roleplay.transcript import Outcome
from tests.session.builders import begin, heard, notices, play

ASKS_FIRST = "May I put you on hold for two minutes while I check with the warehouse?"
SAYS_NOTHING = "Our website lists the tariffs of each parcel."


def hint(call: LiveCall) -> str:
    (told,) = notices(heard(call.hint()))
    return told


def test_hints_climb_from_a_nudge_to_a_shape_to_an_example(call: LiveCall) -> None:
    nudge, shape, example, still = (hint(call) for _ in range(4))
    assert nudge.startswith("Hint 1: ")
    assert shape.startswith("Hint 2: Shape: ")
    assert example.startswith("Hint 3: For example: ")
    assert still == example.replace("Hint 3", "Hint 4")
    assert len({nudge[8:], shape[8:], example[8:]}) == 3


def test_the_ladder_begins_again_after_a_reply(call: LiveCall) -> None:
    hint(call)
    hint(call)
    heard(call.reply(SAYS_NOTHING))
    assert hint(call).startswith("Hint 1: ")


def test_a_hint_never_names_what_the_customer_has_not_told(call: LiveCall) -> None:
    locked = [fact.says for fact in call.course.persona.facts if not fact.told_at_start]
    told = " ".join(hint(call) for _ in range(4))
    assert not [says for says in locked if says in told]


def test_hints_are_counted_and_cost_no_turn_and_no_mood(board: Switchboard, call: LiveCall) -> None:
    before = call.course.state
    hint(call)
    heard(call.reply(SAYS_NOTHING))
    after = call.course.state
    hint(call)
    assert call.course.state == after
    assert after.reply == before.reply + 1
    assert (call.hints_used, report(call)["hints"]) == (2, 2)
    call.leave()
    assert board.resume(call.header.id).hints_used == 2


def test_hints_change_neither_score_nor_outcome(board: Switchboard) -> None:
    plain, hinted = begin(board), begin(board)
    play(plain, ("What happened yesterday?", "/end"))
    play(hinted, ("/hint", "What happened yesterday?", "/hint", "/hint", "/end"))
    assert hinted.course.scorecard() == plain.course.scorecard()
    assert hinted.course.state == plain.course.state


def test_with_hints_off_nothing_is_told_recorded_or_counted(board: Switchboard) -> None:
    call = begin(board, hints=False)
    assert notices(heard(call.hint())) == ["Hints are off in this call."]
    assert board.records.inputs(call.header.id) == ()
    assert call.hints_used == 0


def test_when_all_is_done_the_hint_is_to_say_goodbye(board: Switchboard) -> None:
    call = begin(board)
    done = {step.id: 1 for step in call.course.persona.steps}
    call.course.state.done.update(done)  # type: ignore[attr-defined] # a dict underneath
    assert "goodbye" in hint(call).lower()


@pytest.mark.parametrize(("said", "costs"), [(ASKS_FIRST, 0), (SAYS_NOTHING, -14)])
def test_a_hold_costs_mood_only_when_it_was_not_announced(call: LiveCall, said: str, costs: int) -> None:
    heard(call.reply(said))
    before = call.course.state.mood
    events = heard(call.act(InputKind.HOLD))
    assert call.course.state.mood - before == costs
    assert any(isinstance(event, MoodChanged) for event in events) == bool(costs)
    assert call.course.state.on_hold


def test_a_hold_before_the_first_reply_is_unannounced(call: LiveCall) -> None:
    before = call.course.state.mood
    heard(call.act(InputKind.HOLD))
    assert call.course.state.mood < before


def test_taking_the_caller_back_costs_nothing(call: LiveCall) -> None:
    heard(call.reply(ASKS_FIRST))
    heard(call.act(InputKind.HOLD))
    held = call.course.state
    (spoke,) = [event for event in heard(call.act(InputKind.HOLD)) if isinstance(event, CustomerSpoke)]
    assert not call.course.state.on_hold
    assert (call.course.state.mood, call.course.state.reply) == (held.mood, held.reply)
    assert spoke.text


def test_a_reply_takes_the_caller_off_hold(call: LiveCall) -> None:
    heard(call.act(InputKind.HOLD))
    heard(call.reply("Thank you for holding."))
    assert not call.course.state.on_hold


def test_a_break_is_noted_and_never_scored(board: Switchboard) -> None:
    plain, rested = begin(board), begin(board)
    play(plain, ("What happened yesterday?", "/end"))
    events = play(rested, ("/break", "What happened yesterday?", "/break", "/break", "/end"))
    assert rested.course.scorecard() == plain.course.scorecard()
    assert rested.course.state == plain.course.state
    assert "never scored" in notices(events)[0]
    assert [entry.kind for entry in board.records.inputs(rested.header.id)].count(InputKind.BREAK) == 3


def test_passing_an_ordinary_caller_on_ends_the_call_unresolved(call: LiveCall) -> None:
    heard(call.reply("What happened yesterday?"))
    ended = heard(call.act(InputKind.TRANSFER))[-1]
    assert isinstance(ended, CallEnded)
    assert ended.outcome is Outcome.UNRESOLVED


def test_giving_up_is_abandoned_with_no_score_for_solving(call: LiveCall) -> None:
    heard(call.reply("What happened yesterday?"))
    ended = heard(call.act(InputKind.ABANDON))[-1]
    assert isinstance(ended, CallEnded)
    assert ended.outcome is Outcome.ABANDONED
    assert ended.scorecard.dimensions["first_call_resolution"] is None


def test_a_call_that_was_given_up_after_one_reply_is_not_passed_nor_its_caller_won(board: Switchboard) -> None:
    easiest = board.suggested()
    call = begin(board, easiest)
    play(call, ("Hello, Dana at Larkfield Energy, how can I help you?",))
    heard(call.act(InputKind.ABANDON))
    assert not call.course.scorecard().passed
    assert board.suggested() == easiest
