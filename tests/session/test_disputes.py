"""A trainee disagrees or is proud: kept beside the call, and nothing in the call or its score changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roleplay.cli.contesting import DISPUTE, PRAISE, Contest
from roleplay.dispute import DisputeKind, RaisedDispute, RightVerdict
from roleplay.errors import ServiceUnavailable, UsageProblem
from roleplay.sanitise import clean_line
from roleplay.session.call import LiveCall
from roleplay.session.disputes import found_in
from roleplay.session.opening import Switchboard
from tests.session.builders import begin, play, timeless_report

LINES = ("Good morning, how can I help?", "That's not my department.")


@pytest.fixture
def held(call: LiveCall) -> LiveCall:
    """After two replies."""
    play(call, LINES)
    return call


def told(board: Switchboard) -> list[RaisedDispute]:
    return board.records.disputes.all()


def take(board: Switchboard, call: LiveCall, command: str, words: str = "") -> str:
    return Contest(board.disputes).take(call, command, words)


def short(call: LiveCall, reply: int) -> list[str]:
    return [one.move.id for one in found_in(call, reply) if not one.landed]


def test_a_call_with_disputes_replays_and_scores_as_one_without(board: Switchboard) -> None:
    plain, disputed = begin(board, seed=3), begin(board, seed=3)
    play(plain, LINES)
    for at, line in enumerate(LINES, start=1):
        play(disputed, (line,))
        take(board, disputed, DISPUTE, f"{at} stays_courteous I was kind")
        take(board, disputed, PRAISE)
    for call in (plain, disputed):
        play(call, ("/end",))
    take(board, disputed, DISPUTE, "1")
    assert told(board)
    assert timeless_report(disputed) == timeless_report(plain)
    one, other = (board.replay(call.header.id) for call in (plain, disputed))
    assert one.scorecard() == other.scorecard() == disputed.course.scorecard()
    assert [moment.state for moment in one.moments] == [moment.state for moment in other.moments]
    logs = [board.records.inputs(call.header.id) for call in (plain, disputed)]
    assert [(entry.kind, entry.text) for entry in logs[0]] == [(entry.kind, entry.text) for entry in logs[1]]


def test_alone_it_disputes_all_that_fell_short_in_the_last_reply(board: Switchboard, held: LiveCall) -> None:
    said = take(board, held, DISPUTE)
    assert short(held, 2), "or this test says nothing"
    assert [one.dispute.seen.criterion for one in told(board)] == short(held, 2)
    assert {(one.dispute.reply, one.dispute.wanted) for one in told(board)} == {(2, RightVerdict.SHOWN)}
    assert all(name in said for name in short(held, 2))
    assert "stays as it is" in said


def test_what_landed_can_be_disputed_too(board: Switchboard, held: LiveCall) -> None:
    landed = next(one for one in found_in(held, 1) if one.landed)
    take(board, held, DISPUTE, f"1 {landed.move.id} because I only repeated it")
    (one,) = told(board)
    assert (one.dispute.wanted, one.dispute.why) == (RightVerdict.NOT_SHOWN, "I only repeated it")


def test_what_was_not_asked_can_be_claimed_by_id_or_by_title_and_a_dimension_means_what_fell_short_in_it(
    board: Switchboard, held: LiveCall
) -> None:
    take(board, held, DISPUTE, "acknowledges_feeling I said sorry")
    title = held.course.rubric.criterion("closes_warmly").title
    take(board, held, DISPUTE, f"1 {title.upper()}: I did")
    assert [(one.dispute.reply, one.dispute.seen.criterion, one.dispute.why) for one in told(board)] == [
        (2, "acknowledges_feeling", "I said sorry"),
        (1, "closes_warmly", "I did"),
    ]
    take(board, held, DISPUTE, "2 smoothness")
    smooth = [name for name in short(held, 2) if held.course.rubric.criterion(name).dimension == "smoothness"]
    assert [one.dispute.seen.criterion for one in told(board)[2:]] == smooth


def test_it_keeps_the_line_before_the_reply_and_what_was_seen(board: Switchboard, held: LiveCall) -> None:
    take(board, held, DISPUTE, "2")
    turns = [turn.text for turn in held.shown_turns()]
    first = told(board)[0].dispute.seen
    assert (first.customer, first.reply) == (turns[2], turns[3]) == (turns[2], LINES[1])
    assert first.sight == next(one.sight for one in found_in(held, 2) if one.move.id == first.criterion)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("7", "there is no reply 7: this call has 2 replies"),
        ("0", "there is no reply 0"),
        ("acknowledge_feeling", r"did you mean acknowledges_feeling\?"),
        ("99999999999999999999999 x", "there is no reply 9"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_noted(
    board: Switchboard, held: LiveCall, words: str, said: str
) -> None:
    for command in (DISPUTE, PRAISE):
        answer = take(board, held, command, words)
        assert re.search(said, answer)
        assert answer.endswith("Nothing was noted.")
    assert told(board) == []


def test_before_the_first_reply_there_is_nothing_to_dispute(board: Switchboard, call: LiveCall) -> None:
    assert take(board, call, DISPUTE) == "there is no reply 0: this call has no reply yet. Nothing was noted."


def test_the_same_again_adds_nothing_unless_it_says_more(board: Switchboard, held: LiveCall) -> None:
    for words in ("1 owns_it", "1 owns_it", "1 owns_it I took it on", "1 owns_it", "1 owns_it I took it on"):
        take(board, held, DISPUTE, words)
    assert [one.dispute.why for one in told(board)] == ["", "I took it on"]


def test_private_numbers_are_masked_and_words_cleaned(board: Switchboard, held: LiveCall) -> None:
    take(board, held, DISPUTE, "1 owns_it the card\x1b[2J 4111 1111 1111 1111 was his")
    take(board, held, PRAISE, "1 well said\u202e name: A\x1b]0;x\x07na  Kovač")
    first, second = (one.dispute for one in told(board))
    assert first.why == "the card [card number] was his"
    assert (second.kind, second.why, second.name) == (DisputeKind.PROUD, "well said", "Ana Kovač")


def test_a_line_is_nominated_without_a_name_unless_it_is_given(board: Switchboard, held: LiveCall) -> None:
    said = take(board, held, PRAISE)
    (one,) = told(board)
    assert (one.dispute.reply, one.dispute.name) == (2, "")
    assert "Without your name" in said


def test_a_very_long_reason_is_cut(board: Switchboard, held: LiveCall) -> None:
    take(board, held, DISPUTE, "1 owns_it " + "why " * 1000)
    assert len(told(board)[0].dispute.why) == 600


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_whatever_is_typed_is_answered_and_the_call_goes_on(board: Switchboard, held: LiveCall, words: str) -> None:
    for command in (DISPUTE, PRAISE):
        assert take(board, held, command, words)
    for one in told(board):
        assert one.dispute.why == clean_line(one.dispute.why)
        assert len(one.dispute.why) <= 60


def test_a_full_disk_is_said_and_the_call_goes_on(
    board: Switchboard, held: LiveCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> int:
        raise ServiceUnavailable("the disk is full", "Make some room.")

    monkeypatch.setattr(board.records.disputes, "add", full)
    assert take(board, held, DISPUTE, "1 owns_it") == "the disk is full. It was not noted.\nMake some room."
    monkeypatch.undo()
    play(held, ("Let me look.",))
    assert held.course.state.reply == 3


def test_a_retry_has_disputes_of_its_own(board: Switchboard, held: LiveCall) -> None:
    take(board, held, DISPUTE, "1 owns_it")
    retry = board.retry(held.header.id, 2)
    assert board.disputes.of(retry.header.id) == []
    with pytest.raises(UsageProblem):
        board.disputes.dispute(retry, 2)
