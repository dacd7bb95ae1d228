"""What an agent does in their own system, and an end that was not meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from roleplay.call_log import InputKind
from roleplay.tui.screens.actions import ActionScreen
from roleplay.tui.screens.page import PageScreen
from roleplay.tui.widgets.reply_box import ReplyBox
from tests.tui.conftest import GREETING, SIZES, text_of, until
from tests.tui.playing import on_the_line, say, to_call

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from roleplay.tui.app import RoleplayApp

BOOKED = "Engineer [/x] on Tuesday, 8 to 12"


def kinds(app: RoleplayApp) -> list[InputKind]:
    assert app.call is not None
    return [one.entry.kind for one in app.call.course.moments if one.entry]


async def to_system(app: RoleplayApp, pilot: Pilot[None]) -> None:
    await pilot.press("f6")
    await until(pilot, lambda: isinstance(app.screen, ActionScreen))


@pytest.mark.parametrize("size", SIZES)
async def test_a_booking_and_a_hold_by_key(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await to_call(app, pilot)
        await to_system(app, pilot)
        for action in ("Hold", "Transfer", "Note", "Book"):
            assert action in text_of(app)
        await pilot.press("b")
        app.screen.query_one(Input).value = BOOKED
        await pilot.press("enter")
        call = await on_the_line(app, pilot)
        assert (kinds(app), app.call and app.call.written()) == ([InputKind.BOOKED], [("Booked", BOOKED)])
        await until(pilot, lambda: "Booked: Engineer" in text_of(app))
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        await pilot.press("escape")
        await to_system(app, pilot)
        await pilot.press("h")
        await until(pilot, lambda: not call.is_busy and InputKind.HOLD in kinds(app))
        await to_system(app, pilot)
        assert "Take back" in text_of(app)
        await pilot.press("escape")
        assert app.screen is call


@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_note_by_mouse(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await to_call(app, pilot)
        await to_system(app, pilot)
        await pilot.click(OptionList, offset=(4, 2))
        await until(pilot, lambda: app.screen.query_one(Input).display)
        await pilot.press(*"moves on 3 May", "enter")
        await on_the_line(app, pilot)
        assert app.call is not None
        assert app.call.written() == [("Noted", "moves on 3 May")]


async def test_esc_leads_back_step_by_step_and_an_empty_note_is_none(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        await to_system(app, pilot)
        await pilot.press("n", "enter")
        await pilot.pause()
        await pilot.press("escape")
        assert app.screen.query_one(OptionList).display
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is call)
        assert kinds(app) == []


@pytest.mark.parametrize("key", ["u", "escape"])
async def test_an_end_that_was_not_meant_is_taken_back_and_leaves_no_trace(app: RoleplayApp, key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        await say(app, pilot, GREETING)
        call.query_one(ReplyBox).text = "half a rep"
        await pilot.press("f9", "f9")
        await until(pilot, lambda: "u takes it back" in text_of(app))
        assert not call.query_one(ReplyBox).display
        await pilot.press(key)
        await until(pilot, lambda: call.query_one(ReplyBox).display)
        await pilot.press("l", "y")
        assert call.query_one(ReplyBox).text == "lyhalf a rep"
        assert not call.is_over
        assert kinds(app) == [InputKind.REPLY]


async def test_an_end_that_is_not_taken_back_comes_by_itself(app: RoleplayApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roleplay.tui.screens.call.TAKE_BACK_SECONDS", 0.3)
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        await pilot.press("f9", "f9")
        await until(pilot, lambda: call.is_over)
        assert kinds(app) == [InputKind.END]
