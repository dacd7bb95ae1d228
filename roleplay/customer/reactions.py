"""How the mood moves, and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from roleplay.customer.state import CallState
from roleplay.event import MoodChange
from roleplay.persona import Persona, Reaction, Twist, When
from roleplay.score import Reading

LARGEST_GAIN = 20
"""Mood points one reply can win: nobody is talked round in one line."""
GRAVE = -20
"""A loss from which a reaction is a grave one."""
LARGEST_LOSS = 40
"""Mood points one reply can cost."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the reactions look at, beside the state."""

    reading: Reading
    offered: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    asked_again: tuple[str, ...] = ()
    stalled: bool = False
    hold: str | None = None
    """`announced` or `unannounced`, when the trainee put the caller on hold."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The mood after a reply, with each cause."""

    changes: tuple[MoodChange, ...]
    counts: dict[int, int] = field(default_factory=dict)
    found_out_later: tuple[MoodChange, ...] = ()
    felt: int = 0
    """The sum of the causes before it is limited: at the bottom of the scale a breach is still felt."""

    @property
    def total(self) -> int:
        return sum(change.delta for change in self.changes)


def react(persona: Persona, state: CallState, heard: Heard, *, settled: bool = False) -> Moved:
    """All reactions that this reply sets off, and what the steps done in it lift; limited as a whole.

    Once all is `settled`, only a grave breach still counts: a short goodbye is no hurrying off.
    """
    counts = dict(state.reactions)
    changes: list[MoodChange] = []
    later: list[MoodChange] = []
    for at, reaction in enumerate(persona.reactions):
        if settled and GRAVE < reaction.delta < 0:
            continue
        if counts.get(at, 0) < reaction.at_most and _fires(reaction, state, heard):
            counts[at] = counts.get(at, 0) + 1
            changes.append(MoodChange(reaction.delta, reaction.because))
            if reaction.at_end:
                later.append(MoodChange(reaction.at_end.delta, reaction.at_end.because))
    changes.extend(
        MoodChange(step.mood, f"step done: {_lower_first(step.what)}" if step.what else "a step was done")
        for step in persona.steps
        if step.id in heard.done and step.mood
    )
    felt = sum(change.delta for change in changes)
    return Moved(tuple(_limited(changes, state.mood)), counts, tuple(later), felt)


def happen(twist: Twist, persona: Persona, state: CallState, moved: Moved) -> Moved:
    """What a reply moved, and beside it something that is nobody's fault: it makes no customer hang up."""
    floor = persona.outcomes.hung_up.mood_below if persona.outcomes.hung_up else None
    lowest, now = max(-100, -100 if floor is None else floor), state.mood + moved.total
    delta = max(min(lowest - now, 0), min(100 - now, twist.mood))
    return replace(moved, changes=(*moved.changes, MoodChange(delta, twist.because))) if delta else moved


def _fires(reaction: Reaction, state: CallState, heard: Heard) -> bool:
    return _happened(reaction, heard) and _narrowed(reaction.when, state, heard.reading)


def _happened(reaction: Reaction, heard: Heard) -> bool:
    """What costs mood must have been said beyond doubt; what lifts it need only be recognised."""
    when, reading = reaction.when, heard.reading
    costs = reaction.delta < 0 or reaction.at_end is not None
    shown = reading.clearly if costs else reading.shown
    opposite = reading.clearly_opposite if costs else reading.opposite
    return bool(
        any(shown(move) or move in heard.done for move in when.shown)
        or any(opposite(move) for move in when.opposite)
        or when.asked_again in (heard.asked_again and ("any", *heard.asked_again))
        or when.step in (heard.offered and ("any", *heard.offered))
        or (when.stalled and heard.stalled)
        or (when.repeated and reading.repeated)
        or (when.hold and when.hold == heard.hold)
    )


def _narrowed(when: When, state: CallState, reading: Reading) -> bool:
    if when.before and (when.before in state.shown or reading.shown(when.before) or reading.unsure(when.before)):
        return False
    if when.mood_below is not None and state.mood >= when.mood_below:
        return False
    return when.mood_at_least is None or state.mood >= when.mood_at_least


def _limited(changes: list[MoodChange], mood: int) -> list[MoodChange]:
    """Keeps the sum within what one reply can do, and the mood within -100..100; shrinks the last causes first."""
    total = sum(change.delta for change in changes)
    allowed = max(-LARGEST_LOSS, min(LARGEST_GAIN, total))
    allowed = max(-100 - mood, min(100 - mood, allowed))
    excess = total - allowed
    kept: list[MoodChange] = []
    for change in reversed(changes):
        taken = 0
        if excess * change.delta > 0:
            taken = max(-abs(change.delta), min(abs(change.delta), excess)) if excess > 0 else max(excess, change.delta)
        excess -= taken
        if change.delta != taken:
            kept.append(MoodChange(change.delta - taken, change.because))
    return kept[::-1]


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")
