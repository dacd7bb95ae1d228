"""No near-repeat: a model that has run dry says its last line again."""

from __future__ import annotations

import re

from roleplay.customer.voice.guards.scene import Scene

SAME = 0.93
"""Cosine from which two sentences are the same one."""
FEWEST_WORDS = 4
"""Shorter ones ("Yes.", "Are you there?") are said again in every call."""
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


class Repeats:
    """Refuses what the customer has said before, unless the mind says it again itself."""

    name = "near_repeat"

    def objects(self, sentence: str, scene: Scene) -> str:
        if len(sentence.split()) < FEWEST_WORDS:
            return ""
        before = [part.strip() for line in scene.cue.earlier_lines for part in _SENTENCE.findall(line)]
        before = [part for part in (*before, *scene.spoken) if len(part.split()) >= FEWEST_WORDS]
        again = scene.near.highest(sentence, before)
        if again >= SAME and again > scene.near.highest(sentence, scene.cue.lines):
            return "You have said that before. Say it differently."
        return ""
