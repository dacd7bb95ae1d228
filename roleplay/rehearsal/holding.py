"""Whether a model holds a customer's part under pressure: what it said by itself, and what the guards let through."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from roleplay.call_log import NOTHING, Input, InputKind, Usage
from roleplay.chat import ChatModel, Message, ModelFailed, Patience
from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.model import ModelVoice, Spoken
from roleplay.embedding import Embedder
from roleplay.rehearsal.figures import wilson
from roleplay.rehearsal.reader import Slip, read
from roleplay.sanitise import clean_text
from roleplay.session.course import Course
from roleplay.session.speaking import agent_lines
from roleplay.transcript import Speaker, Turn

TURNS_OF_A_KIND = 3
"""Replies of one kind of pressure in a call."""
LONGEST_ANSWER = 4_000
"""Characters of an answer that are read."""
SILENCE = "silence"
"""The kind whose turns are waits."""


@dataclass(frozen=True, slots=True)
class HeldTurn:
    """One turn of a model under pressure."""

    kind: str
    reply: str
    """What the trainee said; empty for the opening and for a silence."""
    intent: str
    own_words: str
    """What the model said first, before any guard."""
    shown: str
    guarded: bool
    refused_by: tuple[str, ...]
    """Names of guards that refused a sentence."""
    slips: frozenset[Slip]
    """Of the model's own words."""
    shown_slips: frozenset[Slip]
    first_word_seconds: float | None
    """From asking to the first word shown; None where the model failed."""
    usage: Usage = NOTHING
    fault: str = ""
    """Why the model gave no answer."""


@dataclass(frozen=True, slots=True)
class Held:
    """What all turns of one model with one persona come to."""

    persona: str
    model: str
    turns: tuple[HeldTurn, ...]

    @property
    def alone(self) -> int:
        """Turns that the model spoke by itself, whole."""
        return sum(not turn.guarded for turn in self.turns)

    @property
    def share_alone(self) -> float:
        return self.alone / len(self.turns)

    @property
    def bounds(self) -> tuple[float, float]:
        """The 95 % interval of that share."""
        return wilson(self.alone, len(self.turns))

    def slips(self, *, shown: bool) -> dict[Slip, int]:
        """Turns with each slip: in the model's own words, or in what was shown."""
        count = Counter(slip for turn in self.turns for slip in (turn.shown_slips if shown else turn.slips))
        return {slip: count[slip] for slip in Slip}

    @property
    def usage(self) -> Usage:
        return sum((turn.usage for turn in self.turns), NOTHING)


@cache
def pressure() -> dict[str, tuple[str, ...]]:
    """What trainees say to draw a customer out of the part, by kind."""
    text = files("roleplay.rehearsal").joinpath("pressure.yaml").read_text(encoding="utf-8")
    kinds: dict[str, list[str]] = yaml.safe_load(text)
    return {kind: tuple(lines) for kind, lines in kinds.items()}


class _Overheard:
    """A model whose answers are also written down; to their ends, even where a guard has stopped listening."""

    def __init__(self, model: ChatModel, *, to_the_end: bool) -> None:
        self._model = model
        self._to_the_end = to_the_end
        self._speaking: set[asyncio.Task[None]] = set()
        self.answers: list[str] = []
        self.usage = NOTHING
        self.name, self.is_small = model.name, model.is_small
        self.provider, self.leaves_machine = "", False

    def warm(self) -> None:
        self._model.warm()

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:
        heard: asyncio.Queue[str | Usage | ModelFailed | None] = asyncio.Queue()
        speaking = asyncio.create_task(self._speak(messages, patience, heard, len(self.answers)))
        self.answers.append("")
        self._speaking.add(speaking)
        try:
            while (piece := await heard.get()) is not None:
                if isinstance(piece, ModelFailed):
                    raise piece
                yield piece
        finally:
            if not self._to_the_end:
                speaking.cancel()

    async def finished(self) -> None:
        """All answers have come to their ends."""
        await asyncio.gather(*self._speaking, return_exceptions=not self._to_the_end)
        self._speaking.clear()

    async def _speak(
        self,
        messages: Sequence[Message],
        patience: Patience,
        heard: asyncio.Queue[str | Usage | ModelFailed | None],
        number: int,
    ) -> None:
        try:
            async with aclosing(self._model.stream(messages, patience)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, str):
                        self.answers[number] = (self.answers[number] + piece)[:LONGEST_ANSWER]
                    else:
                        self.usage += piece
                    heard.put_nowait(piece)
        except ModelFailed as fault:
            heard.put_nowait(fault)
        finally:
            heard.put_nowait(None)


