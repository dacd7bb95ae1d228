"""The full-screen app under load: a long call, and a model that keeps everybody waiting."""

from __future__ import annotations

import asyncio
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from unittest.mock import patch

from textual.events import Key

from roleplay.embedding import open_embedder
from roleplay.library.folder import Library
from roleplay.session.clock import real_surroundings
from roleplay.session.opening import Choices, Switchboard
from roleplay.store.records import Records
from roleplay.tui.app import RoleplayApp
from roleplay.tui.widgets.reply_box import ReplyBox
from tests.tui.conftest import until
from tests.tui.playing import on_the_line, to_call
from tests.tui.test_model import Model
from tests.tui.test_waiting import SlowModel

if TYPE_CHECKING:
    from textual.pilot import Pilot

PERSONA = "moving-house"
MOST_ROUNDS = 100_000
"""Of the event loop, after which a key counts as lost."""
REPLIES = 300
EARLY, LATE = slice(4, 9), slice(REPLIES - 20, REPLIES)
THINGS = (
    "line",
    "router",
    "street",
    "date",
    "order",
    "number",
    "check",
    "system",
    "moment",
    "contract",
    "house",
    "move",
)


def report(home: Path) -> None:
    """Prints a line for each figure."""
    seconds, latencies = asyncio.run(_both(home))
    early, late = median(seconds[EARLY]), median(seconds[LATE])
    print(
        f"a reply in a long call     {early * 1e3:.0f} ms at the 5th, {late * 1e3:.0f} ms at the {REPLIES}th, "
        f"{late / early:.2f} times (goal 1.5)"
    )
    print(
        f"a key while a model thinks {median(latencies) * 1e3:.0f} ms in the middle, {max(latencies) * 1e3:.0f} ms at "
        f"most of {len(latencies)} (goal 100)"
    )


async def _both(home: Path) -> tuple[list[float], list[float]]:
    with tempfile.TemporaryDirectory() as name:
        records = Path(name)
        patient = Library.open()
        whole = patient.persona(PERSONA)
        never = whole.model_copy(update={"mood": whole.mood.model_copy(update={"patience": 10 * REPLIES})})
        with patch.object(patient, "persona", lambda _: never):  # so that the call can be as long as we like
            board = switchboard(patient, home, records / "long")
            seconds = await _long_call(RoleplayApp(lambda _: board, lambda persona: Choices(persona, seed=1)))
        slow = switchboard(Library.open(), home, records / "slow", SlowModel())
        choose = partial(Choices, model=SlowModel.name, seed=1)
        return seconds, await _keys(RoleplayApp(lambda _: slow, choose))


async def _keys(app: RoleplayApp) -> list[float]:
    """Seconds from a key to its letter in the box, while the model thinks and while it says a word a second."""
    latencies = []
    async with app.run_test(size=(120, 36)) as pilot:
        call = await to_call(app, pilot, PERSONA)
        box = call.query_one(ReplyBox)
        box.text = "Good morning, what happened?"
        await pilot.press("enter")
        for letter in "Then I will look at your line and at the router for you, one moment please. " * 4:
            before, began = len(box.text), time.perf_counter()
            app.screen.post_message(Key("space" if letter == " " else letter, letter))
            for _ in range(MOST_ROUNDS):
                if len(box.text) > before:
                    break
                await asyncio.sleep(0)
            latencies.append(time.perf_counter() - began)
            await asyncio.sleep(0.05)
        call.action_stop_waiting()
        await until(pilot, lambda: not call.is_busy)
    return latencies


def switchboard(library: Library, home: Path, records: Path, model: Model | None = None) -> Switchboard:
    """Calls with the real sentence model and records of their own."""
    return Switchboard(
        library,
        Records(records),
        home,
        real_surroundings(),
        print,
        lambda name, _, say: open_embedder(name, home, say),
        lambda _: model or Model(),
    )


async def _long_call(app: RoleplayApp) -> list[float]:
    """Seconds from enter to the customer's answer on screen, reply by reply."""
    seconds = []
    async with app.run_test(size=(120, 36)) as pilot:
        call = await to_call(app, pilot, PERSONA)
        for at in range(REPLIES):
            words = [THINGS[(at * step + step) % len(THINGS)] for step in (1, 7, 5)]
            call.query_one(
                ReplyBox
            ).text = f"Point {at}: the {words[0]} and the {words[1]}, I look at the {words[2]} for you."
            began = time.perf_counter()
            await _answered(app, pilot)
            seconds.append(time.perf_counter() - began)
            if call.is_over:
                message = f"the customer left after {at + 1} replies"
                raise AssertionError(message)
    return seconds


async def _answered(app: RoleplayApp, pilot: Pilot[None]) -> None:
    call = await on_the_line(app, pilot)
    replies = app.call.course.state.reply if app.call else 0
    await pilot.press("enter")
    await until(pilot, lambda: not call.is_busy and app.call is not None and app.call.course.state.reply > replies)
