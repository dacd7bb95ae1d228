"""A persona and its temperament become one: what the persona says itself wins, the rest is filled in."""

from __future__ import annotations

from pathlib import Path

from roleplay.library.resolve import DEFAULT_BANDS, DEFAULT_MARKS
from roleplay.persona import Persona
from tests.library.build import PERSONA, TEMPERAMENT, changed, write_library


def resolved(folder: Path, addition: str = "", temperament: str = TEMPERAMENT) -> Persona:
    """The small persona with more keys in front of its facts."""
    text = changed(PERSONA, "facts:\n", f"{addition}facts:\n")
    return write_library(folder, persona=text, temperament=temperament).persona("caller")


def test_what_the_persona_leaves_out_comes_from_the_temperament(tmp_path: Path) -> None:
    persona = resolved(tmp_path)
    assert (persona.mood.start, persona.mood.patience, persona.mood.hangs_up_below) == (-40, 5, -90)
    assert [band.name for band in persona.bands] == ["sour", "mild"]
    assert persona.lines["stalled"]["any"] == ("Well?",)
    assert persona.outcomes.hung_up
    assert persona.asked_afterwards == DEFAULT_MARKS | {1: "Never again."}


def test_moods_merge_key_by_key(tmp_path: Path) -> None:
    mood = resolved(tmp_path, "mood: {start: 10}\n").mood
    assert (mood.start, mood.patience, mood.hangs_up_below) == (10, 5, -90)


def test_a_start_of_nought_is_a_start(tmp_path: Path) -> None:
    assert resolved(tmp_path, "mood: {start: 0}\n").mood.start == 0


def test_a_bare_list_stands_in_place_of_all_lines_of_the_intent(tmp_path: Path) -> None:
    own = changed(PERSONA, "lines:\n", "lines:\n  thaw: [Oh.]\n")
    persona = write_library(tmp_path, persona=own).persona("caller")
    assert persona.lines["thaw"] == {"any": ("Oh.",)}


def test_lines_by_band_replace_only_their_band(tmp_path: Path) -> None:
    own = changed(PERSONA, "lines:\n", "lines:\n  thaw: {mild: [Oh.]}\n")
    persona = write_library(tmp_path, persona=own).persona("caller")
    assert persona.lines["thaw"] == {"sour": ("Hm.",), "mild": ("Oh.",)}


def test_a_reaction_replaces_the_one_with_the_same_when(tmp_path: Path) -> None:
    own = "reactions:\n  - when: {shown: greets}\n    delta: 9\n    because: a greeting\n"
    persona = resolved(tmp_path, own)
    assert [(one.because, one.delta) for one in persona.reactions] == [("a greeting", 9), ("that led nowhere", -5)]


def test_a_reaction_with_a_narrower_when_stands_beside_the_other(tmp_path: Path) -> None:
    own = "reactions:\n  - when: {shown: greets, mood_below: 0}\n    delta: 9\n    because: a greeting\n"
    assert [one.delta for one in resolved(tmp_path, own).reactions] == [9, 5, -5]


def test_outcomes_merge_rule_by_rule_and_can_be_taken_away(tmp_path: Path) -> None:
    without = changed(PERSONA, "  resolved:", "  hung_up: null\n  resolved:")
    persona = write_library(tmp_path, persona=without).persona("caller")
    assert persona.outcomes.hung_up is None
    assert persona.outcomes.resolved


def test_a_persona_without_temperament_has_the_default_bands_and_mood_nought(tmp_path: Path) -> None:
    persona = write_library(tmp_path, persona=changed(PERSONA, "temperament: grumpy\n", "")).persona("caller")
    assert persona.bands == DEFAULT_BANDS
    assert (persona.mood.start, persona.shows_feeling) == (0, False)


def test_own_feeling_wins_even_when_it_is_none(tmp_path: Path) -> None:
    feeling = changed(TEMPERAMENT, "mood:", "shows_feeling: true\nmood:")
    assert resolved(tmp_path, temperament=feeling).shows_feeling
    assert resolved(tmp_path, "shows_feeling: false\n", temperament=feeling).shows_feeling is False
