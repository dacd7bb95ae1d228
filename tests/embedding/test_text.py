"""The form in which models and cache see a text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.embedding.text import embeddable

ANY_TEXT = st.text(st.characters())  # lone surrogates included


@pytest.mark.parametrize(
    "blank", ["", " ", "\n\t ", "\u200b", "\ufeff\u2060", "\x00\x07", "\ud800", "\ufe0f", "\u0301"]
)
def test_nothing_to_embed(blank: str) -> None:
    assert embeddable(blank) == ""


@pytest.mark.parametrize("visible", ["?", "a", "1", "é", "很", "👍", "|"])
def test_a_single_character_is_a_text(visible: str) -> None:
    assert embeddable(visible) == visible


def test_composed_and_decomposed_are_one_text() -> None:
    assert embeddable("cafe\u0301") == embeddable("café") == "café"


def test_halves_of_an_emoji_become_the_emoji() -> None:
    assert embeddable("ok \ud83d\udc4d") == "ok 👍"


def test_a_lone_half_is_no_question_mark() -> None:
    assert embeddable("sorry \ud83d") == "sorry \ufffd"


@given(ANY_TEXT)
def test_always_encodable_and_stable(text: str) -> None:
    once = embeddable(text)
    once.encode()
    assert embeddable(once) == once
    assert unicodedata.is_normalized("NFC", once)
