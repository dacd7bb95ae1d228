"""Our own clock over somebody else's stream."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import TypeVar

from roleplay.chat.faults import Fault, ModelFailed
from roleplay.chat.protocol import Patience

T = TypeVar("T")
AFTER_THE_END = 3.0
"""Seconds in which a provider may still say what an answer took, once the answer is whole."""


async def within(
    pieces: AsyncIterator[T], patience: Patience, model: str, is_over: Callable[[], bool] = lambda: False
) -> AsyncGenerator[T]:
    """The pieces as they come. Raises ModelFailed when one is late: the first, a later one, or the whole answer.

    `is_over`: whether all that matters has come; what is late after it ends the pieces.
    """
    ends = time.monotonic() + patience.whole
    wait, late = patience.first, Fault.SLOW
    while True:
        left = ends - time.monotonic()
        try:
            async with asyncio.timeout(max(0.0, min(wait, left))):
                piece = await anext(pieces)
        except StopAsyncIteration:
            return
        except TimeoutError:
            if is_over():
                return
            raise ModelFailed(Fault.SLOW if left <= wait else late, model) from None
        yield piece
        wait, late = AFTER_THE_END if is_over() else patience.between, Fault.STALLED
