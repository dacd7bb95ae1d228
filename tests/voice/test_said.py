"""What of the mind's lines a model's line has not said, and so follows in the scripted voice's words."""

from __future__ import annotations

from typing import Any

import pytest

from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.near import Nearness
from roleplay.customer.voice.said import unsaid
from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from tests.voice.lines import good_lines, written


@pytest.fixture(scope="module")
def near(minilm: Embedder) -> Nearness:
    return Nearness(minilm)


def cue(library: Library, intent: str, **more: Any) -> Cue:  # noqa: ANN401 - of an entry
    """A turn of the worried father's."""
    entry = {"persona": "late-inhaler", "band": "worried", "trainee": "Tell me more about it.", "line": ""}
    return written(entry | {"intent": intent} | more, library).cue


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("order_number", "It's C S, two oh four one eight, B D three, eight Q H. Defne Demir's on the label."),
        ("order_number", "CS 20418, BD3 8QH, for Defne Demir."),
        ("she_is_fine", "She's fine, she's at school and the blue one is in her bag. I looked twice."),
        ("ordered_in_time", "Ten days ago I ordered it. They said Wednesday, and nobody came on Wednesday."),
        ("counter_says_eight", "There's eight on the counter, two in the morning and two at night."),
        ("nearest_chemist", "Brennan's, on Otley Road. I can see their green cross from here."),
    ],
)
def test_a_fact_told_in_other_words_is_told(library: Library, near: Nearness, fact: str, said: str) -> None:
    assert unsaid(cue(library, "asks_for", facts=[fact]), [said], near) == ()


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("order_number", "It's DS-20418, BD3 8QH, for Defne Demir."),
        ("order_number", "It's CS-20418, for Defne Demir."),
        ("order_number", "Hang on, I've got it here somewhere."),
        ("she_is_fine", "Why do you ask?"),
        ("ordered_in_time", "I ordered it in good time."),
        ("counter_says_eight", "There isn't much on the counter."),
        ("nearest_chemist", "I'd have to think."),
    ],
)
def test_a_fact_with_a_detail_missing_or_wrong_is_not_told(
    library: Library, near: Nearness, fact: str, said: str
) -> None:
    turn = cue(library, "asks_for", facts=[fact])
    assert unsaid(turn, [said], near) == turn.lines


def test_a_fact_may_be_told_over_two_sentences(library: Library, near: Nearness) -> None:
    turn = cue(library, "asks_for", facts=["order_number"])
    assert unsaid(turn, ["CS-20418.", "BD3 8QH, Defne Demir on the label."], near) == ()
    assert unsaid(turn, ["CS-20418."], near) == turn.lines


def test_what_is_missing_keeps_its_order(library: Library, near: Nearness) -> None:
    turn = cue(library, "asks_for", facts=["order_number", "she_is_fine", "counter_says_eight"])
    assert unsaid(turn, ["Hm."], near) == turn.lines
    assert unsaid(turn, ["She's fine, she's at school, the blue one's in her bag."], near) == (
        turn.lines[0],
        turn.lines[2],
    )


def test_who_calls_says_why(library: Library, near: Nearness) -> None:
    turn = cue(library, "opening", trainee="")
    assert (
        unsaid(turn, ["Hi, my daughter's inhaler hasn't come and there are two days left in the old one."], near) == ()
    )
    assert unsaid(turn, ["Hello, good morning."], near) == turn.lines


def test_a_manager_is_asked_for_in_any_words(library: Library, near: Nearness) -> None:
    turn = cue(library, "ask_for_manager")
    for said in ("Get me your manager.", "Who's in charge there?", "Could I talk to somebody else?"):
        assert unsaid(turn, [said], near) == ()
    assert unsaid(turn, ["It's raining here."], near) == turn.lines


def test_a_question_asks_back_and_a_statement_does_not(library: Library, near: Nearness) -> None:
    turn = cue(library, "ask_back", step="arranges_local_supply", part="when", told=["order_number"])
    assert unsaid(turn, ["And when will they ring me?"], near) == ()
    assert unsaid(turn, ["The grout is grey, that is what I chose."], near) == turn.lines


def test_a_mood_needs_no_words_of_its_own(library: Library, near: Nearness) -> None:
    for intent in ("push_back", "stalled", "thaw", "off_topic", "waiting"):
        assert unsaid(cue(library, intent), ["Anything at all."], near) == ()


def test_the_minds_own_words_always_say_it(library: Library, near: Nearness) -> None:
    for one in good_lines(library):
        assert unsaid(one.cue, list(one.cue.lines), near) == (), one.cue.lines
