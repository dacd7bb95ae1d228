"""Steps and facts: done in order and by parts, told under their locks, whatever is said."""

from __future__ import annotations

import pytest

from roleplay.customer.state import DeadEnds
from roleplay.customer.steps import share_done
from roleplay.score import Reading, Sight, Verdict
from tests.customer.build import Call, customer, sight, steps_with


def ready_to_send() -> Call:
    """The small call with its first step done."""
    call = Call(customer())
    call.says("acknowledges", "asks_number")
    call.says("find_it")
    return call


def test_steps_are_done_only_in_their_order() -> None:
    call = Call(customer())
    call.says("sum_up", "send_it.van", "send_it.when")
    assert call.state.done == {}
    assert call.last.plan.intent in ("too_early", "push_back")


def test_a_step_said_too_early_must_be_said_again() -> None:
    call = Call(customer())
    call.says("acknowledges", "find_it")
    call.says("asks_number")
    assert call.state.done == {}
    assert call.says("find_it").effects.done == ("find_it",)


def test_a_step_that_waits_for_a_fact_is_not_done_by_the_reply_that_asks_for_it() -> None:
    call = Call(customer())
    assert call.says("asks_number", "find_it").effects.done == ()


def test_one_reply_may_do_several_steps() -> None:
    call = Call(customer())
    call.says("asks_number")
    assert call.says("find_it", "send_it.van", "send_it.when", "sum_up").effects.done == (
        "find_it",
        "send_it",
        "sum_up",
    )


def test_the_parts_of_a_step_may_come_over_several_replies() -> None:
    call = ready_to_send()
    assert call.says("send_it.van").effects.done == ()
    call.says()
    assert call.says("send_it.when").effects.done == ("send_it",)


def test_the_parts_of_a_step_may_come_in_any_order_but_a_bare_value_begins_nothing() -> None:
    call = ready_to_send()
    call.says("send_it.when")
    assert call.says("send_it.van").plan.part == "when"


@pytest.mark.parametrize(("said", "missing"), [("send_it.van", "when")])
def test_the_customer_asks_back_for_the_missing_part(said: str, missing: str) -> None:
    plan = ready_to_send().says(said).plan
    assert (plan.intent, plan.step, plan.part) == ("ask_back", "send_it", missing)


def test_a_part_that_may_have_been_said_is_asked_back_for() -> None:
    plan = ready_to_send().says("send_it.when", unsure=["send_it.van"]).plan
    assert (plan.intent, plan.step, plan.part) == ("ask_back", "send_it", "van")


def test_a_step_that_may_have_been_said_is_asked_back_for_and_costs_nothing() -> None:
    call = Call(customer())
    call.says("acknowledges", "asks_number")
    unsure = call.says(unsure=["find_it"])
    assert (unsure.plan.intent, unsure.plan.step, unsure.effects.changes) == ("ask_back", "find_it", ())


def test_a_step_with_words_and_a_value_needs_both() -> None:
    steps = steps_with({"find_it": {"value": {"amount": 4.5}, "after": []}})
    call = Call(customer(steps=steps))
    assert call.says("find_it").plan.intent == "ask_back"
    assert call.says("find_it.value").effects.done == ()
    assert call.says("find_it", "find_it.value").effects.done == ("find_it",)


def test_progress_fills_patience_up_again() -> None:
    call = Call(customer())
    call.says(words=1)
    call.says(words=2)
    assert call.state.patience == 2
    assert call.says("asks_number").state.patience == 4


def test_the_share_done_counts_parts() -> None:
    persona = customer()
    call = ready_to_send()
    shares = [share_done(persona, call.state)]
    shares.append(share_done(persona, call.says("send_it.van").state))
    shares.append(share_done(persona, call.says("send_it.when").state))
    assert shares == [pytest.approx(1 / 3), pytest.approx(1 / 2), pytest.approx(2 / 3)]


