"""The app: one window, four screens, and the calls between them. Nothing heavy is imported before the first frame."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType

from roleplay import premises
from roleplay.errors import BadFile, RoleplayError, ServiceUnavailable
from roleplay.tui import happened
from roleplay.tui.loading import LoadingApp
from roleplay.tui.screens.home import HomeScreen
from roleplay.tui.theme import CALM, QUIET, THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from textual.screen import Screen

    from roleplay.call_log import CallSummary, NoteKind
    from roleplay.dispute import RaisedDispute
    from roleplay.session.call import LiveCall
    from roleplay.session.held import HeldCall
    from roleplay.session.opening import Choices, Switchboard
    from roleplay.tui.loading import OpenSwitchboard
    from roleplay.tui.screens.dispute import Told

STYLES = ("app.tcss", "screens/home.tcss", "screens/brief.tcss")
"""Of the app and of the two screens that can be the first: a first screen's own are not read."""
SCRIPTED = "scripted"
"""As `session.opening` calls it; importing that would cost the first frame."""
SCRIPTED_OFFER = "play this call with the scripted voice: no key, no network"


class RoleplayApp(LoadingApp):
    """Leads from home to brief to call to debrief, and back."""

    TITLE = "roleplay"
    # Textual types the next two as if they were per instance.
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", tooltip="What this screen is for, and its keys.", id="app.help"),
        Binding(
            "ctrl+q", "quit", "Leave", tooltip="Leave the program. An open call is kept.", priority=True, id="app.quit"
        ),
    ]

    def __init__(
        self,
        open_switchboard: OpenSwitchboard,
        choose: Callable[[str], Choices] = premises.choices,
        *,
        call: LiveCall | None = None,
        report: Path | None = None,
    ) -> None:
        """`call`: go straight to its brief and end after its debrief; `report`: where that call is written as JSON."""
        super().__init__(open_switchboard, STYLES)
        self._choose = choose
        self._single = call is not None
        self._report = report
        self._choices: Choices | None = None
        self._left: str | None = None
        self.keymap: dict[str, str] = {}
        """Keys that were chosen in place of those that ship, by what they do."""
        self._dialling = False
        self._picked_up = False
        self.call = call
        """The call being held."""
        self._read_again: HeldCall | None = None
        """A call of another day whose debrief is on screen."""
        self.kept: str | None = None
        """The call that was open when the trainee left."""

    def get_default_screen(self) -> Screen[Any]:
        if self.call is None:
            return HomeScreen()
        from roleplay.tui.screens.brief import BriefScreen

        return BriefScreen(
            self.call.course.persona, tuple(self.call.course.rubric.weights), resumed=self.call.course.state.reply > 0
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return QUIET

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        try:
            self._put_on(premises.look())
        except RoleplayError as error:
            self.theme, self.failure = CALM.name, error
            self.exit()
            return
        self.theme_changed_signal.subscribe(self, lambda theme: premises.keep_theme(theme.name))
        self.call_after_refresh(self.open)

    def _put_on(self, look: premises.Look) -> None:
        """Theme, animation and keys. Raises BadFile."""
        if look.theme and look.theme not in self.available_themes:
            known = ", ".join(sorted(self.available_themes))
            raise BadFile(f"there is no theme {look.theme}", f"There are: {known}. Look at `theme:` in config.yaml.")
        self.theme = look.theme or CALM.name
        if not look.animation:
            self.animation_level = "none"
        if look.keys:
            from roleplay.tui.keys import checked

            self.keymap = checked(look.keys)
            self.set_keymap(self.keymap)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        yield from (one for one in super().get_system_commands(screen) if one.title != "Quit")
        for active in list(screen.active_bindings.values()):
            binding = active.binding
            if active.enabled and binding.description and binding.action != "command_palette":
                yield SystemCommand(
                    binding.description,
                    active.tooltip or binding.description,
                    partial(self.run_action, binding.action, active.node),
                )

    # From home to brief to call to debrief

    def began(self) -> None:
        if self.call is None:
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
            self._explain(error)

    def _show_brief(self, choices: Choices) -> None:
        from roleplay.tui.screens.brief import BriefScreen

        if self.switchboard is None:
            return
        persona = self.switchboard.library.persona(choices.persona)
        rubric = self.switchboard.library.rubric(choices.rubric or persona.rubric)
        self.call, self._left, self._choices = None, None, choices
        self.warm(partial(self.switchboard.warm, choices.persona, choices.model))
        self._lead_to(BriefScreen(persona, tuple(rubric.weights)))

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
            self._explain(error, choices if isinstance(error, ServiceUnavailable) else None)
            self.fill_shelf()
        finally:
            self._dialling = False

    @on(happened.GoingBackWanted)
    def _choose_reply(self) -> None:
        from roleplay.tui.screens.again import AgainScreen

        if self._told_of is not None:
            self.push_screen(AgainScreen(self._told_of.side().exchanges), self._go_back)

    def _go_back(self, reply: int | None) -> None:
        """On in a call of its own, from before that reply."""
        if reply is None or self._told_of is None or self.switchboard is None:
            return
        if self.call is not None:
            self.call.leave()
        self._put_through(partial(self.switchboard.retry, self._told_of.header.id, reply))

    @on(happened.BothWaysWanted)
    @work(group="branches")
    async def _show_both_ways(self) -> None:
        from roleplay.tui.screens.branches import BranchesScreen

        if self._told_of is None or self.switchboard is None:
            return
        try:
            both = await asyncio.to_thread(self.switchboard.branches, self._told_of)
        except RoleplayError as error:
            self._explain(error)
            return
        if both is not None:
            self.push_screen(BranchesScreen(both, self._told_of.course.persona.name))

    def _hold(self, call: LiveCall) -> None:
        from roleplay.tui.screens.call import CallScreen

        self.call, self._left = call, None
        self._lead_to(CallScreen(call))

    @on(happened.LineFailed)
    def _offer_another_voice(self, message: happened.LineFailed) -> None:
        """The call is gone; the same one with the scripted voice is a key away."""
        if self.call is None:
            return
        failed, self.call = self._same_again(self.call), None
        self._choices = failed
        self._show_brief(failed)
        self._explain(message.error, failed)

    def _same_again(self, call: HeldCall) -> Choices:
        from roleplay.session.opening import Choices

        held = call.header
        timeout = self._choices.timeout if self._choices else None
        return Choices(
            held.persona, held.rubric, held.model, held.seed, hints=held.hints, pace=held.pace, timeout=timeout
        )

    @on(happened.CallOver)
    def _report_call(self) -> None:
        """Written when the call is over, and again with what the trainee thought of it."""
        from roleplay.report.debrief import whole_debrief
        from roleplay.report.saving import write_report

        if self._report is None or self.call is None or self.switchboard is None:
            return
        try:
            write_report(self.call, whole_debrief(self.call, self.switchboard), self._report)
        except RoleplayError as error:
            self._explain(error)
            self._report = None

    @on(happened.DebriefWanted)
    def _reflect(self) -> None:
        from roleplay.tui.screens.reflection import ReflectionScreen

        if self.call is not None:
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
            self._explain(error)
            return
        self._report_call()
        self._report = None  # the same call once more is another call
        self._lead_to(DebriefScreen(self.call, told, self._raised(self.call)))

    @on(happened.SaveWanted)
    def _save(self) -> None:
        from roleplay.report.debrief import whole_debrief
        from roleplay.report.saving import save_debrief

        if self._told_of is None or self.switchboard is None:
            return
        try:
            told = whole_debrief(self._told_of, self.switchboard)
            page = save_debrief(self._told_of, told, self.switchboard.debriefs)
        except RoleplayError as error:
            self._explain(error)
        else:
            self.notify(f"Kept as a page, as Markdown and as JSON: {page}", timeout=8, markup=False)

    @on(happened.DrillStarted)
    def _drill(self, message: happened.DrillStarted) -> None:
        try:
            self._show_brief(self._choose(message.persona))
        except RoleplayError as error:
            self._explain(error)

    def _raised(self, call: HeldCall) -> list[RaisedDispute]:
        """What the trainee told their trainer of a call; nothing where the records cannot be read."""
        try:
            return self.switchboard.disputes.of(call.header.id) if self.switchboard else []
        except RoleplayError as error:
            self._explain(error)
            return []

    @on(happened.DisputeWanted)
    def _hear_out(self) -> None:
        from roleplay.tui.screens.dispute import DisputeScreen

        if self._told_of is not None:
            self.push_screen(DisputeScreen(self._told_of), self._tell_trainer)

    async def _tell_trainer(self, told: Told | None) -> None:
        from roleplay.tui.screens.debrief import DebriefScreen

        if told is None or self._told_of is None or self.switchboard is None:
            return
        box = self.switchboard.disputes
        try:
            if told.criterion:
                box.dispute(self._told_of, told.reply, told.criterion, told.why)
            else:
                box.praise(self._told_of, told.reply, why=told.why, name=told.name)
        except RoleplayError as error:
            self._explain(error)
            return
        self.notify("Noted for your trainer. No score changes.", timeout=3)
        if isinstance(self.screen, DebriefScreen):
            await self.screen.show_raised(self._raised(self._told_of))

    @on(happened.AnswersWanted)
    def _read_answers(self) -> None:
        from roleplay.tui.screens.page import PageScreen
        from roleplay.tui.widgets.debrief_parts import raised_item

        if self.switchboard is None:
            return
        try:
            answers = self.switchboard.disputes.unread()
            self.switchboard.disputes.were_read(answers)
        except RoleplayError as error:
            self._explain(error)
            return
        self.push_screen(PageScreen("What your trainer answered", [raised_item(one) for one in answers]))

    @on(happened.AgainWanted)
    def _again(self) -> None:
        if self._told_of is None:
            return
        try:
            self._show_brief(self._same_again(self._told_of))
        except RoleplayError as error:
            self._explain(error)

    # Calls of other days

    @property
    def _told_of(self) -> HeldCall | None:
        """The call that a debrief is about."""
        return self.call or self._read_again

    @on(happened.HistoryWanted)
    @work(thread=True, exclusive=True, group="history")
    def _read_history(self) -> None:
        if self.switchboard is None:
            return
        try:
            calls = self.switchboard.records.calls()
        except RoleplayError as error:
            self.post_message(happened.WentWrong(error))
        else:
            self.call_from_thread(self._show_history, calls)

    def _show_history(self, calls: Sequence[CallSummary]) -> None:
        from roleplay.tui.screens.history import HistoryScreen

        if not isinstance(self.screen, HistoryScreen):
            self.push_screen(HistoryScreen())
        elif isinstance(self.screen, HistoryScreen):
            self.screen.show(calls, datetime.now(UTC))

    @on(happened.HistoryClosed)
    def _close_history(self) -> None:
        self.pop_screen()

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
            self._explain(error)
            return
        self.call, self._read_again = None, held
        self.push_screen(DebriefScreen(held, told, self._raised(held)))

    @on(happened.CallDeleted)
    def _delete(self, message: happened.CallDeleted) -> None:
        if self.switchboard is None:
            return
        try:
            self.switchboard.records.remove(message.call)
        except RoleplayError as error:
            self._explain(error)
        else:
            self.notify("Deleted.", timeout=3)
        self._read_history()

    @on(happened.ProgressWanted)
    @work(group="history")
    async def _show_progress(self) -> None:
        from roleplay.report.as_progress import progress_lines, titles
        from roleplay.session.progress import progress
        from roleplay.tui.screens.page import PageScreen
        from roleplay.tui.widgets.progress_parts import progress_parts

        if self.switchboard is None:
            return
        board = self.switchboard
        try:
            found = await asyncio.to_thread(progress, board.records)
            names = await asyncio.to_thread(board.library.criterion_titles)
        except RoleplayError as error:
            self._explain(error)
            return
        sections = list(progress_lines(found, titles(names)))
        self.push_screen(PageScreen("How your calls go", progress_parts(sections), wide=True))

    # And back

    @on(happened.CallLeft)
    def _leave_call(self) -> None:
        if self.call is not None:
            self.call.leave()
            self._left = self.call.header.id if self._single else None
            self.call = None
        self._step_back()

    @on(happened.BriefClosed)
    def _step_back(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self._single:
            self.notify("ctrl+q leaves the program.", timeout=3)

    @on(happened.DebriefClosed)
    def _go_home(self) -> None:
        self.call = self._read_again = None
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

    def action_help(self) -> None:
        from roleplay.tui.screens.page import help_page

        if not self.screen.is_modal:
            self.push_screen(help_page(self.screen))

    @on(happened.WentWrong)
    def _went_wrong(self, message: happened.WentWrong) -> None:
        self._explain(message.error)

    def _explain(self, error: RoleplayError, choices: Choices | None = None) -> None:
        """Says what failed and what to do next; `choices`: of a call whose voice can be swapped."""
        from roleplay.tui.screens.page import problem_page

        if choices is None or choices.model == SCRIPTED:
            self.push_screen(problem_page(error))
        else:
            self.push_screen(problem_page(error, SCRIPTED_OFFER), partial(self._swap_voice, choices))

    def _swap_voice(self, choices: Choices, wanted: bool | None) -> None:  # noqa: FBT001 - a screen's answer
        if wanted:
            self._choices = replace(choices, model=SCRIPTED)
            self._take()

    def _lead_to(self, screen: Screen[Any]) -> None:
        """In place of what is there, on top of the first screen."""
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)


def run_app(library: Path | None) -> None:
    """The whole app. Raises RoleplayError if the library or the records cannot be used."""
    _run(RoleplayApp(partial(premises.open_switchboard, library)))


def run_call(switchboard: Switchboard, call: LiveCall, report: Path | None) -> None:
    """One call, from its brief to its debrief."""
    _run(RoleplayApp(lambda _: switchboard, call=call, report=report))


def _run(app: RoleplayApp) -> None:
    app.run()
    if app.failure is not None:
        raise app.failure
    if app.return_code:
        sys.exit(app.return_code)
    if app.kept is not None:
        sys.stderr.write(f"The call is kept. Go on with: roleplay practice --resume {app.kept}\n")
