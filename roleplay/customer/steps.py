"""The ledger of steps: what a reply says of each, and which are done."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.customer.state import CallState
from roleplay.persona import Persona, Requirement, Step
from roleplay.score import Reading, Verdict
from roleplay.transcript import Outcome


@dataclass(frozen=True, slots=True)
class StepsHeard:
    """What one reply did to the ledger."""

    done: tuple[str, ...]
    parts: frozenset[str]
    """All parts said so far."""
    partly: tuple[str, str | None] | None
    """An open step that was said in part or unclearly, and the part missing (None: unclear as a whole)."""
    early: tuple[str, ...]
    """Steps said before their time."""
    offered: tuple[str, ...]
    """Steps said in this reply: done, or beyond doubt before their time."""


def met(requirements: tuple[Requirement, ...], state: CallState, done: set[str], shown: frozenset[str]) -> bool:
    """Whether everything that must have happened first has happened."""
    return all(
        (one.fact is None or one.fact in state.told)
        and (one.step is None or one.step in done)
        and (one.shown is None or one.shown in shown)
        for one in requirements
    )


def hear_steps(persona: Persona, state: CallState, reading: Reading) -> StepsHeard:
    """Goes over the open steps in order, until a round does nothing: one reply may do several."""
    shown = state.shown | reading.shown_moves()
    done: list[str] = []
    parts = set(state.parts)
    partly: tuple[str, str | None] | None = None
    progressing = True
    while progressing:
        progressing = False
        for step in _open(persona, state, done):
            if not met(step.after, state, {*state.done, *done}, shown):
                continue
            verdict, said, missing = say(step, reading, parts)
            parts |= said
            if verdict is Verdict.SHOWN:
                done.append(step.id)
                progressing = True
            elif partly is None and verdict is Verdict.UNSURE:
                partly = (step.id, missing)
    if partly and partly[0] in done:
        partly = None
    still_open = _open(persona, state, done)
    early = tuple(
        step.id
        for step in still_open
        if not met(step.after, state, {*state.done, *done}, shown) and say(step, reading, set())[0] is Verdict.SHOWN
    )
    clearly = tuple(name for name in early if _clearly(persona, name, reading))
    return StepsHeard(tuple(done), frozenset(parts), partly, early, (*done, *clearly))


def _clearly(persona: Persona, name: str, reading: Reading) -> bool:
    step = next(one for one in persona.steps if one.id == name)
    worded = [key for key in (part_keys(step) if step.parts else [step.id]) if reading.shown(key)]
    return any(reading.clearly(key) for key in worded)


def say(step: Step, reading: Reading, parts_before: set[str]) -> tuple[Verdict, set[str], str | None]:
    """The verdict on a step, the parts said in this reply, and the first part missing.

    The words of a step with parts are a part themselves, under the step's own id.
    """
    if not step.parts:
        return _whole(step, reading)
    keys = part_keys(step)
    worded = {step.id, *(f"{step.id}.{part.id}" for part in step.parts if part.examples)}
    said = {key for key in keys if reading.shown(key)}
    missing = [key for key in keys if key not in said and key not in parts_before]
    begun = bool(parts_before & set(keys)) and bool(said)
    touched = begun or bool(said & worded) or any(reading.unsure(key) for key in worded)
    if not touched:
        return Verdict.NOT_SHOWN, set(), None
    if missing:
        return Verdict.UNSURE, said, missing[0].partition(".")[2] or None
    return (Verdict.SHOWN if said else Verdict.NOT_SHOWN), said, None


def part_keys(step: Step) -> list[str]:
    """What must be said for a step with parts, by the ids of the sights."""
    return [*([step.id] if step.examples else []), *(f"{step.id}.{part.id}" for part in step.parts)]


def _whole(step: Step, reading: Reading) -> tuple[Verdict, set[str], str | None]:
    """A step without parts; with a value beside the words, both are needed."""
    words = reading.sights.get(step.id)
    verdict = words.verdict if words else Verdict.NOT_SHOWN
    if step.value is not None and step.examples and verdict is Verdict.SHOWN:
        value = reading.sights.get(f"{step.id}.value")
        verdict = Verdict.SHOWN if value and value.shown else Verdict.UNSURE
    return verdict, set(), None


def ready_steps(persona: Persona, state: CallState) -> list[Step]:
    """The open steps whose time has come, in order."""
    done = set(state.done)
    return [step for step in _open(persona, state, []) if met(step.after, state, done, state.shown)]


def next_open(persona: Persona, state: CallState) -> Step | None:
    """The first open step whose time has come; else the first open one."""
    return next(iter([*ready_steps(persona, state), *_open(persona, state, [])]), None)


def won(persona: Persona, done: set[str]) -> Outcome | None:
    """The good ending whose steps are all done, if there is one."""
    for outcome in (Outcome.RESOLVED, Outcome.DECLINED_WELL, Outcome.HANDED_OVER_WELL):
        rule = getattr(persona.outcomes, outcome.value)
        if rule is None or rule.steps is None:
            continue
        wanted = {step.id for step in persona.steps} if rule.steps == "all" else set(rule.steps)
        if wanted <= done:
            return outcome
    return None


def share_done(persona: Persona, state: CallState) -> float:
    """How much of the resolution is done, 0..1; a step with parts counts by its parts."""

    def share(step: Step) -> float:
        if step.id in state.done:
            return 1.0
        keys = part_keys(step) if step.parts else []
        return sum(key in state.parts for key in keys) / len(keys) if keys else 0.0

    return sum(share(step) for step in persona.steps) / len(persona.steps)


def _open(persona: Persona, state: CallState, done: list[str]) -> list[Step]:
    return [step for step in persona.steps if step.id not in state.done and step.id not in done]
