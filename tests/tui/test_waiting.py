"""Time in a call: its clock, a silence that is noticed, a model that keeps everybody waiting, and a very long call."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from roleplay.call_log import InputKind, Usage
from roleplay.persona import Persona
from roleplay.session.opening import Choices
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.call import CallScreen
from roleplay.tui.widgets.conversation import AT_ONCE, LIVE, Conversation, EarlierLine, Spoken
from roleplay.tui.widgets.reply_box import ReplyBox
from tests.tui.conftest import GREETING, text_of, until
from tests.tui.playing import on_the_line, say, to_brief, to_call
from tests.tui.test_model import Model, app_with

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from pathlib import Path

    from roleplay.chat import Message, Patience
    from roleplay.session.opening import Switchboard


class SlowModel(Model):
    """Thinks for half a minute, then says a word a second."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:  # noqa: ARG002 - a model's
        self.asked += 1
        if self.asked > 1:
            await asyncio.sleep(30)
        for word in ["Good", "morning,", "dear,", "I'm", "moving", "house.", ""]:
            yield f"{word} "
            await asyncio.sleep(1 if self.asked > 1 else 0)


async def test_keys_answer_and_the_wait_can_be_left_while_a_model_thinks(house: Path, tmp_path: Path) -> None:
    app = app_with(SlowModel(), house, tmp_path / "home")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_brief(app, pilot)
        await pilot.press("enter")
        call = await on_the_line(app, pilot)
        box = call.query_one(ReplyBox)
        box.text = GREETING
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.call and app.call.waits_for_model))
        await pilot.press(*"and then")
        assert box.text == "and then"
        await until(pilot, lambda: "esc: don't wait" in text_of(app))
        await pilot.press("escape")
        await until(pilot, lambda: not call.is_busy)
        assert app.screen is call, "the wait was left, not the call"
        assert box.text == "and then", "what was typed meanwhile is kept"
        assert app.call is not None
        turns = app.call.shown_turns()
        assert (turns[-1].guarded, turns[-2].text) == (True, GREETING)


async def test_the_clock_runs_with_a_pace_and_a_long_silence_is_noticed(switchboard: Switchboard) -> None:
    seconds = 0.0
    switchboard.around = replace(switchboard.around, seconds=lambda: seconds)
    app = RoleplayApp(lambda _: switchboard, lambda persona: Choices(persona, seed=1, pace="live"))
    async with app.run_test(size=(120, 36)) as pilot:
        await to_call(app, pilot)
        seconds = 20.0
        await until(pilot, lambda: "your time 0:20, silent for 0:20" in text_of(app))
        seconds = 46.0
        await until(pilot, lambda: len(app.screen.query(Spoken)) == 2)
        seconds = 80.0
        await pilot.pause(1.2)
        assert len(app.screen.query(Spoken)) == 2, "asked once"
        seconds = 93.0
        await until(pilot, lambda: len(app.screen.query(Spoken)) == 3)
        await say(app, pilot, GREETING)
        assert app.call is not None
        entries = [one.entry for one in app.call.course.moments if one.entry]
        assert [(one.kind, one.seconds) for one in entries] == [
            (InputKind.WAIT, 46.0),
            (InputKind.WAIT, 93.0),
            (InputKind.REPLY, 93.0),
        ]


async def test_without_a_pace_there_is_no_clock(app: RoleplayApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await to_call(app, pilot)
        assert "your time" not in text_of(app)


@pytest.fixture
def patient(switchboard: Switchboard, monkeypatch: pytest.MonkeyPatch) -> None:
    """The customer never gives up."""
    find = switchboard.library.persona

    def persona(name: str) -> Persona:
        whole = find(name)
        return whole.model_copy(update={"mood": whole.mood.model_copy(update={"patience": 50})})

    monkeypatch.setattr(switchboard.library, "persona", persona)


@pytest.mark.usefixtures("patient")
async def test_of_a_long_call_only_the_end_is_laid_out_and_the_rest_comes_back(
    app: RoleplayApp, switchboard: Switchboard
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_call(app, pilot)
        for at in range(LIVE // 2 + AT_ONCE):
            await say(app, pilot, f"Point {at} of what I look at.")
            assert len(app.screen.query(Spoken)) < LIVE + AT_ONCE
        assert "Point 0 " not in " ".join(one.text for one in app.screen.query(Spoken))
        assert app.screen.query_one(EarlierLine).display
        conversation = app.screen.query_one(Conversation)
        for _ in range(40):
            await pilot.press("pageup")
            await pilot.pause()
        assert "Point 0 " in " ".join(one.text for one in conversation.query(Spoken))
        assert not app.screen.query_one(EarlierLine).display
        await say(app, pilot, "One more.")
        await until(pilot, lambda: len(app.screen.query(Spoken)) < LIVE + AT_ONCE)
        assert "One more." in text_of(app)
        await pilot.press("ctrl+q")
    assert app.kept is not None
    again = RoleplayApp(lambda _: switchboard, call=switchboard.resume(app.kept))
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: again.switchboard is not None)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(again.screen, CallScreen) and not again.screen.is_busy)
        assert len(again.screen.query(Spoken)) <= LIVE + 1
        assert again.screen.query_one(EarlierLine).display
