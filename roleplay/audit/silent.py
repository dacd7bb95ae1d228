"""What the mind may choose to do for which a persona has no words, its own or its temperament's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from roleplay.audit.finding import Finding
from roleplay.audit.reach import Reach
from roleplay.customer.mind import MADE_WORSE
from roleplay.customer.state import CallState, Plan
from roleplay.customer.voice.scripted import ScriptedVoice
from roleplay.persona import Intent, Persona

NEVER_PLANNED: frozenset[Intent] = frozenset({"warned", "still_there"})
ONLY_WITH_LINES: frozenset[Intent] = frozenset({"off_topic", "abuse"})
"""The mind chooses these only for a persona that has lines for them."""
BY_STEP: dict[Intent, str] = {"asks_for": "asks_for", "ask_back": "ask_back", "accept": "accepts"}
"""Intents for which a step may bring its own words, and the step's key."""


def silent_findings(persona: Persona, can: Reach) -> Iterator[Finding]:
    """Warnings: where the customer would say only that they do not follow."""
    for intent in sorted(may_choose(persona, can)):
        if intent in BY_STEP:
            yield from _silent_steps(persona, intent)
        elif silent := _silent_bands(persona, intent, can):
            yield Finding(("lines",), f"no line for {intent} (when {', '.join(silent)})")


def may_choose(persona: Persona, can: Reach) -> set[Intent]:
    """The intents that this persona's mind may choose."""
    outcomes = persona.outcomes
    never = {
        "ask_for_manager": not outcomes.escalated,
        "hang_up": not outcomes.hung_up,
        "passed_on": not outcomes.handed_over_well,
        "settled": not (outcomes.resolved or outcomes.declined_well) or _last_step_ends_the_call(persona),
        "hold_back": not any(one.mood_at_least is not None and can.lowest < one.mood_at_least for one in persona.facts),
        "thaw": len(can.bands(persona)) == 1,
        "already_told": not can.asked_again,
        "push_back": not _can_be_made_worse(persona, can),
        "too_early": not any(step.after for step in persona.steps),
    }
    wanted: set[Intent] = set(get_args(Intent)) - NEVER_PLANNED - ONLY_WITH_LINES
    return {intent for intent in wanted if not never.get(intent, False)}


def _can_be_made_worse(persona: Persona, can: Reach) -> bool:
    """Several lesser reactions may come together in one reply."""
    return (
        sum(one.delta for at, one in enumerate(persona.reactions) if at in can.reactions and one.delta < 0)
        <= MADE_WORSE
    )


def _last_step_ends_the_call(persona: Persona) -> bool:
    """Whether one step that ends the call waits for all others."""
    others = {step.id for step in persona.steps if not step.ends_call}
    after = {step.id: {need.step for need in step.after if need.step} for step in persona.steps}
    return any(step.ends_call and others <= _closure(step.id, after) for step in persona.steps)


def _closure(step: str, after: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = {step}
    while waiting:
        waiting = {before for one in waiting for before in after[one]} - found
        found |= waiting
    return found


def _silent_bands(persona: Persona, intent: Intent, can: Reach) -> list[str]:
    """The moods in which nothing would be said, not even in the words of a neighbouring mood."""
    voice = ScriptedVoice(
        persona.model_copy(update={"lines": persona.lines | {"not_following": _own(persona, intent)}}), 1
    )
    nothing_said = CallState(mood=0, patience=None)
    return [band for band in can.bands(persona) if not voice.words(Plan(intent, band), nothing_said)]


def _own(persona: Persona, intent: Intent) -> dict[str, tuple[str, ...]]:
    """Without the words that stand in for every intent that has none."""
    return dict(persona.lines.get("not_following", {})) if intent == "not_following" else {}


def _silent_steps(persona: Persona, intent: Intent) -> Iterator[Finding]:
    if any(persona.lines.get(intent, {}).values()):
        return
    for at, step in enumerate(persona.steps):
        if not getattr(step, BY_STEP[intent]):
            yield Finding(("steps", at), f"{step.id} has no `{BY_STEP[intent]}`, and there is no line for {intent}")
