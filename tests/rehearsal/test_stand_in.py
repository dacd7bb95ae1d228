"""A persona for which nobody has written lines: its own examples stand in, and none is recognised by being the same."""

from __future__ import annotations

import pytest

from roleplay.embedding import Embedder
from roleplay.errors import UsageProblem
from roleplay.library.folder import Library
from roleplay.rehearsal.playing import Rehearsal
from roleplay.rehearsal.readings import SharedReadings
from roleplay.rehearsal.script import Trainee
from roleplay.scoring.sense import Sense
from tests.fakes import WordHashEmbedder
from tests.library.build import PERSONA, changed, write_library

STAND_IN = Trainee("competent")


@pytest.fixture
def sense(library: Library, minilm: Embedder) -> SharedReadings:
    persona = library.persona("moving-house")
    return SharedReadings.for_call(persona, library.rubric(persona.rubric), minilm)


def test_shared_readings_are_those_of_the_sense(library: Library, minilm: Embedder, sense: SharedReadings) -> None:
    persona = library.persona("moving-house")
    plain = Sense.for_call(persona, library.rubric(persona.rubric), minilm)
    replies = ("Hello Ms Nowak, how can I help you?", "I've put 48213 down as the last reading, Ms Nowak.")
    for earlier in ((), replies):
        for reply in replies:
            expected = plain.read(reply, earlier=earlier, customer_name=persona.name)
            assert sense.read(reply, earlier=earlier, customer_name=persona.name) == expected
            assert sense.read(reply, earlier=earlier, customer_name=persona.name) == expected


def test_an_example_left_out_is_read_without_itself(library: Library, sense: SharedReadings) -> None:
    step = library.persona("moving-house").steps[0]
    example = step.examples[0]
    assert sense.read(example).sights[step.id].nearest == example
    left = sense.without({example})
    assert left.read(example).sights[step.id].nearest != example
    assert left.read(example).sights[step.id].contrast < sense.read(example).sights[step.id].contrast


def test_a_reply_that_leaves_lines_out_is_read_so_from_the_first_time(library: Library, sense: SharedReadings) -> None:
    step = library.persona("moving-house").steps[0]
    example = step.examples[1]
    sense.leave_out({example}, example)
    assert sense.read(example) == sense.without({example}).read(example)


def test_a_new_persona_is_won_by_its_examples_without_identity(library: Library, minilm: Embedder) -> None:
    played = Rehearsal(library, minilm).call("moving-house", STAND_IN, 1)
    assert played.stands_in
    assert played.outcome.is_win
    persona = played.course.persona
    moves = (*played.course.mind_rubric.all_moves(), *persona.moves, *persona.steps)
    examples = {line for move in moves for line in move.examples}
    for reply in played.course.history:
        nearest = {sight.nearest for sight in reply.reading.sights.values() if sight.shown and not sight.opposite}
        said = {line for line in examples if line in reply.reading.text}
        assert said, reply.reading.text
        assert not said & nearest


def test_it_says_values_that_code_reads_and_no_example_holds(
    tmp_path_factory: pytest.TempPathFactory, word_hash: WordHashEmbedder
) -> None:
    parts = "parts: [{id: when, value: {within_hours: 24, window_hours: 2}}, {id: sum, value: {amount: 4.5}}]"
    persona = changed(PERSONA, """    examples: ["I'll send it today."]\n""", f"    {parts}\n    asks_for: [So?]\n")
    house = write_library(tmp_path_factory.mktemp("house"), persona=persona)
    played = Rehearsal(house, word_hash).call("caller", STAND_IN, 1)
    assert "That is" in " ".join(reply.reading.text for reply in played.course.history)
    sights = [reply.reading for reply in played.course.history]
    assert any(reading.shown("sends_it.when") for reading in sights)
    assert any(reading.shown("sends_it.sum") for reading in sights)


def test_a_step_with_one_example_cannot_be_recognised_without_it(
    tmp_path_factory: pytest.TempPathFactory, word_hash: WordHashEmbedder
) -> None:
    house = write_library(tmp_path_factory.mktemp("house"))
    sense = Sense.for_call(house.persona("caller"), house.rubric("house"), word_hash)
    only = "I'll send it today."
    assert sense.read(only).shown("sends_it")
    assert "sends_it" not in sense.without({only}).read(only).sights


def test_other_kinds_need_lines_and_the_message_says_where(
    tmp_path_factory: pytest.TempPathFactory, word_hash: WordHashEmbedder
) -> None:
    house = write_library(tmp_path_factory.mktemp("house"))
    rehearsal = Rehearsal(house, word_hash)
    assert rehearsal.trainee("caller", "competent").script is None
    with pytest.raises(UsageProblem) as caught:
        rehearsal.trainee("caller", "lazy")
    assert "personas/rehearsal/caller.yaml" in caught.value.next_step
    assert "lazy" in caught.value.next_step
