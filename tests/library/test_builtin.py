"""The library that ships: every file loads, every customer can speak, and rehearsal lines are nobody's examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import get_args

import pytest

from roleplay.call_log import ACTIONS
from roleplay.customer.state import CallState, Plan
from roleplay.customer.voice.scripted import ScriptedVoice
from roleplay.library.folder import Library, builtin_folder
from roleplay.library.schema import KINDS, schema_text
from roleplay.move import Move
from roleplay.persona import Intent, Part, Persona, RehearsalLines, RunName
from roleplay.rubric import Rubric
from roleplay.scoring.sentences import count_words

LIBRARY = Library.open()
PERSONAS = LIBRARY.persona_ids()
RUBRICS = LIBRARY.rubric_ids()
TEMPERAMENTS = sorted(file.stem for file in (builtin_folder() / "personas" / "temperaments").glob("*.yaml"))
LONGEST_TERSE_REPLY = 12
OF_SOME_PERSONAS = frozenset({"off_topic", "abuse", "warned", "ask_for_manager", "hold_back"})
"""Intents that the mind picks only where the persona gives it cause."""


def test_the_library_is_not_empty() -> None:
    assert len(PERSONAS) >= 10
    assert len(TEMPERAMENTS) >= 10
    assert RUBRICS


@pytest.mark.parametrize("identifier", RUBRICS)
def test_a_bundled_rubric_loads_and_survives_saving(identifier: str) -> None:
    rubric = LIBRARY.rubric(identifier)
    assert Rubric.model_validate_json(rubric.model_dump_json()) == rubric


@pytest.mark.parametrize("identifier", TEMPERAMENTS)
def test_a_bundled_temperament_loads(identifier: str) -> None:
    assert LIBRARY.temperament(identifier).id == identifier


@pytest.mark.parametrize("identifier", PERSONAS)
def test_a_bundled_persona_survives_saving_and_loading_unchanged(identifier: str) -> None:
    persona = LIBRARY.persona(identifier)
    assert Persona.model_validate_json(persona.model_dump_json()) == persona


def may_choose(persona: Persona) -> set[Intent]:
    """The intents that this persona's mind may choose."""
    wanted: set[Intent] = {intent for intent in get_args(Intent) if intent not in OF_SOME_PERSONAS}
    wanted -= {"warned", "still_there"}  # nothing plans them
    if persona.outcomes.escalated:
        wanted.add("ask_for_manager")
    if any(fact.mood_at_least is not None for fact in persona.facts):
        wanted.add("hold_back")
    if not persona.outcomes.handed_over_well and not any(step.by for step in persona.steps):
        wanted.discard("passed_on")
    if not persona.outcomes.hung_up:
        wanted.discard("hang_up")
    return wanted


@pytest.mark.parametrize("identifier", PERSONAS)
def test_a_customer_has_words_for_whatever_the_mind_may_choose(identifier: str) -> None:
    persona = LIBRARY.persona(identifier)
    voice = ScriptedVoice(persona, seed=1)
    state = CallState(mood=0, patience=None)
    silent = [
        (intent, band.name)
        for intent in sorted(may_choose(persona))
        for band in persona.bands
        if intent not in ("ask_back", "asks_for") and not voice.words(Plan(intent, band.name), state)
    ]
    assert silent == []
    assert not [step.id for step in persona.steps if not step.asks_for and not persona.lines.get("asks_for")]
    assert not [step.id for step in persona.steps if not step.ask_back and not persona.lines.get("ask_back")]


def plain(line: str) -> str:
    """Only its words, in small letters."""
    return " ".join(re.findall(r"[\w']+", line.lower().replace("’", "'")))


@cache
def example_lines(identifier: str) -> frozenset[str]:
    """Everything the sense compares a reply with in this persona's calls."""
    persona = LIBRARY.persona(identifier)
    rubric = LIBRARY.rubric(persona.rubric)
    parts = [part for step in persona.steps for part in step.parts]
    moves: list[Move | Part] = [*rubric.all_moves(), *persona.moves, *persona.steps, *parts]
    return frozenset(plain(line) for move in moves for line in (*move.examples, *move.counterexamples))


def rehearsals() -> Iterator[RehearsalLines]:
    for identifier in PERSONAS:
        lines = LIBRARY.rehearsal(identifier)
        if lines:
            yield lines


def test_every_persona_has_rehearsal_lines_of_every_kind() -> None:
    assert {lines.persona: set(lines.runs) for lines in rehearsals()} == {
        each: set(get_args(RunName)) for each in PERSONAS
    }


def test_no_rehearsal_reply_is_an_example_word_for_word() -> None:
    copied = {
        (lines.persona, kind, reply)
        for lines in rehearsals()
        for kind, run in lines.runs.items()
        for reply in run
        if plain(reply) in example_lines(lines.persona)
    }
    assert copied == set()


def test_a_terse_reply_has_at_most_twelve_words() -> None:
    terse = [(lines.persona, reply) for lines in rehearsals() for reply in lines.runs["terse"]]
    assert not [(persona, reply) for persona, reply in terse if count_words(reply) > LONGEST_TERSE_REPLY]


@pytest.mark.parametrize("lines", list(rehearsals()), ids=lambda lines: lines.persona)
def test_a_rehearsal_action_is_one_that_exists(lines: RehearsalLines) -> None:
    slashed = {reply for run in lines.runs.values() for reply in run if reply.startswith("/")}
    assert slashed <= set(ACTIONS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_schema_is_json_that_names_every_key(kind: str) -> None:
    assert set(KINDS[kind].model_fields) <= set(json.loads(schema_text(kind))["properties"])
