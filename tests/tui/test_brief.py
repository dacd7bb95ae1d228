from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from roleplay.tui.screens.call import CallScreen
from roleplay.tui.screens.home import HomeScreen
from roleplay.tui.screens.page import PageScreen
from tests.tui.conftest import SIZES, text_of, until
from tests.tui.playing import on_the_line, to_brief

if TYPE_CHECKING:
    from roleplay.tui.app import RoleplayApp


@pytest.mark.parametrize("size", SIZES)
async def test_brief_leads_on_and_back(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await to_brief(app, pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await to_brief(app, pilot)
        await pilot.press("enter")
        assert isinstance(await on_the_line(app, pilot), CallScreen)


async def test_brief_tells_everything_before_the_call(app: RoleplayApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_brief(app, pilot, "parking-fine")
        await until(pilot, lambda: app.readiness == "Ready")
        await pilot.pause()
        shown = text_of(app)
        for words in (
            "Please note",
            "What you know",
            "What this call trains",
            "What counts",
            "Listening",
            "The rules here",
            "Ready",
        ):
            assert words in shown


async def test_rules_open_on_a_page_and_close(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        brief = await to_brief(app, pilot)
        await pilot.press("f2")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        assert "The rules here" in text_of(app)
        await pilot.press("escape")
        assert app.screen is brief


async def test_every_screen_has_help_and_its_actions_in_the_palette(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        brief = await to_brief(app, pilot)
        titles = [command.title for command in app.get_system_commands(brief)]
        assert {"Take the call", "Rules", "Back", "Help", "Leave"} <= set(titles)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        assert "Start the call" in text_of(app)
