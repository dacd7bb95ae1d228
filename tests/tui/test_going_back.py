"""Go back to a reply, answer differently, and see both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList

from roleplay.tui.screens.again import AgainScreen
from roleplay.tui.screens.branches import BranchesScreen
from tests.tui.conftest import GREETING, SIZES, text_of, until
from tests.tui.playing import on_the_line, say, to_call, to_debrief

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from roleplay.session.opening import Switchboard
    from roleplay.tui.app import RoleplayApp
    from roleplay.tui.screens.call import CallScreen

RUDE = "Whatever. That is your own fault, you should have read the letter."


async def back_to_the_first(app: RoleplayApp, pilot: Pilot[None], key: str) -> CallScreen:
    held = app.call
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, AgainScreen))
    assert RUDE[:20] in text_of(app)
    await pilot.press("end", "enter")
    await until(pilot, lambda: app.call is not held)
    return await on_the_line(app, pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_reply_is_answered_differently_and_both_ways_are_shown(
    app: RoleplayApp, switchboard: Switchboard, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, RUDE)
        assert app.call is not None
        before = app.call
        await back_to_the_first(app, pilot, "ctrl+r")
        assert app.call.header.branched_from_call == before.header.id
        await say(app, pilot, GREETING)
        await until(pilot, lambda: "ctrl+b" in text_of(app))
        await pilot.press("ctrl+b")
        await until(pilot, lambda: isinstance(app.screen, BranchesScreen))
        shown = text_of(app)
        while "This time" not in shown or ("Overall" not in shown and "Not over" not in shown):
            await pilot.press("pagedown")
            await pilot.pause()
            if shown == text_of(app):
                break
            shown = text_of(app)
        assert "This time" in shown or "This time" in text_of(app)
        await pilot.press("escape")
        await on_the_line(app, pilot)
    assert [one.text for one in switchboard.records.inputs(before.header.id)] == [RUDE]


async def test_words_mood_and_end_stand_side_by_side(app: RoleplayApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, RUDE)
        await back_to_the_first(app, pilot, "ctrl+r")
        await until(pilot, lambda: "There you said" in " ".join(text_of(app).split()))
        await say(app, pilot, GREETING)
        await pilot.press("ctrl+b")
        await until(pilot, lambda: isinstance(app.screen, BranchesScreen))
        rows = text_of(app).splitlines()
        heads = next(row for row in rows if "Before" in row)
        assert heads.index("Before") < heads.index("This time")
        assert any("Whatever. That" in row and "Good morning" in row for row in rows)
        assert any(row.count("Mood:") == 2 for row in rows)


async def test_from_the_debrief_too_and_the_first_call_keeps_its_result(
    app: RoleplayApp, switchboard: Switchboard
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, RUDE)
        await to_debrief(app, pilot)
        assert app.call is not None
        first = app.call.header.id
        await back_to_the_first(app, pilot, "b")
        await say(app, pilot, GREETING)
        await to_debrief(app, pilot)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, BranchesScreen))
        assert "Two ways to answer" in text_of(app)
    assert [one.header.is_retry for one in switchboard.records.calls()] == [True, False]
    assert switchboard.records.call(first).result is not None


async def test_esc_changes_nothing_and_a_click_goes_back(app: RoleplayApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        call = await to_call(app, pilot)
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert app.screen is call, "there is nothing to go back to yet"
        await say(app, pilot, RUDE)
        held = app.call
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, AgainScreen))
        await pilot.press("escape")
        assert (app.screen, app.call) == (call, held)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, AgainScreen))
        await pilot.click(OptionList, offset=(5, 1))
        await until(pilot, lambda: app.call is not held)
        await on_the_line(app, pilot)
