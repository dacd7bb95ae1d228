"""The persona's story as far as it gives no locked fact away."""

from __future__ import annotations

import re

from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.guards.figures import figures
from roleplay.customer.voice.near import Nearness

TOO_NEAR = 0.35
"""Cosine to a locked fact from which a sentence of the story is left out; far below a paraphrase, to be safe."""
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")


def tellable(cue: Cue, near: Nearness) -> str:
    """The sentences of the story that share no name, no figure and little meaning with a fact still locked."""
    locked = [fact.says for fact in cue.locked]
    marks = {mark for says in locked for mark in (*figures(says), *_NAME.findall(says)[1:])}
    kept = []
    for sentence in map(str.strip, _SENTENCE.findall(cue.persona.story)):
        shared = marks & {*figures(sentence), *_NAME.findall(sentence)}
        if sentence and not shared and near.highest(sentence, locked) < TOO_NEAR:
            kept.append(" ".join(sentence.split()))
    return " ".join(kept)
