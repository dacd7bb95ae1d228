"""How often a model is asked for a turn, how long it may take in all, and what is read of what it thinks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field

import pytest

from roleplay.call_log import ShownLine, Usage
from roleplay.chat import Fault, Interruptible, Message, ModelFailed, Patience
from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.model import MOST_CHARACTERS, MOST_THOUGHT, ModelVoice, Spoken
from roleplay.customer.voice.stream import SentenceStream
from roleplay.event import Notice
from roleplay.library.folder import Library
from roleplay.session.speaking import FIRST_TURN_SECONDS, Speaking
from tests.chat.fakes import Scripted
from tests.session.builders import RememberingWordHash
from tests.voice.lines import good_lines


@pytest.fixture(scope="module")
def cue(library: Library) -> Cue:
    """A turn in the middle of a call."""
    return next(one.cue for one in good_lines(library) if one.cue.reply and one.cue.plan.intent == "stalled")


@pytest.fixture(scope="module")
def opening(library: Library) -> Cue:
    """The first turn of a call."""
    return next(one.cue for one in good_lines(library) if not one.cue.turns)


async def spoken(model: Scripted, cue: Cue, patience: Patience | None = None) -> Spoken:
    voice = ModelVoice(model, RememberingWordHash())
    whole = [one async for one in voice.speak(cue, patience or Patience())][-1]
    assert isinstance(whole, Spoken)
    return whole


def pieces(text: str, size: int = 50) -> list[str | Usage | ModelFailed]:
    return [text[at : at + size] for at in range(0, len(text), size)]


async def test_a_refused_line_is_asked_for_once_more_and_then_scripted(cue: Cue) -> None:
    model = Scripted([["How can I help you today?", Usage(9, 1)], ["How can I help you today? ", "Is it the line?"]])
    whole = await spoken(model, cue)
    assert (whole.text, whole.guarded, whole.usage) == (" ".join(cue.lines), True, Usage(9, 1))
    assert model.closed == 2
    assert model.answers == []


async def test_both_attempts_together_have_one_patience(cue: Cue) -> None:
    model = Late([["How can I help you today?"], ["How can I help you today?"]])
    await spoken(model, cue, Patience(5.0, 10.0, 5.0))
    first, second = model.given
    assert first.whole <= 10.0
    assert second.whole <= 9.8


async def test_with_no_patience_left_nobody_is_asked_again(cue: Cue) -> None:
    model = Late([["How can I help you today?"], ["Never asked for."]])
    whole = await spoken(model, cue, Patience(0.1, 0.1, 0.1))
    assert whole.text == " ".join(cue.lines)
    assert model.answers == [["Never asked for."]]


@pytest.mark.parametrize("said", ["...", "*sighs*", "<think>Hm.</think>", "<think>Hm.", "\n\n", "()"])
async def test_a_model_that_says_no_word_twice_has_failed(cue: Cue, said: str) -> None:
    model = Scripted([[said], [said]])
    with pytest.raises(ModelFailed) as failed:
        await spoken(model, cue)
    assert failed.value.fault == Fault.EMPTY
    assert model.answers == []


async def test_a_long_thought_is_waited_for(cue: Cue) -> None:
    thought = "<think>" + "They want something from me. " * 600 + "</think>"
    assert MOST_CHARACTERS < len(thought) < MOST_THOUGHT
    whole = await spoken(Scripted([[*pieces(thought), cue.lines[0], "\n"]]), cue)
    assert whole.text == cue.lines[0]
    assert not whole.refusals


async def test_a_thought_without_an_end_is_left(cue: Cue) -> None:
    endless = pieces("<think>" + "hm " * MOST_THOUGHT)
    model = Scripted([list(endless), list(endless)])
    with pytest.raises(ModelFailed):
        await spoken(model, cue)
    assert model.closed == 2


@pytest.mark.parametrize("words", ["No. " * 5_000, "a" * 20_000, "and then " * 2_200, "<" * 20_000, "Well... " * 2_500])
def test_sentences_are_found_in_time_however_much_comes_at_once(words: str) -> None:
    begun = time.monotonic()
    SentenceStream().feed(words)
    assert time.monotonic() - begun < 5


def test_an_abbreviation_ends_no_sentence_wherever_it_stands() -> None:
    stream = SentenceStream()
    assert stream.feed(f"{'I waited and waited ' * 5}for Dr. Jones. He ") == [
        f"{'I waited and waited ' * 5}for Dr. Jones."
    ]
    assert SentenceStream().feed("Mr. Pugh. No") == ["Mr. Pugh."]


@pytest.mark.parametrize(
    ("seconds", "first_turn", "later"),
    [
        (None, Patience(FIRST_TURN_SECONDS, FIRST_TURN_SECONDS + 60, 15), Patience(20, 60, 15)),
        (5.0, Patience(5, 5, 5), Patience(5, 5, 5)),
        (30.0, Patience(30, 30, 15), Patience(20, 30, 15)),
        (300.0, Patience(120, 300, 75), Patience(100, 300, 75)),
        (600.0, Patience(200, 600, 150), Patience(200, 600, 150)),
    ],
)
async def test_more_time_is_more_time_for_every_part_of_it(
    opening: Cue, cue: Cue, seconds: float | None, first_turn: Patience, later: Patience
) -> None:
    model = Scripted([[opening.lines[0]], [cue.lines[0]]])
    speaking = Speaking(Interruptible(model), ModelVoice(model, RememberingWordHash()), seconds)
    for one in (opening, cue):
        [piece async for piece in speaking.speak(one)]
    assert [(one.first, round(one.whole), one.between) for one in model.given] == [
        (one.first, one.whole, one.between) for one in (first_turn, later)
    ]
    assert model.warmed == 1


async def test_a_good_turn_between_two_failures_keeps_the_model(opening: Cue, cue: Cue) -> None:
    fault = ModelFailed(Fault.SERVER, "x")
    model = Scripted([[opening.lines[0]], [fault], [cue.lines[0]], [fault], [fault]])
    speaking = Speaking(Interruptible(model), ModelVoice(model, RememberingWordHash()))
    came = [[piece async for piece in speaking.speak(one)] for one in (opening, cue, cue, cue, cue, cue)]
    assert [any(isinstance(piece, Notice) for piece in turn) for turn in came] == [False] * 4 + [True, False]
    assert [piece.guarded for turn in came for piece in turn if isinstance(piece, ShownLine)] == [
        False,
        True,
        False,
        True,
        True,
        True,
    ]
    assert speaking.has_given_up


@dataclass
class Late(Scripted):
    """Takes a quarter of a second."""

    given: list[Patience] = field(default_factory=list)

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:
        await asyncio.sleep(0.25)
        async for piece in super().stream(messages, patience):
            yield piece
