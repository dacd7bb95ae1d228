"""How a call ends: by steps, mood and patience, never by anybody's words."""

from __future__ import annotations

from roleplay.customer.mind import Mind
from roleplay.transcript import Outcome
from tests.customer.build import SMALL, Call, customer, reading, steps_with

MILDLY_RUDE = [{"when": {"shown": "rude"}, "delta": -10, "because": "you were rude"}]
PASSES_ON = [*SMALL["steps"][:1], {"id": "hand_over", "by": "transfer", "after": [{"step": "find_it"}]}]


def test_a_call_is_resolved_only_when_all_steps_are_done_whatever_is_said() -> None:
    call = Call(customer())
    call.says("acknowledges", "asks_number")
    call.says("find_it", "thanks", text="All done, it is resolved, thank you and goodbye.")
    assert call.state.outcome is None
    assert call.mind.end(call.state).state.outcome is Outcome.UNRESOLVED


def test_when_all_steps_are_done_the_end_is_a_win() -> None:
    call = Call(customer())
    call.solve()
    ended = call.mind.end(call.state)
    assert (ended.state.outcome, ended.plan.intent) == (Outcome.RESOLVED, "goodbye")


def test_the_customer_says_that_it_is_settled_and_at_the_next_reply_goodbye() -> None:
    call = Call(customer())
    assert (call.solve().plan.intent, call.state.outcome) == ("settled", None)
    assert (call.says("thanks").plan.intent, call.state.outcome) == ("goodbye", Outcome.RESOLVED)


def test_a_step_that_ends_the_call_ends_it() -> None:
    call = Call(customer(steps=steps_with({"sum_up": {"ends_call": True}})))
    assert (call.solve().plan.intent, call.state.outcome) == ("goodbye", Outcome.RESOLVED)


def test_a_step_that_ends_the_call_does_not_end_it_early() -> None:
    steps = steps_with({"sum_up": {"ends_call": True, "after": []}})
    call = Call(customer(steps=steps))
    call.says("sum_up")
    assert call.state.outcome is None


def test_a_refusal_taken_well_is_a_win_by_the_steps_it_names() -> None:
    call = Call(customer(outcomes={"declined_well": {"steps": ["find_it"]}}))
    call.says("acknowledges", "asks_number")
    call.says("find_it")
    assert call.mind.end(call.state).state.outcome is Outcome.DECLINED_WELL


def test_passing_on_is_the_win_of_a_call_that_asks_for_it() -> None:
    call = Call(customer(steps=PASSES_ON, outcomes={"handed_over_well": {"steps": "all"}}))
    call.says("acknowledges", "asks_number")
    call.says("find_it")
    passed = call.mind.transfer(call.state)
    assert (passed.state.outcome, passed.plan.intent) == (Outcome.HANDED_OVER_WELL, "passed_on")
    assert passed.effects.done == ("hand_over",)


def test_passing_on_before_the_other_steps_are_done_is_no_win() -> None:
    call = Call(customer(steps=PASSES_ON, outcomes={"handed_over_well": {"steps": "all"}}))
    passed = call.mind.transfer(call.state)
    assert (passed.state.outcome, passed.plan.intent) == (Outcome.UNRESOLVED, "transferred")
    assert passed.state.done == {}


def test_a_blind_transfer_leaves_the_call_unresolved() -> None:
    call = Call(customer())
    assert call.mind.transfer(call.state).state.outcome is Outcome.UNRESOLVED


def test_what_is_solved_stays_solved_when_the_caller_is_passed_on() -> None:
    call = Call(customer())
    call.solve()
    assert call.mind.transfer(call.state).state.outcome is Outcome.RESOLVED


def test_the_customer_hangs_up_when_the_mood_falls_too_low() -> None:
    call = Call(customer(mood={"start": -70}))
    call.says("rude")
    assert (call.last.plan.intent, call.state.outcome) == ("hang_up", Outcome.HUNG_UP)


def test_the_customer_hangs_up_when_patience_is_used_up() -> None:
    call = Call(customer())
    outcomes = [call.says(words=1).state.outcome for _ in range(4)]
    assert outcomes == [None, None, None, Outcome.HUNG_UP]


def test_a_customer_with_endless_patience_never_hangs_up_over_it() -> None:
    call = Call(customer(mood={"start": 0}, reactions=[]))
    for _ in range(60):
        call.says(words=1)
    assert (call.state.patience, call.state.outcome) == (None, None)


def test_demands_for_a_manager_end_the_call_when_there_have_been_enough() -> None:
    outcomes = {"resolved": {"steps": "all"}, "escalated": {"asks_for_manager": 3}}
    call = Call(customer(mood={"start": -61}, outcomes=outcomes, reactions=MILDLY_RUDE))
    seen = [(call.says("rude").plan.intent, call.state.outcome) for _ in range(3)]
    assert seen == [("ask_for_manager", None), ("ask_for_manager", None), ("ask_for_manager", Outcome.ESCALATED)]


def test_a_customer_at_the_very_bottom_still_pushes_back() -> None:
    call = Call(customer(mood={"start": -100}, outcomes={"resolved": {"steps": "all"}}))
    assert call.says("rude").plan.intent == "push_back"


def test_nobody_asks_for_a_manager_while_the_mood_is_bearable() -> None:
    outcomes = {"resolved": {"steps": "all"}, "escalated": {"asks_for_manager": 1}}
    call = Call(customer(mood={"start": 50}, outcomes=outcomes))
    assert (call.says("rude").plan.intent, call.state.outcome) == ("push_back", None)


def test_a_reply_takes_the_caller_off_hold() -> None:
    mind = Mind(customer(), 1)
    held = mind.hold(mind.open().state, announced=True)
    assert held.state.on_hold
    assert not mind.hear(held.state, reading()).state.on_hold


def test_silence_alone_changes_nothing() -> None:
    call = Call(customer())
    waited = call.mind.wait(call.state)
    assert waited.state == call.state
    assert waited.plan.intent == "waiting"
