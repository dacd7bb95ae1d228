"""No near-repeat: a model that has run dry says its last line again."""

from __future__ import annotations

import re

from roleplay.customer.voice.guards.scene import Scene
from roleplay.customer.voice.parts import parts

SAME = 0.93
"""Cosine from which two sentences are the same one."""
FEWEST_WORDS = 4
"""Shorter ones ("Yes.", "Are you there?") are said again in every call."""
STAMMER = 4
"""Words in a row that nobody says twice in one sentence."""


class Repeats:
    """Refuses what the customer has said before, unless the mind says it again itself."""

    name = "near_repeat"

    def objects(self, sentence: str, scene: Scene) -> str:
        if _stammers(sentence) or sentence in scene.spoken:
            return "You say the same thing twice. Say it once."
        if len(sentence.split()) < FEWEST_WORDS:
            return ""
        before = [part for line in scene.cue.earlier_lines for part in parts(line)]
        before = [part for part in (*before, *scene.spoken) if len(part.split()) >= FEWEST_WORDS]
        again = scene.near.highest(sentence, before)
        if again >= SAME and again > scene.near.highest(sentence, scene.cue.lines):
            return "You have said that before. Say it differently."
        return ""


def _stammers(sentence: str) -> bool:
    """Whether a run of words comes twice in one sentence, as where a model goes round in a circle."""
    words = re.findall(r"[\w'’]+", sentence.lower())
    runs = [tuple(words[at : at + STAMMER]) for at in range(len(words) - STAMMER + 1)]
    return len(set(runs)) < len(runs)
