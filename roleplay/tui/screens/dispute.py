"""Disagree with a verdict, or be proud of a line: choose what it is about, say why if you like, send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from roleplay.session.disputes import LONGEST_NAME, LONGEST_WHY, found_in
from roleplay.tui.words import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from roleplay.session.disputes import Found
    from roleplay.session.held import HeldCall

PROUD = "proud"
"""In place of a criterion's id."""
NOTHING_YET = "There is no reply of yours yet to speak of."
CHOOSE = "Your trainer reads it, no score changes. esc: back"
SAY = "enter sends · esc: choose again"
NAME = "your name, if it may stand beside the line"


@dataclass(frozen=True, slots=True)
class Told:
    """What a trainee says of a reply."""

    reply: int
    criterion: str
    """Empty: proud of the line."""
    why: str
    name: str = ""


class DisputeScreen(ModalScreen[Told | None]):
    """Answers with what was told, or None."""

    CSS_PATH = "dispute.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", show=False)]

    def __init__(self, call: HeldCall) -> None:
        super().__init__()
        self._call = call
        self._chosen: tuple[int, str] | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="dispute"):
            yield Static(Content.styled("To your trainer", "bold $primary"), id="dispute-title")
            yield OptionList(*self._options(), id="dispute-what", markup=False)
            yield Static(id="dispute-chosen", markup=False)
            yield Input(placeholder="why, if you like", max_length=LONGEST_WHY, id="dispute-why")
            yield Input(placeholder=NAME, max_length=LONGEST_NAME, id="dispute-name")
            yield Button("Send", id="dispute-send", compact=True)
            yield Static(CHOOSE if self._call.course.history else NOTHING_YET, id="dispute-closing")

    def on_mount(self) -> None:
        self._ask_what()

    def _options(self) -> Iterator[Option]:
        """Every reply with its verdicts, the latest first."""
        for number in range(len(self._call.course.history), 0, -1):
            said = one_line(self._call.course.history[number - 1].reading.text)
            yield Option(Content.styled(f"Reply {number}: {said}", "$quiet"), disabled=True)
            yield Option(Content.assemble(("★ ", "$secondary"), "I am proud of this line"), id=f"{number}:{PROUD}")
            for one in found_in(self._call, number):
                yield Option(_verdict(one), id=f"{number}:{one.move.id}")

    def _ask_what(self) -> None:
        self._chosen = None
        self.query_one("#dispute-what").display = True
        for name in ("#dispute-chosen", "#dispute-why", "#dispute-name", "#dispute-send"):
            self.query_one(name).display = False
        self.query_one("#dispute-what").focus()

    @on(OptionList.OptionSelected)
    def _ask_why(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        number, _, name = (event.option_id or "").partition(":")
        self._chosen = int(number), name
        self.query_one("#dispute-what").display = False
        self.query_one("#dispute-chosen", Static).update(self._in_words())
        for shown in ("#dispute-chosen", "#dispute-why", "#dispute-send"):
            self.query_one(shown).display = True
        self.query_one("#dispute-name").display = name == PROUD
        self.query_one("#dispute-closing", Static).update(SAY)
        self.query_one("#dispute-why").focus()

    def _in_words(self) -> str:
        assert self._chosen is not None  # noqa: S101 - something was chosen just now
        number, name = self._chosen
        if name == PROUD:
            return f"You are proud of your reply {number}."
        one = next(one for one in found_in(self._call, number) if one.move.id == name)
        return f"Reply {number}: you say that “{one.title}” {'did not land' if one.landed else 'landed'}."

    @on(Input.Submitted)
    @on(Button.Pressed)
    def _send(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        if self._chosen is None:
            return
        number, name = self._chosen
        why, who = (self.query_one(where, Input).value for where in ("#dispute-why", "#dispute-name"))
        self.dismiss(Told(number, "", why, who) if name == PROUD else Told(number, name, why))

    def action_back(self) -> None:
        if self._chosen is None:
            self.dismiss(None)
        else:
            self.query_one("#dispute-closing", Static).update(CHOOSE)
            self._ask_what()


def _verdict(one: Found) -> Content:
    glyph, style = ("✓", "$success") if one.landed else ("→", "$warning")
    said = one.landing.value if one.landing else "not asked"
    other = "I say it did not land" if one.landed else "I say it landed"
    return Content.assemble((f"{glyph} ", style), one.title, (f"  {said} · {other}", "$quiet"))