class Holding:
    """Plays calls in which the trainee only presses."""

    def __init__(
        self, model: ChatModel, embedder: Embedder, patience: Patience | None = None, *, to_the_end: bool = True
    ) -> None:
        """`to_the_end`: hear each answer out, to see what it was before the guards; else what they heard of it."""
        self._model = _Overheard(model, to_the_end=to_the_end)
        self._embedder = embedder
        self._patience = patience or Patience()

    async def turns(self, opening: Course, runs: int) -> AsyncGenerator[HeldTurn]:
        """Every turn of `runs` calls for each kind of pressure, as it is spoken.

        `opening`: a course before its opening.

        Raises ModelFailed if the model cannot even say the first line.
        """
        await asyncio.to_thread(self._model.warm)
        voice = ModelVoice(self._model, self._embedder, agent_lines(opening.mind_rubric), opening.persona)
        await asyncio.to_thread(voice.prepare)
        begun = False
        for seed in range(1, runs + 1):
            for kind, lines in pressure().items():
                async with aclosing(self._call(voice, opening.with_seed(seed).opened(), kind, lines)) as turns:
                    async for turn in turns:
                        if turn.fault and not begun:
                            raise self._failed
                        begun = True
                        yield turn

    async def _call(
        self, voice: ModelVoice, course: Course, kind: str, lines: Sequence[str]
    ) -> AsyncGenerator[HeldTurn]:
        """One call: the opening, and the answers to a few replies of one kind."""
        said: list[Turn] = []
        for entry in (None, *_presses(kind, lines, course.seed)):
            if entry is not None:
                course = course.apply(entry)
                said += [Turn(Speaker.TRAINEE, entry.text)] if entry.text else []
            moment = course.moments[-1]
            if moment.plan is None:
                return
            told = frozenset(moment.state.told)
            cue = Cue(course.persona, moment.plan, moment.state.mood, moment.said, told, tuple(said))
            turn = await self._turn(voice, cue, kind, entry.text if entry else "")
            said.append(Turn(Speaker.CUSTOMER, turn.shown))
            yield turn
            if course.state.ended:
                return

    async def _turn(self, voice: ModelVoice, cue: Cue, kind: str, reply: str) -> HeldTurn:
        self._model.answers.clear()
        self._model.usage = NOTHING
        began, first, spoken = time.monotonic(), None, None
        try:
            async with aclosing(voice.speak(cue, self._patience)) as pieces:
                async for piece in pieces:
                    first = first or time.monotonic() - began
                    spoken = piece if isinstance(piece, Spoken) else spoken
        except ModelFailed as fault:
            self._failed = fault
        if spoken is None:
            spoken = Spoken(" ".join(cue.lines), guarded=True, fault=self._failed)
            first = None
        await self._model.finished()
        own = clean_text(self._model.answers[0]).strip() if self._model.answers else ""
        return HeldTurn(
            kind=kind,
            reply=reply,
            intent=cue.plan.intent,
            own_words=own,
            shown=spoken.text,
            guarded=spoken.guarded,
            refused_by=tuple(one.guard for one in spoken.refusals),
            slips=read(own, cue) if own else frozenset(),
            shown_slips=read(spoken.text, cue),
            first_word_seconds=first,
            usage=self._model.usage,
            fault=spoken.fault.message if spoken.fault else "",
        )


def _presses(kind: str, lines: Sequence[str], seed: int) -> Iterator[Input]:
    """A few of the lines, others for each seed."""
    for at in range(TURNS_OF_A_KIND):
        if kind == SILENCE:
            yield Input(InputKind.WAIT, seconds=60.0)
        else:
            yield Input(InputKind.REPLY, lines[(seed * TURNS_OF_A_KIND + at) % len(lines)])
