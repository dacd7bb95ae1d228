"""Notes and bookings: kept with the call, noticed by nobody, measured by nothing."""

from __future__ import annotations

import pytest

from roleplay.call_log import InputKind
from roleplay.report.as_text import debrief_text
from roleplay.report.debrief import debrief
from roleplay.session.call import LiveCall
from roleplay.session.glossary import heard_first
from roleplay.session.opening import Switchboard
from tests.session.builders import begin, heard, notices, play, timeless_report

LINES = ("Good morning, how can I help?", "An engineer comes on Tuesday.", "/end")


def test_what_is_written_is_shown_back_and_changes_nothing(board: Switchboard) -> None:
    plain, noted = begin(board), begin(board)
    play(plain, LINES)
    play(noted, LINES[:1])
    assert notices(heard(noted.write(InputKind.NOTE, "down since Monday"))) == ["Noted: down since Monday"]
    play(noted, LINES[1:2])
    assert notices(heard(noted.write(InputKind.BOOKED, "engineer, Tuesday 8 to 10"))) == [
        "Booked: engineer, Tuesday 8 to 10"
    ]
    play(noted, LINES[2:])
    assert noted.written() == [("Noted", "down since Monday"), ("Booked", "engineer, Tuesday 8 to 10")]
    assert timeless_report(noted) == timeless_report(plain)
    assert "Booked: engineer" in debrief_text(debrief(noted), noted.course.persona)


def test_what_is_written_is_there_after_resuming_and_in_a_retry(board: Switchboard) -> None:
    call = begin(board)
    play(call, LINES[:1])
    heard(call.write(InputKind.NOTE, "down since Monday"))
    play(call, LINES[1:2])
    call.leave()
    assert board.resume(call.header.id).written() == [("Noted", "down since Monday")]
    assert board.retry(call.header.id, 2).written() == [("Noted", "down since Monday")]
    assert board.retry(call.header.id, 1).written() == []


def test_an_empty_note_is_not_taken_and_a_card_number_is_masked(call: LiveCall) -> None:
    assert heard(call.write(InputKind.NOTE, "  ")) == []
    heard(call.write(InputKind.NOTE, "card 4111 1111 1111 1111\x1b[2J"))
    assert "4111 1111 1111 1111" not in call.written()[0][1]
    assert "\x1b" not in call.written()[0][1]


def test_a_note_between_two_hints_does_not_start_the_ladder_again(call: LiveCall) -> None:
    assert call.next_rung == 1
    heard(call.hint())
    heard(call.write(InputKind.NOTE, "x"))
    assert call.next_rung == 2
    for _ in range(3):
        heard(call.hint())
    assert call.next_rung == 3
    play(call, LINES[:1])
    assert call.next_rung == 1


def test_a_booking_does_no_step(call: LiveCall) -> None:
    for step in call.course.persona.steps:
        heard(call.write(InputKind.BOOKED, next(iter(step.examples), step.what)))
    assert call.course.state.done == {}


@pytest.mark.parametrize(
    ("word", "line", "is_heard"),
    [
        ("joiner", "I'm a joiner, love.", True),
        ("riser", "The risers are oak.", True),
        ("to tune", "I tuned it myself.", True),
        ("VAT number", "where is my vat number?", True),
        ("it's been a week", "It’s been a week!", True),
        ("flat", "I am flattered.", False),
        ("puff", "", False),
    ],
)
def test_a_word_is_heard_whatever_its_case_and_ending(word: str, line: str, *, is_heard: bool) -> None:
    heard_words, others = heard_first({"other": "x", word: "y"}, line)
    assert (word in heard_words) is is_heard
    assert (word in others) is not is_heard
    assert "other" in others


def test_words_just_heard_come_first_in_the_order_they_were_heard() -> None:
    gloss = {"alpha": "1", "beta": "2", "gamma": "3"}
    found, others = heard_first(gloss, "Gamma, and then alpha.")
    assert (list(found), list(others)) == (["gamma", "alpha"], ["beta"])
