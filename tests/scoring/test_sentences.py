"""A reply cut into the pieces that are measured."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.scoring.sentences import (
    LONGEST_REPLY_SENTENCES,
    LONGEST_SENTENCE,
    count_words,
    sentences,
    windows,
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("I'm sorry. That was us.", ["I'm sorry.", "That was us."]),
        ("I'm sorry.that was us.I'll fix it", ["I'm sorry.", "that was us.", "I'll fix it"]),
        ("sorry . that was us . ok", ["sorry .", "that was us .", "ok"]),
        ("How are you?Fine", ["How are you?", "Fine"]),
        ("one\ntwo\n\nthree", ["one", "two", "three"]),
        ("Dr. Smith will call. All right?", ["Dr. Smith will call.", "All right?"]),
        ("That's 4.50 in total, at 3.30 today", ["That's 4.50 in total, at 3.30 today"]),
        ("It came at 5 p.m. today.", ["It came at 5 p.m. today."]),
        ("e.g. this one", ["e.g. this one"]),
        ("no way...really", ["no way...really"]),
        ("您好。我的包裹在哪里？谢谢", ["您好。", "我的包裹在哪里？", "谢谢"]),
        ("Здравствуйте. Как дела?", ["Здравствуйте.", "Как дела?"]),
        ("", []),
        ("   \n ", []),
        ("...", []),
        ("?!", []),
        ("😀", ["😀"]),
        ("See www.example.com/help for it", ["See www.example.com/help for it"]),
        ("Write to help@acme.com please", ["Write to help@acme.com please"]),
    ],
)
def test_a_reply_is_cut_where_people_end_a_sentence(text: str, pieces: list[str]) -> None:
    assert list(sentences(text, "en")) == pieces


@pytest.mark.parametrize("language", ["en", "sl", "hu", "ru", "zh", "lv", "de", "zh-Hant", "xx"])
def test_any_language_code_is_taken(language: str) -> None:
    assert len(sentences("Prvi stavek. Drugi stavek. 您好。", language)) == 3


@pytest.mark.parametrize(
    "text", ["x" * 20_000, "word " * 4_000, "One. " * 4_000, "a.b" * 7_000, "!" * 20_000, "您" * 20_000]
)
def test_a_reply_of_20000_characters_is_cut_short_quickly(text: str) -> None:
    begun = time.monotonic()
    pieces = sentences(text, "en")
    assert time.monotonic() - begun < 5
    assert len(pieces) <= LONGEST_REPLY_SENTENCES
    assert all(len(piece) <= LONGEST_SENTENCE for piece in pieces)


@settings(deadline=None)
@given(st.text())
def test_no_piece_is_blank_and_every_piece_is_the_trainees_own(text: str) -> None:
    for piece in sentences(text, "en"):
        assert piece == piece.strip()
        assert piece
        assert piece[:LONGEST_SENTENCE] in text


def test_windows_are_neighbours_in_order() -> None:
    assert windows(("a", "b", "c")) == ("a b", "b c")
    assert windows(("a",)) == windows(()) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("😀", 0),
        ("...", 0),
        ("Hi", 1),
        ("I don't know", 3),
        ("a well-known shop", 3),
        ("Order 48213, please", 3),
        ("Kako ste?", 2),
        ("您好", 1),
        ("您好吗", 2),
        ("请 hold 一下", 3),
    ],
)
def test_words_are_counted_and_two_characters_count_as_one_where_no_spaces_are_written(text: str, words: int) -> None:
    assert count_words(text) == words
