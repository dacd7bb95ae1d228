"""The hint ladder: a nudge, then a shape, then an example line. Each asked for is counted."""

from __future__ import annotations

from roleplay.customer.steps import met, next_open, part_keys
from roleplay.persona import Fact, Step
from roleplay.session.course import Course

RUNGS = ("a nudge", "a shape", "an example line")
LAST_RUNG = len(RUNGS)


def hint(course: Course, rung: int) -> str:
    """The hint for the next open step; `rung` 1, 2, 3 or more says how far up the ladder."""
    step = next_open(course.persona, course.state)
    if step is None:
        return "All is done. Say goodbye in a warm, short line."
    fact = _next_fact(course, step)
    if fact:
        return _towards_fact(course, fact.reveal_when, rung)
    if rung <= 1:
        return step.hint or step.what
    if rung == 2:  # noqa: PLR2004 - the second rung
        return f"Shape: {step.what}"
    example = _example(course, step)
    return f"For example: {example}" if example else step.what


def _example(course: Course, step: Step) -> str:
    """A line for what is still missing of the step: its words, the words of a part, or the question after a value."""
    missing = [key for key in (part_keys(step) if step.parts else [step.id]) if key not in course.state.parts]
    if step.id in missing and step.examples:
        return step.examples[0]
    part = next((one for one in step.parts if f"{step.id}.{one.id}" in missing), None)
    if part is None:
        return ""
    return part.examples[0] if part.examples else next(iter(part.ask_back or step.ask_back), "")


def _next_fact(course: Course, step: Step) -> Fact | None:
    """The first untold fact that the step waits for, or that such a fact waits for itself."""
    untold = {fact.id: fact for fact in course.persona.facts if fact.id not in course.state.told}
    wanted = [need.fact for need in step.after if need.fact in untold]
    while wanted:
        fact = untold.pop(wanted.pop(0) or "")
        if met(fact.after, course.state, set(course.state.done), course.state.shown):
            return fact
        wanted += [need.fact for need in fact.after if need.fact in untold]
    return None


def _towards_fact(course: Course, moves: tuple[str, ...], rung: int) -> str:
    known = {move.id: move for move in (*course.persona.moves, *course.mind_rubric.all_moves())}
    move = next((known[name] for name in moves if name in known), None)
    if move is None or rung <= 1:
        return "There is something the customer has not told you yet. Ask an open question."
    if rung == 2 or not move.examples:  # noqa: PLR2004 - the second rung
        return f"Shape: {move.what}"
    return f"For example: {move.examples[0]}"
