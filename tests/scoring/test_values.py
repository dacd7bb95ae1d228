"""Hard values read by code: times, windows, amounts, references, names; and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.move import Value
from roleplay.score import Verdict
from roleplay.scoring.values import amounts_said, read_value, says_name, times_said

SHOWN, UNSURE, NOT_SHOWN = Verdict.SHOWN, Verdict.UNSURE, Verdict.NOT_SHOWN


def wrong(*case: object, reason: str) -> object:
    """A case that the code gets wrong today."""
    return pytest.param(*case, marks=pytest.mark.xfail(strict=True, reason=reason))


def verdict(text: str, customer: str = "Ida Novak", **value: Any) -> Verdict:  # noqa: ANN401 - the keys of Value
    return read_value(Value(**value), text, customer)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("in 20 minutes", 1 / 3),
        ("in twenty minutes", 1 / 3),
        ("in 15 mins", 1 / 4),
        ("in 10 to 15 minutes", 1 / 4),
        ("in half an hour", 1 / 2),
        ("within the next half hour", 1 / 2),
        ("in a half-hour", 1 / 2),
        ("within the hour", 1),
        ("in an hour", 1),
        ("right now", 1),
        ("straight away", 1),
        ("as we speak", 1),
        ("while you're on the line", 1),
        ("while you’re on the line", 1),
        ("in a couple of hours", 2),
        ("2 hrs", 2),
        ("within the next two hours", 2),
        ("today", 10),
        ("this afternoon", 10),
        ("by the end of the day", 10),
        ("by 5pm", 10),
        ("by 17:30", 10),
        ("at 5 o'clock", 10),
        ("before noon", 10),
        ("tonight", 12),
        ("this evening", 12),
        ("tomorrow", 24),
        ("by tomorrow noon", 24),
        ("tomorrow by ten", 24),
        ("overnight", 24),
        ("within one day", 24),
        ("in a day", 24),
        ("in two working days", 48),
        ("within 48 hours", 48),
        ("24 to 48 hours", 48),
        ("in 2-3 days", 72),
        ("in two to three days", 72),
        ("5 business days", 120),
        ("in 30 days", 720),
        ("next week", 336),
        # a learner's forms
        ("in twenty minute", 1 / 3),
        ("after two hours it finish", 2),
        ("today until 8 o'clock", 10),
        ("tomorrow at morning", 24),
        ("until tomorrow you have it", 24),
        ("maximum three day", 72),
        ("the day after tomorrow", 48),
        ("in twenty-five minutes", 25 / 60),
        ("in forty-five minutes", 3 / 4),
        ("in an hour and a half", 1.5),
        ("in the next hour", 1),
        ("in 2h", 2),
        ("within a fortnight", 336),
        ("in a few minutes", 1 / 4),
    ],
)
def test_a_promised_time_is_read_as_its_latest_hour(text: str, hours: float) -> None:
    assert times_said(text.lower().replace("’", "'")).within_hours == pytest.approx(hours)
    assert verdict(text, within_hours=hours + 0.01) is SHOWN
    assert verdict(text, within_hours=hours * 0.9) is NOT_SHOWN


@pytest.mark.parametrize(
    "text",
    [
        "between you and me, it's broken",
        "have a nice day",
        "one moment please",
        "just a second",
        "24/7",
        "last week",
        "yesterday",
        "all day",
        "soon",
        "as soon as possible",
        "option 12",
        "there are 3 of them",
        "may I",
        "hourly",
        ("I waited 3 days"),
        ("you called two hours ago"),
        ("it came 20 minutes late"),
        ("yesterday between 10 and 12"),
        ("I'm at 7-12 High Street"),
        ("you have 10 to 12 boxes"),
        ("please follow steps 1 to 3"),
        ("that needs two and three"),
        ("what a day you've had"),
    ],
)
def test_what_only_sounds_like_a_time_is_none(text: str) -> None:
    assert verdict(text, within_hours=200) is NOT_SHOWN
    assert verdict(text, window_hours=24) is NOT_SHOWN


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("between 10 and 12", 2),
        ("between ten and twelve", 2),
        ("from 9 till noon", 3),
        ("9 to 12", 3),
        ("9-12", 3),
        ("9 – 12", 3),
        ("10am to 12pm", 2),
        ("10 a.m. to 12 p.m.", 2),
        ("11 to 1", 2),
        ("11pm to 1am", 2),
        ("10:30-11:30", 1),
        ("14.00 to 16.00", 2),
        ("22:00-01:00", 3),
        ("1 to 2 pm", 1),
        ("between 10 and 11:30 tomorrow", 1.5),
        ("Saturday 2 to 5", 3),
        ("on Thursday between 9 and 12", 3),
        ("from 14 to 16 o'clock", 2),
        ("open 9 to 5, but they come 9 to 11", 2),
        ("between 8am and 9pm", 13),
        ("between 2 and half past 3", 1.5),
        ("10 in the morning to 12", 2),
    ],
)
def test_a_window_is_read_by_its_width(text: str, hours: float) -> None:
    assert verdict(text, window_hours=min(24, hours + 0.01)) is SHOWN
    assert verdict(text, window_hours=hours - 0.01) is NOT_SHOWN


@pytest.mark.parametrize("text", ["between 1 and 2 weeks", "10 to 15 minutes", "24 to 48 hours", "two to three days"])
def test_a_span_is_no_window(text: str) -> None:
    assert verdict(text, window_hours=24) is NOT_SHOWN


@pytest.mark.parametrize("text", ["on Thursday", "next monday", "by Fri", "no later than friday"])
def test_a_weekday_leaves_open_how_far_off_it_is(text: str) -> None:
    assert verdict(text, within_hours=48) is UNSURE
    assert verdict(text, within_hours=24 * 7) is SHOWN


@pytest.mark.parametrize("text", [("I sat there"), "the sun came out", "the month of May"])
def test_a_word_that_only_looks_like_a_weekday_is_none(text: str) -> None:
    assert verdict(text, within_hours=24 * 7) is NOT_SHOWN


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("£4.50", 4.5),
        ("that's 4.50", 4.5),
        ("4,50 euro", 4.5),
        ("$1,299.00", 1299),
        ("240 pounds", 240),
        ("240 pound only", 240),
        ("£1000.", 1000),
        ("1,000", 1000),
        ("forty pounds", 40),
        ("ten", 10),
        ("£40.00 back", 40),
        ("£0.50", 0.5),
        ("four fifty", 4.5),
        ("four pounds fifty", 4.5),
        ("£4.5", 4.5),
        ("twenty-five pounds", 25),
        ("two hundred and forty", 240),
        ("eighty pounds", 80),
        ("1.299,00 euro", 1299),
        ("50p", 0.5),
    ],
)
def test_an_amount_is_read_however_it_is_written(text: str, amount: float) -> None:
    assert amount in amounts_said(text.lower())
    assert verdict(text, amount=amount) is SHOWN


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("£45", 4.5),
        ("£4.55", 4.5),
        ("£14.50", 4.5),
        ("a parcel", 1),
        ("an apple", 1),
        ("no money", 0),
        ("twenty-five pounds", 5),
        ("two hundred and forty pounds", 40),
    ],
)
def test_another_amount_is_not_this_one(text: str, amount: float) -> None:
    assert verdict(text, amount=amount) is NOT_SHOWN


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I've noted 48213 for you", "48213"),
        ("that's 48 213", "48,213".replace(",", "")),
        ("ref EH-58213", "eh 58213"),
        ("gb472910563", "GB 472 9105 63"),
        ("The BILLING team has it", "billing team"),
    ],
)
def test_a_reference_is_found_letter_case_and_spacing_aside(text: str, wanted: str) -> None:
    assert verdict(text, any_of=(wanted,)) is SHOWN


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I've noted 48312", "48213"),
        ("up the River stairs", "tower"),
        ("within 15 working days", "5 working days"),
        ("that's £120", "£12"),
        ("a customer since 2019", "19"),
        ("the driver has it", "river"),
    ],
)
def test_a_reference_is_not_found_in_something_else(text: str, wanted: str) -> None:
    assert verdict(text, any_of=(wanted,)) is NOT_SHOWN


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Good morning Mr Costa", "Rafael Costa"),
        ("hello rafael", "Rafael Costa"),
        ("That's Costa's parcel", "Rafael Costa"),
        ("Thank you, Ms Tan.", "Mei-Ling Tan"),
        ("Thank you, Mei-Ling.", "Mei-Ling Tan"),
        ("Mr O’Brien, I see it", "Pat O'Brien"),
        ("Доброе утро, Анна", "Анна Петрова"),
        ("Hello Luis", "Luís Costa"),
        ("Good morning Mr Li", "Wei Li"),
        ("Mrs Jones, I see it", "Ann Smith-Jones"),
    ],
)
def test_the_customers_name_is_recognised(text: str, name: str) -> None:
    assert verdict(text, name, customer_name=True) is SHOWN


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a coastal town", "Rafael Costa"),
        ("Good morning", "Rafael Costa"),
        ("Mr Silva", "Rafael Costa"),
        ("the van de luxe", "Jo de Vries"),
        wrong("Will you hold, please?", "Will Smith", reason="a name that is a word in small letters, too"),
    ],
)
def test_what_is_not_the_customers_name_is_not_taken_for_it(text: str, name: str) -> None:
    assert verdict(text, name, customer_name=True) is NOT_SHOWN


def test_every_key_of_a_value_must_hold() -> None:
    wanted: dict[str, Any] = {"within_hours": 48, "window_hours": 3, "any_of": ("tower",)}
    assert verdict("Tomorrow, 9 to 12, up the Tower stairs.", **wanted) is SHOWN
    for lacking in ("9 to 5 tomorrow, Tower", "In a week, 9 to 12, Tower", "Tomorrow, 9 to 12"):
        assert verdict(lacking, **wanted) is NOT_SHOWN
    assert verdict("Thursday, 9 to 12, Tower.", **wanted) is UNSURE


def test_a_value_that_asks_for_nothing_is_never_shown() -> None:
    assert verdict("Anything at all.") is NOT_SHOWN


@given(st.text(), st.text(max_size=20))
def test_no_text_and_no_name_upsets_the_reading(text: str, name: str) -> None:
    wanted = Value(within_hours=24, window_hours=2, amount=4.5, any_of=("x",), customer_name=True)
    assert read_value(wanted, text, name) in Verdict
    assert times_said(text).within_hours is None or times_said(text).within_hours != 0
    assert all(amount >= 0 for amount in amounts_said(text))
    assert isinstance(says_name(text, name), bool)


@pytest.mark.parametrize("text", ["it won't be today", "we can't do it tomorrow", "I cannot promise it within 2 hours"])
def test_a_refused_time_is_no_promise(text: str) -> None:
    assert verdict(text, within_hours=48) is not SHOWN


def test_a_time_beside_a_refusal_is_read() -> None:
    assert verdict("I can't do it today. It comes tomorrow.", within_hours=24) is SHOWN
