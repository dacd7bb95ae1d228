"""Our own clock over somebody else's stream."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TypeVar

from roleplay.chat.faults import Fault, ModelFailed
from roleplay.chat.protocol import Patience

T = TypeVar("T")


async def within(pieces: AsyncIterator[T], patience: Patience, model: str) -> AsyncGenerator[T]:
    """The pieces as they come. Raises ModelFailed when one is late: the first, a later one, or the whole answer."""
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
            raise ModelFailed(Fault.SLOW if left <= wait else late, model) from None
        yield piece
        wait, late = patience.between, Fault.STALLED
