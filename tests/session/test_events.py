"""What a listener is told, in which order, and what is on disk by then."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.call_log import InputKind
from roleplay.errors import ServiceUnavailable
from roleplay.event import (
    CallEnded,
    CallStarted,
    CustomerDelta,
    CustomerSpoke,
    Event,
    FactTold,
    MoodChanged,
    ReplyRecorded,
    ReplyScored,
    StepDone,
)
from roleplay.library.folder import Library
from roleplay.session.call import LiveCall
from roleplay.session.opening import Choices, Switchboard
from tests.session.builders import collect, heard, play

OWNS = "We let you down, the engineer should have been there and wasn't."
ASKS = "What happened with the engineer's appointment?"


def kinds(events: list[Event]) -> list[type]:
    """The kinds of events in order, without repetitions of one that stands next to itself."""
    found = [type(event) for event in events]
    return [kind for at, kind in enumerate(found) if at == 0 or found[at - 1] is not kind]


def test_a_call_starts_with_the_line_open_and_the_customer_speaking(board: Switchboard) -> None:
    events = heard(board.start(Choices("broadband-down")).start())
    assert kinds(events) == [CallStarted, CustomerDelta, CustomerSpoke]
    assert events[0] == CallStarted("call-1", resumed=False)


def test_a_reply_is_recorded_then_scored_then_felt_then_answered(call: LiveCall) -> None:
    heard(call.reply(ASKS))
    events = heard(call.reply(OWNS))
    order = [ReplyRecorded, ReplyScored, MoodChanged, StepDone, FactTold, CustomerDelta, CustomerSpoke]
    assert kinds(events) == [kind for kind in order if kind in kinds(events)]
    assert {ReplyRecorded, ReplyScored, StepDone, CustomerSpoke} <= set(kinds(events))


def test_the_order_holds_in_every_turn_of_a_whole_call(call: LiveCall, library: Library) -> None:
    lines = library.rehearsal("broadband-down")
    assert lines is not None
    told = kinds(play(call, lines.plainest("average")))
    order = [ReplyRecorded, ReplyScored, CustomerDelta, CustomerSpoke]
    turns = [kind for kind in told if kind in order]
    assert turns[: 4 * len(call.course.history)] == order * len(call.course.history)


def test_the_pieces_of_a_line_make_the_line(call: LiveCall) -> None:
    events = heard(call.reply(ASKS))
    spoken = next(event.text for event in events if isinstance(event, CustomerSpoke))
    assert "".join(event.text for event in events if isinstance(event, CustomerDelta)) == spoken


def test_turns_are_numbered_by_reply(call: LiveCall) -> None:
    for number in (1, 2, 3):
        numbered = [event.turn for event in heard(call.reply(f"Reply number {number}.")) if hasattr(event, "turn")]
        assert set(numbered) == {number}


def test_a_reply_is_on_disk_before_it_is_announced_and_the_answer_before_it_is_shown(
    board: Switchboard, call: LiveCall
) -> None:
    seen: list[tuple[type, int, int]] = []

    def look(event: Event) -> None:
        records = board.records
        seen.append((type(event), len(records.inputs(call.header.id)), len(records.spoken(call.header.id))))

    collect(call.reply(ASKS), look)
    assert seen[0] == (ReplyRecorded, 1, 1)
    assert seen[-1] == (CustomerSpoke, 1, 2)


def test_a_reply_the_disk_refuses_is_neither_announced_nor_answered(
    call: LiveCall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_entry: object) -> None:
        raise ServiceUnavailable("the disk is full")

    monkeypatch.setattr(call._record, "add", refuse)  # noqa: SLF001 - where the disk comes in
    events: list[Event] = []
    with pytest.raises(ServiceUnavailable):
        collect(call.reply(ASKS), events.append)
    assert events == []
    assert call.course.state.reply == 0


def test_the_end_is_announced_last_and_recorded_by_then(board: Switchboard, call: LiveCall) -> None:
    heard(call.reply(ASKS))
    *_before, spoke, ended = heard(call.act(InputKind.END))
    assert isinstance(spoke, CustomerSpoke)
    assert isinstance(ended, CallEnded)
    result = board.records.call(call.header.id).result
    assert result is not None
    assert (result.outcome, result.overall, result.replies) == (ended.outcome, ended.scorecard.overall, 1)


def test_mood_changes_add_up_from_the_opening_to_the_end(call: LiveCall, library: Library) -> None:
    lines = library.rehearsal("broadband-down")
    assert lines is not None
    mood = call.course.state.mood
    for event in play(call, lines.plainest("rude")):
        if isinstance(event, MoodChanged):
            mood += sum(change.delta for change in event.changes)
            assert event.mood == mood
    assert call.course.state.mood == mood


def test_every_call_of_a_home_can_be_held_at_once(board: Switchboard, home: Path) -> None:
    calls = [board.start(Choices(name)) for name in ("water-bill", "no-thanks")]
    for each in calls:
        heard(each.start())
        heard(each.reply("Hello, who am I speaking to?"))
    assert [one.replies for one in board.records.calls()] == [1, 1]
    assert len(list((home / "open-calls").iterdir())) == 2
