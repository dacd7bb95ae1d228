"""What is the same on every screen: how the app looks, its keys and palette, help, and how a problem is said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType

from roleplay import premises
from roleplay.errors import BadFile, RoleplayError
from roleplay.tui import happened
from roleplay.tui.loading import LoadingApp
from roleplay.tui.theme import CALM, QUIET, THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.screen import Screen

    from roleplay.tui.loading import OpenSwitchboard


class FramedApp(LoadingApp):
    """The frame around the screens."""

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

    def __init__(self, open_switchboard: OpenSwitchboard, styles: Sequence[str]) -> None:
        super().__init__(open_switchboard, styles)
        self.keymap: dict[str, str] = {}
        """Keys that were chosen in place of those that ship, by what they do."""

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
            from roleplay.tui.keymap import checked, default_keys

            self.keymap = checked(look.keys, default_keys(FramedApp))
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

    def action_help(self) -> None:
        from roleplay.tui.screens.page import help_page

        if not self.screen.is_modal:
            self.push_screen(help_page(self.screen))

    @on(happened.WentWrong)
    def _went_wrong(self, message: happened.WentWrong) -> None:
        self.explain(message.error)

    def explain(self, error: RoleplayError) -> None:
        """Says what failed and what to do next."""
        from roleplay.tui.screens.page import problem_page

        self.push_screen(problem_page(error))

    def lead_to(self, screen: Screen[Any]) -> None:
        """In place of what is there, on top of the first screen."""
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)
