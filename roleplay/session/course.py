"""The course of a call: a fold over the log of inputs. Live calls, resuming and replaying all go through here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from roleplay.call_log import Input, InputKind
from roleplay.customer.mind import Mind, Turned
from roleplay.customer.state import CallState, DeadEnds, Plan, band_of
from roleplay.customer.steps import share_done
from roleplay.customer.voice.scripted import ScriptedVoice
from roleplay.event import MoodChange
from roleplay.persona import Persona
from roleplay.rubric import Rubric
from roleplay.score import CallScore, HeardReply, Ledger, Scorecard, TurnScore
from roleplay.scoring.graded.recorded import RecordedScorer
from roleplay.scoring.scorer import Scorer
from roleplay.scoring.sense import Sense
from roleplay.session.coach import Coach
from roleplay.transcript import Outcome, Speaker, Transcript, Turn


@dataclass(frozen=True, slots=True)
class Moment:
    """What one input led to."""

    entry: Input | None
    """None for the opening."""
    state: CallState
    """After it."""
    plan: Plan | None
    """What the customer does; None where they stay silent (a hint, a break)."""
    said: tuple[str, ...] = ()
    """The customer's lines of the scripted voice, in order."""
    changes: tuple[MoodChange, ...] = ()
    told: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    score: TurnScore | None = None
    """Of a reply."""

    @property
    def line(self) -> str:
        """The customer's turn as one text."""
        return " ".join(self.said)


@dataclass(frozen=True, slots=True)
class Course:
    """A call so far. `apply` gives a new one; nothing in it changes."""

    persona: Persona
    rubric: Rubric
    """The rubric that scores."""
    sense: Sense
    seed: int
    mind_rubric: Rubric
    """The persona's own rubric."""
    score_sense: Sense | None = None
    """Reads for the score where another rubric scores; None: one reading serves both."""
    fitted: RecordedScorer | None = None
    """Where graders taught the rubric that scores: what measures the call as they would."""
    moments: tuple[Moment, ...] = ()
    history: tuple[HeardReply, ...] = ()

    @property
    def state(self) -> CallState:
        return self.moments[-1].state

    def with_seed(self, seed: int) -> Course:
        """The same call with other chances."""
        return replace(self, seed=seed)

    def opened(self) -> Course:
        """The course with the customer's opening."""
        turned = self._mind.open()
        return self._with(None, turned)

    def apply(self, entry: Input) -> Course:
        """The course after one more input; an input after the end changes nothing."""
        if self.state.ended:
            return self
        match entry.kind:
            case InputKind.REPLY:
                return self._reply(entry)
            case InputKind.HOLD:
                announced = not ANNOUNCE_A_HOLD.isdisjoint(self.state.seen_last)
                return self._with(entry, self._mind.hold(self.state, announced=announced))
            case InputKind.TRANSFER:
                return self._with(entry, self._mind.transfer(self.state))
            case InputKind.END:
                return self._with(entry, self._mind.end(self.state))
            case InputKind.WAIT:
                return self._with(entry, self._mind.wait(self.state))
            case InputKind.ABANDON:
                over = replace(self.state, outcome=Outcome.ABANDONED)
                return replace(self, moments=(*self.moments, Moment(entry, over, None)))
            case _:
                return replace(self, moments=(*self.moments, Moment(entry, self.state, None)))

    def scorecard(self) -> Scorecard:
        """The call measured, as it stands."""
        return self._scorer.call(self.history, self.ledger(), self._as_graders())

    def ledger(self) -> Ledger:
        """What the steps say."""
        outcome = self.state.outcome
        return Ledger(
            won=outcome is not None and outcome.is_win,
            share_done=share_done(self.persona, self.state),
            abandoned=outcome is Outcome.ABANDONED,
        )

    def mark(self) -> int:
        """The customer's own mark, 1 to 5."""
        return self._mind.mark(self.state)

    def band(self) -> str:
        """The mood band now."""
        return band_of(self.persona, self.state.mood)

    @property
    def _mind(self) -> Mind:
        return Mind(self.persona, self.seed, DeadEnds.of(self.mind_rubric))

    def transcript(self) -> Transcript:
        """What was said. The customer's lines are those of the scripted voice, so no score depends on the model."""
        turns: list[Turn] = []
        for moment in self.moments:
            if moment.entry is not None and moment.entry.kind is InputKind.REPLY:
                turns.append(Turn(Speaker.TRAINEE, moment.entry.text))
            if moment.line:
                turns.append(Turn(Speaker.CUSTOMER, moment.line))
        return Transcript("call", tuple(turns))

    def _as_graders(self) -> CallScore | None:
        """The call as those who taught the rubric would grade it."""
        return self.fitted.score([self.transcript()])[0] if self.fitted and self.history else None

    @property
    def _scorer(self) -> Scorer:
        return Scorer(self.rubric)

    def _reply(self, entry: Input) -> Course:
        earlier = tuple(reply.reading.text for reply in self.history)
        reading = self.sense.read(entry.text, earlier=earlier, customer_name=self.persona.name)
        scored = reading
        if self.score_sense is not None:
            scored = self.score_sense.read(entry.text, earlier=earlier, customer_name=self.persona.name)
        before = self.state
        turned = self._mind.hear(before, reading)
        number = turned.state.reply
        answered = number - 1
        heard = HeardReply(
            number=number,
            reading=scored,
            calm=not self._is_upset(before),
            feeling_before=answered in before.feeling_after,
            story_before=before.story_after == answered,
            signal_before=before.signal_after == answered,
            held_before=before.holds.get(answered),
            asked_again=bool(turned.effects.asked_again),
            answered=frozenset(
                move for fact in self.persona.facts if fact.id in before.told for move in fact.reveal_when
            ),
            disclosed=turned.effects.disclosed,
            step_done=bool(turned.effects.done),
        )
        history = (*self.history, heard)
        score = self._scorer.turn(history)
        score = replace(score, advice=Coach(self.rubric, self.persona).advise(score, turned))
        return replace(self._with(entry, turned, score), history=history)

    def _is_upset(self, state: CallState) -> bool:
        return state.mood < UPSET_BELOW or bool(state.feeling_after)

    def _with(self, entry: Input | None, turned: Turned, score: TurnScore | None = None) -> Course:
        said = ScriptedVoice(self.persona, self.seed).words(turned.plan, turned.state)
        state = replace(turned.state, spoken=(*turned.state.spoken, *said))
        effects = turned.effects
        moment = Moment(entry, state, turned.plan, said, effects.changes, effects.told, effects.done, score)
        return replace(self, moments=(*self.moments, moment))


ANNOUNCE_A_HOLD = frozenset({"announces_hold", "asks_to_wait"})
"""The moves of which one makes a hold an announced one, even if only perhaps seen."""
UPSET_BELOW = -15
"""A mood below this is heard in the voice, whatever is said."""
