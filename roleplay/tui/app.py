"""The app: one window, four screens, and the calls between them. Nothing heavy is imported before the first frame."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType

from roleplay.errors import RoleplayError
from roleplay.tui import happened, places
from roleplay.tui.screens.home import HomeScreen
from roleplay.tui.theme import CALM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from textual.screen import Screen

    from roleplay.persona import Persona
    from roleplay.session.call import LiveCall
    from roleplay.session.opening import Choices, Switchboard
    from roleplay.tui.shelf import Shelf

    OpenSwitchboard = Callable[[Callable[[str], None]], Switchboard]


class RoleplayApp(App[None]):
    """Leads from home to brief to call to debrief, and back."""

    TITLE = "roleplay"
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-tiny"), (60, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-short"), (18, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Leave", tooltip="Leave the program. A call that is open is kept.", priority=True),
        Binding("f1", "help", "Help", tooltip="What this screen is for, and its keys."),
    ]

    def __init__(
        self,
        open_switchboard: OpenSwitchboard,
        choose: Callable[[str], Choices] = places.choices,
        *,
        call: LiveCall | None = None,
        report: Path | None = None,
    ) -> None:
        """`call`: go straight to its brief, and end after its debrief; `report`: where that call is written as JSON."""
        super().__init__()
        self._open_switchboard = open_switchboard
        self._choose = choose
        self._single = call is not None
        self._report = report
        self._persona = call.course.persona.id if call else ""
        self._next_choices: Choices | None = None
        self.call = call
        self.switchboard: Switchboard | None = None
        self.failure: RoleplayError | None = None
        self.kept: str | None = None
        """The call that was open when the trainee left."""

    def get_default_screen(self) -> Screen[object]:
        return HomeScreen() if self.call is None else self._brief(self.call.course.persona, list(self.call.course.rubric.weights))

    def on_mount(self) -> None:
        self.register_theme(CALM)
        self.theme = CALM.name
        self.call_after_refresh(self._open)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield from super().get_system_commands(screen)
        for active in screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.description and not binding.system and binding.action != "command_palette":
                run = partial(self.run_action, binding.action, active.node)
                yield SystemCommand(binding.description, active.tooltip or binding.description, run)

    # Opening

    @work(thread=True, exit_on_error=False)
    def _open(self) -> None:
        """The library and the records, beside the first frame."""
        try:
            switchboard = self._open_switchboard(lambda text: bool(self.post_message(happened.EmbedderSaid(text))) or None)
        except RoleplayError as error:
            self.post_message(happened.OpeningFailed(error))
        else:
            self.post_message(happened.LibraryOpened(switchboard))

    @on(happened.OpeningFailed)
    def _give_up(self, message: happened.OpeningFailed) -> None:
        self.failure = message.error
        self.exit()

    @on(happened.LibraryOpened)
    def _opened(self, message: happened.LibraryOpened) -> None:
        self.switchboard = message.switchboard
        if self._single:
            self._warm(self._persona)
        else:
            self._fill_shelf()

    @on(happened.ShelfWanted)
    def _fill_shelf(self) -> None:
        if self.switchboard is not None:
            self._read_shelf(self.switchboard)

    @work(thread=True, exclusive=True, group="shelf")
    def _read_shelf(self, switchboard: Switchboard) -> None:
        from roleplay.tui.shelf import fill

        try:
            self.post_message(happened.ShelfFilled(fill(switchboard)))
        except RoleplayError as error:
            self.post_message(happened.WentWrong(error))

    @on(happened.ShelfFilled)
    def _show_shelf(self, message: happened.ShelfFilled) -> None:
        home = self.screen_stack[0]
        if isinstance(home, HomeScreen):
            home.show(message.shelf)
