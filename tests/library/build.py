"""A small house library on disk: one rubric, one temperament, one persona, each text to be changed by a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.errors import BadFile
from roleplay.library.folder import Library

RUBRIC = """\
format: 1
id: house
title: House rules
weights: {first_call_resolution: 40, listening: 30, smoothness: 30}
criteria:
  - id: greets
    title: Greets
    dimension: smoothness
    due: {at: opening}
    examples: ["Good morning, how can I help?"]
moves:
  - id: asks_what_happened
    examples: ["What happened?"]
"""

TEMPERAMENT = """\
format: 1
id: grumpy
mood: {start: -40, patience: 5, hangs_up_below: -90}
bands:
  - {name: sour, below: 0}
  - {name: mild, below: 101}
reactions:
  - when: {shown: greets}
    delta: 5
    because: you greeted them
  - when: {stalled: true}
    delta: -5
    because: that led nowhere
outcomes:
  hung_up: {mood_below: -90}
lines:
  stalled: ["Well?"]
  thaw: {sour: ["Hm."], mild: ["Fine."]}
asked_afterwards: {1: "Never again."}
"""

PERSONA = """\
format: 1
id: caller
name: Ida Novak
rubric: house
company: Acme
difficulty: 1
temperament: grumpy
trains: ["a first call"]
brief: One order.
facts:
  - id: number
    says: It's A-17.
    reveal_when: asks_what_happened
steps:
  - id: sends_it
    examples: ["I'll send it today."]
outcomes:
  resolved: {steps: all}
lines:
  opening: ["Where is it?"]
"""


def write_library(
    folder: Path, *, persona: str = PERSONA, rubric: str = RUBRIC, temperament: str = TEMPERAMENT
) -> Library:
    """A library that holds these three files and nothing else."""
    for name, text in (
        ("personas/caller.yaml", persona),
        ("rubrics/house.yaml", rubric),
        ("personas/temperaments/grumpy.yaml", temperament),
    ):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Library((folder,))


def refusal(library: Library, folder: Path, name: str = "caller") -> list[str]:
    """What loading the persona says, line by line, without the folder's name."""
    with pytest.raises(BadFile) as caught:
        library.persona(name)
    return caught.value.message.replace(f"{folder}/", "").splitlines()


def changed(text: str, old: str, new: str) -> str:
    """`text` with `old` replaced; the test is wrong if it is not there."""
    assert old in text
    return text.replace(old, new, 1)
