"""Your calls: search, read again, go on, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from roleplay.report.as_history import matches, outcome_of, retry_words
from roleplay.tui.happened import CallDeleted, CallReopened, HistoryClosed, HistoryWanted, ProgressWanted
from roleplay.tui.words import ago, count, points

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from textual.app import ComposeResult

    from roleplay.call_log import CallSummary

SHOWN = 100
"""Calls in the list; a search finds the others."""
NONE_YET = "No calls yet. Esc leads back, to take the first one."
NOT_FOUND = "No call has that in it."
SURE = "x again deletes {call} for good; any other key keeps it."


class HistoryScreen(Screen[None]):
    """The latest first."""

    ABOUT = (
        "All your calls, the latest first. Enter reads a finished one again, and goes on with an unfinished one. "
        "Type to search: a name, an outcome, a date."
    )
    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "open",
            "Open",
            tooltip="Read the debrief again, or go on with an unfinished call.",
            id="history.open",
        ),
        Binding("slash", "search", "Search", tooltip="Only calls with some words in them.", id="history.search"),
        Binding("p", "progress", "Progress", tooltip="How your calls go over time.", id="history.progress"),
        Binding(
            "x", "delete", "Delete", tooltip="Delete the call under the cursor. Asks once more.", id="history.delete"
        ),
        Binding("escape", "back", "Back", tooltip="Back home.", id="history.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._calls: Sequence[CallSummary] = ()
        self._now: datetime | None = None
        self._to_delete: str | None = None

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Your calls", "bold $primary"), id="history-title")
        yield Input(placeholder="search: a name, an outcome, a date", id="history-search")
        yield OptionList(id="history-list", markup=False)
        yield Static(id="history-status", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#history-search").display = False
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        self.post_message(HistoryWanted())

    def show(self, calls: Sequence[CallSummary], now: datetime) -> None:
        """Shows what was read."""
        self._calls, self._now = calls, now
        self._fill()

    def _fill(self) -> None:
        if self._now is None:
            return
        found = [one for one in self._calls if matches(one, self.query_one(Input).value)]
        shown, place = self.query_one(OptionList), self.query_one(OptionList).highlighted
        shown.clear_options()
        shown.add_options([Option(_row(one, self._now), id=one.header.id) for one in found[:SHOWN]])
        shown.highlighted = None if not found else min(place or 0, min(len(found), SHOWN) - 1)
        more = f"The latest {SHOWN} of {count(len(found), 'call')}." if len(found) > SHOWN else ""
        self._say(more if found else NOT_FOUND if self._calls else NONE_YET)

    def _say(self, text: str) -> None:
        self.query_one("#history-status", Static).update(text)

    def _cursor(self) -> str | None:
        shown = self.query_one(OptionList)
        return None if shown.highlighted is None else shown.get_option_at_index(shown.highlighted).id

    @on(Input.Changed)
    def _search(self) -> None:
        self._keep()
        self._fill()

    @on(Input.Submitted)
    def _to_list(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._keep()
        self.post_message(CallReopened(event.option_id or ""))

    @on(OptionList.OptionHighlighted)
    def _keep(self) -> None:
        """Nothing is deleted by a key that was pressed long ago."""
        if self._to_delete is not None:
            self._to_delete = None
            self._say("")

    def action_open(self) -> None:
        self.query_one(OptionList).action_select()

    def action_search(self) -> None:
        box = self.query_one(Input)
        box.display = True
        box.focus()

    def action_progress(self) -> None:
        self._keep()
        self.post_message(ProgressWanted())

    def action_delete(self) -> None:
        call = self._cursor()
        if call is None:
            return
        if self._to_delete == call:
            self._to_delete = None
            self.post_message(CallDeleted(call))
        else:
            self._to_delete = call
            self._say(SURE.format(call=call))

    def action_back(self) -> None:
        box = self.query_one(Input)
        if box.display:
            box.value = ""
            box.display = False
            self.query_one(OptionList).focus()
        else:
            self.post_message(HistoryClosed())


def _row(one: CallSummary, now: datetime) -> Content:
    result = one.result
    mark = (
        ("✓ ", "$success") if result and result.passed else ("▶ ", "$warning") if result is None else ("· ", "$quiet")
    )
    head = Content.assemble(mark, (one.header.persona_name, "bold"), (f"  {ago(one.header.started_at, now)}", "$quiet"))
    scored = f"{points(result.overall)} of 100, " if result and result.overall is not None else ""
    about = f"{scored}{outcome_of(one).replace('_', ' ')}, {count(one.replies, 'reply')}{retry_words(one)}"
    return Content("\n").join([head, Content.styled(f"  {about}  {one.header.id}", "$quiet")])
