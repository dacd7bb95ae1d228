"""Home: who can be called, what is unfinished, what is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static

from roleplay.tui.happened import (
    AnswersWanted,
    HistoryWanted,
    PersonaChosen,
    ProgressWanted,
    ShelfWanted,
    TrainingWanted,
    UnfinishedChosen,
)
from roleplay.tui.widgets.shelf_list import BrokenChosen, ShelfList
from roleplay.tui.words import count

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from roleplay.tui.shelf import Shelf

TITLE = Content.assemble(
    ("roleplay", "bold $primary"), ("  practise customer conversations, one call at a time", "$quiet")
)
PRIVATE = "Your calls stay on this computer. Nobody sees them unless you export."
LOADING = "loading…"
SEARCH = "search: a name, a trade, a company, what they train · esc: all"
NOBODY = "Nobody has that in it. Esc shows all again."
GOING_ON = "Going on with the call…"
EMPTY = (
    "There is nobody to call: the library holds no persona.\n"
    "--library names a folder of your own; docs/authoring.md shows how to write one."
)


class AnswersLine(Static):
    """Says that a trainer has answered; a click reads it, as the key does."""

    def on_click(self) -> None:
        self.post_message(AnswersWanted())


class HomeScreen(Screen[None]):
    """The list of customers, the suggested one first."""

    ABOUT = "Pick a customer and press enter: the brief comes first, the call starts when you say so."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "search",
            "Search",
            tooltip="Only customers with some words in them: a name, a trade, what they train.",
            id="home.search",
        ),
        Binding(
            "h", "history", "Your calls", tooltip="Read calls again, go on with one, delete one.", id="home.history"
        ),
        Binding("t", "train", "Train", tooltip="What is next for you in the training programme.", id="home.train"),
        Binding("p", "progress", "Progress", tooltip="How your calls go over time.", id="home.progress"),
        Binding("escape", "all", "All", tooltip="Show all customers again.", show=False, id="home.all"),
        Binding(
            "a", "answers", "Answers", tooltip="What your trainer answered to what you told them.", id="home.answers"
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._answered = 0

    def compose(self) -> ComposeResult:
        yield Static(TITLE, id="home-title")
        yield Static(LOADING, id="home-status", markup=False)
        yield AnswersLine(id="home-answers", markup=False)
        yield Input(placeholder=SEARCH, id="home-search")
        yield ShelfList(id="shelf")
        yield Static(PRIVATE, id="home-private", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        for box in self.query(Input):  # none where the app leaves at once
            box.display = False

    def on_screen_resume(self) -> None:
        self.post_message(ShelfWanted())

    def show(self, shelf: Shelf) -> None:
        """Shows what was read."""
        empty = not (shelf.rows or shelf.unfinished or shelf.broken)
        self._say(EMPTY if empty else "")
        self._show_answers(len(shelf.answers))
        shown = self.query_one(ShelfList)
        shown.display = not empty
        shown.fill(shelf)
        shown.focus()

    def _show_answers(self, number: int) -> None:
        self._answered = number
        line = self.query_one(AnswersLine)
        line.update(f"Your trainer has answered you ({count(number, 'answer')}): a reads it.")
        line.display = bool(number)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        return bool(self._answered) if action == "answers" else True

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self._say("" if self.query_one(ShelfList).narrow_to(event.value) else NOBODY)

    @on(Input.Submitted)
    def _to_list(self) -> None:
        self.query_one(ShelfList).focus()

    def action_search(self) -> None:
        box = self.query_one(Input)
        box.display = True
        box.focus()

    def action_all(self) -> None:
        box = self.query_one(Input)
        box.value = ""
        box.display = False
        self.query_one(ShelfList).focus()

    def action_history(self) -> None:
        self.post_message(HistoryWanted())

    def action_train(self) -> None:
        self.post_message(TrainingWanted())

    def action_progress(self) -> None:
        self.post_message(ProgressWanted())

    def action_answers(self) -> None:
        self.post_message(AnswersWanted())

    def _say(self, text: str) -> None:
        status = self.query_one("#home-status", Static)
        status.update(text)
        status.display = bool(text)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        kind, _, identifier = (event.option_id or "").partition(":")
        if kind == "unfinished":
            self._say(GOING_ON)
            self.post_message(UnfinishedChosen(identifier))
        elif kind == "persona":
            self.post_message(PersonaChosen(identifier))

    @on(BrokenChosen)
    def _explain(self, event: BrokenChosen) -> None:
        from roleplay.tui.screens.page import PageScreen, paragraph

        parts = [
            paragraph(event.listing.problem),
            paragraph("`roleplay persona check` says so, too, when it is mended."),
        ]
        self.app.push_screen(PageScreen(f"{event.listing.id} cannot be played", parts))
