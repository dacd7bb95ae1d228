"""Sentences out of pieces: however a text is cut, the same ones come, whole and in order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.customer.voice.stream import LONGEST, SentenceStream

_WORDS = ["Hello", "I", "Dr", "no", "a.m.", "48", "£214.60", "x" * 300, "\U0001f600", "é"]
_MARKS = ["…", "...", ".", "!", "?", "?!", '"', "”", "’", ")", "(", "*"]
_SPACES = [" ", " ", " ", "\n", "\r\n", "\t", "\u2028"]
_TAGS = ["<", ">", "</", "<th", "<think>", "</think>", "<THINKING>", "</thinking>", "<b>"]
SCRAPS = st.sampled_from([*_WORDS, *_MARKS, *_SPACES, *_TAGS])
TEXTS = st.lists(SCRAPS, max_size=30).map("".join)


def sentences(*pieces: str) -> list[str]:
    """All that a stream gives for these pieces."""
    stream = SentenceStream()
    found = [sentence for piece in pieces for sentence in stream.feed(piece)]
    return [one for one in (*found, stream.rest()) if one]


def cut(text: str, places: list[int]) -> list[str]:
    """The text in pieces."""
    ends = sorted({place % (len(text) + 1) for place in places} | {0, len(text)})
    return [text[start:end] for start, end in pairwise(ends)]


@given(TEXTS, st.lists(st.integers(0, 2_000), max_size=12))
def test_however_a_text_is_cut_the_same_sentences_come(text: str, places: list[int]) -> None:
    assert sentences(*cut(text, places)) == sentences(text)


@given(TEXTS)
def test_character_by_character_is_no_different(text: str) -> None:
    assert sentences(*text) == sentences(text)


@given(
    st.text(st.characters(exclude_characters="<\n\r\v\f\x85\u2028\u2029")), st.lists(st.integers(0, 500), max_size=8)
)
def test_nothing_of_a_line_is_lost_and_the_order_is_kept(text: str, places: list[int]) -> None:
    together = "".join("".join(sentences(*cut(text, places))).split())
    assert together == "".join(text.split())


@given(TEXTS)
def test_no_sentence_is_empty_unstripped_or_endless(text: str) -> None:
    for sentence in sentences(*text):
        assert sentence == sentence.strip() != ""
        assert len(sentence) <= LONGEST


@given(
    st.lists(st.sampled_from(["Well.", "Is it?", "No way!", "Hm…"]), min_size=1, max_size=4),
    st.text(st.characters(exclude_characters="<>"), max_size=40),
    st.sampled_from(["think", "THINK", "thinking", "Thinking"]),
    st.integers(0, 4),
)
def test_a_thought_is_never_given_wherever_it_stands(said: list[str], thought: str, tag: str, at: int) -> None:
    whole = [*said[:at], f"<{tag}>secret {thought}</{tag}>", *said[at:]]
    text = " ".join(whole)
    assert sentences(*text) == sentences(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Shah said it would come.",
        "I spoke to Mr. and Mrs. Hale about it.",
        "It came at 9 p.m. on a Sunday.",
        "You said approx. an hour, i.e. not a day.",
        "It's nr. 5 on St. Mary's Road.",
        "You took £214.60, and not 1.5 per cent.",
        "Write to ruth.hale@post.example if you must.",
        "J. Calloway is on the label.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences(*text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Well… I don't know. Do you?", ["Well…", "I don't know.", "Do you?"]),
        ("No!! Really?! Yes.", ["No!!", "Really?!", "Yes."]),
        ('"It never came." That is all.', ['"It never came."', "That is all."]),
        ("“Is it late?” Yes, it is.", ["“Is it late?”", "Yes, it is."]),
        ("(It never came.) So?", ["(It never came.)", "So?"]),
        ("No end here", ["No end here"]),
        ("  \n \n Hello. ", ["Hello."]),
        ("", []),
    ],
)
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(*text) == sentences(text) == expected


def test_a_sentence_is_given_as_soon_as_it_is_certain() -> None:
    stream = SentenceStream()
    assert stream.feed("It never came.") == []  # "..." might follow, or a quotation mark
    assert stream.feed(" I") == ["It never came."]
    assert stream.feed(" waited in") == []
    assert stream.rest() == "I waited in"


@pytest.mark.parametrize("new_line", ["\n", "\r\n", " \n", "\n\n", "\u2028", "\x0b"])
def test_a_new_line_ends_the_turn(new_line: str) -> None:
    stream = SentenceStream()
    assert stream.feed(f"It never came.{new_line}Agent: I'm sorry. ") == ["It never came."]
    assert stream.ended
    assert stream.feed("More. And more. ") == []
    assert stream.rest() == ""


def test_a_new_line_after_half_a_sentence_ends_the_turn_too() -> None:
    assert sentences("It never", " came\nAgent: I'm", " sorry.") == ["It never came"]


def test_a_tag_cut_in_the_middle_is_still_a_tag() -> None:
    stream = SentenceStream()
    found = [
        *stream.feed("It's late. <th"),
        *stream.feed("ink>They want me to lie. </th"),
        *stream.feed("ink> Is it? "),
    ]
    assert found == ["It's late.", "Is it?"]


def test_what_was_said_before_an_endless_thought_is_given_and_the_thought_is_not() -> None:
    stream = SentenceStream()
    assert stream.feed("It's late. Very. <think>Now what. ") == ["It's late.", "Very."]
    assert stream.feed("Hm. ") == []
    assert stream.rest() == ""


def test_less_than_is_no_thought() -> None:
    assert sentences(*"I paid < £5. It's late.") == ["I paid < £5.", "It's late."]
    assert sentences("It's late <thi") == ["It's late <thi"]


def test_a_text_without_an_end_comes_in_lengths() -> None:
    assert [len(one) for one in sentences("x" * (2 * LONGEST + 5))] == [LONGEST, LONGEST, 5]
