"""What a figure is, and when two are the same: in digits, in words, read out, on a clock, in money."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.customer.state import Plan
from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.guards.figures import InventedFigures, figures, names_all
from roleplay.customer.voice.guards.number_words import in_digits
from roleplay.customer.voice.guards.scene import Scene
from roleplay.customer.voice.near import Nearness
from roleplay.library.folder import Library
from roleplay.persona import Persona
from roleplay.transcript import Speaker, Turn
from tests.fakes import WordHashEmbedder

_COUNTING = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_BY_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ONES, TENS = _COUNTING.split(), _BY_TENS.split()
READ = ["oh", *ONES[1:10]]


def in_words(number: int) -> str:
    """As it is said in Britain: `two hundred and fourteen`."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    whole, rest = (f"{in_words(number // 1000)} thousand", number % 1000) if number >= 1000 else ("", number)
    if rest >= 100:
        whole = f"{whole} {in_words(rest // 100)} hundred".strip()
        rest %= 100
    return f"{whole} and {in_words(rest)}" if rest else whole


@cache
def _somebody() -> Persona:
    """A customer without facts or a brief."""
    whole = Library.open().persona("late-inhaler")
    return whole.model_copy(update={"brief": "", "facts": (), "name": "Ida", "company": "Acme"})


def is_invented(said: str, given_before: str) -> bool:
    """Whether the guard refuses `said` where only `given_before` stood in the call (and nothing in the brief)."""
    cue = Cue(_somebody(), Plan("asks_for", "worried"), 0, (), frozenset(), (Turn(Speaker.TRAINEE, given_before),))
    return InventedFigures().objects(said, Scene(cue, Nearness(WordHashEmbedder()))) != ""


@given(st.integers(2, 999_999))
def test_a_number_in_words_is_the_number_in_digits(number: int) -> None:
    assert in_digits(in_words(number)) == str(number)
    assert figures(in_words(number)) == [str(number)]
    assert names_all(f"It's {number}.", f"It's {in_words(number)}.")
    assert names_all(f"It's {in_words(number)}.", f"It's {number}.")


@given(st.text("0123456789", min_size=3, max_size=8))
def test_digits_read_out_are_the_digits(digits: str) -> None:
    spoken = " ".join(READ[int(one)] for one in digits)
    assert figures(f"It's {spoken}, right?") == [digits]
    assert names_all(digits, spoken)


@given(st.integers(1, 12), st.integers(0, 59))
def test_a_time_is_the_same_on_both_clocks(hour: int, minute: int) -> None:
    assert figures(f"at {hour}:{minute:02} pm") == figures(f"at {hour % 12 + 12}:{minute:02}")


@given(st.integers(4, 5_000), st.integers(4, 5_000))
def test_another_amount_is_another_figure(one: int, other: int) -> None:
    assert names_all(f"£{one}", f"It was £{other}.") == (one == other)


def test_every_text_knows_its_own_figures(library: Library) -> None:
    for persona in map(library.persona, library.persona_ids()):
        by_band = [band for bands in persona.lines.values() for band in bands.values()]
        texts = [fact.says for fact in persona.facts] + [line for lines in by_band for line in lines]
        texts += [persona.brief, persona.story, *(one for step in persona.steps for one in step.examples)]
        for text in texts:
            assert names_all(text, text), text
            assert not is_invented(text, text), text


SAME = [
    ("forty-eight", "48"),
    ("forty eight", "48"),
    ("two hundred and fourteen pounds sixty", "£214.60"),
    ("twelve fifty", "£12.50"),
    ("oh two nine one six", "02916"),
    ("double four, seven", "447"),
    ("C S, two oh four one eight", "CS-20418"),
    ("CS 20418", "CS-20418"),
    ("B D three, eight Q H", "BD3 8QH"),
    ("bd3 8qh", "BD3 8QH"),
    ("0800123456", "0800 123 456"),
    ("3pm", "3 pm"),
    ("three p.m.", "3 pm"),
    ("three o'clock", "15:00"),
    ("half past two", "2:30"),
    ("half two", "14:30"),
    ("quarter to nine", "8:45"),
    ("ten thirty", "10:30"),
    ("between eight and ten", "08:00-10:00"),
    ("the twenty-first", "21st"),
    ("the fourteenth of March", "14 March"),
    ("twelve hundred", "1,200"),
    ("1200", "1,200"),
    ("Wednesdays", "wednesday"),
    ("twenty pounds", "£20"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_to_say_a_figure_are_one(one: str, other: str) -> None:
    for said, before in ((one, other), (other, one)):
        assert figures(said)
        assert names_all(before, said)
    assert not is_invented(one, other)


@pytest.mark.parametrize(
    ("said", "before"),
    [
        ("DS-20418", "CS-20418"),
        ("CS-20419", "CS-20418"),
        ("£480", "£48"),
        ("480", "1480"),
        ("By 3 pm, then.", "It takes 3 days."),
        ("At two o'clock?", "In two hours."),
        ("I paid £30.", "It's 30 miles away."),
        ("Half past nine?", "Nine, then."),
        ("On Thursday?", "On Tuesday."),
        ("The fifteenth?", "The fourteenth."),
        ("In April?", "In March."),
        ("ruth@post.example", "ruth.c@post.example"),
        ("A dozen calls.", "Some calls."),
        ("Hundreds of pounds!", "Some money."),
        ("twenty-one", "twenty"),
    ],
)
def test_what_only_looks_alike_is_not_the_same(said: str, before: str) -> None:
    assert is_invented(said, before)


@pytest.mark.parametrize(
    "said",
    [
        "This one is late as well.",
        "I've told you a hundred times.",
        "Give me two minutes.",
        "I'm in two minds about it.",
        "You're there twenty-four seven, it says.",
        "So we're back to square one.",
        "A second time? A third?",
        "I'm one hundred percent sure.",
        "He may come, or march in.",
    ],
)
def test_words_that_count_nothing_are_no_figures(said: str) -> None:
    assert figures(said) in ([], ["march"])
    assert not is_invented(said, "In March.")


def test_one_end_of_a_reference_is_that_reference() -> None:
    assert not is_invented("It ends in 418.", "CS-20418")
    assert not is_invented("The one that begins with 204?", "20418")
    assert is_invented("It ends in 041.", "CS-20418")


def test_an_hour_of_a_window_may_be_named() -> None:
    assert not is_invented("At ten o'clock, then?", "Between 8 and 10.")
    assert is_invented("At eleven o'clock, then?", "Between 8 and 10.")


def test_a_figure_of_the_brief_may_be_named_unless_a_locked_fact_holds_it(library: Library) -> None:
    persona = library.persona("late-inhaler")  # its brief says "ten days ago", and so does a fact
    fact = next(fact for fact in persona.facts if fact.id == "ordered_in_time")
    told = frozenset(one.id for one in persona.facts if one.told_at_start)
    for known, is_refused in ((told, True), (told | {fact.id}, False)):
        cue = Cue(persona, Plan("asks_for", "worried"), 0, (), known)
        scene = Scene(cue, Nearness(WordHashEmbedder()))
        assert bool(InventedFigures().objects("That was ten days ago.", scene)) is is_refused


def test_small_numbers_of_a_fact_need_not_be_named() -> None:
    assert names_all("Two parcels, 3 days.", "Both, and for days.")
    assert not names_all("Two parcels, 4 days.", "Both, and for days.")
