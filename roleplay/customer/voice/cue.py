"""What a voice is given for one turn: what the mind decided, and all that may be spoken of."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.customer.state import Plan
from roleplay.persona import Fact, Persona
from roleplay.transcript import Speaker, Turn


@dataclass(frozen=True, slots=True)
class Cue:
    """One turn of the customer, before it has words."""

    persona: Persona
    plan: Plan
    mood: int
    """Now, -100..100."""
    lines: tuple[str, ...]
    """What the scripted voice would say, in order: the meaning that any other voice must keep."""
    told: frozenset[str]
    """Ids of the facts told so far, those of this turn among them."""
    turns: tuple[Turn, ...] = ()
    """The call as it was shown so far."""

    @property
    def locked(self) -> tuple[Fact, ...]:
        """Facts that must not be spoken of yet."""
        return tuple(fact for fact in self.persona.facts if fact.id not in self.told)

    @property
    def told_facts(self) -> tuple[Fact, ...]:
        """Facts that may be spoken of, in the order of the file."""
        return tuple(fact for fact in self.persona.facts if fact.id in self.told)

    @property
    def earlier_lines(self) -> tuple[str, ...]:
        """What the customer was shown to say so far."""
        return tuple(turn.text for turn in self.turns if turn.speaker is Speaker.CUSTOMER)

    @property
    def reply(self) -> str:
        """What the trainee said last; empty in the opening."""
        last = self.turns[-1] if self.turns else None
        return last.text if last and last.speaker is Speaker.TRAINEE else ""

    def may_mention(self) -> str:
        """Every text that the customer may take a detail from: a figure found nowhere in it is invented."""
        persona = self.persona
        parts = [persona.name, persona.company, persona.trade, *self.lines]
        parts += [fact.says for fact in self.told_facts]
        parts += [turn.text for turn in self.turns]
        return "\n".join(parts)
