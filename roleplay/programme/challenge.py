"""How hard a customer is made, and the rule that keeps it where about four of five calls succeed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roleplay.curriculum import EASIEST, HARDEST, NamedTwist
from roleplay.customer.chance import choose
from roleplay.customer.facts import asked_by
from roleplay.persona import Fact, OutcomeRule, Outcomes, Persona, Policy, Temper, Twist
from roleplay.session.fading import Guidance

AS_WRITTEN = 5
SUCCEEDS = 0.8
"""Where practice is kept: four of five."""
UP, FAST_UP = 0.25, 1.0
"""Levels that a success lifts; the larger one until something fails for the first time, to get there soon."""
DOWN = UP * SUCCEEDS / (1 - SUCCEEDS)
"""Levels that a failure lowers. With a step down of p / (1 - p) steps up, a staircase comes to rest where p succeed.
(Kaernbach, "Simple adaptive testing with the weighted up-down method", Perception & Psychophysics 49, 1991.)"""
MOOD_A_LEVEL = 6
ROOM_BEFORE_HANGING_UP = 15
"""Mood points that are left at the start, however hard."""
FROM_MEMORY = "Not on screen today: answer from memory, or say honestly that you will look it up."
FIRST_TWIST, SECOND_TWIST = 6, 8
HINTS_END, POLICY_ENDS = 8, 8
TWIST_AFTER = (2, 3, 4)
"""Replies after which something may happen."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the trainee has beside them at a level."""

    hints: bool
    guidance: Guidance


def terms(level: int) -> Terms:
    """Hints and coach at a level; both fade as it rises."""
    guidance = Guidance.FULL if level <= 3 else Guidance.EASED if level <= AS_WRITTEN else Guidance.RESTING  # noqa: PLR2004
    return Terms(level < HINTS_END, guidance)


def level_of(position: float) -> int:
    """The level that a position on the staircase stands for."""
    return max(EASIEST, min(HARDEST, int(position)))


def staircase(start: float, results: Iterable[bool]) -> float:
    """Where the difficulty stands after these results, in order: from 1 to just below 10."""
    position, failed = float(start), False
    for succeeded in results:
        failed = failed or not succeeded
        step = (UP if failed else FAST_UP) if succeeded else -DOWN
        position = max(float(EASIEST), min(HARDEST + 1 - UP, position + step))
    return position


def adapted(persona: Persona, level: int, twists: Sequence[NamedTwist] = (), seed: int = 0) -> Persona:
    """A whole persona made easier (below 5) or harder (above). At 5 it is as its author wrote it."""
    if level == AS_WRITTEN:
        return persona
    return persona.model_copy(
        update={
            "mood": _mood(persona, level),
            "facts": tuple(_fact(fact, persona, level) for fact in persona.facts),
            "outcomes": _outcomes(persona, level),
            "policy": _policy(persona, level),
            "twists": (*persona.twists, *_twists(twists, level, seed)),
        }
    )


def _mood(persona: Persona, level: int) -> Temper:
    """Start mood and patience."""
    hung_up = persona.outcomes.hung_up
    floor = -100 if hung_up is None or hung_up.mood_below is None else hung_up.mood_below + ROOM_BEFORE_HANGING_UP
    start = (persona.mood.start or 0) + MOOD_A_LEVEL * (AS_WRITTEN - level)
    patience = persona.mood.patience
    if patience is not None:
        more = {1: 3, 2: 2, 3: 1, 4: 1, 5: 0, 6: 0, 7: -1, 8: -1, 9: -2}[level]
        patience = max(patience + more, min(patience, 2))
    lowest = min(floor, persona.mood.start or 0)
    return persona.mood.model_copy(update={"start": max(lowest, min(100, start)), "patience": patience})


def _fact(fact: Fact, persona: Persona, level: int) -> Fact:
    """How readily a fact is told: at the easiest levels of the customer's own accord."""
    update: dict[str, object] = {}
    if level <= 2:  # noqa: PLR2004 - volunteered
        own = {move.id for move in persona.moves}
        update = {"reveal_when": (), "asked_by": tuple(sorted(asked_by(fact, own))), "mood_at_least": None}
    elif fact.mood_at_least is not None:
        easier = -20 if level < AS_WRITTEN else 10 if level > 6 else 0  # noqa: PLR2004
        update = {"mood_at_least": max(-100, min(100, fact.mood_at_least + easier))}
    return fact.model_copy(update=update)


def _outcomes(persona: Persona, level: int) -> Outcomes:
    """At the easiest levels the last step that nothing else waits for may be left out."""
    spare = _spare_step(persona) if level <= 2 else None  # noqa: PLR2004
    if spare is None:
        return persona.outcomes
    kept = tuple(step.id for step in persona.steps if step.id != spare)
    rules = {
        name: rule.model_copy(update={"steps": kept})
        for name in ("resolved", "declined_well", "handed_over_well")
        if isinstance(rule := getattr(persona.outcomes, name), OutcomeRule) and rule.steps == "all"
    }
    return persona.outcomes.model_copy(update=rules)


def _spare_step(persona: Persona) -> str | None:
    needs = [step.after for step in persona.steps] + [fact.after for fact in persona.facts]
    waited_for = {need.step for after in needs for need in after}
    spare = [step.id for step in persona.steps if step.id not in waited_for and not (step.by or step.ends_call)]
    return spare[-1] if spare and len(persona.steps) > 3 else None  # noqa: PLR2004


def _policy(persona: Persona, level: int) -> tuple[Policy, ...]:
    if level < POLICY_ENDS:
        return persona.policy
    return tuple(Policy(title=one.title, text=FROM_MEMORY) for one in persona.policy)


def _twists(known: Sequence[NamedTwist], level: int, seed: int) -> list[Twist]:
    """One or two of them, at places and in an order that the seed draws."""
    number = 0 if level < FIRST_TWIST else 1 if level < SECOND_TWIST else 2
    left, found = list(known), []
    after = choose(TWIST_AFTER, seed, level, "when something happens")
    for place in range(min(number, len(left))):
        one = choose(left, seed, place, "what happens")
        left.remove(one)
        found.append(Twist(says=one.says, mood=one.mood, because=one.because, after_reply=after + 3 * place))
    return found
