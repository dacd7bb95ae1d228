"""One live call: inputs in, events out. It does not know who listens."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import aclosing

from roleplay.call_log import CallDetails, CallResult, Input, InputKind, ShownLine
from roleplay.chat import ModelFailed
from roleplay.customer.voice.cue import Cue
from roleplay.event import (
    CallEnded,
    CallStarted,
    CustomerDelta,
    CustomerSpoke,
    Event,
    FactTold,
    MoodChanged,
    Notice,
    ReplyRecorded,
    ReplyScored,
    StepDone,
)
from roleplay.private import mask
from roleplay.sanitise import clean_text
from roleplay.score import Advice, Scorecard
from roleplay.scoring.language import other_language
from roleplay.scoring.scorer import is_mistake
from roleplay.session.clock import Surroundings
from roleplay.session.course import Course, Moment
from roleplay.session.fading import Guidance, advice_beside
from roleplay.session.figures import CallClock, figures_of, own_seconds
from roleplay.session.firsts import Firsts
from roleplay.session.held import WRITTEN, HeldCall
from roleplay.session.hints import LAST_RUNG, hint
from roleplay.session.speaking import Speaking
from roleplay.store.records import OpenCall
from roleplay.transcript import Outcome, Speaker, Turn

EASIEST = 1
"""The difficulty at which the coach explains itself."""


LEAVES_MACHINE = (
    "The customer's words come from {model}. What you type in this call, and what the customer says, is sent to "
    "{provider}; your scores, your records and your name are not."
)
ASIDE = frozenset({InputKind.HINT, InputKind.BREAK, *WRITTEN})
"""What the customer does not notice: after it they wait for the same reply."""
PATIENT_SECONDS = {"off": math.inf, "relaxed": 120.0, "live": 45.0}
"""By pace: the silence after which the customer first asks whether anybody is there."""


class LiveCall(HeldCall):
    """A call being held. Every reply is on disk before the customer answers it."""

    def __init__(
        self,
        course: Course,
        record: OpenCall,
        around: Surroundings,
        spoken: dict[int, ShownLine],
        speaking: Speaking | None = None,
        guidance: Guidance = Guidance.FULL,
        words_before: str = "",
    ) -> None:
        """`course` holds what has happened; `spoken` what the customer was shown to say, by place in the log.

        `speaking`: lends the customer a model's words; None: the scripted voice. `guidance`: how much the coach says.
        `words_before`: what a retry answers anew.
        """
        super().__init__(record.header, course, spoken)
        self._speaking = speaking
        self._record = record
        self._around = around
        self._since = around.seconds()
        self._guidance = guidance
        self.words_before = words_before
        self._listens = False
        """The trainee's turn: nothing is under way."""
        self._noticed_silences = 0
        """Since the last reply."""
        self._unanswered: Input | None = None
        self._on_break = False
        self._finished = False
        self._firsts = Firsts() if course.persona.difficulty == EASIEST and not course.history else None

    @property
    def has_begun(self) -> bool:
        """Somebody has said something."""
        return bool(self._spoken) or bool(self.course.history)

    def warm(self) -> None:
        """Loads what reading a reply, and the customer's voice, need; blocks, so call it in a thread.

        Raises ModelFailed.
        """
        self.course.sense.read("Hello there.")
        if self._speaking is not None:
            self._speaking.warm()

    def advice(self) -> Advice:
        """What the coach says of its own accord beside the latest reply; `full_advice` has the rest."""
        return advice_beside([one.score for one in self.course.moments if one.score], self._guidance)

    def clock(self) -> CallClock | None:
        """The trainee's time so far; None where waiting has no effect (`pace` off)."""
        if self.header.pace == "off":
            return None
        silence = self._around.seconds() - self._since if self._listens and not self._on_break else None
        return CallClock(own_seconds(self.course.moments) + (silence or 0.0), silence)

    async def start(self) -> AsyncIterator[Event]:
        """Opens the line; after resuming, says the last line again, or answers what was left unanswered."""
        resumed = len(self.course.moments) > 1
        yield CallStarted(self.header.id, resumed)
        at = max(at for at, moment in enumerate(self.course.moments) if moment.plan)
        place, moment = at - 1, self.course.moments[at]
        if self.ended:
            async for event in self._ended():
                yield event
            return
        if place in self._spoken:
            line = self._spoken[place]
            yield CustomerSpoke(self.course.state.reply, line.text, line.guarded)
        else:
            async for event in self._first_words(moment, place):
                yield event
        self._listen()

    async def reply(self, text: str) -> AsyncIterator[Event]:
        """The trainee's reply and all that follows from it."""
        typed = clean_text(text).strip()
        text = mask(typed, self.course.persona.model_dump_json())
        if self.ended:
            async for event in self._over():
                yield event
            return
        if refused := self._refused(text):
            yield Notice(refused)
            return
        if text != typed:
            yield Notice("A number that nobody should keep was masked before it was stored.")
        seconds = 0.0 if self._on_break else round(self._around.seconds() - self._since, 1)
        if seconds > PATIENT_SECONDS[self.header.pace] and not self._noticed_silences:
            async for event in self._take(Input(InputKind.WAIT, seconds=seconds)):
                yield event
        self._noticed_silences = 0
        entry = Input(InputKind.REPLY, text, seconds)
        async for event in self._take(entry):
            yield event

    @property
    def is_silent_too_long(self) -> bool:
        """The customer would ask now whether anybody is there; after that, once more when as much time has passed."""
        clock = self.clock()
        if clock is None or clock.silence is None or self.course.state.on_hold:
            return False
        return clock.silence > PATIENT_SECONDS[self.header.pace] * (self._noticed_silences + 1)

    async def notice_silence(self) -> AsyncIterator[Event]:
        """What the customer says into a silence that is too long. The silence goes on: it ends with the reply."""
        began = self._around.seconds()
        silence = began - self._since
        self._noticed_silences += 1
        async for event in self._take(Input(InputKind.WAIT, seconds=round(silence, 1))):
            yield event
        self._since = self._around.seconds() - silence

    async def act(self, kind: InputKind) -> AsyncIterator[Event]:
        """Hold, transfer, end, a break, or giving up: everything but a reply and a hint."""
        if self.ended:
            async for event in self._over():
                yield event
            return
        if kind is InputKind.BREAK:
            await self._log(Input(kind))
            await self._apply()
            self._on_break = True
            yield Notice("Take your time. Breaks are never scored. Go on when you are ready.")
            return
        async for event in self._take(Input(kind)):
            yield event

    async def write(self, kind: InputKind, text: str) -> AsyncIterator[Event]:
        """A note, or a booking: kept with the call, and no turn is used. An empty one is not taken."""
        words = mask(clean_text(text).strip(), self.course.persona.model_dump_json())
        if self.ended:
            yield Notice("The call is over.")
        elif words:
            await self._log(Input(kind, words))
            await self._apply()
            yield Notice(f"{WRITTEN[kind]}: {words}")

    async def hint(self) -> AsyncIterator[Event]:
        """The next rung of the hint ladder, as a notice; no turn is used."""
        if self.ended:
            yield Notice("The call is over.")
            return
        if not self.header.hints:
            yield Notice("Hints are off in this call.")
            return
        rung = self._rung() + 1
        await self._log(Input(InputKind.HINT))
        await self._apply()
        yield Notice(f"Hint {rung}: {hint(self.course, rung)}")

    @property
    def next_rung(self) -> int:
        """The rung of the hint ladder that comes next, 1 for the nudge; the last one stays."""
        return min(self._rung() + 1, LAST_RUNG)

    @property
    def waits_for_model(self) -> bool:
        """The customer's words are still to come from a model, and the wait for them can be ended."""
        return self._speaking is not None and self._speaking.keeps_waiting

    def stop_waiting(self) -> None:
        """The customer goes on in the persona's own lines, marked as such; the next turn asks the model again."""
        if self._speaking is not None:
            self._speaking.stop_waiting()

    def leave(self) -> None:
        """Lets go of the call without ending it: it can be resumed."""
        self._record.release()

    def _rung(self) -> int:
        """Hints asked for since the last reply."""
        rung = 0
        for moment in reversed(self.course.moments):
            if moment.entry is None or moment.entry.kind not in ASIDE:
                break
            rung += moment.entry.kind is InputKind.HINT
        return rung

    def _refused(self, text: str) -> str:
        """Why a reply is not taken; no turn is lost. Empty if it is."""
        if not text:
            return "Nothing was sent: the reply was empty."
        if language := other_language(text, self.course.persona.language):
            return f"That looks like {language}. This call is in English; nothing was sent."
        return ""

    async def _take(self, entry: Input) -> AsyncIterator[Event]:
        self._listens = False
        await self._log(entry)
        number = self.course.state.reply + (entry.kind is InputKind.REPLY)
        if entry.kind is InputKind.REPLY:
            yield ReplyRecorded(number, entry.text)
        await self._apply()
        moment = self.course.moments[-1]
        for event in self._noticed(moment, number):
            yield event
            if self._firsts and (explained := self._firsts.after(event)):
                yield explained
        async for event in self._speak(moment, len(self.course.moments) - 2):
            yield event
        if self.ended:
            async for event in self._ended():
                yield event
        self._listen()
        self._on_break = False

    def _listen(self) -> None:
        """From now on the time is the trainee's."""
        self._since = self._around.seconds()
        self._listens = True

    async def _apply(self) -> None:
        """Folds the entry that is on disk into the course; one whose reading failed stays to be done."""
        if self._unanswered is not None:
            # The first reply loads the embedder: not on the event loop.
            self.course = await asyncio.to_thread(self.course.apply, self._unanswered)
            self._unanswered = None

    async def _log(self, entry: Input) -> None:
        """Appends to the log; a reply that is there already, because its reading failed, is not appended again."""
        failed = self._unanswered
        if failed is not None and (failed.kind, failed.text) == (entry.kind, entry.text):
            return
        await self._apply()
        self._record.add(entry)
        self._unanswered = entry

    def _noticed(self, moment: Moment, number: int) -> list[Event]:
        events: list[Event] = []
        if moment.score:
            events.append(ReplyScored(number, moment.score, self.advice()))
        if moment.changes:
            events.append(MoodChanged(number, moment.state.mood, self.course.band(), moment.changes))
        events += [StepDone(step) for step in moment.done]
        events += [FactTold(fact) for fact in moment.told]
        return events

    async def _speak(self, moment: Moment, place: int) -> AsyncIterator[Event]:
        """`place`: of the input that it answers, in the log; -1 for the opening."""
        if not moment.said:
            return
        line = ShownLine(moment.line)
        async for piece in self._words(moment):
            match piece:
                case str():
                    yield CustomerDelta(piece)
                case ShownLine():
                    line = piece
                case Notice():
                    yield piece
        self._spoken[place] = line
        self._record.customer_spoke(place, line)
        yield CustomerSpoke(moment.state.reply, line.text, line.guarded)

    async def _words(self, moment: Moment) -> AsyncIterator[str | ShownLine | Notice]:
        if self._speaking is None:
            for at, piece in enumerate(moment.said):
                yield piece if at == 0 else f" {piece}"
            return
        async with aclosing(self._speaking.speak(self._cue(moment))) as pieces:
            async for one in pieces:
                yield one

    async def _first_words(self, moment: Moment, place: int) -> AsyncIterator[Event]:
        """The opening, or a line that the last sitting left unsaid. A model that cannot begin leaves no call behind."""
        try:
            if self._speaking is not None and not self._spoken:
                await self._speaking.ready()
                provider = self._speaking.leaves_for()
                if provider and self._record.first_time(f"leaves for {provider}"):
                    yield Notice(LEAVES_MACHINE.format(model=self.header.model, provider=provider))
            async for event in self._speak(moment, place):
                yield event
        except ModelFailed:
            if not self.has_begun:
                self._record.discard()
            raise

    def _cue(self, moment: Moment) -> Cue:
        """What a voice is given for the latest turn."""
        assert moment.plan is not None  # noqa: S101 - who says something follows a plan
        before = [turn for turn in self.shown_turns() if turn.moment is not moment or turn.speaker is Speaker.TRAINEE]
        turns = tuple(Turn(turn.speaker, turn.text) for turn in before)
        state = moment.state
        return Cue(self.course.persona, moment.plan, state.mood, moment.said, frozenset(state.told), turns)

    async def _ended(self) -> AsyncIterator[Event]:
        outcome = self.course.state.outcome or Outcome.ABANDONED
        card = self.course.scorecard()
        result = CallResult(outcome.value, card.overall, card.passed, len(self.course.history))
        self._record.finish(result, self._around.now(), self._details(card))
        self._finished = True
        yield CallEnded(outcome, card)

    def _details(self, card: Scorecard) -> CallDetails:
        criteria = {one.criterion: one.value for one in card.tallies if one.value is not None}
        rubric = self.course.rubric
        missed = frozenset(name for name, value in criteria.items() if is_mistake(rubric.criterion(name), value))
        return CallDetails(card.dimensions, criteria, figures_of(self.course).as_numbers(), missed)

    async def _over(self) -> AsyncIterator[Event]:
        """After the end; if the disk refused the end itself, it is tried again."""
        if self._finished:
            yield Notice("The call is over.")
            return
        async for event in self._ended():
            yield event
