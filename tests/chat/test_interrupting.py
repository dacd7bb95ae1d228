"""An answer that is left is a fault like any other, and nothing of it is left running."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from threading import Event

import pytest

from roleplay.call_log import Usage
from roleplay.chat import Fault, Interruptible, Message, ModelFailed, Patience
from tests.chat.fakes import SAY, Scripted, answer


class Slow:
    """Says a word, then nothing for half a minute."""

    name, provider, leaves_machine, is_small = "slow/model", "nobody", False, False

    def __init__(self) -> None:
        self.closed = 0

    def warm(self) -> None:
        """There is nothing to load."""

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:  # noqa: ARG002 - a model's
        try:
            yield "Well"
            await asyncio.sleep(30)
            yield "never"
        finally:
            self.closed += 1


async def gather(model: Interruptible, came: list[str | Usage]) -> None:
    """Adds to `came` what comes before a fault, too."""
    async for piece in model.stream(SAY, Patience()):
        came.append(piece)  # noqa: PERF401 - a comprehension would lose what came


async def test_an_answer_that_nobody_interrupts_comes_as_it_is() -> None:
    model = Scripted([["Good", " morning", Usage(3, 2)]])
    assert await answer(Interruptible(model)) == ["Good", " morning", Usage(3, 2)]
    assert model.closed == 1


async def test_an_interrupted_answer_is_a_fault_at_once_and_its_stream_is_closed() -> None:
    slow = Slow()
    model = Interruptible(slow)
    asyncio.get_running_loop().call_later(0.05, model.interrupt)
    came: list[str | Usage] = []
    began = time.monotonic()
    with pytest.raises(ModelFailed) as failed:
        await gather(model, came)
    assert time.monotonic() - began < 5
    assert (came, failed.value.fault, slow.closed) == (["Well"], Fault.LEFT, 1)
    assert not failed.value.is_passing
    assert not [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]


async def test_a_fault_of_the_model_stays_what_it_is() -> None:
    model = Interruptible(Scripted([["Good", ModelFailed(Fault.SERVER, "x")]]))
    with pytest.raises(ModelFailed) as failed:
        await answer(model)
    assert failed.value.fault is Fault.SERVER


async def test_an_interruption_counts_for_the_answer_under_way_alone() -> None:
    model = Interruptible(Scripted([["One"], ["Two"]]))
    model.interrupt()
    assert not model.is_answering
    assert await answer(model) == ["One"]
    assert await answer(model) == ["Two"]


async def test_loading_can_be_left_too() -> None:
    gate = Event()
    model = Interruptible(Slow())
    asyncio.get_running_loop().call_later(0.05, model.interrupt)
    try:
        with pytest.raises(ModelFailed):
            await model.unless_interrupted(asyncio.to_thread(gate.wait, 20))
    finally:
        gate.set()
