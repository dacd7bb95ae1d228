"""Numbers that nobody should keep are masked; all others stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.library.folder import Library
from roleplay.private import mask


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("My card is 4111 1111 1111 1111, thanks", "My card is [card number], thanks"),
        ("5500-0000-0000-0004", "[card number]"),
        ("378282246310005.", "[card number]."),
        ("IBAN DE89 3704 0044 0532 0130 00 please", "IBAN [account number] please"),
        ("gb82west12345698765432", "[account number]"),
        ("It's 078-05-1120", "It's [social security number]"),
        ("NI number AB 12 34 56 C", "NI number [national insurance number]"),
        ("CVV: 123", "CVV: [code]"),
        ("the security code is 4321", "the security code is [code]"),
    ],
)
def test_such_numbers_are_masked(typed: str, kept: str) -> None:
    assert mask(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "Your order CS-20418 left on Monday.",
        "Call us on 0800 123 4567 or +44 20 7946 0958.",
        "The number is 4111 1111 1111 1112.",
        "MM-58213, between 10:00 and 12:00 on 2026-11-26.",
        "£214.60, twice, on 06/11/2026 at 06:40",
        "0000 0000 0000 0000",
        "pin the note to the door 12",
    ],
)
def test_other_numbers_stay(typed: str) -> None:
    assert mask(typed) == typed


def test_a_reference_of_the_persona_itself_is_left() -> None:
    assert mask("It is 4111 1111 1111 1111.", "reference 4111-1111-1111-1111") == "It is 4111 1111 1111 1111."


def test_no_rehearsal_line_is_touched(library: Library) -> None:
    for name in library.persona_ids():
        lines = library.rehearsal(name)
        assert lines is not None
        for line in (one for run in lines.runs.values() for entry in run for one in _texts(entry)):
            assert mask(line) == line


@given(st.text(max_size=200))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert mask(mask(text)) == mask(text)


def _texts(entry: str | tuple[str, ...]) -> tuple[str, ...]:
    return (entry,) if isinstance(entry, str) else tuple(entry)
