"""Calls of other days on screen: search, read again, go on, delete; progress; and the search at home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from roleplay.tui.happened import HistoryWanted
from roleplay.tui.screens.call import CallScreen
from roleplay.tui.screens.debrief import DebriefScreen
from roleplay.tui.screens.history import HistoryScreen
from roleplay.tui.screens.home import HomeScreen
from roleplay.tui.screens.page import PageScreen
from roleplay.tui.widgets.shelf_list import ShelfList
from tests.tui.conftest import GREETING, SIZES, text_of, until
from tests.tui.playing import say, to_call, to_debrief, to_home

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from roleplay.session.opening import Switchboard
    from roleplay.tui.app import RoleplayApp


async def to_history(app: RoleplayApp, pilot: Pilot[None]) -> HistoryScreen:
    await to_home(app, pilot)
    await pilot.press("h")
    await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
    assert isinstance(app.screen, HistoryScreen)
    screen = app.screen
    await until(pilot, lambda: bool(str(screen.query_one("#history-status").render()) or rows(screen)))
    return screen


def rows(screen: HistoryScreen) -> int:
    return screen.query_one(OptionList).option_count


async def held(app: RoleplayApp, pilot: Pilot[None], persona: str) -> None:
    await to_call(app, pilot, persona)
    await say(app, pilot, GREETING)
    await to_debrief(app, pilot)
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(app.screen, HomeScreen))


@pytest.mark.parametrize("size", SIZES)
async def test_a_call_is_found_and_read_again(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await held(app, pilot, "moving-house")
        await held(app, pilot, "wrong-weekend")
        screen = await to_history(app, pilot)
        assert rows(screen) == 2
        await pilot.press("slash", *"halina unresolved")
        await until(pilot, lambda: rows(screen) == 1)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        assert "Not resolved yet" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("escape")
        await until(pilot, lambda: rows(screen) == 2)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


@pytest.mark.parametrize("size", SIZES[:2])
async def test_by_mouse(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await held(app, pilot, "moving-house")
        await to_history(app, pilot)
        await pilot.click(OptionList, offset=(5, 0))
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))


async def test_rows_that_come_late_cover_nothing(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await held(app, pilot, "moving-house")
        await to_history(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        app.post_message(HistoryWanted())
        await pilot.pause(0.3)
        assert isinstance(app.screen, DebriefScreen)


async def test_an_unfinished_call_goes_on_from_here(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await to_history(app, pilot)
        assert "unfinished" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CallScreen))
        assert GREETING[:20] in text_of(app)


async def test_delete_asks_once_more_and_any_other_key_keeps(app: RoleplayApp, switchboard: Switchboard) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await held(app, pilot, "moving-house")
        await held(app, pilot, "wrong-weekend")
        screen = await to_history(app, pilot)
        await pilot.press("x")
        await until(pilot, lambda: "deletes" in text_of(app))
        await pilot.press("down", "x")
        await pilot.pause()
        assert len(switchboard.records.calls()) == 2
        await pilot.press("x")
        await until(pilot, lambda: rows(screen) == 1)
        assert [one.header.persona for one in switchboard.records.calls()] == ["wrong-weekend"]


async def test_without_calls_it_says_what_to_do(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_history(app, pilot)
        assert "No calls yet" in text_of(app)
        await pilot.press("x", "enter", "p")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        assert "No finished calls yet" in text_of(app)


@pytest.mark.parametrize("size", SIZES)
async def test_progress_is_a_key_away(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await held(app, pilot, "moving-house")
        await to_home(app, pilot)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        assert "So far" in text_of(app)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_home_is_searched_by_any_words(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        shelf = await to_home(app, pilot)
        whole = shelf.option_count
        await pilot.press("slash", *"larch ACHEBE".lower())
        await until(pilot, lambda: shelf.option_count == 1)
        assert "Bernard Achebe" in text_of(app)
        await pilot.press("enter", "escape")
        await until(pilot, lambda: app.screen.query_one(ShelfList).option_count == whole)
        await pilot.press("slash", *"nobody at all")
        await until(pilot, lambda: "Nobody has that" in text_of(app))
        assert app.screen.query_one(Input).value == "nobody at all"
