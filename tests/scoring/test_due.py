"""When a criterion is asked for, and how it went: each kind of `due`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.score import HeardReply, Landing, Reading, Sight, Verdict
from roleplay.scoring.due import REST, results, sight_of
from tests.scoring.build import (
    BREACH,
    LANDED,
    MAYBE,
    NO,
    NOT_YET,
    PARTLY,
    SLIP,
    YES,
    criterion,
    decided,
    history,
    reply,
)

FEELING = criterion(due={"after": "customer_shows_feeling", "within_replies": 2})
OPENING = criterion(due={"at": "opening", "within_replies": 2})
ANY = criterion(due={"at": "any"})
CLOSING = criterion(due={"at": "closing", "within_replies": 2})
BEFORE_CLOSING = criterion(due={"before": "closing", "within_replies": 2})
DISCLOSING = criterion(due={"before": "disclosing"})
BEFORE_HOLD = criterion(due={"before": "hold"})
AFTER_HOLD = criterion(due={"after": "hold", "within_replies": 1})
AVOID = criterion(mode="avoid", due={"at": "every"})
KINDS = [FEELING, OPENING, ANY, CLOSING, BEFORE_CLOSING, DISCLOSING, BEFORE_HOLD, AFTER_HOLD, AVOID]


@pytest.mark.parametrize("one", KINDS)
def test_a_call_without_a_reply_decides_nothing(one: Any) -> None:  # noqa: ANN401 - a Criterion
    assert decided(one, []) == []


@pytest.mark.parametrize(
    ("sights", "expected"),
    [
        ([YES, NO], [(1, LANDED)]),
        ([NO, YES, NO], [(2, LANDED)]),
        ([NO, NO, YES], [(2, NOT_YET)]),
        ([NO, MAYBE, YES], [(2, PARTLY)]),
        ([BREACH, NO], [(2, NOT_YET)]),
    ],
)
def test_an_opening_is_due_in_the_first_replies(sights: list[Sight], expected: list[tuple[int, Landing]]) -> None:
    assert decided(OPENING, history(*sights)) == expected


def test_an_opening_that_can_still_come_is_not_decided_before_the_end() -> None:
    assert decided(OPENING, history(NO), ended=False) == []
    assert decided(OPENING, history(NO), ended=True) == [(1, NOT_YET)]


@pytest.mark.parametrize(
    ("sights", "expected"),
    [
        ([NO, NO, YES, NO], [(3, LANDED)]),
        ([NO, MAYBE, NO], [(2, PARTLY)]),
        ([NO, NO], [(1, NOT_YET)]),
        ([YES, BREACH], [(1, LANDED)]),
    ],
)
def test_what_is_due_anywhere_is_dated_to_its_first_coming_or_to_the_reply_that_came_nearest(
    sights: list[Sight], expected: list[tuple[int, Landing]]
) -> None:
    assert decided(ANY, history(*sights)) == expected


def test_what_may_still_come_anywhere_is_not_held_against_a_call_that_goes_on() -> None:
    assert decided(ANY, history(NO, MAYBE, NO), ended=False) == []


@pytest.mark.parametrize(
    ("sights", "expected"),
    [
        ([NO, NO, YES], [(3, LANDED)]),
        ([NO, YES, NO], [(2, LANDED)]),
        ([YES, NO, NO], [(3, NOT_YET)]),
        ([NO, NO, MAYBE], [(3, PARTLY)]),
        ([YES], [(1, LANDED)]),
    ],
)
def test_a_closing_counts_only_in_the_last_replies(sights: list[Sight], expected: list[tuple[int, Landing]]) -> None:
    assert decided(CLOSING, history(*sights)) == expected


def test_what_comes_before_the_closing_has_one_reply_more() -> None:
    assert decided(BEFORE_CLOSING, history(YES, NO, NO)) == [(1, LANDED)]
    assert decided(BEFORE_CLOSING, history(YES, NO, NO, NO)) == [(4, NOT_YET)]


@pytest.mark.parametrize("one", [CLOSING, BEFORE_CLOSING])
def test_no_closing_is_due_while_the_call_goes_on(one: Any) -> None:  # noqa: ANN401 - a Criterion
    assert decided(one, history(NO, YES), ended=False) == []


@pytest.mark.parametrize(
    ("sights", "expected"),
    [
        ([YES, NO, NO], [(2, LANDED)]),
        ([NO, YES, NO], [(2, LANDED)]),
        ([NO, NO, YES], [(2, NOT_YET)]),
        ([MAYBE, NO, YES], [(2, PARTLY)]),
    ],
)
def test_what_must_come_before_disclosing_is_decided_by_the_disclosing_reply(
    sights: list[Sight], expected: list[tuple[int, Landing]]
) -> None:
    assert decided(DISCLOSING, history(*sights, disclosed={2: True, 3: True})) == expected


def test_a_call_that_discloses_nothing_never_asks_for_it() -> None:
    assert decided(DISCLOSING, history(NO, NO)) == []


def test_a_hold_is_announced_or_not_each_time() -> None:
    replies = history(YES, NO, NO, NO, held_before={2: True, 4: False})
    assert decided(BEFORE_HOLD, replies) == [(2, LANDED), (4, NOT_YET)]
    assert decided(BEFORE_HOLD, history(YES, YES)) == []


def test_a_return_from_hold_is_due_in_the_very_next_reply() -> None:
    assert decided(AFTER_HOLD, history(NO, YES, held_before={2: True})) == [(2, LANDED)]
    assert decided(AFTER_HOLD, history(NO, NO, YES, held_before={2: True})) == [(2, NOT_YET)]
    assert decided(AFTER_HOLD, history(NO, NO)) == []


def test_every_way_of_a_moment_starts_its_own_criterion() -> None:
    for after, moment in (
        ("customer_shows_feeling", "feeling_before"),
        ("customer_tells_story", "story_before"),
        ("customer_gives_signal", "signal_before"),
    ):
        one = criterion(due={"after": after})
        assert decided(one, history(NO, YES, **{moment: {2: True}})) == [(2, LANDED)]
        assert decided(one, history(NO, YES)) == []


def test_a_feeling_may_be_answered_in_this_reply_or_the_next() -> None:
    assert decided(FEELING, history(YES, feeling_before={1: True})) == [(1, LANDED)]
    assert decided(FEELING, history(NO, YES, feeling_before={1: True})) == [(2, LANDED)]
    assert decided(FEELING, history(NO, NO, YES, feeling_before={1: True})) == [(2, NOT_YET)]


def test_an_answer_that_can_still_come_is_not_held_against_anyone_yet() -> None:
    assert decided(FEELING, history(NO, feeling_before={1: True}), ended=False) == []


def test_after_a_good_answer_the_same_upset_asks_for_no_other_for_a_while_and_then_more_mildly() -> None:
    always = dict.fromkeys(range(1, 9), True)
    due_again = 1 + 1 + REST + 1
    replies = history(YES, *[NO] * 7, feeling_before=always)
    assert decided(FEELING, replies) == [(1, LANDED), (due_again + 1, PARTLY)]
    assert decided(FEELING, replies[: due_again - 1]) == [(1, LANDED)]


def test_one_missed_moment_is_not_held_against_the_trainee_twice() -> None:
    replies = history(NO, NO, NO, NO, feeling_before={1: True, 2: True, 3: True})
    assert decided(FEELING, replies) == [(2, NOT_YET)]


def test_a_late_answer_after_a_miss_counts_for_the_next_moment() -> None:
    replies = history(NO, NO, NO, NO, YES, feeling_before={1: True, 5: True})
    assert decided(FEELING, replies) == [(2, NOT_YET), (5, LANDED)]


@pytest.mark.parametrize(
    ("sight", "landing"), [(YES, LANDED), (NO, LANDED), (MAYBE, LANDED), (SLIP, PARTLY), (BREACH, NOT_YET)]
)
def test_what_is_to_be_avoided_lands_in_every_reply_without_a_breach(sight: Sight, landing: Landing) -> None:
    assert decided(AVOID, history(YES, sight), ended=False) == [(1, LANDED), (2, landing)]


@pytest.mark.parametrize(("when", "reply_number"), [("customer_is_calm", 1), ("customer_shows_feeling", 2)])
def test_what_is_to_be_avoided_may_be_due_only_in_one_mood(when: str, reply_number: int) -> None:
    one = criterion(mode="avoid", due={"at": "every", "when": when})
    assert decided(one, history(YES, YES, calm={2: False})) == [(reply_number, LANDED)]


def test_asking_again_is_measured_by_the_record_of_facts() -> None:
    one = criterion("does_not_ask_again", mode="avoid", due={"at": "every"})
    clean = Sight("does_not_ask_again", Verdict.SHOWN)
    assert decided(one, [reply(1, clean), reply(2, clean, asked_again=True)]) == [(1, LANDED), (2, NOT_YET)]


def test_a_value_shows_a_criterion_as_well_as_an_example() -> None:
    value = Sight("it.value", Verdict.SHOWN)
    assert sight_of(ANY, reply(1, NO, value)) == value
    assert sight_of(ANY, reply(1, YES, value)) == YES
    assert sight_of(ANY, reply(1)) == Sight("it", Verdict.NOT_SHOWN)


def test_a_miss_shows_the_nearest_there_was() -> None:
    near = Sight("it", Verdict.NOT_SHOWN, contrast=-0.75)
    [(_, missed)] = results(ANY, history(NO, near, NO), ended=True)
    assert missed.sight == near


SEEN = st.sampled_from([YES, MAYBE, NO, BREACH, SLIP])
MOMENTS = st.builds(
    HeardReply,
    st.just(0),
    SEEN.map(lambda sight: Reading("", 1, {"it": sight})),
    calm=st.booleans(),
    feeling_before=st.booleans(),
    held_before=st.sampled_from([None, True, False]),
    disclosed=st.booleans(),
)
HISTORIES = st.lists(MOMENTS, max_size=10).map(
    lambda drawn: [replace(one, number=number) for number, one in enumerate(drawn, 1)]
)


@given(st.sampled_from(KINDS), HISTORIES)
def test_what_is_decided_during_a_call_stays_so(one: Any, replies: list[HeardReply]) -> None:  # noqa: ANN401
    final = decided(one, replies)
    for length in range(len(replies)):
        sofar = decided(one, replies[:length], ended=False)
        assert sofar == [entry for entry in final if entry[0] <= length][: len(sofar)]
    assert all(1 <= number <= len(replies) for number, _ in final)
