"""Which customer gives the most chances to practise one criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roleplay.persona import Persona


@dataclass(frozen=True, slots=True)
class NextCall:
    """A customer to take next."""

    persona: str
    name: str
    why: str


def next_call(
    criterion: str, title: str, personas: Sequence[Persona], last: Persona, held: Mapping[str, int]
) -> NextCall:
    """For a criterion that did not land with `last`; `held`: calls with each persona so far.

    A customer who answers to it (who tells something, or whose mood moves, when it is shown), no more than one step
    harder, the one who was called least; if there is no other, the same one again.
    """
    fitting = [
        one
        for one in personas
        if one.id != last.id
        and one.rubric == last.rubric
        and one.difficulty <= last.difficulty + 1
        and chances(criterion, one)
    ]
    if not fitting:
        return NextCall(last.id, last.name, f"Call {last.name} once more with “{title.lower()}” in mind.")
    best = min(fitting, key=lambda one: (held.get(one.id, 0), -chances(criterion, one), one.difficulty, one.id))
    return NextCall(best.id, best.name, f"A call with {best.name} gives you chances for it: “{title.lower()}”.")


def chances(criterion: str, persona: Persona) -> int:
    """Places where the customer answers to a criterion: facts it unlocks, reactions it causes."""
    facts = sum(criterion in fact.reveal_when for fact in persona.facts)
    return facts + sum(criterion in (*one.when.shown, *one.when.opposite) for one in persona.reactions)
