"""The scripted voice: the persona's own lines for what the mind decided, never the same line twice in a row."""

from __future__ import annotations

from roleplay.customer.chance import choose
from roleplay.customer.state import CallState, Plan
from roleplay.move import Lines
from roleplay.persona import Intent, Persona, Step


class ScriptedVoice:
    """Words a plan with the persona's lines. Deterministic: seed, turn and the lines used so far decide."""

    def __init__(self, persona: Persona, seed: int) -> None:
        """`persona` must be whole: every intent the mind may choose has lines."""
        self._persona = persona
        self._seed = seed
        self._steps = {step.id: step for step in persona.steps}
        self._facts = {fact.id: fact.says for fact in persona.facts}

    def words(self, plan: Plan, state: CallState) -> tuple[str, ...]:
        """The customer's turn, as one to five of the persona's lines in order."""
        said: list[str] = []
        if not plan.alone:
            said += self._one(self._options(plan), plan.intent, state)
        said += [self._facts[fact] for fact in plan.facts]
        if plan.then_asks_for:
            said += self._one(self._request(self._steps[plan.then_asks_for], plan), "asks_for", state)
        if plan.twist:
            said.append(plan.twist)
        return tuple(said) or tuple(self._one(self._by_mood("not_following", plan.band), "not_following", state))

    def _options(self, plan: Plan) -> Lines:
        step = self._steps.get(plan.step or "")
        if step and plan.intent == "accept" and step.accepts:
            return step.accepts
        if step and plan.intent == "ask_back":
            part = next((one for one in step.parts if one.id == plan.part), None)
            return (part.ask_back if part else ()) or step.ask_back or self._by_mood("ask_back", plan.band)
        return self._by_mood(plan.intent, plan.band)

    def _request(self, step: Step, plan: Plan) -> Lines:
        return step.asks_for or self._by_mood("asks_for", plan.band)

    def _by_mood(self, intent: Intent, band: str) -> Lines:
        """The intent's lines for this band; else for every band; else for the nearest band that has some."""
        by_band = self._persona.lines.get(intent, {})
        if lines := by_band.get(band) or by_band.get("any"):
            return lines
        names = [one.name for one in self._persona.bands]
        here = names.index(band)
        nearest = sorted((name for name in by_band if name in names), key=lambda name: abs(names.index(name) - here))
        return by_band[nearest[0]] if nearest else ()

    def _one(self, lines: Lines, purpose: str, state: CallState) -> list[str]:
        """One line not used yet; else the one used longest ago. Nothing, where there are no lines."""
        if not lines:
            return []
        fresh = [line for line in lines if line not in state.spoken]
        if fresh:
            return [choose(fresh, self._seed, state.reply, purpose)]
        last_used = {line: at for at, line in enumerate(state.spoken)}
        return [min(lines, key=last_used.__getitem__)]
