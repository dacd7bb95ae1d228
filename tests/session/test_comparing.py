"""A retry beside the call it goes back into."""

from __future__ import annotations

import pytest

from roleplay.call_log import InputKind
from roleplay.report.as_branches import branches_text
from roleplay.score import Landing
from roleplay.session.call import LiveCall
from roleplay.session.opening import Switchboard
from roleplay.transcript import Outcome
from tests.session.builders import begin, heard, play

FIRST = ("Good morning, how can I help?", "That's not my department.", "/hold", "/hold", "Goodbye then.", "/end")


@pytest.fixture
def pair(board: Switchboard) -> tuple[LiveCall, LiveCall]:
    """A call that went badly from reply 2 on, and a retry that stands before it."""
    call = begin(board)
    play(call, FIRST)
    retry = board.retry(call.header.id, 2)
    heard(retry.start())
    return call, retry


def test_a_call_of_its_own_has_no_branches(board: Switchboard) -> None:
    assert board.branches(begin(board)) is None


def test_the_branches_begin_where_they_part(board: Switchboard, pair: tuple[LiveCall, LiveCall]) -> None:
    call, retry = pair
    play(retry, ("I'm sorry that your line has been down. I'll look into it now.",))
    branches = board.branches(retry)
    assert branches is not None
    assert branches.asked == call.shown_turns()[2].text
    before, after = branches.rows[0]
    assert before is not None
    assert after is not None
    assert (before.reply, after.reply) == (2, 2)
    assert before.words == "That's not my department."
    assert after.words.startswith("I'm sorry")
    assert before.answers[0] == call.shown_turns()[4].text
    moods = [one.state.mood for one in call.course.moments]
    assert (before.mood, before.moved) == (moods[4], moods[4] - moods[1])
    assert branches.rows[1][1] is None
    assert not branches.after.is_over


def test_actions_stand_with_the_reply_before_them(board: Switchboard, pair: tuple[LiveCall, LiveCall]) -> None:
    branches = board.branches(pair[1])
    assert branches is not None
    assert [one.actions for one in branches.before.exchanges] == [
        (InputKind.HOLD, InputKind.HOLD),
        (InputKind.END,),
    ]
    assert branches.after.exchanges == ()


def test_a_retry_that_only_acts_is_an_exchange_without_words(
    board: Switchboard, pair: tuple[LiveCall, LiveCall]
) -> None:
    play(pair[1], ("/transfer",))
    branches = board.branches(pair[1])
    assert branches is not None
    assert [(one.words, one.actions) for one in branches.after.exchanges] == [("", (InputKind.TRANSFER,))]
    assert branches.after.outcome is Outcome.UNRESOLVED


def test_both_ends_stand_side_by_side_as_the_calls_have_them(
    board: Switchboard, pair: tuple[LiveCall, LiveCall]
) -> None:
    call, retry = pair
    play(retry, ("I'm sorry that your line has been down. I'll look into it now.", "/end"))
    branches = board.branches(retry)
    assert branches is not None
    for side, held in ((branches.before, call), (branches.after, retry)):
        card = held.course.scorecard()
        assert (side.outcome, side.overall, side.passed) == (held.course.state.outcome, card.overall, card.passed)


def test_what_a_reply_decided_is_told_and_that_nothing_went_wrong_is_not(
    board: Switchboard, pair: tuple[LiveCall, LiveCall]
) -> None:
    call, _ = pair
    rubric = call.course.rubric
    avoid = {one.title for one in rubric.criteria if one.mode == "avoid"}
    branches = board.branches(pair[1])
    assert branches is not None
    for exchange in branches.before.exchanges:
        assert not [title for title, went in exchange.landings if title in avoid and went is Landing.LANDED]


def test_the_same_words_again_make_equal_sides(board: Switchboard, pair: tuple[LiveCall, LiveCall]) -> None:
    play(pair[1], FIRST[1:])
    branches = board.branches(pair[1])
    assert branches is not None
    assert branches.before.exchanges == branches.after.exchanges


def test_in_words_both_ways_stand_one_below_the_other(board: Switchboard, pair: tuple[LiveCall, LiveCall]) -> None:
    call, retry = pair
    play(retry, ("I'm sorry that your line has been down. I'll look into it now.", "/end"))
    branches = board.branches(retry)
    assert branches is not None
    text = branches_text(branches, "Gareth Pugh", whole=True)
    for words in (
        "from reply 2",
        "You: That's not my department.",
        "(hold, then hold)",
        "You: I'm sorry",
        call.header.id,
    ):
        assert words in text
    assert text.count("End: ") == 2
    short = branches_text(branches, "Gareth Pugh", whole=False)
    assert "Goodbye then" not in short
    assert "End: " not in short
