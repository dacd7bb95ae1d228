"""What a persona holds that can never happen: facts, steps, reactions of its own, endings."""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.audit.acts import Acts, can_be_said
from roleplay.audit.finding import Finding
from roleplay.audit.play import WINS
from roleplay.audit.reach import Reach
from roleplay.customer.mind import MADE_WORSE
from roleplay.persona import Fact, OutcomeRule, Outcomes, Persona, Reaction, Requirement, Step


def dead_findings(persona: Persona, written: Persona, acts: Acts, can: Reach) -> Iterator[Finding]:
    """Warnings. `persona` is whole, `written` what its own file holds: a temperament may have more than it needs."""
    for at, fact in enumerate(persona.facts):
        if fact.id not in can.facts:
            yield Finding(("facts", at), f"{fact.id} can never be told: {_why_untold(fact, acts, can)}")
    for at, step in enumerate(persona.steps):
        if step.id not in can.steps:
            yield Finding(("steps", at), f"{step.id} can never be done: {_why_undone(step, acts, can)}")
    for at, reaction in enumerate(written.reactions):
        if at not in can.reactions:
            yield Finding(("reactions", at), f"can never happen: {_why_never(reaction, can)}")
    yield from _dead_endings(persona, written, can)


def _why_untold(fact: Fact, acts: Acts, can: Reach) -> str:
    if fact.mood_at_least is not None and fact.mood_at_least > can.highest:
        return f"it wants a mood of {fact.mood_at_least}, and {can.highest} is the best there is"
    missing = _missing(fact.after, acts, can)
    if missing:
        return missing
    return f"nothing shows {' or '.join(fact.reveal_when)}"


def _why_undone(step: Step, acts: Acts, can: Reach) -> str:
    if not can_be_said(step):
        return "its parts are values alone; give it, or one of them, examples that begin it"
    return _missing(step.after, acts, can)


def _missing(after: tuple[Requirement, ...], acts: Acts, can: Reach) -> str:
    """What a thing waits for in vain, in words; also where it waits for itself, by way of others."""
    for need in after:
        if need.fact and need.fact not in can.facts:
            return f"it waits for the fact {need.fact}, which is never told"
        if need.step and need.step not in can.steps:
            return f"it waits for the step {need.step}, which is never done"
        if need.shown and need.shown not in acts.shown | can.steps:
            return f"it waits for {need.shown}, which nothing shows"
    return ""


def _why_never(reaction: Reaction, can: Reach) -> str:
    when = reaction.when
    low, high = when.mood_at_least, when.mood_below
    if low is not None and high is not None and high <= low:
        return f"no mood is at least {low} and below {high}"
    if high is not None and high <= can.lowest:
        return f"the mood is never below {high} ({can.lowest} is the lowest there is)"
    if low is not None and low > can.highest:
        return f"the mood never reaches {low} ({can.highest} is the best there is)"
    if when.before and when.before in (*when.shown, *when.opposite):
        return f"{when.before} cannot be shown before itself"
    if when.asked_again and when.asked_again not in can.facts | {"any"}:
        return f"the fact {when.asked_again} is never told"
    if when.asked_again:
        return "no move in play asks for it; name one in the fact's `asked_by`"
    if when.hold == "announced":
        return "no move in play announces a hold"
    if when.opposite:
        return f"{' or '.join(when.opposite)} has no counterexamples that could be said"
    return f"nothing shows {' or '.join(when.shown) or when.step}"


def _dead_endings(persona: Persona, written: Persona, can: Reach) -> Iterator[Finding]:
    for name in Outcomes.model_fields:
        rule = getattr(persona.outcomes, name)
        if rule is None:
            continue
        why = _why_no_win(name, persona, can) if name in WINS else _why_no_loss(name, rule, persona, can)
        if why:
            own = getattr(written.outcomes, name) is not None
            yield Finding(("outcomes", name) if own else ("temperament",), f"the ending {name} never comes: {why}")


def _why_no_win(name: str, persona: Persona, can: Reach) -> str:
    steps = _steps_of(persona, name)
    undone = sorted(steps - can.steps)
    if undone:
        return f"the step {undone[0]} can never be done"
    sooner = [one for one in WINS[: WINS.index(name)] if getattr(persona.outcomes, one) is not None]
    before = next((one for one in sooner if _steps_of(persona, one) <= steps), None)
    return f"{before} holds as soon as it does" if before else ""


def _steps_of(persona: Persona, outcome: str) -> set[str]:
    rule = getattr(persona.outcomes, outcome)
    return {step.id for step in persona.steps} if rule.steps == "all" else set(rule.steps or ())


def _why_no_loss(name: str, rule: OutcomeRule, persona: Persona, can: Reach) -> str:
    if name == "escalated":
        return _why_not_escalated(rule, persona, can)
    if rule.mood_below is not None and can.lowest < rule.mood_below:
        return ""
    if rule.or_patience is not None and persona.mood.patience is not None:
        return ""
    if rule.mood_below is not None:
        return f"the mood is never below {rule.mood_below} ({can.lowest} is the lowest there is)"
    if rule.or_patience is not None:
        return "the customer's patience is endless; give `mood` a `patience`"
    return "it wants `mood_below` or `or_patience`"


def _why_not_escalated(rule: OutcomeRule, persona: Persona, can: Reach) -> str:
    if rule.asks_for_manager is None:
        return "it wants `asks_for_manager`"
    lowest_band = persona.bands[0]
    hung_up = persona.outcomes.hung_up
    if can.lowest >= lowest_band.below:
        return f"they ask for somebody else only when {lowest_band.name}, and the mood never falls below {can.lowest}"
    if hung_up and hung_up.mood_below is not None and hung_up.mood_below >= lowest_band.below:
        return f"they hang up before they are {lowest_band.name}"
    costs = [
        -one.delta * one.at_most for at, one in enumerate(persona.reactions) if one.delta < 0 and at in can.reactions
    ]
    if sum(costs) < -MADE_WORSE * rule.asks_for_manager:
        return f"too little makes it worse for them to ask {rule.asks_for_manager} times"
    return ""
