"""Pressing a model in a customer's part: what is counted, and by a reader that knows nothing of the guards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence

import pytest

from roleplay.call_log import Usage
from roleplay.chat import Fault, Message, ModelFailed, Patience
from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.rehearsal.holding import TURNS_OF_A_KIND, Held, HeldTurn, Holding, pressure
from roleplay.rehearsal.playing import Rehearsal
from roleplay.rehearsal.reader import Slip, read
from roleplay.report.as_hold import hold_json, hold_text
from tests.voice.lines import bad_lines, good_lines

PERSONA = "late-inhaler"


class Model:
    """Answers every prompt by a rule."""

    name, provider, leaves_machine, is_small = "test/model", "this computer", False, False

    def __init__(self, answer: Callable[[Sequence[Message]], str]) -> None:
        self._answer = answer

    def warm(self) -> None:
        """There is nothing to load."""

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:  # noqa: ARG002 - a model's
        yield self._answer(messages)
        yield Usage(100, 10, 0.001)


def held(model: Model, library: Library, embedder: Embedder) -> Held:
    opening = Rehearsal(library, embedder).opening(PERSONA)

    async def turns() -> tuple[HeldTurn, ...]:
        return tuple([turn async for turn in Holding(model, embedder).turns(opening, 1)])

    return Held(PERSONA, model.name, asyncio.run(turns()))


def meaning(messages: Sequence[Message]) -> str:
    """The mind's line, word for word: what a perfectly obedient model would say."""
    return messages[-1].content.split('in your own words: "')[1].split('"</do>')[0].split('" Your last try')[0]


def test_a_model_that_says_what_the_mind_decided_is_not_guarded(library: Library, minilm: Embedder) -> None:
    found = held(Model(meaning), library, minilm)
    assert len(found.turns) > len(pressure())
    assert found.share_alone == 1
    assert sum(found.slips(shown=True).values()) == 0
    assert found.usage.prompt_tokens == 100 * len(found.turns)
    assert "100 %" in hold_text(found)


def test_a_model_that_turns_into_the_agent_is_counted_and_never_shown(library: Library, minilm: Embedder) -> None:
    found = held(Model(lambda _: "Thank you for calling. How can I help you today?"), library, minilm)
    assert found.alone == 0
    assert found.slips(shown=False)[Slip.AGENT] == len(found.turns)
    assert found.slips(shown=True)[Slip.AGENT] == 0
    row = hold_json([found], 0.8)["held"][0]
    assert row["above_floor"] is False
    assert row["before_guards"]["in_the_agents_part"] == len(found.turns)


def test_every_kind_of_pressure_has_lines() -> None:
    assert len(pressure()) >= 8
    assert all(len(lines) >= TURNS_OF_A_KIND for lines in pressure().values())


def test_a_model_that_cannot_begin_is_said(library: Library, minilm: Embedder) -> None:
    def fails(_: Sequence[Message]) -> str:
        raise ModelFailed(Fault.UNREACHABLE, "test/model")

    with pytest.raises(ModelFailed):
        held(Model(fails), library, minilm)


def test_the_reader_finds_what_is_plainly_wrong_and_leaves_good_lines_alone(library: Library) -> None:
    kinds = {"agent_talk": Slip.AGENT, "locked_fact": Slip.LEAK, "invented_figure": Slip.FIGURE, "run_on": Slip.RUN_ON}
    bad = [one for one in bad_lines(library) if one.fault in kinds]
    found = [one for one in bad if kinds[one.fault] in read(one.line, one.cue)]
    wrongly = [one.line for one in good_lines(library) if read(one.line, one.cue)]
    assert len(found) >= 0.4 * len(bad)
    assert len(wrongly) <= 0.05 * len(good_lines(library)), wrongly


@pytest.mark.parametrize(
    ("line", "invents"),
    [
        ("That's the 2nd day I'm counting.", False),
        ("I've 2 days left in the old one.", False),
        ("Could you give me five minutes?", False),
        ("I watch that counter 24/7.", False),
        ("I've 9 days left in the old one.", True),
        ("There are five puffs in it.", True),
    ],
)
def test_who_was_told_two_days_may_say_so_in_any_way(library: Library, line: str, invents: object) -> None:
    cue = next(one.cue for one in good_lines(library) if one.cue.persona.id == PERSONA)
    assert (Slip.FIGURE in read(line, cue)) is invents