def test_a_fact_is_told_when_its_lock_opens_and_only_then() -> None:
    call = Call(customer())
    assert call.says("acknowledges").effects.told == ()
    assert call.says("asks_number").effects.told == ("number",)


def test_a_lock_that_was_perhaps_touched_stays_shut() -> None:
    call = Call(customer())
    perhaps = call.says(unsure=["asks_number"])
    assert (perhaps.effects.told, perhaps.plan.intent) == ((), "not_following")


def test_at_most_two_facts_are_told_in_a_turn() -> None:
    call = Call(customer(mood={"start": 0}))
    call.says("asks_number")
    assert call.says("asks_why").effects.told == ("gift", "street")
    assert call.says("asks_why").effects.told == ("colour", "size")


def test_a_fact_is_held_back_while_the_mood_is_low_and_told_once_it_is_not() -> None:
    facts = [{"id": "gift", "says": "It's a gift.", "reveal_when": "asks_why", "mood_at_least": -20}]
    steps = [{"id": "send_it", "examples": ["x"]}]
    call = Call(customer(facts=facts, steps=steps))
    assert call.says("asks_why").plan.intent == "hold_back"
    call.says("acknowledges")
    assert call.says("asks_why").effects.told == ("gift",)


def test_a_fact_after_another_waits_for_it() -> None:
    call = Call(customer(mood={"start": 0}))
    assert "street" not in call.says("asks_why").effects.told
    call.says("asks_number")
    assert "street" in call.says("asks_why").effects.told


def test_a_question_beside_a_breach_is_answered_and_the_breach_is_pushed_back_on() -> None:
    call = Call(customer())
    angry = call.says("asks_number", "rude")
    assert (angry.effects.told, angry.plan.intent) == (("number",), "push_back")


def test_a_told_fact_is_not_told_again() -> None:
    call = Call(customer())
    call.says("asks_number")
    assert call.says("asks_number").effects.told == ()


def test_a_step_that_touches_the_account_is_reported_even_when_early_but_only_beyond_doubt() -> None:
    both = ("send_it.van", "send_it.when")
    assert Call(customer()).says(*both).effects.disclosed
    vague = {one: Sight(one, Verdict.SHOWN, clear=False) for one in both}
    assert not Call(customer()).hears(Reading("On a van today.", 4, vague)).effects.disclosed


@pytest.mark.parametrize("nothing", [{"words": 2}, {"repeated": True}, {"opposite": ["send_it"]}])
def test_a_reply_recognised_as_leading_nowhere_costs_patience(nothing: dict[str, object]) -> None:
    call = ready_to_send()
    stalled = call.says(**nothing)
    assert (stalled.state.patience, stalled.plan.intent) == (3, "stalled")


def test_the_opposite_of_a_step_whose_time_has_not_come_costs_no_patience() -> None:
    assert Call(customer()).says(opposite=["sum_up"]).state.patience == 4


def test_the_opposite_of_a_step_costs_no_patience_beside_a_good_act_or_in_a_question() -> None:
    call = Call(customer(), dead_ends=DeadEnds(good_acts=frozenset({"acknowledges"})))
    call.says("asks_number")
    assert call.says("acknowledges", opposite=["find_it"]).state.patience == 4
    assert call.says(opposite=["find_it"], text="Where is it, then?").state.patience == 4


def test_leading_nowhere_costs_nothing_where_it_also_got_somewhere() -> None:
    call = Call(customer())
    assert call.says("asks_number", words=2, repeated=True).state.patience == 4


def test_a_move_that_leads_nowhere_must_be_clear() -> None:
    moves = [{"id": "shrugs", "examples": ["x"], "leads_nowhere": True}, *customer().model_dump()["moves"]]
    call = Call(customer(moves=moves))
    call.hears(Reading("Well, who knows.", 3, {"shrugs": Sight("shrugs", Verdict.SHOWN, clear=False)}))
    assert call.state.patience == 4
    call.hears(Reading("Well, who knows.", 3, {"shrugs": sight("shrugs")}))
    assert call.state.patience == 3
