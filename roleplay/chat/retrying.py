"""Asking again: only before the first piece of an answer, never after it was shown."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import replace

from roleplay.call_log import Usage
from roleplay.chat.faults import ModelFailed
from roleplay.chat.protocol import ChatModel, Message, Patience

ATTEMPTS = 3
FIRST_WAIT = 0.5
"""Seconds before the second attempt; twice as long before each further one, unless the provider says."""
LONGEST_WAIT = 20.0
"""Seconds: a trainee waits in silence. Whoever asks for a longer wait has failed."""
SHORTEST = 0.1
"""Seconds that every attempt is given."""


class Retrying:
    """Another model, asked up to three times while nothing has come. Waits as long as the provider asks, if it can."""

    def __init__(self, model: ChatModel, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._model = model
        self._sleep = sleep

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def provider(self) -> str:
        return self._model.provider

    @property
    def leaves_machine(self) -> bool:
        return self._model.leaves_machine

    @property
    def is_small(self) -> bool:
        return self._model.is_small

    def warm(self) -> None:
        self._model.warm()

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:
        """As the model's own; the patience is for all attempts and the waits between them. Raises ModelFailed."""
        started_at = time.monotonic()
        for attempt in range(ATTEMPTS):
            started = False
            pieces = self._model.stream(messages, _left(patience, time.monotonic() - started_at))
            try:
                async for piece in pieces:
                    started = started or isinstance(piece, str)
                    yield piece
            except ModelFailed as problem:
                pause = FIRST_WAIT * 2**attempt if problem.retry_after is None else problem.retry_after
                ends = time.monotonic() - started_at + pause
                last = attempt == ATTEMPTS - 1 or ends >= min(patience.first, LONGEST_WAIT)
                if started or last or not problem.is_passing:
                    raise
                await self._sleep(pause)
            else:
                return
            finally:
                await pieces.aclose()


def _left(patience: Patience, seconds: float) -> Patience:
    """What is left of a patience after so many seconds."""
    return replace(
        patience, first=max(SHORTEST, patience.first - seconds), whole=max(SHORTEST, patience.whole - seconds)
    )
