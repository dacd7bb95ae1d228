"""A persona and its temperament become one whole persona."""

from __future__ import annotations

from collections.abc import Mapping

from roleplay.move import Lines
from roleplay.persona import Band, Intent, OutcomeRule, Outcomes, Persona, Reaction, Speech, Temper

DEFAULT_BANDS = (
    Band(name="furious", below=-60),
    Band(name="angry", below=-25),
    Band(name="wary", below=10),
    Band(name="calm", below=50),
    Band(name="warm", below=101),
)

DEFAULT_MARKS = {
    5: "I was helped, and I was heard.",
    4: "Good, in the end.",
    3: "It got sorted, more or less.",
    2: "It took more out of me than it should.",
    1: "I would not want to call again.",
}


def resolve(persona: Persona, temperament: Speech | None) -> Persona:
    """The persona with everything it left out taken from the temperament. What the persona says itself wins."""
    base = temperament or Speech()
    mood = _mood(persona.mood, base.mood)
    return persona.model_copy(
        update={
            "mood": mood,
            "bands": persona.bands or base.bands or DEFAULT_BANDS,
            "shows_feeling": _first(persona.shows_feeling, base.shows_feeling, default=False),
            "reactions": _reactions(persona.reactions, base.reactions),
            "outcomes": _outcomes(persona.outcomes, base.outcomes, mood),
            "lines": _lines(persona.lines, base.lines),
            "asked_afterwards": {**DEFAULT_MARKS, **base.asked_afterwards, **persona.asked_afterwards},
        }
    )


def _first(*choices: bool | None, default: bool) -> bool:
    return next((choice for choice in choices if choice is not None), default)


def _mood(own: Temper, base: Temper) -> Temper:
    given = {name: value for name, value in own.model_dump().items() if value is not None}
    merged = base.model_copy(update=given)
    return merged if merged.start is not None else merged.model_copy(update={"start": 0})


def _reactions(own: tuple[Reaction, ...], base: tuple[Reaction, ...]) -> tuple[Reaction, ...]:
    replaced = {reaction.when for reaction in own}
    return (*own, *(reaction for reaction in base if reaction.when not in replaced))


def _outcomes(own: Outcomes, base: Outcomes, mood: Temper) -> Outcomes:
    """What the persona says itself wins; a mood to hang up below counts where no ending names one."""
    merged = base.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})
    taken_away = "hung_up" in own.model_fields_set and own.hung_up is None
    if taken_away or mood.hangs_up_below is None or (merged.hung_up and merged.hung_up.mood_below is not None):
        return merged
    hung_up = (merged.hung_up or OutcomeRule()).model_copy(update={"mood_below": mood.hangs_up_below})
    return merged.model_copy(update={"hung_up": hung_up})


def _lines(
    own: Mapping[Intent, Mapping[str, Lines]], base: Mapping[Intent, Mapping[str, Lines]]
) -> dict[Intent, dict[str, Lines]]:
    """By intent and band. A persona's bare list (`any`) stands in place of everything the temperament has there."""
    merged = {intent: dict(by_band) for intent, by_band in base.items()}
    for intent, by_band in own.items():
        merged[intent] = dict(by_band) if "any" in by_band else {**merged.get(intent, {}), **by_band}
    return merged
