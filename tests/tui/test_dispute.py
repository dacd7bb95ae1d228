from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from roleplay.dispute import Answer, DisputeKind
from roleplay.errors import ServiceUnavailable
from roleplay.tui.screens.dispute import DisputeScreen
from roleplay.tui.screens.home import AnswersLine, HomeScreen
from roleplay.tui.screens.page import PageScreen
from tests.tui.conftest import GREETING, SIZES, text_of, until
from tests.tui.playing import say, to_call, to_debrief, to_home

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from roleplay.dispute import RaisedDispute
    from roleplay.session.opening import Switchboard
    from roleplay.tui.app import RoleplayApp

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def told(switchboard: Switchboard) -> list[RaisedDispute]:
    return switchboard.records.disputes.all()


async def to_dispute(app: RoleplayApp, pilot: Pilot[None], key: str) -> OptionList:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, DisputeScreen))
    return app.screen.query_one(OptionList)


def verdicts(shown: OptionList) -> list[str]:
    return [option.id for option in shown.options if option.id and not option.id.endswith(":proud")]


async def choose(shown: OptionList, pilot: Pilot[None], option: str) -> None:
    shown.highlighted = shown.get_option_index(option)
    await pilot.press("enter")
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_a_verdict_is_disputed_by_key_in_the_call(
    app: RoleplayApp, switchboard: Switchboard, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        call = await to_call(app, pilot)
        await say(app, pilot, GREETING)
        await say(app, pilot, "That is not my department.")
        shown = await to_dispute(app, pilot, "f7")
        assert "Reply 2: That is not" in text_of(app)
        assert "esc: back" in text_of(app)
        about = verdicts(shown)[0]
        await choose(shown, pilot, about)
        assert "you say that" in text_of(app)
        await pilot.press(*"why not")
        assert "why not" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is call)
        (one,) = told(switchboard)
        assert f"{one.dispute.reply}:{one.dispute.seen.criterion}" == about
        assert (one.dispute.kind, one.dispute.why) == (DisputeKind.VERDICT, "why not")
        await say(app, pilot, "Going on.")
        assert app.call is not None
        assert app.call.course.state.reply == 3


@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_line_is_nominated_by_mouse_in_the_debrief_with_a_name(
    app: RoleplayApp, switchboard: Switchboard, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        debrief = await to_debrief(app, pilot)
        shown = await to_dispute(app, pilot, "d")
        await pilot.click(shown, offset=(3, 1))  # below the reply itself
        await until(pilot, lambda: bool(app.screen.query_one("#dispute-name").display))
        await pilot.click("#dispute-name")
        await pilot.press(*"Ana")
        await pilot.click("#dispute-send")
        await until(pilot, lambda: app.screen is debrief)
        (one,) = told(switchboard)
        assert (one.dispute.kind, one.dispute.reply, one.dispute.name) == (DisputeKind.PROUD, 1, "Ana")
        await until(
            pilot, lambda: "proud of reply 1" in "\n".join(str(part.render()) for part in debrief.query("Static"))
        )


async def test_esc_steps_back_one_step_at_a_time_and_nothing_is_told(
    app: RoleplayApp, switchboard: Switchboard
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        await say(app, pilot, GREETING)
        shown = await to_dispute(app, pilot, "f7")
        await choose(shown, pilot, "1:proud")
        assert app.screen.query_one("#dispute-why", Input).has_focus
        await pilot.press("escape")
        assert shown.display
        assert shown.has_focus
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is call)
        assert told(switchboard) == []


async def test_before_a_reply_there_is_nothing_to_choose(app: RoleplayApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        await to_dispute(app, pilot, "f7")
        assert "no reply of yours yet" in text_of(app)
        await pilot.press("enter")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is call)


async def test_a_full_disk_is_said_and_the_call_goes_on(
    app: RoleplayApp, switchboard: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> int:
        raise ServiceUnavailable("the disk is full", "Make some room.")

    monkeypatch.setattr(switchboard.records.disputes, "add", full)
    async with app.run_test(size=(80, 24)) as pilot:
        call = await to_call(app, pilot)
        await say(app, pilot, GREETING)
        shown = await to_dispute(app, pilot, "f7")
        await choose(shown, pilot, "1:proud")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        assert "the disk is full" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is call)


async def test_it_is_in_the_palette_and_in_the_help(app: RoleplayApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        call = await to_call(app, pilot)
        assert "Disagree, be proud" in [one.title for one in app.get_system_commands(call)]
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        assert "Tell your trainer" in text_of(app)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("by", ["key", "mouse"])
async def test_home_says_that_a_trainer_has_answered_until_it_was_read(
    app: RoleplayApp, switchboard: Switchboard, size: tuple[int, int], by: str
) -> None:
    if by == "mouse" and size == SIZES[2]:
        pytest.skip("by key only at this size")
    async with app.run_test(size=size) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        assert app.call is not None
        switchboard.disputes.dispute(app.call, 1, "owns_it")
        switchboard.disputes.praise(app.call, 1)
        await to_debrief(app, pilot)
        await pilot.press("enter")
        await to_home(app, pilot)
        assert "has answered you" not in text_of(app)
        switchboard.records.disputes.answer(1, Answer(accepted=False, reason="[b]It owns nothing.", answered_at=NOW))
        switchboard.records.disputes.answer(2, Answer(accepted=True, reason="", answered_at=NOW))
        app.fill_shelf()
        await until(pilot, lambda: "has answered you" in text_of(app))
        if by == "key":
            await pilot.press("a")
        else:
            await pilot.click(AnswersLine)
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        read = "\n".join(str(part.render()) for part in app.screen.query("Static"))
        assert "declined: [b]It owns nothing." in read
        assert "accepted: an example now" in read
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and "has answered you" not in text_of(app))
        assert switchboard.disputes.unread() == []
