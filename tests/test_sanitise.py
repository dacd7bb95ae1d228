"""Plain text from anything: no escape, control or direction character gets through, and nothing else is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from roleplay.sanitise import clean_line, clean_text

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_ENDS = frozenset("\r\u2028\u2029\x0b\x0c\x85")
SURROGATES = st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF)
PLAIN = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), include_characters="\n")).map(
    lambda text: unicodedata.normalize("NFC", text)
)
NASTY = st.text(
    st.one_of(
        st.characters(),
        SURROGATES,
        st.sampled_from("\x1b\x9b\x9d\x90\x07\x00\x7f\r\n\t[]()P^_;?0123456789mHJK\\\u202e\u2066\u200f\ufeff\u0301e"),
    )
)


@given(NASTY)
@example("\x1b\x1b[31mred")
@example("\x1b[3\x1b[1m1m")
@example("e\u200b\u0301")
@example("\r\u200b\n")
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    cleaned = clean_text(text)
    controls = {one for one in cleaned if unicodedata.category(one) in ("Cc", "Cs") and one != "\n"}
    assert not controls
    assert not set(cleaned) & (BIDI | LINE_ENDS)


@given(NASTY)
@example("\x1b\u200b[31m")
@example("\x1b\ufeff]0;x\x07")
@example("A\u202e\u030a")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(NASTY)
def test_the_result_is_composed_and_can_be_encoded(text: str) -> None:
    cleaned = clean_text(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.encode().decode() == cleaned


@given(PLAIN)
def test_plain_text_is_left_as_it_is(text: str) -> None:
    assert clean_text(text) == text


@given(NASTY)
def test_a_cleaned_line_is_one_line_without_space_at_its_ends(text: str) -> None:
    line = clean_line(text)
    assert "\n" not in line
    assert "  " not in line
    assert line == line.strip()


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[31m",
        "\x1b[0;1;38;5;208m",
        "\x1b[2J",
        "\x1b[?1049h",
        "\x1b[>4;2m",
        "\x1b[!p",
        "\x1b[6n",
        "\x9b31m",
        "\x1b]0;new title\x07",
        "\x1b]0;new title\x1b\\",
        "\x1b]8;;https://evil.example\x1b\\",
        "\x1b]52;c;ZXZpbA==\x07",
        "\x1bP1$r0m\x1b\\",
        "\x1bPq#0;2;0;0;0~\x1b\\",
        "\x1b_a command\x1b\\",
        "\x1b^private\x1b\\",
        "\x1bXstring\x1b\\",
        "\x1bc",
        "\x1b7",
        "\x1b(0",
        "\x1b#8",
        "\x1b\x1b[1m",
    ],
)
def test_a_whole_escape_sequence_goes_and_the_words_around_it_stay(sequence: str) -> None:
    assert clean_text(f"Good {sequence}morning") == "Good morning"


@pytest.mark.parametrize("start", ["\x1b", "\x1b[", "\x1b[1;3", "\x1b]0;title", "\x1bPq", "\x9b", "\x9b1"])
def test_a_sequence_that_is_cut_off_at_the_end_leaves_nothing(start: str) -> None:
    assert clean_text(f"Hello{start}") == "Hello"


def test_a_sequence_with_no_end_does_not_eat_the_one_after_it() -> None:
    assert clean_text("a\x1b]0;title\x1b[31mb") == "ab"


@pytest.mark.parametrize(
    "kept",
    [
        "👩‍💻 and 👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "👍🏽",
        "🇸🇮🇭🇺",
        "می‌خواهم",  # Persian, with a zero-width non-joiner
        "क्‍ष",  # Devanagari, with a zero-width joiner
        "ľščťžýáí, žluťoučký kůň",
        "您好，我的包裹在哪里？",
        "Здравствуйте",
        "‘typographic’ — “quotes”…",
        "[/x] {y} <b>not markup</b>",
    ],
)
def test_emoji_and_every_script_stay_whole(kept: str) -> None:
    assert clean_text(kept) == unicodedata.normalize("NFC", kept)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\u2029three\x85four\x0bfive\x0csix", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("a\tb", "a b"),
        ("abc\u202edef", "abcdef"),
        ("\ufeffHello", "Hello"),
        ("pay\u200bpal", "paypal"),
        ("e\u0301", "é"),
        ("broken \udc80 byte", "broken \ufffd byte"),
        ("bell\x07 back\x08 null\x00 delete\x7f", "bell back null delete"),
    ],
)
def test_each_kind_of_character_becomes_what_is_said_of_it(raw: str, cleaned: str) -> None:
    assert clean_text(raw) == cleaned


def test_a_line_folds_all_white_space() -> None:
    assert clean_line("  one\t two\n\n three\u00a0four ") == "one two three four"
