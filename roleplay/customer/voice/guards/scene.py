"""What a guard sees of a turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from roleplay.customer.voice.acts import ACTS, Act
from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.near import Nearness
from roleplay.customer.voice.parts import parts
from roleplay.persona import Intent


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a sentence may not be shown."""

    guard: str
    """The guard's name, for reports."""
    reason: str
    """For the model, in words that quote nothing it must not know."""


@dataclass
class Scene:
    """One turn under guard. `spoken` grows with each sentence that was let through."""

    cue: Cue
    near: Nearness
    agent_lines: tuple[str, ...] = ()
    """What agents say in such calls: the rubric's own examples."""
    spoken: list[str] = field(default_factory=list)

    @cached_property
    def mention(self) -> str:
        """All that the customer may take a detail from."""
        return self.cue.may_mention()

    @cached_property
    def background(self) -> str:
        """What the trainee has on screen: figures may come from here too, those of locked facts aside."""
        return self.cue.persona.brief

    @cached_property
    def own_lines(self) -> tuple[str, ...]:
        """What this customer says in their own words: the lines of the turn, the intent, and what was told."""
        persona, plan = self.cue.persona, self.cue.plan
        lines = list(self.cue.lines)
        lines += self.lines_of(frozenset({plan.intent}))
        lines += [fact.says for fact in self.cue.told_facts]
        step = next((one for one in persona.steps if one.id in (plan.step, plan.then_asks_for)), None)
        if step:
            lines += [*step.asks_for, *(step.accepts if plan.intent == "accept" else step.ask_back)]
        return tuple(dict.fromkeys(lines))

    @cached_property
    def own_sentences(self) -> tuple[str, ...]:
        """The same, sentence by sentence."""
        return tuple(one for line in self.own_lines for one in parts(line))

    @cached_property
    def sayable(self) -> tuple[str, ...]:
        """What the customer may say: their lines of this turn, facts told, what was said before by either side."""
        said = (turn.text for turn in self.cue.turns)
        sentences = (one for turn in self.cue.turns for one in parts(turn.text))
        return tuple(dict.fromkeys(one for one in (*self.own_lines, *self.own_sentences, *said, *sentences) if one))

    @cached_property
    def deeds(self) -> tuple[str, ...]:
        """What agents say in this very case: the examples of its steps and moves."""
        persona = self.cue.persona
        said = [one.examples for one in (*persona.steps, *persona.moves)]
        said += [part.examples for step in persona.steps for part in step.parts]
        return tuple(line for examples in said for line in examples)

    def lines_of(self, intents: frozenset[Intent]) -> tuple[str, ...]:
        """The persona's lines of these intents, in every mood."""
        lines = self.cue.persona.lines
        return tuple(line for intent in intents for band in lines.get(intent, {}).values() for line in band)

    def fitting_lines(self, other: Act) -> tuple[str, ...]:
        """What may well be said in this turn: its own lines, the signs and lines of all acts but `other`, the offer."""
        intent = self.cue.plan.intent
        intents = frozenset(self.cue.persona.lines) - other.intents
        due = [sign for act in ACTS if act is not other and intent in act.intents for sign in act.signs]
        offered = [self.cue.reply] if intent == "accept" and self.cue.reply else []
        return (*self.own_lines, *self.lines_of(intents), *due, *offered)

    @cached_property
    def all_lines(self) -> tuple[str, ...]:
        """Every line of the persona's file, whatever the intent: how this customer talks."""
        bands = [band for intent in self.cue.persona.lines.values() for band in intent.values()]
        return tuple(dict.fromkeys(line for lines in bands for line in lines))


class Guard(Protocol):
    """May refuse a sentence."""

    @property
    def name(self) -> str:
        """For reports."""

    def objects(self, sentence: str, scene: Scene) -> str:
        """Why the sentence may not be shown, in words for the model; "" if it may."""
