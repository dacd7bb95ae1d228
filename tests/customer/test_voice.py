"""The scripted voice: the persona's own lines, no leak, no hole, no echo, the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from roleplay.customer.chance import choose
from roleplay.customer.mind import Mind
from roleplay.customer.voice.scripted import ScriptedVoice
from roleplay.library.folder import Library
from roleplay.persona import Persona
from roleplay.score import Reading
from tests.customer.build import Call, customer, random_reading

LIBRARY = Library.open()
GENERAL = [move.id for move in LIBRARY.rubric("customer-care").all_moves()]
PERSONAS = LIBRARY.persona_ids()
SEEDS = range(4)
TURNS = 40


def spoken(persona: Persona, seed: int, wild: float) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    """The customer's turns, as lines, in calls of random replies, each with the facts told by then."""
    draw = random.Random(f"{persona.id}/{seed}/{wild}")  # noqa: S311 - a test's own chance
    mind, voice = Mind(persona, seed), ScriptedVoice(persona, seed)
    turned = mind.open()
    for _ in range(TURNS):
        lines = voice.words(turned.plan, turned.state)
        yield lines, frozenset(turned.state.told)
        state = replace(turned.state, spoken=(*turned.state.spoken, *lines))
        if state.ended:
            return
        turned = mind.hear(state, random_reading(persona, draw, GENERAL, wild))


def lines_of(persona: Persona) -> Iterator[str]:
    """Every line but the facts that this customer can say."""
    for by_band in persona.lines.values():
        for lines in by_band.values():
            yield from lines
    for step in persona.steps:
        yield from (*step.asks_for, *step.ask_back, *step.accepts)
        for part in step.parts:
            yield from part.ask_back
    yield from persona.asked_afterwards.values()


@pytest.mark.parametrize("identifier", PERSONAS)
@pytest.mark.parametrize("wild", [0.0, 0.02, 0.1])
def test_the_same_seed_gives_the_same_lines(identifier: str, wild: float) -> None:
    persona = LIBRARY.persona(identifier)
    assert list(spoken(persona, 3, wild)) == list(spoken(persona, 3, wild))


def test_another_seed_gives_other_lines() -> None:
    persona = LIBRARY.persona(PERSONAS[0])
    assert len({tuple(spoken(persona, seed, 0.0)) for seed in SEEDS}) > 1


@pytest.mark.parametrize("identifier", PERSONAS)
@pytest.mark.parametrize("wild", [0.0, 0.02, 0.1])
def test_no_line_is_said_twice_in_a_row(identifier: str, wild: float) -> None:
    persona = LIBRARY.persona(identifier)
    for seed in SEEDS:
        lines = [line for said, _ in spoken(persona, seed, wild) for line in said]
        assert not [one for one, other in pairwise(lines) if one == other]


@pytest.mark.parametrize("identifier", PERSONAS)
@pytest.mark.parametrize("wild", [0.0, 0.02, 0.1])
def test_no_turn_repeats_the_turn_before_it(identifier: str, wild: float) -> None:
    persona = LIBRARY.persona(identifier)
    for seed in SEEDS:
        turns = [lines for lines, _ in spoken(persona, seed, wild)]
        assert not [one for one, other in pairwise(turns) if set(one) & set(other)]


@pytest.mark.parametrize("identifier", PERSONAS)
@pytest.mark.parametrize("wild", [0.02, 0.1])
def test_the_customer_is_never_without_words(identifier: str, wild: float) -> None:
    persona = LIBRARY.persona(identifier)
    assert all(lines and all(lines) for seed in SEEDS for lines, _ in spoken(persona, seed, wild))


@pytest.mark.parametrize("identifier", PERSONAS)
@pytest.mark.parametrize("wild", [0.02, 0.1])
def test_a_locked_fact_is_in_no_line_before_it_is_told(identifier: str, wild: float) -> None:
    persona = LIBRARY.persona(identifier)
    for seed in SEEDS:
        for lines, told in spoken(persona, seed, wild):
            locked = [fact.says for fact in persona.facts if fact.id not in told]
            assert not [says for says in locked if says in " ".join(lines)]


@pytest.mark.parametrize("identifier", PERSONAS)
def test_the_figures_of_a_locked_fact_are_in_no_other_line(identifier: str) -> None:
    persona = LIBRARY.persona(identifier)
    everything = " ".join(lines_of(persona))
    open_ones = " ".join(fact.says for fact in persona.facts if fact.told_at_start)
    locked = {
        (fact.id, figure)
        for fact in persona.facts
        if not fact.told_at_start
        for figure in re.findall(r"\b[A-Z]*-?\d[\d-]{2,}\b", fact.says)
        if figure not in open_ones
    }
    assert not [(fact, figure) for fact, figure in locked if figure in everything]


@pytest.mark.parametrize("identifier", PERSONAS)
def test_no_line_has_a_hole_of_a_template_in_it(identifier: str) -> None:
    persona = LIBRARY.persona(identifier)
    lines = [*lines_of(persona), *(fact.says for fact in persona.facts)]
    assert not [line for line in lines if re.search(r"[{}\[\]<>|]", line)]


def test_a_line_is_not_used_again_while_there_are_others() -> None:
    persona = customer(lines={"waiting": ["a", "b", "c"], "opening": ["o"]})
    voice, call = ScriptedVoice(persona, 5), Call(persona)
    state = call.state
    said: list[str] = []
    for _ in range(6):
        said += voice.words(call.mind.wait(state).plan, state)
        state = replace(state, spoken=tuple(said))
    assert sorted(said[:3]) == ["a", "b", "c"]
    assert said[:3] == said[3:]


def test_a_band_without_lines_borrows_those_of_the_nearest_band() -> None:
    persona = customer(lines={"waiting": {"furious": ["low"], "warm": ["high"]}, "opening": ["o"]})
    call, voice = Call(persona), ScriptedVoice(persona, 1)
    said = [
        voice.words(call.mind.wait(replace(call.state, mood=mood)).plan, call.state)[0] for mood in (-90, -40, 20, 90)
    ]
    assert said == ["low", "low", "high", "high"]


def test_a_told_fact_is_said_in_its_own_words() -> None:
    persona = customer()
    call = Call(persona)
    told = call.says("asks_number")
    assert "It's A-17." in ScriptedVoice(persona, 1).words(told.plan, told.state)


def test_the_question_is_for_the_part_that_is_missing() -> None:
    persona = customer()
    call = Call(persona)
    call.says("acknowledges", "asks_number")
    call.says("find_it")
    asked = call.says("send_it.van")
    assert ScriptedVoice(persona, 1).words(asked.plan, asked.state) == ("When?",)


def test_the_trainees_words_never_come_back_from_the_customer() -> None:
    persona = customer()
    call = Call(persona)
    heard = call.hears(Reading("Say the word pineapple.", 4, {}))
    assert "pineapple" not in " ".join(ScriptedVoice(persona, 1).words(heard.plan, heard.state))


def test_chance_is_fair_and_depends_on_each_of_its_seeds() -> None:
    drawn = [choose(range(3), seed, turn, "x") for seed in range(30) for turn in range(30)]
    assert all(250 < drawn.count(one) < 350 for one in range(3))
    assert len({tuple(choose(range(9), 1, turn, purpose) for turn in range(9)) for purpose in "abc"}) == 3
