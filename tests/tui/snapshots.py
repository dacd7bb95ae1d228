"""Every screen as plain text at three sizes; `python -m tests.tui.snapshots` writes them anew, to be looked at.

Text, not colour: it reads in a review, and does not depend on fonts or on Textual's way to write SVG.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.library.folder import Library
from roleplay.session.clock import Surroundings
from roleplay.session.opening import Choices, Switchboard
from roleplay.store.records import Records
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.lesson import LessonScreen
from tests.tui.conftest import SIZES, WordHash, text_of, until
from tests.tui.playing import on_the_line, say, to_brief, to_debrief, to_home

if TYPE_CHECKING:
    from textual.pilot import Pilot

FOLDER = Path(__file__).parent / "snapshots"
PERSONA = "wrong-weekend"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINES = (
    "Good afternoon, The Larch House, this is Sophie. What can I do for you?",
    "Booked for the wrong weekend, that must have been awful. Which weekend should it be?",
    "That is your own fault.",
)


def shots(size: tuple[int, int]) -> dict[str, str]:
    """By name, what each screen shows."""
    with tempfile.TemporaryDirectory() as home:
        return asyncio.run(_play(size, Path(home)))


async def _play(size: tuple[int, int], home: Path) -> dict[str, str]:
    ids = itertools.count(1)
    still = Surroundings(lambda: NOW, lambda: 0.0, lambda: f"call-{next(ids)}", lambda: 1)
    board = Switchboard(Library.open(), Records(home), home, still, lambda _: None, lambda *_: WordHash())
    app = RoleplayApp(lambda _: board, lambda persona: Choices(persona, seed=1))
    found: dict[str, str] = {}

    async def shoot(pilot: Pilot[None], name: str) -> None:
        await pilot.pause(0.3)
        found[name] = "\n".join(line.rstrip() for line in text_of(app).splitlines()).rstrip() + "\n"

    async with app.run_test(size=size) as pilot:
        await to_home(app, pilot)
        await shoot(pilot, "home")
        await to_brief(app, pilot, PERSONA)
        await until(pilot, lambda: app.readiness == "Ready")
        await shoot(pilot, "brief")
        await pilot.press("enter")
        await on_the_line(app, pilot)
        for line in LINES:
            await say(app, pilot, line)
        await shoot(pilot, "call")
        for key, name in (("f1", "help"), ("f2", "rules"), ("f6", "system"), ("ctrl+r", "again")):
            await pilot.press(key)
            await shoot(pilot, name)
            await pilot.press("escape")
        await to_debrief(app, pilot)
        await shoot(pilot, "debrief")
        await pilot.press("enter")
        await to_home(app, pilot)
        for key, title, name in (
            ("t", "Where do you begin?", ""),
            ("2", "You begin in", ""),
            ("enter", "From new hire", "programme"),
            ("enter", "1 of 4", "question"),
        ):
            await pilot.press(key)
            await until(pilot, partial(_shows, app, title))
            if name:
                await shoot(pilot, name)
    return found


def _shows(app: RoleplayApp, title: str) -> bool:
    return isinstance(app.screen, LessonScreen) and title in app.screen.card.title


def pairs() -> Iterator[tuple[Path, str]]:
    """Every file and what it should hold."""
    for size in SIZES:
        for name, text in shots(size).items():
            yield FOLDER / f"{name}-{size[0]}x{size[1]}.txt", text


def main() -> None:
    """Writes all of them."""
    FOLDER.mkdir(exist_ok=True)
    for file, text in pairs():
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
