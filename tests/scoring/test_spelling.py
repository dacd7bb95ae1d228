"""What is embedded is spelt the usual way, and nothing that means something else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.scoring.sentences import sentences, without_filler
from roleplay.scoring.spelling import usual_spelling


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("ill ring you back and i wont be long", "I'll ring you back and i won't be long"),
        ("sure, ill look", "sure, I'll look"),
        ("its not your fault, thats on us", "it's not your fault, that's on us"),
        ("Whit can I dae for ye?", "What can I do for you?"),
        ("I'm lookin' into it, an' I'll gie ye a ring", "I'm looking into it, and I'll give you a ring"),
        ("If tha's heard nowt, ring t’yard", "If you have heard nothing, ring the yard"),
        ("Done. Ta for waiting", "Done. Thanks for waiting"),
        ("I'm gonna check the the list", "I'm going to check the list"),
    ],
)
def test_the_usual_spelling(written: str, usual: str) -> None:
    assert usual_spelling(written) == usual


@pytest.mark.parametrize(
    "text",
    [
        "Your mother is ill and tired.",
        "My ill mother needs it today.",
        "The shop closed its doors.",
        "Tae-yong and Ken are at the depot.",
        "I hope that Ta Phrom is on your route.",
        "Well, we were in the shed when she fell.",
        "I know that that is hard, and you had had enough.",
        "Hello hello, bye bye.",
        "The reference is 5 5 7.",
    ],
)
def test_what_means_something_else_stays(text: str) -> None:
    assert usual_spelling(text) == text


@given(st.text(alphabet="abcdefgilmnotuwy 'TI.,", max_size=60))
def test_to_spell_it_twice_changes_nothing_more(text: str) -> None:
    once = usual_spelling(text)
    assert usual_spelling(usual_spelling(once)) == usual_spelling(once)


def test_other_languages_are_left_alone() -> None:
    assert without_filler("ich bin im Lager", "de") == "ich bin im Lager"
    assert without_filler("im in the lager", "en") == "i'm in the lager"


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        (
            "hi there this is noor at the bike shop, what brings you to us today",
            ("hi there this is noor at the bike shop", "what brings you to us today"),
        ),
        (
            "the list is with the tutor today can you wait for that",
            ("the list is with the tutor today", "can you wait for that"),
        ),
        ("which of the two trips would you like to talk about", None),
        ("i can do that, before i touch it send me your full name postcode and number", None),
        ("Hi there, what brings you to us today, and how long can you wait", None),
        ("hi there, what brings you to us today, and can you wait?", None),
    ],
)
def test_who_types_without_full_stops_is_read_clause_by_clause(typed: str, clauses: tuple[str, ...] | None) -> None:
    assert sentences(typed, "en") == (clauses or (typed,))
