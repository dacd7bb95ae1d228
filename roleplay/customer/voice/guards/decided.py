"""Says what the mind decided: nobody is pleased, refuses, leaves or wants a manager unless it is so."""

from __future__ import annotations

import re

from roleplay.customer.voice.acts import MANAGER, barred
from roleplay.customer.voice.guards.scene import Scene

NEAR = 0.45
AHEAD = 0.2
"""How near to a sign of another act, and how much nearer than to any line that fits the turn, is that act."""
PERHAPS = 0.33
"""How near to a sign, from which the persona's own lines of that act are looked at too: much else stands in those."""
FEWEST_WORDS = 3
OUT_OF_THE_BLUE = 0.24
"""Cosine below which a sentence is far from everything this customer says and everything said so far;"""
FEWEST_TO_BELONG = 5
"""and the words from which that can be told."""


class Decided:
    """Refuses an act that the mind did not decide."""

    name = "not_decided"

    def objects(self, sentence: str, scene: Scene) -> str:
        acts = barred(scene.cue.plan.intent)
        for act in acts:
            if re.search(act.words, sentence, re.IGNORECASE):
                return act.reason
        if len(sentence.split()) < FEWEST_WORDS:
            return ""
        for act in acts:
            if sentence.endswith("?") and act is not MANAGER:
                continue  # who asks has not made up their mind
            sign = scene.near.highest(sentence, act.signs)
            theirs = scene.near.highest(sentence, scene.lines_of(act.intents)) if sign >= PERHAPS else -1.0
            other = max(sign, theirs)
            if other >= NEAR and other - scene.near.highest(sentence, scene.fitting_lines(act)) > AHEAD:
                return act.reason
        return "" if _belongs(sentence, scene) else "That has nothing to do with this call."


def _belongs(sentence: str, scene: Scene) -> bool:
    if len(sentence.split()) < FEWEST_TO_BELONG:
        return True
    said = [turn.text for turn in scene.cue.turns]
    return scene.near.highest(sentence, (*scene.own_lines, *scene.all_lines, *said)) >= OUT_OF_THE_BLUE
