from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Button

from roleplay.call_log import InputKind
from roleplay.errors import ServiceUnavailable
from roleplay.report.debrief import debrief
from roleplay.tui.screens.brief import BriefScreen
from roleplay.tui.screens.debrief import DebriefScreen
from roleplay.tui.screens.reflection import ReflectionScreen
from tests.tui.conftest import GREETING, SIZES, text_of, until
from tests.tui.playing import on_the_line, say, to_call, to_debrief

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from roleplay.session.opening import Switchboard
    from roleplay.tui.app import RoleplayApp


def everything(app: RoleplayApp) -> str:
    return "\n".join(str(one.render()) for one in app.screen.query("Static"))


@pytest.mark.parametrize("size", SIZES)
async def test_the_debrief_is_whole(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        await to_debrief(app, pilot)
        told = everything(app)
        for words in (
            "not yet checked against your graders", "Listening", "gave you", "of 5",
            "what landed so far over the call", "All that was due",
            "Time and talk", "Coaching, never points",
            "Steps", "✗", "Never told to you", "Practise next", "A better line",
        ):  # fmt: skip
            assert words in told
        assert "Solved at first contact" in told


async def test_the_mood_is_a_plot_where_there_is_room_and_a_line_elsewhere(app: RoleplayApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        await to_debrief(app, pilot)
        assert app.screen.query_one("#moods-plot").display
        assert not app.screen.query_one("#moods-line").display
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: bool(app.screen.query_one("#moods-line").display))
        assert not app.screen.query_one("#moods-plot").display


async def test_the_same_call_again_has_the_same_chances(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_call(app, pilot)
        assert app.call is not None
        first = app.call.header
        await to_debrief(app, pilot)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, BriefScreen))
        await pilot.press("enter")
        await on_the_line(app, pilot)
        assert app.call is not None
        again = app.call.header
        assert (again.persona, again.seed) == (first.persona, first.seed)
        assert again.id != first.id
        assert text_of(app)


async def test_a_call_that_was_left_says_that_it_is_too_little_to_score(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        assert app.call is not None
        async for _ in app.call.act(InputKind.ABANDON):
            pass
        app.push_screen(DebriefScreen(app.call, debrief(app.call)))
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        told = everything(app)
        assert "Overall: too little to score: the call was left before the end" in told
        assert "gave you" not in told


async def to_reflection(app: RoleplayApp, pilot: Pilot[None]) -> None:
    call = await on_the_line(app, pilot)
    await pilot.press("f9", "f9", "enter")
    await until(pilot, lambda: call.is_over)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ReflectionScreen))


@pytest.mark.parametrize("size", SIZES)
async def test_what_you_thought_stands_beside_the_evidence(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        await to_reflection(app, pilot)
        assert "What went well?" in text_of(app)
        await pilot.press(*"I asked [/x]", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        told = everything(app)
        assert "What went well, you said" in told
        assert "“I asked [/x]”" in told
        assert "Differently, you said" not in told


async def test_it_is_kept_as_files_and_a_full_disk_loses_nothing(
    app: RoleplayApp, switchboard: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        screen = await to_debrief(app, pilot)
        await pilot.press("s")
        await until(pilot, switchboard.debriefs.is_dir)
        await until(pilot, lambda: len(list(switchboard.debriefs.iterdir())) == 3)
        assert app.screen is screen

        def refuse(*_: object) -> None:
            raise ServiceUnavailable("the disk is full", "Make some room.")

        monkeypatch.setattr("roleplay.report.saving.write_whole", refuse)
        await pilot.press("s")
        await until(pilot, lambda: "the disk is full" in text_of(app))
        await pilot.press("escape")
        assert app.screen is screen


@pytest.mark.parametrize("by_mouse", [False, True])
async def test_the_drill_starts_from_here(app: RoleplayApp, *, by_mouse: bool) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        await to_debrief(app, pilot)
        button = app.screen.query_one("#debrief-drill", Button)
        if by_mouse:
            button.scroll_visible(animate=False)
            await pilot.pause()
            await pilot.click("#debrief-drill")
        else:
            await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, BriefScreen))
        assert str(button.label).removeprefix("Call ") in text_of(app)
