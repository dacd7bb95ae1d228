"""A card of a lesson: something to read, to choose, or to answer in words."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from roleplay.programme.lesson import Card, Choose, Part, Take, Write
from roleplay.tui.happened import CardAnswered, LessonLeft
from roleplay.tui.loading import READY
from roleplay.tui.widgets.item import Item
from roleplay.tui.widgets.reply_box import ReplyBox, ReplySent

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

STYLES = {"✓": "$success", "→": "$warning"}
ENTER = {"read": "enter goes on", "take": "enter: to the brief", "choose": "enter or a number chooses"}


class LessonScreen(Screen[None]):
    """Shows one card, and tells the app what was answered."""

    ABOUT = "A step of your training. Esc leaves it; what you have answered is kept."
    CSS_PATH = "lesson.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Go on", tooltip="To the next card.", id="lesson.go-on"),
        Binding("escape", "leave", "Back", tooltip="Out of this lesson; what you answered is kept.", id="lesson.leave"),
        *(Binding(str(number), f"choose({number})", f"Choose {number}", show=False) for number in range(1, 10)),
    ]

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.card = card
        self._answered = False

    def compose(self) -> ComposeResult:
        card = self.card
        yield Static(Content.styled(card.title, "bold $primary"), id="lesson-title")
        with VerticalScroll(id="lesson-body"):
            for part, following in zip_longest(card.parts, card.parts[1:]):
                yield _shown(part, last=following is None or not following.glyph)
        if isinstance(card, Choose):
            options = [Option(Content(f"{at}  {text}")) for at, text in enumerate(card.options, start=1)]
            yield OptionList(*options, id="lesson-options", markup=False)
        elif isinstance(card, Write):
            yield Static(card.asks, id="lesson-asks", markup=False)
            yield ReplyBox(id="lesson-reply")
        yield Static(self._how(), id="lesson-how", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.watch(self.app, "readiness", self._say_why_waiting, init=False)
        card = self.card
        if isinstance(card, Choose):
            options = self.query_one(OptionList)
            options.highlighted = card.usual
            options.focus()
        elif isinstance(card, Write):
            self.query_one(ReplyBox).focus()
        else:
            self.query_one("#lesson-body").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        if action == "choose":
            return isinstance(self.card, Choose)
        return action != "go_on" or not isinstance(self.card, Choose | Write)

    def action_go_on(self) -> None:
        self._answer(None)

    def action_choose(self, number: int) -> None:
        if isinstance(self.card, Choose) and number <= len(self.card.options):
            self._answer(number - 1)

    def action_leave(self) -> None:
        self.post_message(LessonLeft())

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._answer(event.option_index)

    @on(ReplySent)
    def _written(self, event: ReplySent) -> None:
        event.stop()
        self._answer(event.text)

    def _answer(self, answer: str | int | None) -> None:
        """Once: a second enter while the next card is made answers nothing."""
        if not self._answered:
            self._answered = True
            self._say_why_waiting(getattr(self.app, "readiness", READY))
            self.post_message(CardAnswered(answer))

    def _say_why_waiting(self, readiness: str) -> None:
        """The first reply of all is read when the sentence model is there."""
        if self._answered:
            how = self.query_one("#lesson-how", Static)
            how.display = True
            how.update("…" if readiness == READY else readiness)

    def _how(self) -> str:
        if isinstance(self.card, Write):
            return "enter sends, ctrl+j is a new line · nothing skips it · esc leaves"
        kind = "choose" if isinstance(self.card, Choose) else "take" if isinstance(self.card, Take) else "read"
        return f"{ENTER[kind]} · esc leaves"


def _shown(part: Part, *, last: bool) -> Widget:
    """`last`: no entry of a list follows."""
    text = " ".join(part.text.split())
    if part.glyph:
        whole = Content.assemble((f"{part.title}: " if part.title else "", "bold"), text)
        style = STYLES.get(part.glyph, "$quiet")
        return Item(whole, part.glyph, style, classes="lesson-item last" if last else "lesson-item")
    return Static(
        Content.assemble((f"{part.title}\n" if part.title else "", "bold $accent"), text), classes="paragraph"
    )
