"""From what was seen to what it is worth: a reply's score and a call's card."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.score import HeardReply, Ledger, Reading, Scorecard, Sight, Verdict, band
from roleplay.scoring.scorer import Scorer
from tests.scoring.build import BREACH, LANDED, MAYBE, NO, SLIP, YES, criterion, history, reply, rubric

WON, LOST, ABANDONED = Ledger(True, 1.0), Ledger(False, 0.25), Ledger(False, 0.25, abandoned=True)  # noqa: FBT003
ONE = rubric(criterion())
CRITICAL = criterion(critical=True)
CRITICAL_AVOID = criterion(critical=True, mode="avoid", due={"at": "every"})


def card(*sights: Sight, ledger: Ledger = WON, under: object = None) -> Scorecard:
    """The call of these replies, by the rubric of one criterion unless another is given."""
    return Scorer(under or ONE).call(history(*sights), ledger)  # type: ignore[arg-type] # a Rubric


def test_a_dimension_with_nothing_due_in_a_reply_is_null() -> None:
    score = Scorer(ONE).turn(history(NO))
    assert score.dimensions == {"first_call_resolution": None, "listening": None, "smoothness": None}
    assert score.results == ()


def test_a_reply_is_scored_by_what_it_decided() -> None:
    scorer = Scorer(rubric(criterion(), criterion("that", weight=3, mode="avoid", due={"at": "every"})))
    score = scorer.turn([reply(1, YES, Sight("that", Verdict.NOT_SHOWN, opposite=True, clear=True))])
    assert score.dimensions["listening"] == 25.0
    assert [result.landing for result in score.results] == [LANDED, "not yet"]


def test_a_reply_is_not_scored_again_for_what_an_earlier_one_decided() -> None:
    assert Scorer(ONE).turn(history(YES, YES)).results == ()


def test_no_history_scores_nothing() -> None:
    assert Scorer(ONE).turn([]).dimensions == {}
    assert Scorer(ONE).call([], WON).dimensions["listening"] is None


@pytest.mark.parametrize(("sight", "points"), [(YES, 100.0), (MAYBE, 50.0), (NO, 0.0)])
def test_landed_partly_and_not_yet_are_worth_one_a_half_and_nothing(sight: Sight, points: float) -> None:
    assert card(sight).dimensions["listening"] == points


@pytest.mark.parametrize(
    ("sights", "points"),
    [([NO, NO], 100.0), ([BREACH, NO], 50.0), ([SLIP, NO], 75.0), ([BREACH, BREACH, NO], 0.0), ([BREACH] * 5, 0.0)],
)
def test_two_breaches_leave_nothing_of_what_is_to_be_avoided(sights: list[Sight], points: float) -> None:
    avoid = rubric(criterion(mode="avoid", due={"at": "every"}))
    assert card(*sights, under=avoid).dimensions["listening"] == points


def test_resolution_comes_from_the_ledger_and_from_nothing_else() -> None:
    says = rubric(criterion(dimension="first_call_resolution"))
    assert card(NO, under=says).dimensions["first_call_resolution"] == 100.0
    assert card(YES, ledger=LOST, under=says).dimensions["first_call_resolution"] == 25.0


def test_an_abandoned_call_has_no_resolution_and_what_was_not_yet_due_is_null() -> None:
    abandoned = card(NO, NO, ledger=ABANDONED)
    assert abandoned.dimensions == {"first_call_resolution": None, "listening": None, "smoothness": None}
    assert (abandoned.overall, abandoned.passed) == (None, False)
    assert abandoned.tallies[0].landing is None


def test_a_call_that_was_left_keeps_what_was_decided_and_has_no_overall_score_without_the_rest() -> None:
    left = card(YES, NO, ledger=ABANDONED)
    assert left.dimensions == {"first_call_resolution": None, "listening": 100.0, "smoothness": None}
    assert (left.overall, left.passed) == (None, False)


def test_a_call_that_was_left_is_scored_where_everything_that_is_weighed_was_seen() -> None:
    left = card(YES, NO, ledger=ABANDONED, under=rubric(criterion(), weights={"listening": 1}))
    assert (left.overall, left.passed) == (100.0, False)


@pytest.mark.parametrize(("ledger", "points"), [(ABANDONED, None), (LOST, 100.0)])
def test_to_have_done_nothing_wrong_in_a_call_that_was_left_is_no_merit(ledger: Ledger, points: float | None) -> None:
    avoid = rubric(criterion(mode="avoid", due={"at": "every"}))
    assert card(NO, NO, ledger=ledger, under=avoid).dimensions["listening"] == points


def test_the_overall_score_weighs_the_dimensions_that_have_one() -> None:
    smooth = criterion("smooth", dimension="smoothness")
    replies = [reply(1, YES, Sight("smooth", Verdict.NOT_SHOWN))]
    scorer = Scorer(rubric(criterion(), smooth))
    assert scorer.call(replies, LOST).overall == pytest.approx((40 * 25 + 30 * 100 + 30 * 0) / 100)
    assert card(YES, ledger=LOST).overall == pytest.approx((40 * 25 + 30 * 100) / 70, abs=0.05)


def test_a_rubrics_own_weights_and_dimensions_are_used() -> None:
    own = rubric(criterion(dimension="warmth"), weights={"warmth": 3, "first_call_resolution": 1})
    assert card(NO, under=own).dimensions == {"warmth": 0.0, "first_call_resolution": 100.0}
    assert card(NO, under=own).overall == 25.0


def test_a_rubric_that_does_not_weigh_resolution_has_none() -> None:
    assert card(YES, under=rubric(criterion(), weights={"listening": 1})).dimensions == {"listening": 100.0}


@pytest.mark.parametrize(("mark", "passed"), [(70, True), (70.1, False)])
def test_a_call_passes_at_the_pass_mark(mark: float, passed: bool) -> None:  # noqa: FBT001 - what is expected
    half = rubric(criterion(), weights={"listening": 30, "first_call_resolution": 70}, pass_mark=mark)
    assert card(NO, under=half).passed is passed


@pytest.mark.parametrize(
    ("one", "sights", "failed"),
    [
        (CRITICAL, [NO], True),
        (CRITICAL, [MAYBE], False),
        (CRITICAL, [NO, YES], False),
        (CRITICAL_AVOID, [BREACH, NO], True),
        (CRITICAL_AVOID, [SLIP, NO], False),
        (CRITICAL_AVOID, [NO], False),
    ],
)
def test_a_critical_failure_fails_the_call_whatever_the_number(one: object, sights: list[Sight], failed: bool) -> None:  # noqa: FBT001
    light = rubric(one, weights={"listening": 1, "first_call_resolution": 99})  # type: ignore[arg-type] # a Criterion
    result = card(*sights, under=light)
    assert result.overall is not None
    assert result.overall >= 99
    assert (result.passed, result.critical_failed) == ((not failed), (("it",) if failed else ()))


def test_a_critical_criterion_that_was_never_due_does_not_fail() -> None:
    one = criterion(critical=True, due={"before": "disclosing"})
    assert card(NO, under=rubric(one)).critical_failed == ()


def test_the_tally_keeps_the_best_and_the_worst_with_their_turns() -> None:
    avoid = rubric(criterion(mode="avoid", due={"at": "every"}))
    [tally] = card(NO, BREACH, YES, under=avoid).tallies
    assert (tally.best, tally.best_turn) == (YES, 3)
    assert (tally.worst, tally.worst_turn) == (BREACH, 2)
    assert (tally.value, tally.landing) == (0.5, "partly")


@pytest.mark.parametrize(
    ("points", "word"),
    [
        (100, "excellent"),
        (90, "excellent"),
        (89.9, "good"),
        (75, "good"),
        (74.9, "getting there"),
        (50, "getting there"),
        (49.9, "needs practice"),
        (0, "needs practice"),
    ],
)
def test_the_bands_begin_at_90_75_and_50(points: float, word: str) -> None:
    assert band(points) == word


SEEN = st.sampled_from([YES, MAYBE, NO, BREACH, SLIP])
MANY = rubric(
    criterion(),
    criterion("open", dimension="smoothness", due={"at": "opening"}),
    criterion("kind", dimension="smoothness", mode="avoid", due={"at": "every"}, critical=True),
    criterion("feel", weight=3, due={"after": "customer_shows_feeling"}),
    criterion("bye", dimension="first_call_resolution", due={"at": "closing"}),
)
LEDGERS = st.builds(Ledger, st.booleans(), st.floats(0, 1), st.booleans())


def seen_replies() -> st.SearchStrategy[list[HeardReply]]:
    names = [one.id for one in MANY.criteria]
    sights = st.fixed_dictionaries(dict.fromkeys(names, SEEN))
    return st.lists(st.tuples(sights, st.booleans()), min_size=1, max_size=8).map(
        lambda drawn: [
            HeardReply(number, Reading("", 1, found), feeling_before=feels)
            for number, (found, feels) in enumerate(drawn, 1)
        ]
    )


@given(seen_replies(), LEDGERS)
def test_every_number_lies_within_0_and_100_and_is_rounded(replies: list[HeardReply], ledger: Ledger) -> None:
    result = Scorer(MANY).call(replies, ledger)
    numbers = [*result.dimensions.values(), result.overall]
    assert all(one is None or (0 <= one <= 100 and round(one, 1) == one) for one in numbers)
    assert not (result.passed and result.critical_failed)


@given(seen_replies(), st.sampled_from([one.id for one in MANY.criteria]), st.data())
def test_showing_more_in_a_reply_never_lowers_the_call(
    replies: list[HeardReply], name: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(replies) - 1))
    better = list(replies)
    sights = dict(replies[at].reading.sights) | {name: YES}
    better[at] = HeardReply(at + 1, Reading("", 1, sights), feeling_before=replies[at].feeling_before)
    before, after = (Scorer(MANY).call(one, LOST).overall for one in (replies, better))
    assert before is not None
    assert after is not None
    assert after >= before
