"""What can ever happen in a persona's calls: a bound from above, so that what it rules out is ruled out for good.

Nothing is ever undone and nothing excludes anything else: facts, steps, reactions and moods are added until no more can
be. What is missing at the end can never happen in any call. Promises that please now and are found out after the call
(`at_end`) do not count towards the best mood: no trainer wants a fact that only a broken promise can open.
"""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.audit.acts import Acts
from roleplay.persona import Fact, Persona, Reaction, Requirement, Step
from roleplay.rubric import Rubric

LOWEST, HIGHEST = -100, 100


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything that can happen."""

    facts: frozenset[str]
    steps: frozenset[str]
    reactions: frozenset[int]
    """Places in the whole persona's reactions."""
    lowest: int
    """Mood, before a customer who hangs up does so."""
    highest: int
    asked_again: frozenset[str]
    """Facts that can be asked for once they were told."""

    def bands(self, persona: Persona) -> list[str]:
        """The mood bands that the customer can be in, the lowest first."""
        begins = [LOWEST, *(band.below for band in persona.bands)]
        return [
            band.name
            for band, begin in zip(persona.bands, begins, strict=False)
            if begin <= self.highest and self.lowest < band.below
        ]


def reach(persona: Persona, rubric: Rubric) -> Reach:
    """Adds what has become possible until nothing more does. `persona` must be whole."""
    return _Growing(persona, Acts(persona, rubric)).grown()


class _Growing:
    def __init__(self, persona: Persona, acts: Acts) -> None:
        self._persona = persona
        self._acts = acts
        self._facts = {fact.id for fact in persona.facts if fact.told_at_start}
        self._steps: set[str] = set()
        self._reactions: set[int] = set()
        self._lowest = self._highest = persona.mood.start or 0

    def grown(self) -> Reach:
        before: tuple[object, ...] = ()
        while before != (before := self._size()):
            self._facts |= {fact.id for fact in self._persona.facts if self._can_be_told(fact)}
            self._steps |= {step.id for step in self._persona.steps if self._can_be_done(step)}
            self._reactions |= {at for at, one in enumerate(self._persona.reactions) if self._can_fire(one)}
            self._widen()
        asked = frozenset(fact for fact in self._facts if self._acts.asking_for(fact))
        return Reach(
            frozenset(self._facts),
            frozenset(self._steps),
            frozenset(self._reactions),
            self._lowest,
            self._highest,
            asked,
        )

    def _size(self) -> tuple[object, ...]:
        return len(self._facts), len(self._steps), len(self._reactions), self._lowest, self._highest

    def _widen(self) -> None:
        possible = [self._persona.reactions[at] for at in self._reactions]
        ups = [one.delta * one.at_most for one in possible if one.delta > 0 and one.at_end is None]
        downs = [one.delta * one.at_most for one in possible if one.delta < 0]
        moods = [step.mood for step in self._persona.steps if step.id in self._steps & self._acts.sayable]
        start = self._persona.mood.start or 0
        self._highest = min(HIGHEST, start + sum(ups) + sum(mood for mood in moods if mood > 0))
        self._lowest = max(LOWEST, start + sum(downs) + sum(mood for mood in moods if mood < 0))

    def _can_be_told(self, fact: Fact) -> bool:
        opened = not fact.reveal_when or any(self._can_be_shown(move) for move in fact.reveal_when)
        nothing_opens = not fact.reveal_when and not fact.after
        mood_allows = fact.mood_at_least is None or fact.mood_at_least <= self._highest
        return opened and not nothing_opens and mood_allows and all(map(self._can_be_met, fact.after))

    def _can_be_done(self, step: Step) -> bool:
        if step.by == "transfer":  # passing on does it whatever it waits for
            return True
        return step.id in self._acts.sayable and all(map(self._can_be_met, step.after))

    def _can_be_met(self, need: Requirement) -> bool:
        return (
            (need.fact is None or need.fact in self._facts)
            and (need.step is None or need.step in self._steps)
            and (need.shown is None or self._can_be_shown(need.shown))
        )

    def _can_be_shown(self, move: str) -> bool:
        return move in self._acts.shown or move in self._steps

    def _can_fire(self, reaction: Reaction) -> bool:
        when = reaction.when
        if when.mood_below is not None and when.mood_below <= max(self._lowest, when.mood_at_least or LOWEST):
            return False
        if when.mood_at_least is not None and when.mood_at_least > self._highest:
            return False
        if when.before is not None and {when.before} == {*when.shown, *when.opposite, when.before}:
            return not (when.shown or when.opposite)
        told = when.asked_again is None or when.asked_again == "any" or when.asked_again in self._facts
        return told and any(True for _ in self._acts.setting_off(reaction))
