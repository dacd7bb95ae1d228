"""The guards: small units, each of which may refuse a sentence before it is shown."""

from __future__ import annotations

from roleplay.customer.voice.acts import ACTS
from roleplay.customer.voice.guards.agent_talk import SAID_BY_CUSTOMERS, AgentTalk
from roleplay.customer.voice.guards.content import MEANS, Content
from roleplay.customer.voice.guards.decided import Decided
from roleplay.customer.voice.guards.figures import InventedFigures
from roleplay.customer.voice.guards.length import RunOn
from roleplay.customer.voice.guards.locked import LockedFacts, in_parts
from roleplay.customer.voice.guards.markup import Markup
from roleplay.customer.voice.guards.repeats import Repeats
from roleplay.customer.voice.guards.role import OUTSIDE_LINES, OutOfRole, papers
from roleplay.customer.voice.guards.scene import Guard, Refusal, Scene
from roleplay.customer.voice.guards.speakers import OneSpeaker

__all__ = ["GUARDS", "Refusal", "Scene", "compared_with", "refused"]

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


def compared_with(scene: Scene) -> tuple[str, ...]:
    """The texts that sentences of this customer's are compared with in any turn: to be embedded before the first."""
    facts = (part for fact in scene.cue.persona.facts for part in in_parts(fact))
    signs = (*OUTSIDE_LINES, *SAID_BY_CUSTOMERS, *(line for lines in MEANS.values() for line in lines))
    acts = (sign for act in ACTS for sign in act.signs)
    return (*scene.all_lines, *scene.deeds, *scene.agent_lines, *facts, *papers(scene), *signs, *acts)
