"""A model's voice: its words, sentence by sentence, each checked before it is shown."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from roleplay.call_log import NOTHING, Usage
from roleplay.chat import ChatModel, Fault, Message, ModelFailed, Patience
from roleplay.customer.state import Plan
from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.guards import Refusal, Scene, compared_with, refused
from roleplay.customer.voice.guards.role import without_stage_directions
from roleplay.customer.voice.guards.speakers import without_own_label
from roleplay.customer.voice.near import Nearness
from roleplay.customer.voice.prompt import messages
from roleplay.customer.voice.said import unsaid
from roleplay.customer.voice.story import tellable
from roleplay.customer.voice.stream import SentenceStream
from roleplay.embedding import Embedder
from roleplay.persona import Persona
from roleplay.sanitise import clean_line

ATTEMPTS = 2
"""One retry with the reason, then the scripted line."""
MOST_CHARACTERS = 4_000
"""Of one answer: a stream that never ends is left there."""
MOST_THOUGHT = 20_000
"""Characters of one answer and of what the model thinks aloud in it: five thousand tokens."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn as it was shown, and what became of the model's own words."""

    text: str
    guarded: bool = False
    """Some of it, or all, is the scripted voice's."""
    refusals: tuple[Refusal, ...] = ()
    """Of sentences that were not shown, in order."""
    usage: Usage = NOTHING
    fault: ModelFailed | None = None
    """Why the model gave no (whole) answer."""


@dataclass
class _Turn:
    """One turn while it is spoken."""

    scene: Scene
    attempts: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    usage: Usage = NOTHING
    fault: ModelFailed | None = None

    @property
    def shown(self) -> list[str]:
        """Sentences shown so far."""
        return self.scene.spoken

    def show(self, sentence: str) -> str:
        """Keeps a sentence as shown; gives it as it continues the line."""
        piece = f" {sentence}" if self.shown else sentence
        self.shown.append(sentence)
        return piece

    def spoken(self, *, guarded: bool) -> Spoken:
        return Spoken(" ".join(self.shown), guarded, tuple(self.refusals), self.usage, self.fault)


class ModelVoice:
    """Words a cue with a model. What was shown is never taken back; what fails its checks is never shown."""

    def __init__(
        self, model: ChatModel, embedder: Embedder, agent_lines: tuple[str, ...] = (), persona: Persona | None = None
    ) -> None:
        """`agent_lines`: what agents say in such calls (the rubric's examples), a foil; `persona`: who will speak."""
        self._model = model
        self._near = Nearness(embedder)
        self._agent_lines = agent_lines
        self._persona = persona

    def prepare(self) -> None:
        """Embeds what the customer's lines will be compared with (a second or two, once); blocks."""
        if self._persona is None:
            return
        persona = self._persona
        opening = Cue(persona, Plan("opening", persona.bands[0].name), 0, (), frozenset())
        self._near.learn(compared_with(Scene(opening, self._near, self._agent_lines)))

    async def speak(self, cue: Cue, patience: Patience) -> AsyncGenerator[str | Spoken]:
        """The customer's line in pieces as they may be shown; then, last, the whole turn.

        What was refused, or cut off by a fault, is followed by the mind's own lines as far as they are not said yet.
        `patience` is for all attempts together. Raises ModelFailed if a fault, or no word at all, left nothing to show.
        """
        turn = _Turn(Scene(cue, self._near, self._agent_lines))
        problem, until = "", time.monotonic() + patience.whole
        while turn.attempts < ATTEMPTS and not turn.shown and (left := until - time.monotonic()) > 0:
            turn.attempts += 1
            async with aclosing(self._attempt(turn, problem, replace(patience, whole=left))) as pieces:
                async for piece in pieces:
                    yield piece
            if turn.fault and not turn.shown:
                raise turn.fault
            problem = turn.refusals[-1].reason if turn.refusals else "Say something."
        if not turn.shown and not turn.refusals:
            raise ModelFailed(Fault.EMPTY, self._model.name)
        missing = cue.lines if not turn.shown else await asyncio.to_thread(unsaid, cue, turn.shown, self._near)
        for line in missing:
            yield turn.show(line)
        yield turn.spoken(guarded=bool(missing or turn.refusals or turn.fault))

    async def _attempt(self, turn: _Turn, problem: str, patience: Patience) -> AsyncGenerator[str]:
        """One answer of the model, up to the first sentence that may not be shown."""
        cue = turn.scene.cue
        story = await asyncio.to_thread(self._story, turn.scene)
        prompt = messages(cue, small=self._model.is_small, story=story, problem=problem)
        try:
            async with aclosing(self._sentences(prompt, patience, turn)) as sentences:
                async for sentence in sentences:
                    found = await asyncio.to_thread(checked, sentence, turn.scene)
                    if isinstance(found, Refusal):
                        turn.refusals.append(found)
                        return
                    if found:
                        yield turn.show(found)
        except ModelFailed as fault:
            turn.fault = fault

    def _story(self, scene: Scene) -> str:
        """What of the story may be told. Embeds what is new in the call as well, so that no sentence waits for it."""
        self._near.learn(scene.sayable)
        return tellable(scene.cue, self._near)

    async def _sentences(self, prompt: Sequence[Message], patience: Patience, turn: _Turn) -> AsyncGenerator[str]:
        """The model's sentences as each ends; what a fault cut off in the middle is none."""
        stream, taken, spoken = SentenceStream(), 0, 0
        async with aclosing(self._model.stream(prompt, patience)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    turn.usage += piece
                    continue
                for sentence in stream.feed(piece[: MOST_THOUGHT - taken]):
                    yield sentence
                taken += len(piece)
                spoken += 0 if stream.thinks else len(piece)
                if stream.ended or taken >= MOST_THOUGHT or spoken > MOST_CHARACTERS:
                    return
        rest = stream.rest()
        if rest and (not turn.shown or clean_line(rest).endswith(_ENDS)):  # else the token limit cut it off
            yield rest


_ENDS = (".", "!", "?", "…", '"', "”", "’")


def checked(sentence: str, scene: Scene) -> str | Refusal:
    """The sentence as it may be shown, "" if nothing is left of it, or who refuses it."""
    sentence = without_own_label(clean_line(sentence), scene.cue.persona.name)
    sentence = _unquoted(without_stage_directions(sentence))
    if not any(character.isalnum() for character in sentence):
        return ""
    if sentence not in scene.spoken and any(sentence in line for line in scene.cue.lines):
        return sentence  # the mind's own words
    return refused(sentence, scene) or sentence


def _unquoted(sentence: str) -> str:
    """Models like to put the line in quotation marks; a lone mark at an end is the half of such a pair."""
    for opens, closes in (('"', '"'), ("“", "”")):
        if sentence.count(opens) + (sentence.count(closes) if opens != closes else 0) == 1:
            sentence = sentence.replace(opens, "").replace(closes, "")
        elif sentence.startswith(opens) and sentence.endswith(closes) and len(sentence) > 1:
            sentence = sentence[1:-1]
    return sentence.strip()
