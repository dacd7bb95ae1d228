"""The guards: small units, each of which may refuse a sentence before it is shown."""

from __future__ import annotations

from roleplay.customer.voice.guards.agent_talk import AgentTalk
from roleplay.customer.voice.guards.content import Content
from roleplay.customer.voice.guards.decided import Decided
from roleplay.customer.voice.guards.figures import InventedFigures
from roleplay.customer.voice.guards.length import RunOn
from roleplay.customer.voice.guards.locked import LockedFacts
from roleplay.customer.voice.guards.markup import Markup
from roleplay.customer.voice.guards.repeats import Repeats
from roleplay.customer.voice.guards.role import OutOfRole
from roleplay.customer.voice.guards.scene import Guard, Refusal, Scene
from roleplay.customer.voice.guards.speakers import OneSpeaker

__all__ = ["GUARDS", "Refusal", "Scene", "refused"]

GUARDS: tuple[Guard, ...] = (
    Markup(),
    OneSpeaker(),
    RunOn(),
    OutOfRole(),
    Content(),
    InventedFigures(),
    AgentTalk(),
    LockedFacts(),
    Repeats(),
    Decided(),
)
"""In this order, the cheapest first; the first that refuses a sentence gives the reason."""


def refused(sentence: str, scene: Scene, guards: tuple[Guard, ...] = GUARDS) -> Refusal | None:
    """Who refuses the sentence, and why; None if it may be shown."""
    for guard in guards:
        if reason := guard.objects(sentence, scene):
            return Refusal(guard.name, reason)
    return None
