"""The coach beside a reply: one thing that landed, and at most one next step."""

from __future__ import annotations

from roleplay.customer.mind import Turned
from roleplay.customer.steps import next_open
from roleplay.persona import Persona
from roleplay.rubric import Criterion, Rubric
from roleplay.score import Advice, Landing, TurnScore

OWN_WORDS = "That line is one of the examples here. Say it in your own words."
"""To whoever pastes a line that the program holds."""


class Coach:
    """Speaks of the reply, never of the person. The words are the rubric's and the persona's."""

    def __init__(self, rubric: Rubric, persona: Persona) -> None:
        self._rubric = rubric
        self._persona = persona

    def advise(self, score: TurnScore, turned: Turned) -> Advice:
        """What to say beside this reply; either part may be empty."""
        return Advice(self._landed(score, turned), self._next_step(score, turned))

    def _landed(self, score: TurnScore, turned: Turned) -> str:
        steps = {step.id: step for step in self._persona.steps}
        if turned.effects.done:
            what = steps[turned.effects.done[-1]].what
            return _sentence(f"Step done: {what[:1].lower()}{what[1:]}")
        landed = self._criteria(score, Landing.LANDED)
        told = [one.landed for one in landed if one.mode == "do" and one.landed]
        return told[0] if told else ""

    def _next_step(self, score: TurnScore, turned: Turned) -> str:
        if turned.state.ended:
            return ""
        if any(one.sight.held for one in score.results):
            return OWN_WORDS
        missed = self._criteria(score, Landing.NOT_YET)
        breaches = [one for one in missed if one.mode == "avoid"]
        for one in (*breaches, *missed):
            if one.next_step:
                return one.next_step
        step = next_open(self._persona, turned.state)
        if step is None or turned.effects.told or turned.effects.done:
            return ""
        return _sentence(step.hint or step.what)

    def _criteria(self, score: TurnScore, landing: Landing) -> list[Criterion]:
        """Those that went so, the weightiest first."""
        found = [self._rubric.criterion(one.criterion) for one in score.results if one.landing is landing]
        return sorted(found, key=lambda one: -one.weight)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?" else f"{text}."
