"""A model whose answer can be left: whoever waits for it has had enough."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine, Sequence
from contextlib import aclosing
from typing import Any, TypeVar

from roleplay.call_log import Usage
from roleplay.chat.faults import Fault, ModelFailed
from roleplay.chat.protocol import ChatModel, Message, Patience

T = TypeVar("T")


class Interruptible:
    """Another model, whose answer `interrupt` ends as any fault would; the next one is asked as ever."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._interrupted: asyncio.Event | None = None
        """Set while an answer is under way."""

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

    @property
    def is_answering(self) -> bool:
        """An answer (or the loading before it) is under way and can be left."""
        return self._interrupted is not None and not self._interrupted.is_set()

    def warm(self) -> None:
        self._model.warm()

    def interrupt(self) -> None:
        """Leaves what is under way; nothing where nothing is. From the event loop's own thread."""
        if self._interrupted is not None:
            self._interrupted.set()

    async def unless_interrupted(self, work: Coroutine[object, object, T]) -> T:
        """What `work` gives. Raises ModelFailed when it is interrupted; a thread it waits for is left to itself."""
        self._interrupted = asyncio.Event()
        try:
            return await self._first(work)
        finally:
            self._interrupted = None

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:
        """As the model's own. Raises ModelFailed, also when it is interrupted."""
        self._interrupted = asyncio.Event()
        try:
            async with aclosing(self._model.stream(messages, patience)) as pieces:
                while True:
                    try:
                        piece = await self._first(_next(pieces))
                    except StopAsyncIteration:
                        return
                    yield piece
        finally:
            self._interrupted = None

    async def _first(self, work: Coroutine[object, object, T]) -> T:
        """The result of `work`, or a fault if the interruption comes before it."""
        assert self._interrupted is not None  # noqa: S101 - set by the callers
        task, stop = asyncio.ensure_future(work), asyncio.ensure_future(self._interrupted.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise ModelFailed(Fault.LEFT, self.name)
            return task.result()
        finally:
            await _let_go(task, stop)


async def _next(pieces: AsyncIterator[T]) -> T:
    """A coroutine, which a task needs; an iterator's own step is only awaitable."""
    return await anext(pieces)


async def _let_go(*tasks: asyncio.Future[Any]) -> None:
    """Cancels what still runs, and looks at what came of it, so that nobody warns of a lost fault."""
    for one in tasks:
        one.cancel()
    await asyncio.wait(tasks)
    for one in tasks:
        if not one.cancelled():
            one.exception()
