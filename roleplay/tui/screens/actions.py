"""What an agent does in their own system: hold, pass on, write down, book. Each is a letter or a click away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from roleplay.call_log import InputKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

LONGEST = 400
"""Characters of a note."""
CHOOSE = "enter or the letter does it · esc: back"
WRITE = "enter keeps it · esc: choose again"


@dataclass(frozen=True, slots=True)
class ActionTaken:
    """What was chosen."""

    kind: InputKind
    text: str = ""
    """Of a note or a booking."""


@dataclass(frozen=True, slots=True)
class _Action:
    key: str
    kind: InputKind
    title: str
    about: str
    asks: str = ""
    """What is to be written; empty where nothing is."""


HOLD = _Action("h", InputKind.HOLD, "Hold", "Put the caller on hold. Ask first.")
TAKE_BACK = _Action("h", InputKind.HOLD, "Take back", "Take the caller back from hold.")
ACTIONS = (
    _Action("t", InputKind.TRANSFER, "Transfer", "Pass the caller on. Say to whom first."),
    _Action("n", InputKind.NOTE, "Note", "Write something down for yourself.", "what you want to remember"),
    _Action("b", InputKind.BOOKED, "Book", "Enter what you arranged; still say it.", "what you booked"),
)


class ActionScreen(ModalScreen[ActionTaken | None]):
    """Answers with what was done, or None."""

    CSS_PATH = "sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
        *(Binding(one.key, f"choose('{one.key}')", one.title, show=False) for one in (HOLD, *ACTIONS)),
    ]

    def __init__(self, written: Sequence[tuple[str, str]], *, on_hold: bool) -> None:
        """`written`: notes and bookings so far, as pairs of "Noted" or "Booked" and the words."""
        super().__init__()
        self._actions = (TAKE_BACK if on_hold else HOLD, *ACTIONS)
        self._written = written
        self._chosen: _Action | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="actions", classes="sheet"):
            yield Static(Content.styled("In your system", "bold $primary"), classes="sheet-title")
            yield OptionList(*self._options(), id="actions-list", classes="sheet-list", markup=False)
            yield Input(max_length=LONGEST, id="actions-text")
            if self._written:
                lines = "\n".join(f"{label}: {words}" for label, words in self._written)
                yield Static(lines, classes="sheet-written", markup=False)
            yield Static(id="actions-closing", classes="sheet-closing", markup=False)

    def on_mount(self) -> None:
        self._choose_one()

    def _options(self) -> Iterator[Option]:
        for one in self._actions:
            key, title = (one.key, "bold $accent"), (one.title.ljust(10), "bold")
            yield Option(Content.assemble(key, "  ", title, (one.about, "$quiet")), id=one.key)

    def _choose_one(self) -> None:
        self._chosen = None
        self.query_one("#actions-text").display = False
        self.query_one("#actions-list").display = True
        self.query_one("#actions-closing", Static).update(CHOOSE)
        self.query_one("#actions-list").focus()

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_choose(event.option_id or "")

    def action_choose(self, key: str) -> None:
        one = next(one for one in self._actions if one.key == key)
        if not one.asks:
            self.dismiss(ActionTaken(one.kind))
            return
        self._chosen = one
        box = self.query_one("#actions-text", Input)
        box.placeholder, box.display = one.asks, True
        self.query_one("#actions-list").display = False
        self.query_one("#actions-closing", Static).update(WRITE)
        box.focus()

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        if self._chosen is not None and event.value.strip():
            self.dismiss(ActionTaken(self._chosen.kind, event.value))

    def action_back(self) -> None:
        if self._chosen is None:
            self.dismiss(None)
        else:
            self._choose_one()
