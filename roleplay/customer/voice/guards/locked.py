"""No locked fact. Such facts are not in the prompt at all; a model may still guess, or remember the trade."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from roleplay.customer.voice.guards.scene import Scene
from roleplay.customer.voice.parts import parts
from roleplay.persona import Fact

SAME = 0.58
"""Cosine from which a sentence tells a fact, if nothing that may be said is as near."""
ABOUT = 0.38
"""The same, for a sentence with a word that stands in that fact alone."""
LIKE, LIKE_AHEAD, LIKE_WORDS = 0.48, 0.2, 8
"""Cosine, and how much nearer than anything that may be said, from which a sentence of so many words tells a fact."""
_ENDING = re.compile(r"(?<=[a-z]{4})(?:ing|ed|es|s|ly)$")
_NAME = re.compile(r"(?<=[a-z,;:’'] )[A-Z][a-z]+")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
SHORTEST = 4
"""Letters of a word that can mark a fact, beside another."""


class LockedFacts:
    """Refuses what a locked fact says, by its names, a pair of its words, or its meaning."""

    name = "locked_fact"

    def objects(self, sentence: str, scene: Scene) -> str:
        if any(_tells(sentence, fact, scene) for fact in scene.cue.locked):
            return "You have not told that yet, and do not tell it now."
        return ""


def _tells(sentence: str, fact: Fact, scene: Scene) -> bool:
    names = {name for name in _names(scene) if name in fact.says and name not in scene.mention}
    if any(re.search(rf"\b{re.escape(name)}\b", sentence) for name in names):
        return True
    if (_pairs(fact.says) - _pairs(scene.mention)) & _pairs(sentence):
        return True
    told = scene.near.highest(sentence, in_parts(fact))
    if told < ABOUT:
        return False
    ahead = told - scene.near.highest(sentence, scene.sayable)
    if told >= SAME or _marks(fact, scene) & _stems(sentence):
        return ahead > 0
    return told >= LIKE and ahead >= LIKE_AHEAD and len(sentence.split()) >= LIKE_WORDS


def in_parts(fact: Fact) -> tuple[str, ...]:
    """What a fact says, whole and sentence by sentence."""
    telling = (part for part in parts(fact.says) if len(part.split()) > _FEWEST_WORDS)
    return (fact.says, *telling)


def _marks(fact: Fact, scene: Scene) -> frozenset[str]:
    """Words that stand in this fact alone: nobody has said them, and nothing else in such calls is told with them."""
    persona = scene.cue.persona
    said = _stems("\n".join((scene.mention, persona.brief, *scene.all_lines, *scene.deeds)))
    return _stems(fact.says) - said - _stems("\n".join(scene.agent_lines)) - _COMMON


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    """Words of five letters and more, without their endings."""
    return frozenset(_ENDING.sub("", word) for word in re.findall(r"[a-z]{5,}", text.lower()))


def _names(scene: Scene) -> set[str]:
    """Words that the persona's file writes with a capital inside a sentence."""
    persona = scene.cue.persona
    return set(_NAME.findall(" ".join([persona.story, *(fact.says for fact in persona.facts)])))


def _pairs(text: str) -> set[tuple[str, str]]:
    """Neighbouring words that are both long enough to mean something."""
    found = pairwise(_WORD.findall(text.lower()))
    return {pair for pair in found if min(map(len, pair)) >= SHORTEST and not set(pair) & _COMMON}


_SMALL_WORDS = (
    "that this with have what when will would could they them then than from your just been were want "
    "need know like about again there here only even still very much more some said says tell told dont "
    "don't didn't can't i've it's that's i'll you're because before after over where which while into "
    "does doing going being made make take came come back look sorry please right last next first time "
    "times night nights morning evening today yesterday tomorrow nobody somebody anybody anything something nothing "
    "every always never"
)
_COMMON = frozenset(_SMALL_WORDS.split())
"""Words too common to mark anything."""


_FEWEST_WORDS = 3
"""Words above which a part of a fact tells something by itself."""
