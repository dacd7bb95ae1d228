"""What a trainee can do in a call, as the sense would have seen it: readings made by hand, no text is played."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roleplay.customer.facts import asked_by
from roleplay.customer.mind import FEWEST_WORDS
from roleplay.persona import Persona, Reaction, Step
from roleplay.rubric import Rubric
from roleplay.score import Reading, Sight, Verdict
from roleplay.session.course import ANNOUNCE_A_HOLD

PLAIN = "Said."
QUESTION = "Asked?"
ENOUGH_WORDS = 10


@dataclass(frozen=True, slots=True)
class Act:
    """One reply that does one thing, or a hold."""

    reading: Reading | None = None
    announced: bool = True
    """Of a hold, where there is no reading."""


class Acts:
    """Everything that one persona's calls allow."""

    def __init__(self, persona: Persona, rubric: Rubric) -> None:
        """`persona` must be whole; `rubric` is the one it names."""
        self._persona = persona
        self._steps = {step.id: step for step in persona.steps}
        own = {move.id for move in persona.moves}
        general = [move for move in rubric.all_moves() if move.id not in own]
        moves = [*general, *persona.moves, *persona.steps]
        kept = {one.id for one in rubric.criteria if one.mode == "avoid"}
        self.shown = frozenset(move.id for move in moves if move.examples or move.id in kept)
        """Moves whose words can be recognised, steps among them."""
        self.said_against = frozenset(
            move.id for move in moves if move.counterexamples and (move.examples or move.id not in self._steps)
        )
        """Moves of which a counterexample can be recognised."""
        self.sayable = frozenset(step.id for step in persona.steps if can_be_said(step))
        """Steps that words can do."""
        self.hold_can_be_announced = not ANNOUNCE_A_HOLD.isdisjoint(self.shown)
        self._kept = {name: Sight(name, Verdict.SHOWN) for name in kept}

    def show(self, move: str, text: str = PLAIN) -> Act:
        """A reply that shows a move, which is no step."""
        return self._reply({move: Sight(move, Verdict.SHOWN, sentence=text, clear=True)})

    @property
    def nothing(self) -> Act:
        """A reply in which nothing is recognised."""
        return self._reply({})

    def do(self, step: Step) -> Act:
        """A reply that says all of a step."""
        parts = [f"{step.id}.{part.id}" for part in step.parts]
        keys = [*([step.id] if step.id in self.shown or step.value else []), *parts]
        keys += [f"{key}.value" for key in (step.id, *parts)]
        return self._reply({key: Sight(key, Verdict.SHOWN, sentence=PLAIN, clear=True) for key in keys})

    def setting_off(self, reaction: Reaction) -> Iterator[Act]:
        """Each way to bring a reaction's cause about; none where its cause is not in play."""
        when = reaction.when
        yield from self._showing(when.shown)
        for move in when.opposite:
            if move in self.said_against:
                against = Sight(move, Verdict.NOT_SHOWN, opposite=True, sentence=PLAIN, clear=True)
                yield self._reply({move: against})
        if when.asked_again:
            yield from (self.show(move, QUESTION) for move in sorted(self.asking_for(when.asked_again)))
        if when.step:
            steps = self._persona.steps if when.step == "any" else [self._steps[when.step]]
            yield from (self.do(step) for step in steps if step.id in self.sayable)
        if when.stalled:
            yield Act(Reading("", FEWEST_WORDS - 1, self._kept))
        if when.repeated:
            yield Act(Reading("", ENOUGH_WORDS, self._kept, repeated=True))
        if when.hold and (when.hold == "unannounced" or self.hold_can_be_announced):
            yield Act(announced=when.hold == "announced")

    def asking_for(self, fact: str) -> set[str]:
        """Moves in play that ask for a fact (or for `any`) once it was told."""
        own = {move.id for move in self._persona.moves}
        facts = [one for one in self._persona.facts if fact in ("any", one.id)]
        return {move for one in facts for move in asked_by(one, own)} & self.shown

    def _showing(self, moves: Iterable[str]) -> Iterator[Act]:
        for move in moves:
            if move in self._steps:
                if move in self.sayable:
                    yield self.do(self._steps[move])
            elif move in self.shown:
                yield self.show(move)

    def _reply(self, sights: dict[str, Sight]) -> Act:
        return Act(Reading(PLAIN, ENOUGH_WORDS, self._kept | sights))


def can_be_said(step: Step) -> bool:
    """Whether words can do the step: values alone, in parts, are heard only once some words began it."""
    if not step.parts:
        return bool(step.examples or step.value)
    return bool(step.examples or step.value or any(part.examples for part in step.parts))
