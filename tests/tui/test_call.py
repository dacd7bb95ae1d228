from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from textual import events

from roleplay.call_log import InputKind
from roleplay.errors import ServiceUnavailable
from roleplay.session.opening import Choices
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.brief import BriefScreen
from roleplay.tui.screens.debrief import DebriefScreen
from roleplay.tui.screens.home import HomeScreen
from roleplay.tui.screens.page import PageScreen
from roleplay.tui.screens.pause import PauseScreen
from roleplay.tui.widgets.conversation import Spoken
from roleplay.tui.widgets.reply_box import ReplyBox
from tests.tui.conftest import GREETING, SIZES, text_of, until
from tests.tui.playing import on_the_line, say, to_call, to_debrief

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from roleplay.event import Event
    from roleplay.session.opening import Switchboard


def bubbles(app: RoleplayApp) -> list[str]:
    return [one.text for one in app.screen.query(Spoken)]


@pytest.mark.parametrize("size", SIZES)
async def test_a_whole_call_by_key(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await to_call(app, pilot)
        await pilot.press(*"Hello Ms Nowak", "enter")
        await until(pilot, lambda: len(bubbles(app)) == 3)
        await on_the_line(app, pilot)
        assert bubbles(app)[1] == "Hello Ms Nowak"
        assert "Mood" in text_of(app)
        assert app.screen.query_one(ReplyBox).text == ""
        await to_debrief(app, pilot)


async def test_who_speaks_is_told_by_name_and_glyph(app: RoleplayApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, "Hello.")
        await until(pilot, lambda: "You ▸" in text_of(app))
        assert "◂ Halina Nowak" in text_of(app)


async def test_a_paste_never_sends_and_is_cleaned(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        call.query_one(ReplyBox).post_message(events.Paste("first line\r\n\x1b]0;title\x07second [/x] line\n"))
        await pilot.pause()
        assert call.query_one(ReplyBox).text == "first line\nsecond [/x] line\n"
        assert len(bubbles(app)) == 1
        await pilot.press("ctrl+j", "x", "shift+enter", "y")
        assert call.query_one(ReplyBox).text.endswith("\n\nx\ny")
        assert len(bubbles(app)) == 1


async def test_what_was_said_can_be_selected_and_copied(app: RoleplayApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        call = await to_call(app, pilot)
        bubble = call.query(Spoken).first().query_one(".bubble")
        await pilot.mouse_down(bubble, offset=(2, 1))
        await pilot.hover(bubble, offset=(20, 1))
        await pilot.mouse_up(bubble, offset=(20, 1))
        await pilot.press("ctrl+c")
        await until(pilot, lambda: bool(app.clipboard))
        assert app.clipboard in bubbles(app)[0]


async def test_refused_words_stay_in_the_box(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        await say(app, pilot, "  ")
        assert call.query_one(ReplyBox).text == "  "
        assert "empty" in text_of(app)
        words = "Guten Tag, wie kann ich Ihnen heute helfen, und was ist denn genau passiert mit dem Vertrag?"
        await say(app, pilot, words)
        assert call.query_one(ReplyBox).text == words


async def test_a_turn_that_fails_is_said_and_gives_the_words_back(
    app: RoleplayApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full_disk(_: str) -> AsyncIterator[Event]:
        if True:
            raise ServiceUnavailable("the disk is full", "Make some room.")
        yield

    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        assert app.call is not None
        monkeypatch.setattr(app.call, "reply", full_disk)
        await say(app, pilot, "My words.")
        assert "the disk is full" in text_of(app)
        assert "Make some room." in text_of(app)
        assert call.query_one(ReplyBox).text == "My words."


async def test_markup_and_escapes_are_shown_as_text(app: RoleplayApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, "Hello [/x] [bold red]there\x1b[2J[/] $primary [@click=app.quit]now")
        await until(pilot, lambda: "Hello [/x] [bold red]there[/]" in text_of(app))
        assert "[@click=app.quit]now" in text_of(app)


async def test_policy_facts_and_hint_are_a_key_away(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        for key, title in (("f2", "The rules here"), ("f3", "has told you"), ("f1", "Hold")):
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, PageScreen))
            assert title in text_of(app)
            await pilot.press("escape")
            assert app.screen is call
        await pilot.press("f4")
        await until(pilot, lambda: "Hint 1" in text_of(app))


async def test_hold_changes_its_key_and_transfer_ends(app: RoleplayApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        call = await to_call(app, pilot)
        await pilot.press("f5")
        await until(pilot, lambda: not call.is_busy and "Take back" in text_of(app))
        await pilot.press("f5")
        await until(pilot, lambda: not call.is_busy and "Take back" not in text_of(app))
        await pilot.press("f6", "t")
        await pilot.pause()
        await until(pilot, lambda: not call.is_busy)
        assert app.call is not None
        assert app.call.course.moments[-1].entry is not None
        assert app.call.course.moments[-1].entry.kind is InputKind.TRANSFER


async def test_a_break_is_calm_and_any_key_ends_it(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(app.screen, PauseScreen))
        assert "never scored" in text_of(app)
        await pilot.press("x")
        assert app.screen is call
        assert call.query_one(ReplyBox).text == ""


async def test_one_press_does_not_end_the_call(app: RoleplayApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roleplay.tui.screens.call.END_AGAIN_SECONDS", 2)
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        await pilot.press("f9")
        await until(pilot, lambda: "f9 again ends the call" in text_of(app))
        await until(pilot, lambda: "f9 again" not in text_of(app))
        await pilot.press("f9")
        await pilot.pause()
        assert not call.is_over


async def test_the_last_words_stay_readable_until_enter(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        await pilot.press("f9", "f9", "enter")
        await until(pilot, lambda: call.is_over)
        await until(pilot, lambda: "Debrief" in text_of(app).splitlines()[-1])
        assert app.screen is call
        assert "Enter leads" in text_of(app)
        assert "Hint" not in text_of(app).splitlines()[-1]


async def test_leaving_keeps_the_call(app: RoleplayApp, switchboard: Switchboard) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        await pilot.press("ctrl+q")
    assert app.kept is not None
    assert [one.header.id for one in switchboard.records.unfinished()] == [app.kept]
    assert switchboard.resume(app.kept).course.state.reply == 1


async def test_one_call_goes_from_its_brief_to_its_debrief_and_ends(switchboard: Switchboard, tmp_path: Path) -> None:
    held = switchboard.start(Choices("moving-house", seed=1))
    app = RoleplayApp(lambda _: switchboard, call=held, report=tmp_path / "report.json")
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, BriefScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, BriefScreen)
        await pilot.press("enter")
        await say(app, pilot, GREETING)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, BriefScreen))
        await pilot.press("enter")
        await on_the_line(app, pilot)
        assert GREETING in bubbles(app)
        await to_debrief(app, pilot)
        assert (tmp_path / "report.json").is_file()
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, BriefScreen) and len(app.screen_stack) > 1)
        await pilot.press("enter")
        await on_the_line(app, pilot)
        assert len(bubbles(app)) == 1
        await to_debrief(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_running)


async def test_a_call_is_taken_though_enter_came_before_all_was_open(switchboard: Switchboard) -> None:
    held, opened = switchboard.start(Choices("moving-house", seed=1)), threading.Event()

    def open_late(_: object) -> Switchboard:
        opened.wait(20)
        return switchboard

    app = RoleplayApp(open_late, call=held)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, BriefScreen)
        opened.set()
        await on_the_line(app, pilot)


async def test_a_model_that_fails_is_a_choice(switchboard: Switchboard) -> None:
    app = RoleplayApp(lambda _: switchboard, lambda persona: Choices(persona, model="no/such-model", seed=1))
    async with app.run_test(size=(80, 24)) as pilot:
        from tests.tui.playing import to_brief  # noqa: PLC0415 - of this test only

        await to_brief(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        assert "scripted voice" in text_of(app)
        await pilot.press("enter")
        await on_the_line(app, pilot)
        assert app.call is not None
        assert app.call.header.model == "scripted"


async def test_a_call_that_ends_leads_home(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_call(app, pilot)
        await to_debrief(app, pilot)
        assert isinstance(app.screen, DebriefScreen)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
