"""A small customer, and readings made by hand: what the sense would have seen, without an embedder."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from roleplay.customer.mind import Mind, Turned
from roleplay.customer.state import CallState, DeadEnds
from roleplay.library.resolve import resolve
from roleplay.persona import Persona
from roleplay.score import Reading, Sight, Verdict

INTENTS = (
    "opening",
    "push_back",
    "hold_back",
    "too_early",
    "ask_back",
    "asks_for",
    "not_following",
    "already_told",
    "stalled",
    "thaw",
    "accept",
    "ask_for_manager",
    "on_hold",
    "back_from_hold",
    "transferred",
    "passed_on",
    "waiting",
    "settled",
    "goodbye",
    "goodbye_unresolved",
    "hang_up",
)

SMALL: dict[str, Any] = {
    "format": 1,
    "id": "small",
    "name": "Ida Novak",
    "rubric": "customer-care",
    "company": "Acme",
    "difficulty": 2,
    "trains": ["one thing"],
    "brief": "One late parcel.",
    "mood": {"start": -30, "patience": 4},
    "facts": [
        {"id": "late", "says": "It's late.", "told_at_start": True},
        {"id": "number", "says": "It's A-17.", "reveal_when": ["asks_number"]},
        {"id": "gift", "says": "It's a birthday gift.", "reveal_when": ["asks_why"], "mood_at_least": -20},
        {"id": "street", "says": "Elm Street.", "reveal_when": ["asks_why"], "after": "number"},
        {"id": "colour", "says": "It's blue.", "reveal_when": ["asks_why"]},
        {"id": "size", "says": "It's big.", "reveal_when": ["asks_why"]},
    ],
    "moves": [{"id": one, "examples": ["x"]} for one in ("asks_number", "asks_why", "acknowledges", "rude", "thanks")],
    "steps": [
        {"id": "find_it", "examples": ["I see it."], "after": [{"fact": "number"}], "mood": 6, "what": "Finds it."},
        {
            "id": "send_it",
            "after": [{"step": "find_it"}],
            "discloses": True,
            "parts": [
                {"id": "van", "examples": ["On the van."], "ask_back": ["Is it on a van?"]},
                {"id": "when", "value": {"within_hours": 24}, "ask_back": ["When?"]},
            ],
            "ask_back": ["How?"],
        },
        {"id": "sum_up", "examples": ["So..."], "after": [{"step": "send_it"}]},
    ],
    "reactions": [
        {"when": {"shown": "acknowledges"}, "delta": 12, "because": "you named it"},
        {"when": {"step": "any", "before": "acknowledges"}, "delta": -10, "because": "a fix came first"},
        {"when": {"asked_again": "any"}, "delta": -7, "because": "you asked again"},
        {"when": {"shown": "rude"}, "delta": -30, "because": "you were rude", "at_most": 20},
        {"when": {"opposite": "acknowledges"}, "delta": -15, "because": "that was hollow", "at_most": 20},
        {"when": {"stalled": True}, "delta": -4, "because": "it led nowhere", "at_most": 20},
        {"when": {"hold": "unannounced"}, "delta": -11, "because": "you left"},
    ],
    "outcomes": {
        "resolved": {"steps": "all"},
        "hung_up": {"mood_below": -90, "or_patience": 0},
    },
    "lines": {intent: [f"{intent} one.", f"{intent} two."] for intent in INTENTS},
}


def customer(**changes: object) -> Persona:
    """The small customer, whole; `changes` replace keys of its file."""
    return resolve(Persona.model_validate(SMALL | changes), None)


def steps_with(changes: Mapping[str, Mapping[str, object]]) -> list[dict[str, Any]]:
    """The small customer's steps with some keys changed, by step."""
    return [step | changes.get(step["id"], {}) for step in SMALL["steps"]]


def sight(move: str, verdict: Verdict = Verdict.SHOWN, *, opposite: bool = False, text: str = "") -> Sight:
    """A move seen beyond doubt."""
    return Sight(move, verdict, opposite=opposite, sentence=text, clear=True)


def reading(*shown: str, unsure: Iterable[str] = (), opposite: Iterable[str] = (), **reply: Any) -> Reading:  # noqa: ANN401
    """A reply of ten words that does this; `text`, `words` and `repeated` may be given."""
    text = reply.get("text", "Some words were said.")
    sights = [sight(move, text=text) for move in shown]
    sights += [sight(move, Verdict.UNSURE, text=text) for move in unsure]
    sights += [sight(move, Verdict.NOT_SHOWN, opposite=True, text=text) for move in opposite]
    return Reading(text, reply.get("words", 10), {one.move: one for one in sights}, reply.get("repeated", False))


class Call:
    """A call with a customer, reply by reply; keeps every turn."""

    def __init__(self, persona: Persona, *, seed: int = 1, dead_ends: DeadEnds | None = None) -> None:
        self.mind = Mind(persona, seed, dead_ends or DeadEnds())
        self.turns: list[Turned] = [self.mind.open()]

    @property
    def last(self) -> Turned:
        return self.turns[-1]

    @property
    def state(self) -> CallState:
        return self.last.state

    def says(self, *shown: str, **more: Any) -> Turned:  # noqa: ANN401 - what `reading` takes
        return self.hears(reading(*shown, **more))

    def hears(self, heard: Reading) -> Turned:
        self.turns.append(self.mind.hear(self.state, heard))
        return self.last

    def solve(self) -> Turned:
        """Everything the small customer needs, in two replies."""
        self.says("acknowledges", "asks_number")
        return self.says("find_it", "send_it.van", "send_it.when", "sum_up")


def moves_of(persona: Persona, others: Iterable[str] = ()) -> list[str]:
    """Every id that a sight of this persona's calls may have."""
    parts = [f"{step.id}.{part.id}" for step in persona.steps for part in step.parts]
    own = [*(move.id for move in persona.moves), *(step.id for step in persona.steps), *parts]
    return [*own, *others]


def random_reading(persona: Persona, draw: random.Random, others: Iterable[str] = (), wild: float = 0.1) -> Reading:
    """A reply in which each move is clearly, perhaps or not there; `wild`: the share that is."""
    sights = {}
    for move in moves_of(persona, others):
        roll = draw.random()
        verdict = Verdict.SHOWN if roll < wild else Verdict.UNSURE if roll < 2 * wild else Verdict.NOT_SHOWN
        opposite = verdict is Verdict.NOT_SHOWN and draw.random() < wild
        text = draw.choice(["Is that so?", "That is so."])
        sights[move] = replace(sight(move, verdict, opposite=opposite, text=text), clear=draw.random() < 1 / 2)
    return Reading("Is that so?", draw.randint(0, 30), sights, draw.random() < wild / 2)
