"""Home: who can be called, what is unfinished, what is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static

from roleplay.tui.happened import PersonaChosen, ShelfWanted, UnfinishedChosen
from roleplay.tui.widgets.shelf_list import BrokenChosen, ShelfList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from roleplay.tui.shelf import Shelf

TITLE = Content.assemble(
    ("roleplay", "bold $primary"), ("  practise customer conversations, one call at a time", "$quiet")
)
PRIVATE = "Your calls stay on this computer. Nobody sees them unless you export."
LOADING = "loading…"
GOING_ON = "Going on with the call…"
EMPTY = (
    "There is nobody to call: the library holds no persona.\n"
    "--library names a folder of your own; docs/authoring.md shows how to write one."
)


class HomeScreen(Screen[None]):
    """The list of customers, the suggested one first."""

    ABOUT = "Pick a customer and press enter: the brief comes first, the call starts when you say so."

    def compose(self) -> ComposeResult:
        yield Static(TITLE, id="home-title")
        yield Static(LOADING, id="home-status", markup=False)
        yield ShelfList(id="shelf")
        yield Static(PRIVATE, id="home-private", markup=False)
        yield Footer(show_command_palette=False)

    def on_screen_resume(self) -> None:
        self.post_message(ShelfWanted())

    def show(self, shelf: Shelf) -> None:
        """Shows what was read."""
        empty = not (shelf.rows or shelf.unfinished or shelf.broken)
        self._say(EMPTY if empty else "")
        shown = self.query_one(ShelfList)
        shown.display = not empty
        shown.fill(shelf)
        shown.focus()

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
