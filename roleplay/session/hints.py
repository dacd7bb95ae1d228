"""The hint ladder: a nudge, then a shape, then an example line. Each asked for is counted."""

from __future__ import annotations

from roleplay.customer.steps import next_open
from roleplay.session.course import Course


def hint(course: Course, rung: int) -> str:
    """The hint for the next open step; `rung` 1, 2, 3 or more says how far up the ladder."""
    step = next_open(course.persona, course.state)
    if step is None:
        return "All is done. Say goodbye in a warm, short line."
    opening_locks = [
        fact
        for need in step.after
        for fact in course.persona.facts
        if fact.id == need.fact and fact.id not in course.state.told
    ]
    if opening_locks:
        return _towards_fact(course, opening_locks[0].reveal_when, rung)
    if rung <= 1:
        return step.hint or step.what
    if rung == 2:  # noqa: PLR2004 - the second rung
        return f"Shape: {step.what}"
    examples = step.examples or tuple(line for part in step.parts for line in part.examples[:1])
    return f"For example: {' '.join(examples[:1] if step.examples else examples)}" if examples else step.what


def _towards_fact(course: Course, moves: tuple[str, ...], rung: int) -> str:
    known = {move.id: move for move in (*course.persona.moves, *course.mind_rubric.all_moves())}
    move = next((known[name] for name in moves if name in known), None)
    if move is None or rung <= 1:
        return "There is something the customer has not told you yet. Ask an open question."
    if rung == 2 or not move.examples:  # noqa: PLR2004 - the second rung
        return f"Shape: {move.what}"
    return f"For example: {move.examples[0]}"
