"""Before the debrief: two questions for oneself. Enter goes on, also with nothing said; esc skips both."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from roleplay.call_log import NoteKind

if TYPE_CHECKING:
    from textual.app import ComposeResult

QUESTIONS = {NoteKind.WENT_WELL: "What went well?", NoteKind.DIFFERENTLY: "What would you say differently?"}
LONGEST = 400
"""Characters of an answer."""


class ReflectionScreen(ModalScreen[dict[NoteKind, str]]):
    """Answers with what the trainee thinks; empty words where a question was skipped."""

    CSS_PATH = "sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "skip", "Skip", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._moved_on = False

    def compose(self) -> ComposeResult:
        with Vertical(id="reflection", classes="sheet"):
            yield Static(Content.styled("Before you read on, for yourself", "bold $primary"), classes="sheet-title")
            for kind, question in QUESTIONS.items():
                yield Static(question, classes="sheet-question", markup=False)
                yield Input(max_length=LONGEST, id=kind.value.replace("_", "-"), classes="sheet-answer")
            yield Static("enter goes on · esc skips both", classes="sheet-closing", markup=False)

    def on_mount(self) -> None:
        self.query(Input).first().focus()

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        boxes = list(self.query(Input))
        if event.input is not boxes[-1] and not self._moved_on:
            self._moved_on = True  # a second enter, however quick, goes on
            boxes[-1].focus()
            return
        self.dismiss({kind: box.value for kind, box in zip(QUESTIONS, boxes, strict=True)})

    def action_skip(self) -> None:
        self.dismiss({})
