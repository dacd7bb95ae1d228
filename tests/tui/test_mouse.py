"""From home to debrief and back by mouse alone: rows and the footer's keys are clicked; only the reply is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Footer, Input, OptionList

from roleplay.tui.screens.again import AgainScreen
from roleplay.tui.screens.brief import BriefScreen
from roleplay.tui.screens.debrief import DebriefScreen
from roleplay.tui.screens.dispute import DisputeScreen
from roleplay.tui.screens.history import HistoryScreen
from roleplay.tui.screens.home import HomeScreen
from roleplay.tui.screens.page import PageScreen
from roleplay.tui.screens.reflection import ReflectionScreen
from tests.tui.conftest import GREETING, SIZES, text_of, until
from tests.tui.playing import on_the_line, say, to_home

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.screen import Screen

    from roleplay.tui.app import RoleplayApp


async def click_on(app: RoleplayApp, pilot: Pilot[None], text: str) -> None:
    """Clicks the footer's key with that label."""
    await until(pilot, lambda: text in text_of(app).splitlines()[-1])
    row = text_of(app).splitlines()[-1]
    footer = app.screen.query_one(Footer)
    await pilot.click(offset=(row.index(text) + 1, footer.region.y))


async def comes(app: RoleplayApp, pilot: Pilot[None], screen: type[Screen[Any]]) -> None:
    await until(pilot, lambda: isinstance(app.screen, screen))


@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_whole_call_by_mouse(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        shelf = await to_home(app, pilot)
        await pilot.click(shelf, offset=(6, 1))
        await comes(app, pilot, BriefScreen)
        await click_on(app, pilot, "Take the call")
        call = await on_the_line(app, pilot)
        for label in ("Rules", "Facts"):
            await click_on(app, pilot, label)
            await comes(app, pilot, PageScreen)
            await pilot.press("escape")
        await click_on(app, pilot, "Hint")
        await until(pilot, lambda: "Hint 1" in text_of(app))
        await say(app, pilot, GREETING)
        await click_on(app, pilot, "End")
        await click_on(app, pilot, "End")
        await click_on(app, pilot, "Debrief")
        await until(pilot, lambda: call.is_over)
        await click_on(app, pilot, "Debrief")
        await comes(app, pilot, ReflectionScreen)
        await pilot.click(app.screen.query(Input).last())
        await pilot.press(*"calmer", "enter")
        await comes(app, pilot, DebriefScreen)
        await click_on(app, pilot, "Go back")
        await comes(app, pilot, AgainScreen)
        await pilot.press("escape")
        await click_on(app, pilot, "Disagree")
        await comes(app, pilot, DisputeScreen)
        await pilot.press("escape")
        await click_on(app, pilot, "Go on")
        await comes(app, pilot, HomeScreen)
        await click_on(app, pilot, "Your calls")
        await comes(app, pilot, HistoryScreen)
        await until(pilot, lambda: app.screen.query_one(OptionList).option_count == 1)
        await click_on(app, pilot, "Progress")
        await comes(app, pilot, PageScreen)
