"""No near-repeat: a model that has run dry says its last line again."""

from __future__ import annotations

import re

from roleplay.customer.voice.guards.scene import Scene
from roleplay.customer.voice.parts import parts

SAME = 0.93
"""Cosine from which two sentences are the same one."""
FEWEST_WORDS = 4
"""Shorter ones ("Yes.", "Are you there?") are said again in every call."""
CLAUSE = 3
"""Words from which a clause that comes again is heard as going round in a circle."""
STAMMER = 4
"""Words in a row that nobody says twice in one sentence."""


class Repeats:
    """Refuses what the customer has said before, unless the mind says it again itself."""

    name = "near_repeat"

    def objects(self, sentence: str, scene: Scene) -> str:
        if _stammers(sentence) or sentence in scene.spoken or _goes_round(sentence, scene):
            return "You say the same thing twice. Say it once."
        if len(sentence.split()) < FEWEST_WORDS:
            return ""
        before = [part for line in scene.cue.earlier_lines for part in parts(line)]
        before = [part for part in (*before, *scene.spoken) if len(part.split()) >= FEWEST_WORDS]
        again = scene.near.highest(sentence, before)
        if again >= SAME and again > scene.near.highest(sentence, scene.cue.lines):
            return "You have said that before. Say it differently."
        return ""


def _goes_round(sentence: str, scene: Scene) -> bool:
    """Whether a clause comes twice in one line, as where a model babbles; what the mind says twice may be."""
    said = [clause for part in (*scene.spoken, sentence) for clause in _clauses(part)]
    twice = {clause for clause in _clauses(sentence) if said.count(clause) > 1}
    return bool(twice - {clause for line in scene.cue.lines for clause in _clauses(line)})


def _clauses(text: str) -> list[str]:
    """Its clauses that are long enough to be noticed when they come again."""
    parted = (" ".join(re.findall(r"[\w'’]+", part)) for part in re.split(r"[,;:.!?…]", text.lower()))
    return [clause for clause in parted if len(clause.split()) >= CLAUSE]


def _stammers(sentence: str) -> bool:
    """Whether a run of words comes twice in one sentence, as where a model goes round in a circle."""
    words = re.findall(r"[\w'’]+", sentence.lower())
    runs = [tuple(words[at : at + STAMMER]) for at in range(len(words) - STAMMER + 1)]
    return len(set(runs)) < len(runs)
