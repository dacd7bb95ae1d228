"""The written customer lines, each with the turn it was written for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from roleplay.customer.state import CallState, Plan
from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.guards import Refusal, Scene
from roleplay.customer.voice.model import checked
from roleplay.customer.voice.near import Nearness
from roleplay.customer.voice.said import unsaid
from roleplay.customer.voice.scripted import ScriptedVoice
from roleplay.customer.voice.stream import SentenceStream
from roleplay.library.folder import Library
from roleplay.session.speaking import agent_lines
from roleplay.transcript import Speaker, Turn

HERE = Path(__file__).parent
SEED = 3


@dataclass(frozen=True)
class WrittenLine:
    """A line as a model might say it."""

    line: str
    cue: Cue
    fault: str = ""
    """What is wrong with a bad line."""
    good_first: bool = False
    """Its first sentence may stand."""


def good_lines(library: Library, name: str = "good_lines.yaml") -> list[WrittenLine]:
    """Lines that should be shown as they are."""
    return [written(entry, library) for entry in _entries(name)]


def bad_lines(library: Library, name: str = "bad_lines.yaml") -> list[WrittenLine]:
    """Lines that should not be shown, or not whole."""
    return [written(entry, library) for entry in _entries(name)]


def shown(written: WrittenLine, library: Library, near: Nearness) -> tuple[str, Refusal | None]:
    """What would be shown of a line, as if a model had said it, and who stopped it."""
    scene = Scene(written.cue, near, agent_lines(library.rubric(written.cue.persona.rubric)))
    stream = SentenceStream()
    sentences = stream.feed(f"{written.line} ")
    for sentence in (*sentences, stream.rest()):
        found = checked(sentence, scene)
        if isinstance(found, Refusal):
            return " ".join(scene.spoken), found
        if found:
            scene.spoken.append(found)
    return " ".join(scene.spoken), None


def is_guarded(written: WrittenLine, library: Library, near: Nearness) -> bool:
    """Whether a turn with this line would be marked: something of it is refused, or something is missing from it."""
    text, refusal = shown(written, library, near)
    return refusal is not None or bool(unsaid(written.cue, [text], near))


def is_caught(written: WrittenLine, library: Library, near: Nearness) -> bool:
    """Whether the line would not be shown as it is."""
    return shown(written, library, near)[0].split() != written.line.replace("\n", " ").split()


@cache
def _entries(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return found


def written(entry: dict[str, Any], library: Library) -> WrittenLine:
    """An entry of such a file with the turn it was written for."""
    persona = library.persona(entry["persona"])
    at_start = {fact.id for fact in persona.facts if fact.told_at_start}
    facts = tuple(entry.get("facts", ()))
    told = [fact.says for fact in persona.facts if fact.id in entry.get("told", ())]
    plan = Plan(
        entry["intent"],
        entry["band"],
        entry.get("step"),
        entry.get("part"),
        facts,
        entry.get("then_asks_for"),
        alone=bool(facts) and entry["intent"] == "asks_for",
    )
    voice = ScriptedVoice(persona, SEED)
    state = CallState(mood=0, patience=5, reply=1)
    opening = Turn(Speaker.CUSTOMER, " ".join(voice.words(Plan("opening", entry["band"]), state)))
    turns = [] if entry["intent"] == "opening" else [opening, *(Turn(Speaker.CUSTOMER, one) for one in told)]
    if entry["trainee"]:
        turns.append(Turn(Speaker.TRAINEE, entry["trainee"]))
    known = frozenset({*entry.get("told", ()), *facts, *at_start})
    cue = Cue(persona, plan, 0, voice.words(plan, state), known, tuple(turns))
    return WrittenLine(entry["line"], cue, entry.get("fault", ""), entry.get("good_first", False))
