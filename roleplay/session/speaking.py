"""Who speaks the customer's lines: a model while it can, the scripted voice otherwise. No fault ends a call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from roleplay.call_log import ShownLine
from roleplay.chat import Fault, Interruptible, ModelFailed, Patience
from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.model import ModelVoice, Spoken
from roleplay.event import Notice
from roleplay.rubric import Rubric

FAILURES_IN_A_ROW = 2
"""Turns after which the rest of the call is spoken by the scripted voice."""
FIRST_TURN_SECONDS = 120.0
"""To the first sign of life on a call's first turn: a local model may still be loading."""


class Speaking:
    """Speaks a call's turns. Knows how often the model has failed."""

    def __init__(self, model: Interruptible, voice: ModelVoice, timeout: float | None = None) -> None:
        """`timeout`: seconds a turn may take; None: 60, and 120 more to the first word of the first turn."""
        self._model = model
        self._voice = voice
        self._patience = Patience.within(timeout)
        self._asked_for = timeout is not None
        self._is_warm = False
        self._turns = 0
        self._failures = 0

    @property
    def has_given_up(self) -> bool:
        """The rest of the call is scripted."""
        return self._failures >= FAILURES_IN_A_ROW

    @property
    def keeps_waiting(self) -> bool:
        """The model has been asked, and its words are still to come."""
        return self._model.is_answering

    def stop_waiting(self) -> None:
        """The turn goes on in the mind's own lines; nothing where nobody waits for a model."""
        self._model.interrupt()

    async def ready(self) -> None:
        """Loads what the first turn needs. Raises ModelFailed."""
        if not self._is_warm:
            await self._model.unless_interrupted(asyncio.to_thread(self.warm))

    def warm(self) -> None:
        """The same, for a thread of the caller's. Raises ModelFailed."""
        self._model.warm()
        self._voice.prepare()
        self._is_warm = True

    def leaves_for(self) -> str:
        """The provider to whom what is said goes; "" if it stays on this computer. After `ready`."""
        return self._model.provider if self._model.leaves_machine else ""

    async def speak(self, cue: Cue) -> AsyncGenerator[str | ShownLine | Notice]:
        """The customer's line in pieces, then whole; a notice where the model is given up.

        Raises ModelFailed only if the customer has not said a word in this call.
        """
        if self.has_given_up:
            async for piece in _scripted(cue):
                yield piece
            return
        self._turns += 1
        spoken: Spoken | None = None
        try:
            await self.ready()
            async with aclosing(self._voice.speak(cue, self._patience_now())) as pieces:
                async for one in pieces:
                    if isinstance(one, Spoken):
                        spoken = one
                    else:
                        yield one
        except ModelFailed as fault:
            if not cue.earlier_lines:
                raise
            failed: ModelFailed | None = fault
            async for piece in _scripted(cue):
                yield piece
        else:
            assert spoken is not None  # noqa: S101 - a voice gives the whole turn last
            failed = spoken.fault
            yield ShownLine(spoken.text, spoken.guarded, spoken.usage)
        if notice := self._counted(failed):
            yield notice

    def _counted(self, failed: ModelFailed | None) -> Notice | None:
        """Counts failures in a row; a notice where the model is given up. One that was left might have spoken."""
        if failed is None:
            self._failures = 0
        elif failed.fault is not Fault.LEFT:
            self._failures += 1
            if self.has_given_up:
                return Notice(f"Twice in a row {failed.message}. The scripted voice speaks the rest of this call.")
        return None

    def _patience_now(self) -> Patience:
        if self._turns > 1:
            return self._patience
        if self._asked_for:
            return replace(
                self._patience, first=max(self._patience.first, min(FIRST_TURN_SECONDS, self._patience.whole))
            )
        return replace(self._patience, first=FIRST_TURN_SECONDS, whole=FIRST_TURN_SECONDS + self._patience.whole)


async def _scripted(cue: Cue) -> AsyncGenerator[str | ShownLine]:
    """The mind's own lines, marked as not the model's."""
    for at, line in enumerate(cue.lines):
        yield line if at == 0 else f" {line}"
    yield ShownLine(" ".join(cue.lines), guarded=True)


def agent_lines(rubric: Rubric) -> tuple[str, ...]:
    """What agents say in calls under this rubric: the examples of its criteria, as a foil for a customer's lines."""
    return tuple(line for one in rubric.criteria if one.mode == "do" for line in one.examples)
