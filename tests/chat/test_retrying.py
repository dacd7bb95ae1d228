"""Asking again, and our own clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from roleplay.call_log import Usage
from roleplay.chat import Fault, ModelFailed, Patience
from roleplay.chat.deadlines import within
from roleplay.chat.faults import PASSING
from roleplay.chat.retrying import ATTEMPTS, FIRST_WAIT, LONGEST_WAIT, Retrying
from tests.chat.fakes import SAY, Scripted, answer


class Slept:
    """A sleep that takes no time and remembers how long it was to be."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def fault(kind: Fault = Fault.SERVER, retry_after: float | None = None) -> ModelFailed:
    return ModelFailed(kind, "x", retry_after=retry_after)


async def tried(model: Scripted, patience: Patience | None = None) -> tuple[list[str | Usage], Fault | None, Slept]:
    """What came, the fault it ended with, and the waits."""
    slept, failed, got = Slept(), None, list[str | Usage]()
    try:
        async for piece in Retrying(model, slept).stream(SAY, patience or Patience()):
            got += [piece]
    except ModelFailed as problem:
        failed = problem.fault
    return got, failed, slept


async def test_a_good_answer_is_asked_for_once() -> None:
    model = Scripted([["Hel", "lo.", Usage(3, 2)]])
    got, failed, slept = await tried(model)
    assert (got, failed, slept.seconds) == (["Hel", "lo.", Usage(3, 2)], None, [])
    assert (len(model.given), model.closed) == (1, 1)


@pytest.mark.parametrize("kind", sorted(PASSING))
async def test_what_may_pass_is_asked_again_after_longer_and_longer_waits(kind: Fault) -> None:
    model = Scripted([[fault(kind)], [fault(kind)], ["Hello."]])
    got, failed, slept = await tried(model)
    assert (got, failed, slept.seconds) == (["Hello."], None, [FIRST_WAIT, 2 * FIRST_WAIT])
    assert model.closed == 3


async def test_it_gives_up_after_three_attempts() -> None:
    model = Scripted([[fault()] for _ in range(ATTEMPTS + 1)])
    assert (await tried(model))[1] == Fault.SERVER
    assert len(model.answers) == 1


@pytest.mark.parametrize("kind", sorted(set(Fault) - PASSING))
async def test_what_will_not_pass_is_not_asked_again(kind: Fault) -> None:
    model = Scripted([[fault(kind)], ["Hello."]])
    got, failed, slept = await tried(model)
    assert (got, failed, slept.seconds) == ([], kind, [])


@pytest.mark.parametrize("kind", sorted(Fault))
async def test_nothing_is_asked_again_after_the_first_piece(kind: Fault) -> None:
    model = Scripted([["Hel", fault(kind)], ["Hello."]])
    assert (await tried(model))[:2] == (["Hel"], kind)
    assert len(model.answers) == 1


@pytest.mark.parametrize("asked", [0.0, 0.1, 3.0, 19.0])
async def test_the_provider_says_how_long_to_wait(asked: float) -> None:
    model = Scripted([[fault(Fault.RATE_LIMITED, asked)], ["Hello."]])
    got, failed, slept = await tried(model)
    assert (got, failed, slept.seconds) == (["Hello."], None, [asked])


@pytest.mark.parametrize(
    ("asked", "patience"),
    [
        (LONGEST_WAIT, Patience(120.0, 180.0)),
        (86_400.0, Patience(120.0, 1e6)),
        (float("inf"), Patience()),
        (5.0, Patience(4.0, 60.0)),
        (1.0, Patience(0.5, 0.5)),
    ],
)
async def test_a_wait_beyond_the_patience_is_a_failure_at_once(asked: float, patience: Patience) -> None:
    model = Scripted([[fault(Fault.RATE_LIMITED, asked)], ["Hello."]])
    got, failed, slept = await tried(model, patience)
    assert (got, failed, slept.seconds) == ([], Fault.RATE_LIMITED, [])


async def test_a_later_attempt_has_what_is_left_of_the_patience() -> None:
    async def late(_seconds: float) -> None:
        await asyncio.sleep(0.2)

    model = Scripted([[fault()], ["Hello."]])
    await answer(Retrying(model, late), Patience(10.0, 20.0, 5.0))
    first, second = model.given
    assert first.first > 9.9
    assert first.whole > 19.9
    assert second.first <= 9.8
    assert second.whole <= 19.8
    assert second.between == 5.0


async def test_closing_it_closes_the_model() -> None:
    model = Scripted([["Hel", "lo."]])
    stream = Retrying(model).stream(SAY, Patience())
    assert await anext(stream) == "Hel"
    await stream.aclose()
    assert model.closed == 1


def test_it_is_the_model_in_everything_else() -> None:
    model = Scripted([], "name", "provider", leaves_machine=True, is_small=True)
    around = Retrying(model)
    around.warm()
    assert (around.name, around.provider, around.leaves_machine, around.is_small) == ("name", "provider", True, True)
    assert model.warmed == 1


async def comes(*steps: str | float) -> AsyncGenerator[str]:
    """Pieces, with the seconds between them."""
    for step in steps:
        if isinstance(step, str):
            yield step
        else:
            await asyncio.sleep(step)


@pytest.mark.parametrize(
    ("steps", "patience", "kind"),
    [
        ((9.0, "a"), Patience(0.1, 5.0, 5.0), Fault.SLOW),
        (("a", 9.0, "b"), Patience(5.0, 5.0, 0.1), Fault.STALLED),
        (("a", 0.05, "b", 0.05, "c", 0.05, "d", 9.0), Patience(5.0, 0.2, 5.0), Fault.SLOW),
        ((9.0, "a"), Patience(5.0, 0.1, 5.0), Fault.SLOW),
    ],
)
async def test_what_is_late_is_a_fault(steps: tuple[str | float, ...], patience: Patience, kind: Fault) -> None:
    with pytest.raises(ModelFailed) as failed:
        [piece async for piece in within(comes(*steps), patience, "x")]
    assert failed.value.fault == kind


async def test_what_is_late_after_the_end_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roleplay.chat.deadlines.AFTER_THE_END", 0.05)
    got: list[str] = []
    async for piece in within(comes("a", "b", 9.0, "c"), Patience(), "x", lambda: got == ["a", "b"]):
        got.append(piece)  # noqa: PERF401 - what has come decides
    assert got == ["a", "b"]


async def test_pieces_in_time_come_as_they_are() -> None:
    assert [piece async for piece in within(comes("a", 0.01, "b"), Patience(), "x")] == ["a", "b"]
