"""Pictures of the app for the README: `python -m tests.tui.pictures docs/images [WIDTHxHEIGHT]`.

Plays a scripted call with the real sentence model (prepared in ROLEPLAY_HOME) and records of its own.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay import premises
from roleplay.library.folder import Library
from roleplay.session.clock import Surroundings, real_surroundings
from roleplay.session.opening import Choices, Switchboard
from roleplay.store.records import Records
from roleplay.tui.app import RoleplayApp
from roleplay.tui.loading import READY
from tests.tui.conftest import until
from tests.tui.playing import on_the_line, say, to_brief, to_debrief, to_home

if TYPE_CHECKING:
    from textual.pilot import Pilot

PERSONA = "wrong-weekend"
SEED = 7
SHOWN_AFTER = 4
"""Replies before the picture of the call."""


def main(folder: Path, size: tuple[int, int]) -> None:
    """Writes home.svg, brief.svg, call.svg, system.svg, debrief.svg, again.svg and branches.svg to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as records:
        asyncio.run(_play(folder, Path(records), size))


async def _play(folder: Path, records: Path, size: tuple[int, int]) -> None:
    library = Library.open()
    switchboard = Switchboard(library, Records(records), premises.home(), _still_ids(), lambda _: None)
    app = RoleplayApp(lambda _: switchboard, lambda persona: Choices(persona, seed=SEED))
    rehearsed = library.rehearsal(PERSONA)
    assert rehearsed is not None
    async with app.run_test(size=size) as pilot:
        await to_home(app, pilot)
        await _take(app, pilot, folder / "home.svg")
        await to_brief(app, pilot, PERSONA)
        await until(pilot, lambda: app.readiness == READY)
        await _take(app, pilot, folder / "brief.svg")
        await pilot.press("enter")
        call = await on_the_line(app, pilot)
        for number, line in enumerate(rehearsed.plainest("competent"), start=1):
            if call.is_over or line.startswith("/"):
                break
            await say(app, pilot, line)
            if number == SHOWN_AFTER:
                await _take(app, pilot, folder / "call.svg")
                await pilot.press("f6")
                await _take(app, pilot, folder / "system.svg")
                await pilot.press("escape")
        await to_debrief(app, pilot)
        await _take(app, pilot, folder / "debrief.svg")
        await pilot.press("b")
        await _take(app, pilot, folder / "again.svg")
        await pilot.press("end", "enter")
        await on_the_line(app, pilot)
        await say(app, pilot, rehearsed.plainest("rude")[0])
        await pilot.press("ctrl+b")
        await _take(app, pilot, folder / "branches.svg")


def _still_ids() -> Surroundings:
    real = real_surroundings()
    numbers = itertools.count(1)
    return Surroundings(real.now, real.seconds, lambda: f"pictures-{next(numbers)}", lambda: SEED)


async def _take(app: RoleplayApp, pilot: Pilot[None], file: Path) -> None:
    await pilot.pause(0.3)  # until the last change is painted
    file.write_text(app.export_screenshot(title="roleplay"), encoding="utf-8")  # noqa: ASYNC240 - nothing else waits


if __name__ == "__main__":
    wide, high = (sys.argv[2] if len(sys.argv) > 2 else "120x36").split("x")
    main(Path(sys.argv[1]), (int(wide), int(high)))
