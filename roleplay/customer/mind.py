"""The mind: plain code that decides mood, facts, steps and endings. No words can talk it round."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from roleplay.customer.chance import choose
from roleplay.customer.facts import FactsHeard, hear_facts
from roleplay.customer.reactions import Heard, Moved, happen, react
from roleplay.customer.state import CallState, DeadEnds, Effects, Plan, band_index, band_of
from roleplay.customer.steps import StepsHeard, hear_steps, next_open, ready_steps, won
from roleplay.persona import Intent, Persona, Twist
from roleplay.score import Reading
from roleplay.transcript import Outcome

FEWEST_WORDS = 3
"""A reply with fewer words that does nothing leads nowhere."""
DRIFTS_ONE_IN = 3
"""How often a persona who drifts does so, when nothing else is pressing."""
MADE_WORSE = -8
"""A change of mood from which the customer pushes back."""


NO_DEAD_ENDS = DeadEnds()


@dataclass(frozen=True, slots=True)
class Turned:
    """What the mind makes of one input."""

    state: CallState
    plan: Plan
    effects: Effects = field(default_factory=Effects)


class Mind:
    """One persona's mind. Holds nothing that changes: the state goes in and a new one comes out."""

    def __init__(self, persona: Persona, seed: int, dead_ends: DeadEnds = NO_DEAD_ENDS) -> None:
        """`persona` must be whole (resolved with its temperament); `dead_ends` come from its rubric."""
        self._persona = persona
        self._seed = seed
        own = frozenset(move.id for move in persona.moves if move.leads_nowhere)
        self._dead_ends = replace(dead_ends, moves=dead_ends.moves | own)
        self._abuses = "abuse" in persona.lines

    def open(self) -> Turned:
        """The customer's first turn."""
        persona = self._persona
        mood = persona.mood.start or 0
        at_start = {fact.id: 0 for fact in persona.facts if fact.told_at_start}
        state = CallState(
            mood=mood,
            patience=persona.mood.patience,
            told=at_start,
            feeling_after=(0,) if persona.shows_feeling else (),
            signal_after=0 if persona.signal else None,
        )
        return Turned(state, Plan("opening", band_of(persona, mood)))

    def hear(self, state: CallState, reading: Reading) -> Turned:
        """What a reply does. A right reply that was not recognised changes nothing and costs nothing."""
        before = replace(state, reply=state.reply + 1)
        steps = hear_steps(self._persona, before, reading)
        facts = hear_facts(self._persona, before, reading, frozenset(steps.done))
        stalled = self._stalls(before, reading, steps, facts)
        heard = Heard(reading, steps.offered, steps.done, facts.asked_again, stalled=stalled)
        moved = react(self._persona, before, heard, settled=won(self._persona, set(before.done)) is not None)
        twist = self._twist(before, steps)
        if twist is not None:
            moved = happen(twist, self._persona, before, moved)
        after = self._after(before, reading, steps, facts, moved, stalled=stalled)
        plan = self._plan(before, after, steps, facts, reading, moved, stalled=stalled)
        if twist is not None and plan.intent not in _LAST_WORDS:
            plan = replace(plan, twist=twist.says)
        after = self._counted(after, plan)
        discloses = {step.id for step in self._persona.steps if step.discloses}
        effects = Effects(
            moved.changes, plan.facts, steps.done, facts.asked_again, bool(discloses & set(steps.offered))
        )
        return Turned(after, plan, effects)

    def hold(self, state: CallState, *, announced: bool) -> Turned:
        """The trainee puts the caller on hold (or takes them back, if they are)."""
        if state.on_hold:
            return Turned(replace(state, on_hold=False), self._simple(state, "back_from_hold"))
        heard = Heard(Reading("", 0), hold="announced" if announced else "unannounced")
        moved = react(self._persona, state, heard)
        held = replace(
            state,
            mood=state.mood + moved.total,
            reactions=moved.counts,
            on_hold=True,
            holds={**state.holds, state.reply: announced},
        )
        return Turned(held, self._simple(held, "on_hold"), Effects(moved.changes))

    def transfer(self, state: CallState) -> Turned:
        """The trainee passes the caller on: the win of some calls, a dead end in the others."""
        ready = [step.id for step in self._persona.steps if step.by == "transfer" and step.id not in state.done]
        done = {**state.done, **dict.fromkeys(ready, state.reply)}
        outcome = won(self._persona, set(done))
        if outcome is None:
            return self._finish(state, "transferred", Outcome.UNRESOLVED)
        words: Intent = "passed_on" if outcome is Outcome.HANDED_OVER_WELL else "goodbye"
        return self._finish(replace(state, done=done), words, outcome, tuple(ready))

    def end(self, state: CallState) -> Turned:
        """The trainee ends the call."""
        outcome = won(self._persona, set(state.done))
        if outcome is None:
            return self._finish(state, "goodbye_unresolved", Outcome.UNRESOLVED)
        return self._finish(state, "goodbye", outcome)

    def wait(self, state: CallState) -> Turned:
        """The trainee has been silent for a while."""
        return Turned(state, self._simple(state, "waiting"))

    def mark(self, state: CallState) -> int:
        """The customer's own mark, 1 to 5: by the mood at the end, what was solved, and what turns out later."""
        mood = state.mood + sum(change.delta for change in state.found_out_later)
        climbed = mood - (self._persona.mood.start or 0)
        win = state.outcome is not None and state.outcome.is_win
        points = 3 + (climbed >= 15) + (mood >= 30) - (mood < -25) - (climbed <= -15)  # noqa: PLR2004 - the scale itself
        # From 3 on, a persona's words say that the matter is settled: nobody says so of one that is not.
        return max(2, min(5, points)) if win else max(1, min(2, points - 1))

    def _simple(self, state: CallState, intent: Intent) -> Plan:
        return Plan(intent, band_of(self._persona, state.mood))

    def _finish(self, state: CallState, intent: Intent, outcome: Outcome, done: tuple[str, ...] = ()) -> Turned:
        return Turned(replace(state, outcome=outcome), self._simple(state, intent), Effects(done=done))

    def _twist(self, before: CallState, steps: StepsHeard) -> Twist | None:
        """What happens on the customer's side just now; nothing once the matter is settled."""
        if won(self._persona, {*before.done, *steps.done}):
            return None
        return next((one for one in self._persona.twists if one.after_reply == before.reply), None)

    def _stalls(self, state: CallState, reading: Reading, steps: StepsHeard, facts: FactsHeard) -> bool:
        """Recognised as leading nowhere; never only because nothing was recognised."""
        if steps.done or steps.partly or steps.early or facts.told or facts.unsure or steps.parts - state.parts:
            return False
        own = [step.id for step in ready_steps(self._persona, state)]
        good = any(reading.shown(act) for act in self._dead_ends.good_acts)
        dead_end = (
            any(reading.clearly(move) for move in self._dead_ends.moves)
            or any(reading.clearly_opposite(move) for move in self._dead_ends.breaches)
            or (not good and any(reading.clearly_opposite(move) and not _asks(reading, move) for move in own))
            or reading.repeated
            or reading.words < FEWEST_WORDS
        )
        return dead_end and won(self._persona, set(state.done)) is None

    def _after(
        self, before: CallState, reading: Reading, steps: StepsHeard, facts: FactsHeard, moved: Moved, *, stalled: bool
    ) -> CallState:
        """The state once the reply has sunk in; facts and endings follow with the plan."""
        patience = before.patience
        progress = bool(steps.done or facts.told or steps.parts - before.parts)
        if patience is not None:
            full = self._persona.mood.patience or patience
            patience = patience - 1 if stalled else full if progress else patience
        return replace(
            before,
            mood=before.mood + moved.total,
            patience=patience,
            shown=before.shown | reading.shown_moves() | set(steps.done),
            seen_last=frozenset(move for move, sight in reading.sights.items() if sight.shown or sight.unsure),
            done={**before.done, **dict.fromkeys(steps.done, before.reply)},
            parts=steps.parts,
            reactions=moved.counts,
            found_out_later=(*before.found_out_later, *moved.found_out_later),
            on_hold=False,
        )

    def _plan(
        self,
        before: CallState,
        after: CallState,
        steps: StepsHeard,
        facts: FactsHeard,
        reading: Reading,
        moved: Moved,
        *,
        stalled: bool,
    ) -> Plan:
        band = band_of(self._persona, after.mood)
        ending = self._ending(before, after, steps)
        if ending:
            return Plan(ending, band)
        worse = moved.felt <= MADE_WORSE
        if worse and self._is_lowest(after.mood) and self._persona.outcomes.escalated:
            return Plan("ask_for_manager", band)
        told = facts.told
        intent, step, part = self._response(before, after, steps, facts, reading, moved, worse=worse, stalled=stalled)
        asks = next_open(self._persona, after)
        brings_up = None if told or intent in _SAYS_ENOUGH or asks is None else asks.id
        quiet = intent in ("not_following", "asks_for") and bool(told or (intent == "asks_for" and brings_up))
        return Plan(intent, band, step, part, told, brings_up, alone=quiet)

    def _response(
        self,
        before: CallState,
        after: CallState,
        steps: StepsHeard,
        facts: FactsHeard,
        reading: Reading,
        moved: Moved,
        *,
        worse: bool,
        stalled: bool,
    ) -> tuple[Intent, str | None, str | None]:
        """The first that applies, the most pressing first."""
        climbed = band_index(self._persona, after.mood) > band_index(self._persona, before.mood)
        abusive = self._abuses and self._is_lowest(after.mood)
        rules: tuple[tuple[object, Intent], ...] = (
            (worse, "abuse" if abusive else "push_back"),
            (facts.asked_again, "already_told"),
            (steps.done, "accept"),
            (climbed, "thaw"),
            (facts.told, "asks_for"),
            (steps.partly, "ask_back"),
            (abusive, "abuse"),
            (facts.held_back, "hold_back"),
            (steps.early, "too_early"),
            (stalled, "stalled"),
            (self._drifts(after), "off_topic"),
            (facts.unsure, "not_following"),
        )
        good = (
            moved.felt > 0
            or (after.reply == 1 and moved.felt == 0)
            or any(reading.shown(act) for act in self._dead_ends.good_acts)
        )
        intent: Intent = next((intent for applies, intent in rules if applies), "asks_for" if good else "not_following")
        if intent == "accept":
            return intent, steps.done[-1], None
        if intent == "ask_back" and steps.partly:
            return intent, *steps.partly
        return intent, None, None

    def _is_lowest(self, mood: int) -> bool:
        return band_index(self._persona, mood) == 0

    def _drifts(self, state: CallState) -> bool:
        return (
            "off_topic" in self._persona.lines and choose(range(DRIFTS_ONE_IN), self._seed, state.reply, "drift") == 0
        )

    def _ending(self, before: CallState, after: CallState, steps: StepsHeard) -> Intent | None:
        """The intent of the customer's last words, if this reply settles or ends the call."""
        hung_up = self._persona.outcomes.hung_up
        if hung_up and (
            (hung_up.mood_below is not None and after.mood < hung_up.mood_below)
            or (
                hung_up.or_patience is not None and after.patience is not None and after.patience <= hung_up.or_patience
            )
        ):
            return "hang_up"
        outcome = won(self._persona, set(after.done))
        if outcome is None:
            return None
        if won(self._persona, set(before.done)) or any(
            step.ends_call for step in self._persona.steps if step.id in steps.done
        ):
            return "goodbye"
        return "passed_on" if outcome is Outcome.HANDED_OVER_WELL else "settled"

    def _counted(self, after: CallState, plan: Plan) -> CallState:
        """What the customer's turn itself changes: facts told, feelings shown, demands for a manager, the end."""
        persona = self._persona
        told = {**after.told, **dict.fromkeys(plan.facts, after.reply)}
        facts = [fact for fact in persona.facts if fact.id in plan.facts]
        feels = plan.intent in _FEELS or bool(plan.twist) or any(fact.shows_feeling for fact in facts)
        signals = any(fact.signal for fact in facts)
        asked = after.manager_asked + (plan.intent == "ask_for_manager")
        story = after.story_after
        if story is None and (facts or plan.intent in ("accept", "settled")):
            story = after.reply
        return replace(
            after,
            told=told,
            manager_asked=asked,
            feeling_after=(*after.feeling_after, after.reply) if feels else after.feeling_after,
            story_after=story,
            signal_after=after.reply if signals and after.signal_after is None else after.signal_after,
            outcome=self._outcome(plan.intent, after, asked),
        )

    def _outcome(self, intent: Intent, after: CallState, manager_asked: int) -> Outcome | None:
        escalated = self._persona.outcomes.escalated
        if intent == "hang_up":
            return Outcome.HUNG_UP
        if intent == "goodbye":
            return won(self._persona, set(after.done))
        if escalated and escalated.asks_for_manager and manager_asked >= escalated.asks_for_manager:
            return Outcome.ESCALATED
        return None


def _asks(reading: Reading, move: str) -> bool:
    """A question leads somewhere, even where a step's counterexamples are like it."""
    return reading.sights[move].sentence.rstrip().endswith("?")


_LAST_WORDS: frozenset[Intent] = frozenset({"hang_up", "goodbye", "settled", "passed_on"})
"""Turns after which nothing more happens."""
_FEELS: frozenset[Intent] = frozenset({"push_back", "ask_for_manager", "hold_back"})
"""Turns in which a feeling can be heard."""
_SAYS_ENOUGH: frozenset[Intent] = frozenset(
    {"ask_back", "hold_back", "push_back", "abuse", "already_told", "stalled", "off_topic"}
)
"""Turns that need no further request: the customer has said what they want."""
