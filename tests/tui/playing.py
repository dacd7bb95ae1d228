"""What the tests do by key, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roleplay.tui.screens.brief import BriefScreen
from roleplay.tui.screens.call import CallScreen
from roleplay.tui.screens.debrief import DebriefScreen
from roleplay.tui.screens.home import HomeScreen
from roleplay.tui.screens.reflection import ReflectionScreen
from roleplay.tui.widgets.reply_box import ReplyBox
from roleplay.tui.widgets.shelf_list import ShelfList
from tests.tui.conftest import until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from roleplay.tui.app import RoleplayApp


async def to_home(app: RoleplayApp, pilot: Pilot[None]) -> ShelfList:
    await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.screen.query_one(ShelfList).option_count > 0)
    return app.screen.query_one(ShelfList)


async def to_brief(app: RoleplayApp, pilot: Pilot[None], persona: str = "moving-house") -> BriefScreen:
    (await to_home(app, pilot)).highlight(f"persona:{persona}")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, BriefScreen))
    assert isinstance(app.screen, BriefScreen)
    return app.screen


async def to_call(app: RoleplayApp, pilot: Pilot[None], persona: str = "moving-house") -> CallScreen:
    await to_brief(app, pilot, persona)
    await pilot.press("enter")
    return await on_the_line(app, pilot)


async def on_the_line(app: RoleplayApp, pilot: Pilot[None]) -> CallScreen:
    await until(pilot, lambda: isinstance(app.screen, CallScreen) and not app.screen.is_busy)
    assert isinstance(app.screen, CallScreen)
    return app.screen


async def say(app: RoleplayApp, pilot: Pilot[None], text: str) -> None:
    call = await on_the_line(app, pilot)
    call.query_one(ReplyBox).text = text
    await pilot.press("enter")
    await pilot.pause()
    await until(pilot, lambda: not call.is_busy)


async def to_debrief(app: RoleplayApp, pilot: Pilot[None]) -> DebriefScreen:
    call = await on_the_line(app, pilot)
    if not call.is_over:
        await pilot.press("f9", "f9", "enter")
    await until(pilot, lambda: call.is_over)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ReflectionScreen))
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
    assert isinstance(app.screen, DebriefScreen)
    return app.screen
