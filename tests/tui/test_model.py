"""A model as the customer's voice, on screen: its words, its failing before the first one, and what it took."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import TYPE_CHECKING

import pytest

from roleplay.call_log import Usage
from roleplay.chat import Fault, Message, ModelFailed, Patience
from roleplay.library.folder import Library
from roleplay.session.clock import real_surroundings
from roleplay.session.opening import Choices, Switchboard
from roleplay.store.records import Records
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.call import CallScreen
from roleplay.tui.screens.debrief import DebriefScreen
from roleplay.tui.screens.page import PageScreen
from roleplay.tui.screens.reflection import ReflectionScreen
from tests.tui.conftest import WordHash, text_of, until
from tests.tui.playing import to_brief

if TYPE_CHECKING:
    from pathlib import Path


class Model:
    """Says one line again and again, or fails."""

    name = "test/model"
    provider = "somewhere else"
    leaves_machine = True
    is_small = False

    def __init__(self, fault: Fault | None = None) -> None:
        self._fault = fault

    def warm(self) -> None:
        if self._fault is Fault.MISSING_KEY:
            raise ModelFailed(self._fault, self.name, fix="TEST_API_KEY")

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:  # noqa: ARG002 - a model's
        if self._fault:
            raise ModelFailed(self._fault, self.name)
        yield "Good morning, dear, I'm moving house. "
        yield Usage(1_200, 30, 0.002)


def app_with(model: Model, house: Path, home: Path) -> RoleplayApp:
    board = Switchboard(
        Library((house,)),
        Records(home),
        home,
        real_surroundings(),
        print,
        lambda *_: WordHash(),
        open_chat=lambda _: model,
    )
    return RoleplayApp(lambda _: board, lambda persona: Choices(persona, model=model.name, seed=1))


@pytest.mark.parametrize("fault", [Fault.MISSING_KEY, Fault.UNREACHABLE])
async def test_a_model_that_cannot_begin_is_a_choice(fault: Fault, house: Path, tmp_path: Path) -> None:
    app = app_with(Model(fault), house, tmp_path / "home")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_brief(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        assert "scripted voice" in text_of(app)
        assert app.switchboard is not None
        assert app.switchboard.records.calls() == []
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CallScreen) and not app.screen.is_busy)
        assert app.call is not None
        assert app.call.header.model == "scripted"


async def test_what_leaves_the_machine_is_said_once_and_what_it_took_stands_in_the_debrief(
    house: Path, tmp_path: Path
) -> None:
    app = app_with(Model(), house, tmp_path / "home")
    async with app.run_test(size=(120, 36)) as pilot:
        await to_brief(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CallScreen) and not app.screen.is_busy)
        assert "is sent to somewhere else" in " ".join(text_of(app).split())
        await pilot.press("f9", "f9", "enter")
        await until(pilot, lambda: isinstance(app.screen, CallScreen) and app.screen.is_over)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReflectionScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        assert app.call is not None
        assert app.call.usage().cost is not None
