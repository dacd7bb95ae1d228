"""Both ways of answering, side by side; one under the other where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from roleplay.report.as_branches import BEFORE, NOW, ending, facets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from roleplay.session.comparing import Branches

STYLES = {"You": "bold $primary", "Landed": "bold $success", "Partly": "bold $warning", "Not yet": "bold $warning"}
CLOSING = "esc goes back"


class BranchesScreen(ModalScreen[None]):
    """Words, mood and verdicts, reply beside reply, and what both came to."""

    CSS_PATH = "sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "dismiss", "Back", show=False)]

    def __init__(self, branches: Branches, customer: str) -> None:
        super().__init__()
        self._branches = branches
        self._customer = customer

    def compose(self) -> ComposeResult:
        both = self._branches
        with Vertical(id="branches", classes="sheet"):
            yield Static(
                Content.styled(f"Two ways to answer, from reply {both.reply}", "bold $primary"), classes="sheet-title"
            )
            with VerticalScroll(id="branches-body"):
                yield Static(Content.assemble((f"{self._customer} had said: ", "$quiet"), both.asked), classes="asked")
                for before, after in both.rows:
                    yield from self._row(facets(before, self._customer), facets(after, self._customer))
                yield from self._row(ending(both.before), ending(both.after))
            yield Static(CLOSING, id="branches-closing", classes="sheet-closing", markup=False)

    def on_mount(self) -> None:
        self.query_one("#branches-body").focus()

    def _row(self, before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> Iterator[Static]:
        with Horizontal(classes="row"):
            yield Static(_block(BEFORE, before), classes="before")
            yield Static(_block(NOW, after), classes="now")


def _block(title: str, said: Sequence[tuple[str, str]]) -> Content:
    lines = [Content.styled(title, "bold $accent")]
    lines += [
        Content.assemble((f"{label}: " if label else "", STYLES.get(label, "bold")), text) for label, text in said
    ]
    return Content("\n").join(lines)
