"""The programme in the app: every layer by key, from its page to what follows an exercise."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList

from roleplay.library.folder import Library
from roleplay.programme.lesson import Choose, Tell, Write
from roleplay.session.clock import real_surroundings
from roleplay.session.opening import Choices, Switchboard
from roleplay.store.records import Records
from roleplay.training import Deed, TrainingEntry
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.brief import BriefScreen
from roleplay.tui.screens.call import CallScreen
from roleplay.tui.screens.debrief import DebriefScreen
from roleplay.tui.screens.home import HomeScreen
from roleplay.tui.screens.lesson import LessonScreen
from roleplay.tui.screens.reflection import ReflectionScreen
from roleplay.tui.widgets.reply_box import ReplyBox
from tests.session.builders import RememberingWordHash, begin, play
from tests.tui.conftest import GREETING, SIZES, text_of, until
from tests.tui.playing import on_the_line, say, to_home

if TYPE_CHECKING:
    from textual.pilot import Pilot


@pytest.fixture
def board(tmp_path: Path) -> Switchboard:
    """The whole library, without a model."""
    home, model = tmp_path / "home", RememberingWordHash()
    return Switchboard(Library.open(), Records(home), home, real_surroundings(), print, lambda *_: model)


@pytest.fixture
def app(board: Switchboard) -> RoleplayApp:
    return RoleplayApp(lambda _: board, lambda persona: Choices(persona, seed=1))


def placed(board: Switchboard, layer: str) -> None:
    now = board.around.now()
    board.records.training.add(TrainingEntry(f"placed-{layer}", now, Deed.PLACED, layer, challenge=2.0))


async def card(app: RoleplayApp, pilot: Pilot[None], title: str) -> LessonScreen:
    """Waits for a card whose title has these words."""
    await until(pilot, lambda: isinstance(app.screen, LessonScreen) and title in app.screen.card.title)
    assert isinstance(app.screen, LessonScreen)
    await until(pilot, lambda: bool(app.screen.query("#lesson-how")))
    return app.screen


async def to_page(app: RoleplayApp, pilot: Pilot[None]) -> LessonScreen:
    await to_home(app, pilot)
    await pilot.press("t")
    return await card(app, pilot, "From new hire to mentor")


async def choose(app: RoleplayApp, pilot: Pilot[None], words: str) -> None:
    """Takes the first option with these words: by its number, or by the list where numbers end."""
    shown = app.screen
    assert isinstance(shown, LessonScreen)
    assert isinstance(shown.card, Choose)
    at = next(number for number, text in enumerate(shown.card.options, 1) if words in text)
    if at > 9:
        shown.query_one(OptionList).highlighted = at - 1
    await pilot.press(str(at) if at <= 9 else "enter")
    await until(pilot, lambda: app.screen is not shown)


async def write(app: RoleplayApp, pilot: Pilot[None], words: str) -> None:
    shown = app.screen
    assert isinstance(shown, LessonScreen)
    assert isinstance(shown.card, Write)
    shown.query_one(ReplyBox).text = words
    await pilot.press("enter")
    await until(pilot, lambda: app.screen is not shown)


async def go_on(app: RoleplayApp, pilot: Pilot[None]) -> None:
    shown = app.screen
    assert isinstance(shown, LessonScreen)
    await pilot.press("enter")
    await until(pilot, lambda: app.screen is not shown)


async def take_call(app: RoleplayApp, pilot: Pilot[None], *, debrief: bool = True) -> None:
    """From the card that offers a call to its end; the debrief is read and closed."""
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, BriefScreen))
    await pilot.press("enter")
    await say(app, pilot, GREETING)
    call = await on_the_line(app, pilot)
    await pilot.press("f9", "f9", "enter")
    await until(pilot, lambda: call.is_over)
    await pilot.press("enter")
    if debrief:
        await until(pilot, lambda: isinstance(app.screen, ReflectionScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, LessonScreen))


def deeds(board: Switchboard) -> list[Deed]:
    return [one.deed for one in board.records.training.entries()]


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_trainee_is_placed_and_practises_questions(
    app: RoleplayApp, board: Switchboard, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await to_home(app, pilot)
        await pilot.press("t")
        await card(app, pilot, "Where do you begin?")
        await choose(app, pilot, "Begin")
        for number in range(1, 5):
            await card(app, pilot, f"Question {number} of 4")
            await write(app, pilot, "I cannot say.")
        await card(app, pilot, "You begin in: Starter")
        await go_on(app, pilot)
        await card(app, pilot, "From new hire to mentor")
        await pilot.press("enter")
        await card(app, pilot, "1 of 4")
        await write(app, pilot, "Good morning, this is Alex. How can I help you?")
        await card(app, pilot, "1 of 4")
        await choose(app, pilot, "why?")
        assert any(part.title == "Why" for part in (await card(app, pilot, "1 of 4")).card.parts)
        await choose(app, pilot, "Stop here")
        await card(app, pilot, "From new hire to mentor")
        await choose(app, pilot, "Stop for today")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    assert deeds(board) == [*[Deed.QUESTION] * 4, Deed.PLACED, Deed.QUESTION]


async def test_the_steady_layer_is_a_call_that_was_chosen_for_a_reason(app: RoleplayApp, board: Switchboard) -> None:
    placed(board, "steady")
    async with app.run_test(size=(120, 36)) as pilot:
        await to_page(app, pilot)
        assert "Moving up" in "".join(part.title for part in app.screen.card.parts)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LessonScreen) and "Level" in text_of(app))
        await take_call(app, pilot)
        await card(app, pilot, "What follows")
        assert "asked for again" in text_of(app) or "no chance for it" in text_of(app)
        await go_on(app, pilot)
        await card(app, pilot, "From new hire to mentor")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
    (call,) = [one for one in board.records.training.entries() if one.deed is Deed.CALL]
    assert call.call is not None
    assert call.challenge is not None
    assert call.aims


async def test_the_sharp_layer_is_case_work_measured_against_the_trainer(app: RoleplayApp, board: Switchboard) -> None:
    placed(board, "sharp")
    async with app.run_test(size=(120, 36)) as pilot:
        await to_page(app, pilot)
        await pilot.press("enter")
        seen = 0
        while not any(one.deed is Deed.CASE for one in board.records.training.entries()):
            shown = app.screen
            if not isinstance(shown, LessonScreen) or shown.card.title.startswith("Sharp"):
                await pilot.pause(0.05)
                continue
            seen += 1
            assert seen < 20
            if isinstance(shown.card, Tell):
                await go_on(app, pilot)
            elif isinstance(shown.card, Write):
                await write(app, pilot, "The second one asks what matters.")
            else:
                await choose(app, pilot, "")
        await card(app, pilot, "You and the trainer")
        assert "The trainer" in [part.title for part in app.screen.card.parts]  # type: ignore[attr-defined]
    (case,) = [one for one in board.records.training.entries() if one.deed is Deed.CASE]
    assert case.share is not None
    assert case.words["why"] == "The second one asks what matters."


async def test_the_sheet_asks_before_it_tells(app: RoleplayApp, board: Switchboard) -> None:
    placed(board, "sharp")
    await asyncio.to_thread(lambda: play(begin(board, "moving-house"), [GREETING, "I do not know.", "/end"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_page(app, pilot)
        await choose(app, pilot, "tracking sheet")
        await card(app, pilot, "Today's sheet")
        await go_on(app, pilot)
        await card(app, pilot, "Call 1 of 1")
        await go_on(app, pilot)
        assert not any(part.title == "The program" for part in (await card(app, pilot, "Call 1 of 1")).card.parts)
        await write(app, pilot, "I never said who I am.")
        await write(app, pilot, "Say my name first.")
        shown = await card(app, pilot, "Which one will you watch")
        assert [part.title for part in shown.card.parts][:3] == ["You", "Your remedy", "The program"]
        await pilot.press("1")
        await card(app, pilot, "From new hire to mentor")
    (sheet,) = [one for one in board.records.training.entries() if one.deed is Deed.SHEET]
    assert sheet.words["watch"] == sheet.aims[0]


async def test_a_mentor_grades_a_call_and_writes_a_case(app: RoleplayApp, board: Switchboard) -> None:
    placed(board, "mentor")
    async with app.run_test(size=(120, 36)) as pilot:
        await to_page(app, pilot)
        await choose(app, pilot, "Grade a colleague")
        await card(app, pilot, "A colleague and")
        await go_on(app, pilot)
        for _ in range(3):
            await choose(app, pilot, "Good")
        await write(app, pilot, "You heard him. Say when, too.")
        await card(app, pilot, "You and the trainer")
        await go_on(app, pilot)
        await card(app, pilot, "From new hire to mentor")
        await choose(app, pilot, "Write a case")
        await choose(app, pilot, "A case")
        await write(app, pilot, "Where is my parcel?")
        await write(app, pilot, "Somewhere, I suppose.")
        await choose(app, pilot, "Takes it on")
        await choose(app, pilot, "It does not")
        await card(app, pilot, "Your case")
    assert deeds(board)[1:] == [Deed.GRADE, Deed.WRITTEN]
    assert (board.written / "cases.jsonl").is_file()


async def test_a_shift_has_notes_between_calls_and_no_debriefs(app: RoleplayApp, board: Switchboard) -> None:
    placed(board, "steady")
    async with app.run_test(size=(120, 36)) as pilot:
        await to_page(app, pilot)
        await choose(app, pilot, "A shift")
        await choose(app, pilot, "Three calls")
        for number in range(1, 4):
            await card(app, pilot, f"Call {number} of 3")
            await take_call(app, pilot, debrief=False)
            await write(app, pilot, "Rang about the bill; call back by four.")
            if number == 2:
                await card(app, pilot, "Half of it")
                await go_on(app, pilot)
        await card(app, pilot, "The shift")
        assert "an hour" in text_of(app)
        assert "Wrap-up" in text_of(app)
    assert deeds(board).count(Deed.WRAP_UP) == 3


async def test_a_call_that_is_left_gives_the_page_back(app: RoleplayApp, board: Switchboard) -> None:
    placed(board, "steady")
    async with app.run_test(size=(120, 36)) as pilot:
        await to_page(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LessonScreen) and "Level" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BriefScreen))
        await pilot.press("escape")
        await card(app, pilot, "From new hire to mentor")
        assert not isinstance(app.screen, CallScreen)
    assert Deed.CALL not in deeds(board)


async def test_hostile_words_are_shown_as_they_are(app: RoleplayApp, board: Switchboard) -> None:
    placed(board, "starter")
    async with app.run_test(size=(120, 36)) as pilot:
        await to_page(app, pilot)
        await pilot.press("enter")
        await card(app, pilot, "1 of 4")
        await write(app, pilot, "[/x] [bold]hello[/bold] \x1b[31mred")
        await card(app, pilot, "1 of 4")
        assert "[/x] [bold]hello[/bold]" in text_of(app)
        assert "\x1b" not in board.records.training.entries()[-1].words["reply"]


async def test_the_options_are_a_list_for_the_mouse_as_well(app: RoleplayApp, board: Switchboard) -> None:
    placed(board, "starter")
    async with app.run_test(size=(120, 36)) as pilot:
        await to_page(app, pilot)
        options = app.screen.query_one(OptionList)
        await pilot.click(OptionList, offset=(4, 0))
        await until(pilot, lambda: "1 of 4" in text_of(app))
        assert options.option_count == 8
