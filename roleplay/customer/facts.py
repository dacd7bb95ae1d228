"""The facts under locks: which a reply opens, which the customer holds back, which were asked for twice."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.customer.state import CallState
from roleplay.customer.steps import met
from roleplay.persona import Fact, Persona
from roleplay.score import Reading

MOST_FACTS_A_TURN = 2


@dataclass(frozen=True, slots=True)
class FactsHeard:
    """What one reply does to the facts."""

    told: tuple[str, ...] = ()
    held_back: tuple[str, ...] = ()
    """Asked for, but the mood is too low."""
    unsure: bool = False
    """Something that would open a lock may have been said."""
    asked_again: tuple[str, ...] = ()


def hear_facts(persona: Persona, state: CallState, reading: Reading, done: frozenset[str]) -> FactsHeard:
    """Opens locks; a locked fact is never told, whatever the words. `done`: the steps that this reply did."""
    now = done | reading.shown_moves()
    opened = [fact for fact in persona.facts if fact.id not in state.told and _opens(fact, state, now)]
    told = [fact.id for fact in opened if _mood_allows(fact, state)][:MOST_FACTS_A_TURN]
    held = [fact.id for fact in opened if not _mood_allows(fact, state)]
    unsure = any(
        reading.unsure(move) for fact in persona.facts if fact.id not in state.told for move in fact.reveal_when
    )
    return FactsHeard(
        tuple(told), tuple(held), unsure and not told, () if told else _asked_again(persona, state, reading)
    )


def _opens(fact: Fact, state: CallState, now: frozenset[str]) -> bool:
    asked = not fact.reveal_when or not now.isdisjoint(fact.reveal_when)
    return asked and met(fact.after, state, set(state.done), state.shown | now)


def _mood_allows(fact: Fact, state: CallState) -> bool:
    return fact.mood_at_least is None or state.mood >= fact.mood_at_least


def _asked_again(persona: Persona, state: CallState, reading: Reading) -> tuple[str, ...]:
    """Facts asked for although told. A question that could also be after something new is none."""
    asked = {move for move, sight in reading.sights.items() if sight.shown and sight.sentence.rstrip().endswith("?")}
    asked -= {move for fact in persona.facts if fact.id not in state.told for move in fact.reveal_when}
    own = {move.id for move in persona.moves}
    return tuple(
        fact.id
        for fact in persona.facts
        if state.told.get(fact.id, state.reply) < state.reply and asked & asked_by(fact, own)
    )


def asked_by(fact: Fact, own_moves: set[str]) -> set[str]:
    """The moves that ask for a fact; a question that shows one after it was told asks twice."""
    if fact.asked_by:
        return set(fact.asked_by)
    return set(fact.reveal_when) if len(fact.reveal_when) == 1 else set(fact.reveal_when) & own_moves
