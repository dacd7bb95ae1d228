"""A call that the programme chose: why this customer, the call, and what it changes."""

from __future__ import annotations

from collections.abc import Generator

from roleplay.curriculum import CallSet, LayerName
from roleplay.programme.challenge import level_of, terms
from roleplay.programme.lesson import Answer, Card, Lesson, Part, Take, Tell
from roleplay.programme.plan import PlannedCall, next_call
from roleplay.programme.programme import Programme
from roleplay.training import Deed

CHANGES = {
    1: "tells you most of their own accord, starts calmer, and one step less is asked of you",
    2: "tells you most of their own accord, starts calmer, and one step less is asked of you",
    3: "starts calmer than usual, and is more patient",
    4: "starts a little calmer than usual",
    5: "is as they come",
    6: "starts in a worse mood, and something may happen on their side",
    7: "starts in a worse mood, has less patience, and something may happen on their side",
    8: "is hard to win, the rules are not on screen, there are no hints, and more may happen on their side",
    9: "is as hard as they get: short patience, rules from memory, no hints, and more may happen on their side",
}
REST = "Two hard calls in a row. That happens to everybody; a walk now helps more than a third one."


def planned_call(programme: Programme, theme: CallSet | None = None) -> Lesson:
    """One call, and what follows from it."""
    trained = programme.trained()
    stands = programme.standing(trained)
    plan = next_call(programme.curriculum, stands, trained, programme.personas, programme.today, theme)
    yield from take(programme, plan, stands.position)


def take(programme: Programme, plan: PlannedCall, position: float) -> Generator[Card, Answer, str | None]:
    """The call's id; None if it was left."""
    level = level_of(position)
    title = programme.title(plan.aim.criterion)
    customer = programme.personas[plan.persona].name
    parts = (
        Part(" ".join(plan.theme.about.split())),
        Part(f"{title}: {plan.aim.why}.", "What to try"),
        Part(f"Level {level} of 9: {customer} {CHANGES[level]}.", "The customer"),
        *([] if terms(level).hints else [Part("No hints in this one.")]),
    )
    answer = yield Take(plan.theme.title, programme.choices(plan.persona, position), parts)
    if not isinstance(answer, str):
        return None
    above = record_call(programme, answer, plan.theme.id, position, (plan.aim.criterion,))
    yield Tell("What follows", tuple(_follows(programme, answer, plan, level, above)))
    return answer


def record_call(
    programme: Programme, call: str, theme: str, position: float, aims: tuple[str, ...]
) -> LayerName | None:
    """Writes down a call that was taken. A retry is practice: it moves no difficulty."""
    taken = programme.call(call)
    share = None if taken.header.is_retry else float(bool(taken.result and taken.result.passed))
    return programme.note(Deed.CALL, theme, share=share, call=call, challenge=position, aims=aims)


def _follows(programme: Programme, call: str, plan: PlannedCall, level: int, above: LayerName | None) -> list[Part]:
    trained = programme.trained()
    stands = programme.standing(trained)
    details = trained.of(call)
    title = programme.title(plan.aim.criterion)
    parts = []
    if plan.aim.criterion not in details.criteria:
        parts.append(Part(f"{title}: this call gave no chance for it.", glyph="·"))
    else:
        due = stands.targets[plan.aim.criterion].due
        when = "next time" if due <= programme.today else f"on {due:%d %B}"
        landed = not details.failed(plan.aim.criterion)
        glyph = "✓" if landed else "→"
        parts.append(Part(f"{title}: {'landed' if landed else 'not yet'}. It is asked for again {when}.", glyph=glyph))
    if stands.level != level:
        way = "harder" if stands.level > level else "easier"
        parts.append(Part(f"The next customer is a little {way}: level {stands.level} of 9.", glyph="·"))
    if above is not None:
        layer = programme.curriculum.layer(above)
        parts.append(Part(f"{layer.about}", f"You have moved up: {layer.title}"))
    if stands.needs_rest:
        parts.append(Part(REST, "A stop"))
    return parts
