from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest

from roleplay.errors import NewerStore
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.brief import BriefScreen
from roleplay.tui.screens.page import PageScreen
from roleplay.tui.widgets.shelf_list import ShelfList
from tests.tui.conftest import GREETING, SIZES, text_of, until
from tests.tui.playing import on_the_line, say, to_call, to_home

if TYPE_CHECKING:
    from roleplay.session.opening import Switchboard


@pytest.mark.parametrize("size", SIZES)
async def test_the_suggested_persona_stands_first_and_enter_leads_to_its_brief(
    app: RoleplayApp, switchboard: Switchboard, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        shelf = await to_home(app, pilot)
        chosen = [option.id for option in shelf.options if option.id]
        assert chosen[0] == f"persona:{switchboard.suggested()}"
        assert "Halina Nowak" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BriefScreen))
        assert "Halina Nowak" in text_of(app)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_home_says_who_trains_what_and_that_calls_stay_here(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await to_home(app, pilot)
        shown = text_of(app)
        for words in (
            "suggested next: a first call",
            "friendly",
            "Larkfield Energy",
            "●○○○○",
            "trains:",
            "not tried yet",
            "stay on this computer",
        ):
            assert words in shown


async def test_loading_is_said_before_the_library_is_there(switchboard: Switchboard) -> None:
    gate = Event()

    def open_slowly(_: object) -> Switchboard:
        gate.wait(20)
        return switchboard

    app = RoleplayApp(open_slowly)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "loading" in text_of(app)
        gate.set()
        await to_home(app, pilot)
        assert "loading" not in text_of(app)


@pytest.mark.parametrize("size", SIZES)
async def test_an_unfinished_call_is_offered_and_resumed(app: RoleplayApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        await pilot.press("escape")
        shelf = await to_home(app, pilot)
        await until(pilot, lambda: (shelf.get_option_at_index(1).id or "").startswith("unfinished:"))
        assert shelf.highlighted == 1
        await until(pilot, lambda: "Resume" in text_of(app))
        assert "unfinished call" in text_of(app)
        await pilot.press("enter")
        call = await on_the_line(app, pilot)
        assert GREETING in [bubble.text for bubble in call.query("Spoken")]  # type: ignore[attr-defined]
        assert len(call.query("Spoken")) == 3


async def test_a_broken_persona_is_listed_with_what_is_wrong(app: RoleplayApp, house: Path) -> None:
    (house / "personas" / "broken-one.yaml").write_text("format: 1\nid: broken-one\nnmae: '[/x] [red]'\n")
    async with app.run_test(size=(80, 24)) as pilot:
        shelf = await to_home(app, pilot)
        shelf.highlight("broken:broken-one")
        await pilot.pause(0.1)
        assert "broken-one" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PageScreen))
        assert "esc goes back" in text_of(app)
        await pilot.press("end")
        await until(pilot, lambda: "nmae" in text_of(app))
        await pilot.press("escape")
        assert shelf.screen is app.screen


async def test_an_empty_library_says_what_to_do(app: RoleplayApp, house: Path) -> None:
    for file in (house / "personas").glob("*.yaml"):
        file.unlink()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "nobody to call" in text_of(app))
        assert not app.screen.query_one(ShelfList).display


async def test_records_that_cannot_be_opened_end_the_app_with_that_error() -> None:
    def refuse(_: object) -> Switchboard:
        raise NewerStore("the records are newer", "Update roleplay.")

    app = RoleplayApp(refuse)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.failure is not None)
    assert isinstance(app.failure, NewerStore)


async def test_a_finished_call_shows_its_points(app: RoleplayApp) -> None:
    from tests.tui.playing import to_debrief  # noqa: PLC0415 - of this test only

    async with app.run_test(size=(120, 36)) as pilot:
        await to_call(app, pilot)
        await say(app, pilot, GREETING)
        await to_debrief(app, pilot)
        await pilot.press("enter")
        await to_home(app, pilot)
        await until(pilot, lambda: "best " in text_of(app))
        assert "just now" in text_of(app)
