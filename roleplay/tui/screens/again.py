"""Go back to a reply: choose the one to answer differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from roleplay.score import Landing
from roleplay.tui.words import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from roleplay.session.comparing import Exchange

CLOSING = "What you said is kept; the retry is a call of its own. esc: back"
GLYPHS = {Landing.LANDED: ("✓", "$success"), Landing.PARTLY: ("~", "$warning"), Landing.NOT_YET: ("→", "$warning")}


class AgainScreen(ModalScreen[int | None]):
    """Answers with the number of the reply, from 1; None: none."""

    CSS_PATH = "sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back", show=False)]

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        """`exchanges`: the call's replies and what followed, in order."""
        super().__init__()
        self._replies = [one for one in exchanges if one.words]

    def compose(self) -> ComposeResult:
        with Vertical(id="again", classes="sheet"):
            yield Static(Content.styled("Go back, and answer differently", "bold $primary"), classes="sheet-title")
            yield OptionList(*self._options(), id="again-list", classes="sheet-list", markup=False)
            yield Static(CLOSING, classes="sheet-closing", markup=False)

    def on_mount(self) -> None:
        self.query_one("#again-list").focus()

    def _options(self) -> Iterator[Option]:
        """The latest first: that is the one that is wanted most often."""
        for one in reversed(self._replies):
            moved = f"mood {one.moved:+d}" if one.moved else "mood unchanged"
            head = Content.assemble((f"Reply {one.reply}  ", "bold $accent"), (moved, "$quiet"))
            words = Content.assemble("  ", one_line(one.words))
            verdicts = (Content.assemble("  ", GLYPHS[went], " ", (title, "$quiet")) for title, went in one.landings)
            yield Option(Content("\n").join([head, words, *verdicts]), id=str(one.reply))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(int(event.option_id or "0"))
