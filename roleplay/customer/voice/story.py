"""The persona's story as far as it gives no locked fact away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.guards.figures import figures
from roleplay.customer.voice.near import Nearness
from roleplay.customer.voice.parts import parts

TOO_NEAR = 0.35
"""Cosine to a locked fact from which a sentence of the story is left out; far below a paraphrase, to be safe."""
_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")


def tellable(cue: Cue, near: Nearness) -> str:
    """The sentences of the story that share no name, no figure and little meaning with a fact still locked."""
    locked = [fact.says for fact in cue.locked]
    sentences = [" ".join(one.split()) for one in parts(cue.persona.story)]
    unmarked = without_marks_of_locked(sentences, cue)
    return " ".join(one for one in unmarked if one and near.highest(one, locked) < TOO_NEAR)


def without_marks_of_locked(lines: Iterable[str], cue: Cue) -> list[str]:
    """The lines that share no name and no figure with a fact still locked."""
    marks = {mark for fact in cue.locked for mark in (*figures(fact.says), *_NAME.findall(fact.says)[1:])}
    return [line for line in lines if marks.isdisjoint((*figures(line), *_NAME.findall(line)))]
