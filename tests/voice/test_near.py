"""How near texts are: each is embedded once, and what a customer's lines are compared with before the first of them."""

from __future__ import annotations

import numpy as np
import pytest

from roleplay.chat import Patience
from roleplay.customer.state import Plan
from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.model import ModelVoice
from roleplay.customer.voice.near import Nearness
from roleplay.library.folder import Library
from roleplay.session.speaking import agent_lines
from roleplay.transcript import Speaker, Turn
from tests.fakes import ScriptedChat, WordHashEmbedder

TEXTS = ("The sofa is yellow.", "The sofa is green.", "Where is my train?", "It is late.")


def test_the_highest_is_the_cosine_with_the_nearest(word_hash: WordHashEmbedder) -> None:
    near = Nearness(word_hash)
    rows = WordHashEmbedder().embed(TEXTS)
    for at, text in enumerate(TEXTS):
        others = [other for other in TEXTS if other != text]
        expected = max(float(rows[at] @ rows[TEXTS.index(other)]) for other in others)
        assert near.highest(text, others) == pytest.approx(expected, abs=1e-6)
        assert near.highest(text, [text]) == pytest.approx(1.0, abs=1e-6)
        assert near.highest(text, ()) == -1.0


def test_a_text_is_embedded_once(word_hash: WordHashEmbedder) -> None:
    near = Nearness(word_hash)
    near.learn([*TEXTS, *TEXTS])
    first = near.highest("Is it late?", TEXTS)
    near.learn(["Something else."])
    assert near.highest("Is it late?", TEXTS) == first
    assert sorted(word_hash.asked) == sorted({*TEXTS, "Is it late?", "Something else."})


async def test_a_prepared_voice_embeds_what_is_new_in_the_call_alone(
    library: Library, word_hash: WordHashEmbedder
) -> None:
    persona = library.persona("late-inhaler")
    line = persona.lines["push_back"]["worried"][0]
    foil = agent_lines(library.rubric(persona.rubric))
    voice = ModelVoice(ScriptedChat("It's her lungs, you know. I can't wait for that."), word_hash, foil, persona)
    voice.prepare()
    assert {*persona.lines["opening"]["any"], *foil, *persona.facts[0].says.split("!")} <= set(word_hash.asked)
    assert len(word_hash.asked) == len(set(word_hash.asked))
    before = len(word_hash.asked)
    turns = (Turn(Speaker.CUSTOMER, "It never came."), Turn(Speaker.TRAINEE, "It'll turn up."))
    cue = Cue(persona, Plan("push_back", "worried"), -20, (line,), frozenset({"two_days_left"}), turns)
    async for _ in voice.speak(cue, Patience()):
        pass
    new = word_hash.asked[before:]
    story = np.array([one in persona.story.replace("\n", " ") for one in new])
    assert len(new) - story.sum() <= 20
    assert len(new) == len(set(new))
