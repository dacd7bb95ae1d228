"""The best call that a persona allows, and what a slip or two take from it: a search over its data, no text is played.

The persona's own mind hears readings made by hand, so order, locks, moods, caps, patience and endings are the real
ones. What is simplified:

- A reply does one thing at a time and is always recognised. Patience never runs out on good replies.
- Best play takes what lifts the mood first (what only lifts a low mood before the rest), then asks for facts, then does
  steps, the kindest first; what costs mood is done only where the win needs it. Every call so found can be held, so a
  persona that is won here can be won; where reactions exclude each other, a better order may exist.
- What pleases now and is found out after the call (`at_end`) is no part of best play.
- A slip is one reply that sets off one avoidable reaction, the worst at that moment. What else such a reply would set
  off is left out; it costs patience if it leads nowhere. What best play itself cannot avoid is no slip.
- Slips are tried after every reply of the best call up to the win, and the worst moment counts. Two slips follow one
  another: apart, the caller has been won over in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from roleplay.audit.acts import Act, Acts
from roleplay.customer.mind import Mind
from roleplay.customer.state import CallState, DeadEnds
from roleplay.customer.steps import met, won
from roleplay.persona import Persona, Reaction, Requirement, Step
from roleplay.rubric import Rubric
from roleplay.transcript import Outcome

ANY_SEED = 1
"""Chance words a call and decides nothing in it."""
MOST_MOOD = 100
WINS = ("resolved", "declined_well", "handed_over_well")
"""The endings of which one is a persona's win."""


@dataclass(frozen=True, slots=True)
class Played:
    """The best end of a call with a number of slips at the worst moment."""

    mood: int
    """At the end, -100..100."""
    won: bool
    outcome: Outcome | None
    """How the customer ended it; None where they did not."""
    after_reply: int = 0
    """The good replies before the slip."""
    because: str = ""
    """The slip, in the words of its reaction."""
    undone: tuple[str, ...] = ()
    """Steps that stayed open."""


class BestPlay:
    """Searches one persona's calls."""

    def __init__(self, persona: Persona, rubric: Rubric) -> None:
        """`persona` must be whole; `rubric` is the one it names."""
        self._persona = persona
        self._acts = Acts(persona, rubric)
        self._dead_ends = DeadEnds.of(rubric)
        self._mind = Mind(persona, ANY_SEED, self._dead_ends)
        self._steps = {step.id: step for step in persona.steps}
        self._needed = _needed(persona)
        self._lifts = sorted(_lifting(persona), key=lambda pair: _soonest_first(pair[1]))

    @cached_property
    def path(self) -> tuple[CallState, ...]:
        """The best call without a slip, state by state."""
        return tuple(self._from(self._mind.open().state))

    @cached_property
    def without_slip(self) -> Played:
        """Its end."""
        return self._played(self.path[-1])

    def after_slips(self, slips: int) -> Played:
        """The best end with so many slips (1 or more) in a row, at the moment where they cost most."""
        ends = []
        for state in self.path:
            if won(self._persona, set(state.done)) or state.ended:
                break
            slipped, because = state, ""
            for _ in range(slips):
                slipped, because = self._slip(slipped, because)
            end = self._played(tuple(self._from(slipped))[-1])
            ends.append(replace(end, after_reply=state.reply, because=because))
        return min(ends, key=lambda end: (end.won, end.mood), default=self.without_slip)

    def _played(self, state: CallState) -> Played:
        good = won(self._persona, set(state.done)) is not None or (state.outcome is not None and state.outcome.is_win)
        lost = state.outcome is not None and not state.outcome.is_win
        undone = tuple(step.id for step in self._persona.steps if step.id not in state.done)
        return Played(state.mood, good and not lost, state.outcome, undone=undone)

    def _from(self, state: CallState) -> Iterator[CallState]:
        """The states of the best call from here, this one first."""
        following: CallState | None = state
        while following is not None:
            state = following
            yield state
            following = None if state.ended else self._lifted(state) or self._onwards(state) or self._passed_on(state)

    def _after(self, state: CallState, act: Act) -> CallState:
        if act.reading is not None:
            return self._mind.hear(state, act.reading).state
        return self._mind.hold(self._mind.hold(state, announced=act.announced).state, announced=True).state

    def _lifted(self, state: CallState) -> CallState | None:
        """After the next thing that lifts the mood, or keeps what follows from lowering it."""
        if state.mood >= MOST_MOOD:
            return None
        for at, reaction in self._lifts:
            if not _may_fire(reaction, at, state):
                continue
            for act in self._acts.setting_off(reaction):
                after = self._after(state, act)
                if after.mood > state.mood and not _lost(after):
                    return after
        return self._prepared(state)

    def _prepared(self, state: CallState) -> CallState | None:
        """After a move that takes the ground from a reaction which waits until it was shown."""
        wanted = {one.when.before for one in self._persona.reactions if one.delta < 0} - state.shown
        for move in sorted(name for name in wanted & self._acts.shown if name and name not in self._steps):
            after = self._after(state, self._acts.show(move))
            if after.mood >= state.mood and not _lost(after):
                return after
        return None

    def _onwards(self, state: CallState) -> CallState | None:
        """After the next fact or step: what costs nothing first, then what the win needs."""
        asked = [self._after(state, act) for act in self._openers(state)]
        told = [after for after in asked if len(after.told) > len(state.told) and not _lost(after)]
        free = next((after for after in told if after.mood >= state.mood), None)
        if free is not None:
            return free
        done = [after for after in self._steps_done(state) if len(after.done) > len(state.done) and not _lost(after)]
        worth_it = [after for after in (*done, *told) if after.mood >= state.mood or self._is_needed(state, after)]
        return max(worth_it, key=lambda after: after.mood, default=None)

    def _is_needed(self, state: CallState, after: CallState) -> bool:
        """Whether a fact or step was gained without which no win is possible."""
        gained = {*after.told, *after.done} - {*state.told, *state.done}
        return not self._needed.isdisjoint(gained)

    def _openers(self, state: CallState) -> Iterator[Act]:
        for fact in self._persona.facts:
            if fact.id in state.told or (fact.mood_at_least is not None and state.mood < fact.mood_at_least):
                continue
            for move in fact.reveal_when:
                if move in self._acts.shown and move not in self._steps:
                    yield self._acts.show(move)
            if not fact.reveal_when:  # told by itself once its time has come
                yield self._acts.nothing

    def _steps_done(self, state: CallState) -> list[CallState]:
        """After each step whose time has come; one that ends the call only when it is the last."""
        ready = [
            step
            for step in self._persona.steps
            if step.id not in state.done
            and step.id in self._acts.sayable
            and met(step.after, state, set(state.done), state.shown)
        ]
        last = [step for step in ready if self._finishes(step, state)]
        return [self._after(state, self._acts.do(step)) for step in ([s for s in ready if s not in last] or last)]

    def _finishes(self, step: Step, state: CallState) -> bool:
        return step.ends_call or won(self._persona, {*state.done, step.id}) is not None

    def _passed_on(self, state: CallState) -> CallState | None:
        """After passing the caller on, where that is the way to win."""
        if won(self._persona, set(state.done)) is not None:
            return None
        after = self._mind.transfer(state).state
        return after if after.outcome is not None and after.outcome.is_win else None

    def _slip(self, state: CallState, because: str) -> tuple[CallState, str]:
        """The state after the worst avoidable reaction, and its reason; unchanged where none can be set off."""
        if state.ended:
            return state, because
        worst, reason = state, because
        for at, mind in self._slips.items():
            after = self._slipped(state, at, mind)
            if after is None:
                continue
            if (_lost(after), -after.mood) > (_lost(worst), -worst.mood):
                worst, reason = after, self._persona.reactions[at].because
            if not self._patience_is_short(state):
                break  # the heaviest comes first; a lighter one could only use up patience
        return worst, reason

    def _slipped(self, state: CallState, at: int, mind: Mind) -> CallState | None:
        """After a reply of which only this reaction is felt; None where it cannot be set off now."""
        reaction = self._persona.reactions[at]
        if not _may_fire(reaction, at, state):
            return None
        tried = (_alone(mind, state, act, at) for act in self._acts.setting_off(reaction))
        return next((after for after in tried if after is not None), None)

    def _patience_is_short(self, state: CallState) -> bool:
        hung_up = self._persona.outcomes.hung_up
        if hung_up is None or hung_up.or_patience is None or state.patience is None:
            return False
        return state.patience - 1 <= hung_up.or_patience

    @cached_property
    def _slips(self) -> dict[int, Mind]:
        """For each reaction that costs mood and is not part of best play, a mind that knows no other; worst first."""
        met_anyway = self.path[-1].reactions
        costly = [at for at, one in enumerate(self._persona.reactions) if one.delta < 0 and at not in met_anyway]
        return {
            at: Mind(
                self._persona.model_copy(update={"reactions": (self._persona.reactions[at],)}),
                ANY_SEED,
                self._dead_ends,
            )
            for at in sorted(costly, key=lambda at: self._persona.reactions[at].delta)
        }


