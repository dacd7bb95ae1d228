"""Pictures of the app for the README: `python -m tests.tui.pictures docs/images [WIDTHxHEIGHT]`.

Plays a scripted call with the real sentence model (prepared in ROLEPLAY_HOME) and records of its own.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.library.folder import Library
from roleplay.session.clock import Surroundings, real_surroundings
from roleplay.session.opening import Choices, Switchboard
from roleplay.store.records import Records
from roleplay.tui import places
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.call import CallScreen
from roleplay.tui.screens.debrief import DebriefScreen
from roleplay.tui.screens.home import HomeScreen
from roleplay.tui.widgets.reply_box import ReplyBox

if TYPE_CHECKING:
    from textual.pilot import Pilot

PERSONA = "wrong-weekend"
SEED = 7
SHOWN_AFTER = 4
"""Replies before the picture of the call."""


def main(folder: Path, size: tuple[int, int]) -> None:
    """Writes home.svg, brief.svg, call.svg and debrief.svg to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as records:
        asyncio.run(_play(folder, Path(records), size))


async def _play(folder: Path, records: Path, size: tuple[int, int]) -> None:
    library = Library.open()
    switchboard = Switchboard(library, Records(records), places.home(), _still_ids(), lambda _: None)
    app = RoleplayApp(lambda _: switchboard, lambda persona: Choices(persona, seed=SEED))
    async with app.run_test(size=size) as pilot:
        await _until(
            pilot, lambda: isinstance(app.screen, HomeScreen) and bool(app.screen.query_one("#shelf").option_count)
        )
        _take(app, folder / "home.svg")
        app.screen.query_one("#shelf").highlight(f"persona:{PERSONA}")
        await pilot.press("enter")
        await _until(pilot, lambda: app.readiness == "Ready")
        _take(app, folder / "brief.svg")
        await pilot.press("enter")
        await _until(pilot, lambda: isinstance(app.screen, CallScreen) and not app.screen.is_busy)
        rehearsed = library.rehearsal(PERSONA)
        for number, line in enumerate(rehearsed.runs["competent"] if rehearsed else (), start=1):
            if line.startswith("/"):
                await pilot.press("f9", "f9")
            else:
                app.screen.query_one(ReplyBox).text = line
                await pilot.press("enter")
            await _until(pilot, lambda: not app.screen.is_busy)
            if number == SHOWN_AFTER:
                _take(app, folder / "call.svg")
            if app.screen.is_over:
                break
        await pilot.press("enter")
        await _until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        await pilot.pause(0.3)
        _take(app, folder / "debrief.svg")


def _still_ids() -> Surroundings:
    real = real_surroundings()
    return Surroundings(real.now, real.seconds, lambda: "pictures", lambda: SEED)


async def _until(pilot: Pilot[None], true) -> None:
    for _ in range(400):
        await pilot.pause(0.05)
        if true():
            return
    raise TimeoutError


def _take(app: RoleplayApp, file: Path) -> None:
    file.write_text(app.export_screenshot(title="roleplay"), encoding="utf-8")


if __name__ == "__main__":
    wide, high = (sys.argv[2] if len(sys.argv) > 2 else "120x36").split("x")
    main(Path(sys.argv[1]), (int(wide), int(high)))
