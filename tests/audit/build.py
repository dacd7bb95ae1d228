"""A small persona that an audit finds nothing in, to be broken in one place by a test."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from roleplay.audit.audit import Audited, Auditor
from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from tests.library.build import RUBRIC, TEMPERAMENT, changed, write_library

TODAY = date(2026, 3, 1)

SOUND_RUBRIC = RUBRIC + (
    '  - id: is_rude\n    examples: ["You are an idiot."]\n    counterexamples: ["You are no idiot."]\n'
    '  - id: names_it\n    examples: ["Your parcel is late."]\n'
)

REACTIONS = """\
  - when: {shown: greets}
    delta: 5
    because: you greeted them
    at_most: 1
  - when: {shown: is_rude}
    delta: -20
    because: you were rude
"""

WORDS = (
    "push_back already_told stalled thaw accept ask_back asks_for not_following on_hold back_from_hold transferred "
    "waiting settled goodbye goodbye_unresolved hang_up ask_for_manager too_early hold_back"
)

SOUND_TEMPERAMENT = TEMPERAMENT.split("reactions:", maxsplit=1)[0] + (
    f"reactions:\n{REACTIONS}outcomes:\n  hung_up: {{mood_below: -90}}\nlines:\n"
    + "".join(f'  {intent}: ["One.", "Two."]\n' for intent in WORDS.split())
)

SOUND = """\
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
    says: It's A-17, for Elm Street.
    reveal_when: asks_what_happened
  - id: gift
    says: It's a present.
    reveal_when: names_it
    mood_at_least: -35
steps:
  - id: sends_it
    examples: ["I'll send it today."]
    after: [number]
    mood: 10
  - id: sums_up
    examples: ["So it comes today."]
    after: [{step: sends_it}]
reactions:
  - when: {shown: names_it}
    delta: 4
    because: you named it
    at_most: 1
outcomes:
  resolved: {steps: all}
lines:
  opening: ["Where is it?"]
"""


def house(
    folder: Path, *, persona: str = SOUND, rubric: str = SOUND_RUBRIC, temperament: str = SOUND_TEMPERAMENT
) -> Library:
    """A house library of these three files."""
    return write_library(folder, persona=persona, rubric=rubric, temperament=temperament)


def audited(library: Library, name: str = "caller", embedder: Embedder | None = None) -> Audited:
    """The persona, looked at on a fixed day; examples only with an embedder."""
    opened = None if embedder is None else lambda _: embedder
    return Auditor(library, TODAY, opened, print).audit(name)


def warnings(folder: Path, old: str, new: str) -> list[str]:
    """What an audit warns of in the sound persona after `old` became `new`, as `line: place: what`."""
    found = audited(house(folder, persona=changed(SOUND, old, new)))
    return [problem.text(Path("f")).removeprefix("f:") for problem in found.warnings]
