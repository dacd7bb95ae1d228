"""What loads beside the screen: the library and the records, the rows of the home screen, the sentence model."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App
from textual.reactive import var

from roleplay.errors import RoleplayError
from roleplay.tui import happened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from roleplay.session.opening import Switchboard

    OpenSwitchboard = Callable[[Callable[[str], None]], Switchboard]

GETTING_READY = "Getting ready…"
READY = "Ready"


class LoadingApp(App[None]):
    """An app that shows itself first and then opens what it needs, in threads."""

    readiness: var[str] = var(GETTING_READY)
    """Whether the sentence model is loaded, in words."""

    def __init__(self, open_switchboard: OpenSwitchboard, styles: Sequence[str]) -> None:
        """`open_switchboard` gets a function for notices of the embedder; `styles`: files beside this one."""
        super().__init__(css_path=list(styles))
        self._open_switchboard = open_switchboard
        self.switchboard: Switchboard | None = None
        self.failure: RoleplayError | None = None
        """Why the app could not start."""

    def began(self) -> None:
        """The switchboard is there."""

    # The library and the records

    @work(thread=True)
    def open(self) -> None:
        """Half a second of imports and files, after the first frame."""
        try:
            switchboard = self._open_switchboard(self._say_later)
        except RoleplayError as error:
            self.post_message(happened.OpeningFailed(error))
        else:
            self.post_message(happened.LibraryOpened(switchboard))

    def _say_later(self, text: str) -> None:
        self.post_message(happened.EmbedderSaid(text))

    @on(happened.OpeningFailed)
    def _give_up(self, message: happened.OpeningFailed) -> None:
        self.failure = message.error
        self.exit()

    @on(happened.LibraryOpened)
    def _opened(self, message: happened.LibraryOpened) -> None:
        self.switchboard = message.switchboard
        self.began()

    @on(happened.ShelfWanted)
    def fill_shelf(self) -> None:
        """Reads the rows of the home screen again."""
        if self.switchboard is not None:
            self._read_shelf(self.switchboard)

    @work(thread=True, exclusive=True, group="shelf")
    def _read_shelf(self, switchboard: Switchboard) -> None:
        from roleplay.tui.shelf import fill

        try:
            self.post_message(happened.ShelfFilled(fill(switchboard)))
        except RoleplayError as error:
            self.post_message(happened.WentWrong(error))

    # The sentence model

    def warm(self, load: Callable[[], object]) -> None:
        """Runs `load` (whatever reading a first reply needs) in a thread."""
        self.readiness = GETTING_READY
        # A daemon, so that leaving never waits for a model that is still loading.
        Thread(target=self._warm_up, args=(load,), daemon=True).start()

    def _warm_up(self, load: Callable[[], object]) -> None:
        if self.switchboard is None:
            return
        try:
            load()
        except RoleplayError as error:
            self.post_message(happened.EmbedderSaid(error.message))
        else:
            self.post_message(happened.Warmed())

    @on(happened.Warmed)
    def _warmed(self) -> None:
        self.readiness = READY

    @on(happened.EmbedderSaid)
    def _embedder_said(self, message: happened.EmbedderSaid) -> None:
        self.readiness = message.text
