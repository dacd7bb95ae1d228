"""The app: one window, four screens, and the calls between them. Nothing heavy is imported before the first frame."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on, work

from roleplay import premises
from roleplay.errors import RoleplayError, ServiceUnavailable
from roleplay.tui import happened
from roleplay.tui.screens.home import HomeScreen
from roleplay.tui.taught import TaughtApp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from textual.screen import Screen

    from roleplay.call_log import NoteKind
    from roleplay.persona import Persona
    from roleplay.programme.lesson import Lesson
    from roleplay.session.call import LiveCall
    from roleplay.session.held import HeldCall
    from roleplay.session.opening import Choices, Switchboard
    from roleplay.tui.loading import OpenSwitchboard

STYLES = ("app.tcss", "screens/home.tcss", "screens/brief.tcss")
"""Of the app and of the two screens that can be the first: a first screen's own are not read."""
SCRIPTED = "scripted"
"""As `session.opening` calls it; importing that would cost the first frame."""
SCRIPTED_OFFER = "play this call with the scripted voice: no key, no network"


class RoleplayApp(TaughtApp):
    """Leads from home to brief to call to debrief, and back."""

    def __init__(
        self,
        open_switchboard: OpenSwitchboard,
        choose: Callable[[str], Choices] = premises.choices,
        *,
        call: LiveCall | None = None,
        report: Path | None = None,
        lesson: Lesson | None = None,
        load: Callable[[], object] | None = None,
    ) -> None:
        """`call`: go straight to its brief and end after its debrief; `report`: where that call is written as JSON.

        `lesson`: go straight to its cards and end with it; `load`: whatever reading a reply to a card needs.
        """
        super().__init__(open_switchboard, STYLES, choose, lesson)
        self._load = load
        self._single = call is not None
        self._report = report
        self._choices: Choices | None = None
        self._left: str | None = None
        self._dialling = False
        self._picked_up = False
        self.call = call
        self.kept: str | None = None
        """The call that was open when the trainee left."""

    def get_default_screen(self) -> Screen[Any]:
        if self.call is None:
            return HomeScreen()
        from roleplay.tui.screens.brief import BriefScreen

        return BriefScreen(
            self.call.course.persona, tuple(self.call.course.rubric.weights), resumed=self.call.course.state.reply > 0
        )

    def began(self) -> None:
        if self._only_lesson:
            if self._load is not None:
                self.warm(self._load)
            self.advance(None)
        elif self.call is None:
            self.fill_shelf()
        else:
            self.warm(self.call.warm)
            if self._picked_up:
                self._take()

    @on(happened.ShelfFilled)
    def _show_shelf(self, message: happened.ShelfFilled) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.show(message.shelf)

    @on(happened.PersonaChosen)
    def _brief(self, message: happened.PersonaChosen) -> None:
        try:
            self._show_brief(self._choose(message.persona))
        except RoleplayError as error:
            self.explain(error)

    @on(happened.CallPlanned)
    def _brief_planned(self, message: happened.CallPlanned) -> None:
        try:
            self._show_brief(message.choices)
        except RoleplayError as error:
            self.explain(error)

    def _show_brief(self, choices: Choices) -> None:
        from roleplay.tui.screens.brief import BriefScreen

        if self.switchboard is None:
            return
        persona = choices.as_played or self.switchboard.library.persona(choices.persona)
        rubric = self.switchboard.library.rubric(choices.rubric or persona.rubric)
        self.call, self._left, self._choices = None, None, choices
        self.warm(partial(self.switchboard.warm, choices.persona, choices.model))
        self.lead_to(BriefScreen(persona, tuple(rubric.weights)))

    @on(happened.CallTaken)
    def _take(self) -> None:
        if self.switchboard is None:
            self._picked_up = True  # the key came before the library was open; `began` goes on
            return
        if self._left:
            self._put_through(partial(self.switchboard.resume, self._left))
        elif self.call is not None:
            self._hold(self.call)
        elif self._choices is not None:
            self._put_through(partial(self.switchboard.start, self._choices), self._choices)

    @on(happened.UnfinishedChosen)
    def _go_on(self, message: happened.UnfinishedChosen) -> None:
        if self.switchboard is not None:
            self._put_through(partial(self.switchboard.resume, message.call))

    @work(group="line")
    async def _put_through(self, dial: Callable[[], LiveCall], choices: Choices | None = None) -> None:
        """Opens the call beside the screen: a long one is read again from its beginning. A second key does nothing."""
        if self._dialling:
            return
        self._dialling = True
        try:
            self._hold(await asyncio.to_thread(dial))
        except RoleplayError as error:
            self._explain_voice(error, choices if isinstance(error, ServiceUnavailable) else None)
            self.fill_shelf()
        finally:
            self._dialling = False

    @on(happened.GoingBackWanted)
    def _choose_reply(self) -> None:
        from roleplay.tui.screens.again import AgainScreen

        if self.told_of is not None:
            self.push_screen(AgainScreen(self.told_of.side().exchanges), self._go_back)

    def _go_back(self, reply: int | None) -> None:
        """On in a call of its own, from before that reply."""
        if reply is None or self.told_of is None or self.switchboard is None:
            return
        if self.call is not None:
            self.call.leave()
        self._put_through(partial(self.switchboard.retry, self.told_of.header.id, reply))

    def _hold(self, call: LiveCall) -> None:
        from roleplay.tui.screens.call import CallScreen

        self.call, self._left = call, None
        self.lead_to(CallScreen(call))

    @on(happened.LineFailed)
    def _offer_another_voice(self, message: happened.LineFailed) -> None:
        """The call is gone; the same one with the scripted voice is a key away."""
        if self.call is None:
            return
        failed, self.call = self._same_again(self.call), None
        self._choices = failed
        self._show_brief(failed)
        self._explain_voice(message.error, failed)

    def _same_again(self, call: HeldCall) -> Choices:
        from roleplay.session.opening import Choices

        held = call.header
        timeout = self._choices.timeout if self._choices else None
        played = call.course.persona
        return Choices(
            held.persona,
            held.rubric,
            held.model,
            held.seed,
            hints=held.hints,
            pace=held.pace,
            timeout=timeout,
            as_played=None if played == self._in_library(held.persona) else played,
        )

    def _in_library(self, persona: str) -> Persona | None:
        """As the library has it now; None where it has none that can be played."""
        try:
            return self.switchboard.library.persona(persona) if self.switchboard else None
        except RoleplayError:
            return None

    @on(happened.CallOver)
    def _report_call(self) -> None:
        """Written when the call is over, and again with what the trainee thought of it."""
        from roleplay.report.debrief import whole_debrief
        from roleplay.report.saving import write_report

        self.call_ended()
        if self._report is None or self.call is None or self.switchboard is None:
            return
        try:
            write_report(self.call, whole_debrief(self.call, self.switchboard), self._report)
        except RoleplayError as error:
            self.explain(error)
            self._report = None

    @on(happened.DebriefWanted)
    def _reflect(self) -> None:
        from roleplay.tui.screens.reflection import ReflectionScreen

        if self.skips_debrief:
            self.back_to_lesson()
        elif self.call is not None:
            self.push_screen(ReflectionScreen(), self._debrief)

    def _debrief(self, thoughts: Mapping[NoteKind, str] | None) -> None:
        from roleplay.report.debrief import whole_debrief
        from roleplay.tui.screens.debrief import DebriefScreen

        if self.call is None or self.switchboard is None:
            return
        try:
            self.switchboard.reflect(self.call, thoughts or {})
            told = whole_debrief(self.call, self.switchboard)
        except RoleplayError as error:
            self.explain(error)
            return
        self._report_call()
        self._report = None  # the same call once more is another call
        self.lead_to(DebriefScreen(self.call, told, self._raised(self.call)))

    @on(happened.DrillStarted)
    def _drill(self, message: happened.DrillStarted) -> None:
        try:
            self._show_brief(self._choose(message.persona))
        except RoleplayError as error:
            self.explain(error)

    @on(happened.AgainWanted)
    def _again(self) -> None:
        if self.told_of is None:
            return
        try:
            self._show_brief(self._same_again(self.told_of))
        except RoleplayError as error:
            self.explain(error)

    @on(happened.CallReopened)
    @work(group="history")
    async def _reopen(self, message: happened.CallReopened) -> None:
        from roleplay.report.debrief import whole_debrief
        from roleplay.tui.screens.debrief import DebriefScreen

        if self.switchboard is None:
            return
        board = self.switchboard
        try:
            if board.records.call(message.call).result is None:
                self._put_through(partial(board.resume, message.call))
                return
            held = await asyncio.to_thread(board.read, message.call)
            told = await asyncio.to_thread(whole_debrief, held, board)
        except RoleplayError as error:
            self.explain(error)
            return
        self.call, self.read_again = None, held
        self.push_screen(DebriefScreen(held, told, self._raised(held)))

    @on(happened.CallLeft)
    def _leave_call(self) -> None:
        if self.call is not None:
            self.call.leave()
            self._left = self.call.header.id if self._single else None
            self.call = None
        self._step_back()

    @on(happened.BriefClosed)
    def _step_back(self) -> None:
        if self.is_teaching:
            self.back_to_lesson()
        elif len(self.screen_stack) > 1:
            self.pop_screen()
        elif self._single:
            self.notify("ctrl+q leaves the program.", timeout=3)

    @on(happened.DebriefClosed)
    def _go_home(self) -> None:
        if self.is_teaching:
            self.back_to_lesson()
            return
        self.call = self.read_again = None
        if self._single:
            self.exit()
        else:
            self._step_back()

    async def action_quit(self) -> None:
        if self.call is not None and not self.call.ended:
            self.call.leave()
            self.kept = self.call.header.id
        self.kept = self.kept or self._left
        self.exit()

    def _swap_voice(self, choices: Choices, wanted: bool | None) -> None:  # noqa: FBT001 - a screen's answer
        if wanted:
            self._choices = replace(choices, model=SCRIPTED)
            self._take()

    def _explain_voice(self, error: RoleplayError, choices: Choices | None) -> None:
        """As `explain`; `choices`: of a call whose voice can be swapped."""
        from roleplay.tui.screens.page import problem_page

        if choices is None or choices.model == SCRIPTED:
            self.explain(error)
        else:
            self.push_screen(problem_page(error, SCRIPTED_OFFER), partial(self._swap_voice, choices))


def run_app(library: Path | None) -> None:
    """The whole app. Raises RoleplayError if the library or the records cannot be used."""
    _run(RoleplayApp(partial(premises.open_switchboard, library)))


def run_call(switchboard: Switchboard, call: LiveCall, report: Path | None) -> None:
    """One call, from its brief to its debrief."""
    _run(RoleplayApp(lambda _: switchboard, call=call, report=report))


def run_lesson(switchboard: Switchboard, lesson: Lesson, load: Callable[[], object]) -> None:
    """One lesson, from its first card to its last; `load`: whatever reading a reply to a card needs."""
    _run(RoleplayApp(lambda _: switchboard, lesson=lesson, load=load))


def _run(app: RoleplayApp) -> None:
    app.run()
    if app.failure is not None:
        raise app.failure
    if app.return_code:
        sys.exit(app.return_code)
    if app.kept is not None:
        sys.stderr.write(f"The call is kept. Go on with: roleplay practice --resume {app.kept}\n")
