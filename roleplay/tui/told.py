"""What follows a call: the trainer is told, the debrief kept, both ways compared; calls of other days, progress."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import on, work

from roleplay.errors import RoleplayError
from roleplay.tui import happened
from roleplay.tui.framed import FramedApp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roleplay.call_log import CallSummary
    from roleplay.dispute import RaisedDispute
    from roleplay.session.call import LiveCall
    from roleplay.session.held import HeldCall
    from roleplay.tui.loading import OpenSwitchboard
    from roleplay.tui.screens.dispute import Told


class ToldApp(FramedApp):
    """Everything about calls that were held."""

    def __init__(self, open_switchboard: OpenSwitchboard, styles: Sequence[str]) -> None:
        super().__init__(open_switchboard, styles)
        self.call: LiveCall | None = None
        """The call being held."""
        self.read_again: HeldCall | None = None
        """A call of another day whose debrief is on screen."""

    @property
    def told_of(self) -> HeldCall | None:
        """The call that a debrief is about."""
        return self.call or self.read_again

    def _raised(self, call: HeldCall) -> list[RaisedDispute]:
        """What the trainee told their trainer of a call; nothing where the records cannot be read."""
        try:
            return self.switchboard.disputes.of(call.header.id) if self.switchboard else []
        except RoleplayError as error:
            self.explain(error)
            return []

    @on(happened.DisputeWanted)
    def _hear_out(self) -> None:
        from roleplay.tui.screens.dispute import DisputeScreen

        if self.told_of is not None:
            self.push_screen(DisputeScreen(self.told_of), self._tell_trainer)

    async def _tell_trainer(self, told: Told | None) -> None:
        from roleplay.tui.screens.debrief import DebriefScreen

        if told is None or self.told_of is None or self.switchboard is None:
            return
        box = self.switchboard.disputes
        try:
            if told.criterion:
                box.dispute(self.told_of, told.reply, told.criterion, told.why)
            else:
                box.praise(self.told_of, told.reply, why=told.why, name=told.name)
        except RoleplayError as error:
            self.explain(error)
            return
        self.notify("Noted for your trainer. No score changes.", timeout=3)
        if isinstance(self.screen, DebriefScreen):
            await self.screen.show_raised(self._raised(self.told_of))

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
            self.explain(error)
            return
        self.push_screen(PageScreen("What your trainer answered", [raised_item(one) for one in answers]))

    @on(happened.SaveWanted)
    def _save(self) -> None:
        from roleplay.report.debrief import whole_debrief
        from roleplay.report.saving import save_debrief

        if self.told_of is None or self.switchboard is None:
            return
        try:
            told = whole_debrief(self.told_of, self.switchboard)
            page = save_debrief(self.told_of, told, self.switchboard.debriefs)
        except RoleplayError as error:
            self.explain(error)
        else:
            self.notify(f"Kept as a page, as Markdown and as JSON: {page}", timeout=8, markup=False)

    @on(happened.BothWaysWanted)
    @work(group="branches")
    async def _show_both_ways(self) -> None:
        from roleplay.tui.screens.branches import BranchesScreen

        if self.told_of is None or self.switchboard is None:
            return
        try:
            both = await asyncio.to_thread(self.switchboard.branches, self.told_of)
        except RoleplayError as error:
            self.explain(error)
            return
        if both is not None:
            self.push_screen(BranchesScreen(both, self.told_of.course.persona.name))

    @on(happened.HistoryWanted)
    def _open_history(self) -> None:
        """Shows the list, which asks for its rows; or reads them, whatever is on top of it by then."""
        from roleplay.tui.screens.history import HistoryScreen

        if any(isinstance(screen, HistoryScreen) for screen in self.screen_stack):
            self._read_history()
        else:
            self.push_screen(HistoryScreen())

    @work(thread=True, exclusive=True, group="history")
    def _read_history(self) -> None:
        if self.switchboard is None:
            return
        try:
            calls = self.switchboard.records.calls()
        except RoleplayError as error:
            self.post_message(happened.WentWrong(error))
        else:
            self.call_from_thread(self._fill_history, calls)

    def _fill_history(self, calls: Sequence[CallSummary]) -> None:
        from roleplay.tui.screens.history import HistoryScreen

        for screen in self.screen_stack:
            if isinstance(screen, HistoryScreen):
                screen.show(calls, datetime.now(UTC))

    @on(happened.HistoryClosed)
    def _close_history(self) -> None:
        self.pop_screen()

    @on(happened.CallDeleted)
    def _delete(self, message: happened.CallDeleted) -> None:
        if self.switchboard is None:
            return
        try:
            self.switchboard.records.remove(message.call)
        except RoleplayError as error:
            self.explain(error)
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
            self.explain(error)
            return
        sections = list(progress_lines(found, titles(names)))
        self.push_screen(PageScreen("How your calls go", progress_parts(sections), wide=True))