def _alone(mind: Mind, state: CallState, act: Act, at: int) -> CallState | None:
    """The state after an act of which only one reaction is felt; None where it is not set off."""
    before = replace(state, reactions={0: state.reactions.get(at, 0)})
    if act.reading is not None:
        after = mind.hear(before, act.reading).state
    else:
        after = mind.hold(mind.hold(before, announced=act.announced).state, announced=True).state
    count = after.reactions.get(0, 0)
    if count == before.reactions[0]:
        return None
    return replace(after, reactions={**state.reactions, at: count})


def _lost(state: CallState) -> bool:
    return state.outcome is not None and not state.outcome.is_win


def _may_fire(reaction: Reaction, at: int, state: CallState) -> bool:
    """Whether nothing but its cause is missing."""
    when = reaction.when
    return (
        state.reactions.get(at, 0) < reaction.at_most
        and when.before not in state.shown
        and (when.mood_below is None or state.mood < when.mood_below)
        and (when.mood_at_least is None or state.mood >= when.mood_at_least)
    )


def _lifting(persona: Persona) -> Iterator[tuple[int, Reaction]]:
    """The reactions that best play sets off on purpose. Those to a step come with the step."""
    steps = {step.id for step in persona.steps}
    for at, one in enumerate(persona.reactions):
        if one.delta > 0 and one.at_end is None and not one.when.step and not steps.issuperset(one.when.shown or {""}):
            yield at, one


def _soonest_first(reaction: Reaction) -> tuple[bool, int]:
    when = reaction.when
    return when.before is None, MOST_MOOD + 1 if when.mood_below is None else when.mood_below


def _needed(persona: Persona) -> frozenset[str]:
    """Facts and steps that a win asks for."""
    steps, facts = {one.id: one for one in persona.steps}, {one.id: one for one in persona.facts}
    rules = [getattr(persona.outcomes, name) for name in WINS]
    wins = [steps if rule.steps == "all" else rule.steps or () for rule in rules if rule is not None]
    wanted = [Requirement(step=step) for win in wins for step in win]
    needed: set[str] = set()
    while wanted:
        need = wanted.pop()
        if need.fact and need.fact not in needed:
            needed.add(need.fact)
            wanted += facts[need.fact].after
        if need.step and need.step not in needed:
            needed.add(need.step)
            wanted += steps[need.step].after
    return frozenset(needed)
