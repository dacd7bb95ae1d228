"""The coach beside a reply: one thing that landed, and at most one next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from roleplay.tui.widgets.item import Item

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from roleplay.score import Advice


class CoachLine(Vertical):
    """The latest advice."""

    def __init__(self, advice: Advice | None, *, id: str) -> None:  # noqa: A002 - as every widget calls it
        """`advice`: None before the first reply."""
        super().__init__(id=id)
        self._advice = advice

    def compose(self) -> ComposeResult:
        yield from advice_items(self._advice)

    def show(self, advice: Advice) -> None:
        """Shows what the coach says."""
        self._advice = advice
        self.refresh(recompose=True)


def advice_items(advice: Advice | None) -> list[Item]:
    """What landed and the next step; a quiet word where there is neither."""
    if advice is None:
        return [Item("The coach speaks after your first reply.", "·", classes="quiet")]
    items = []
    if advice.landed:
        items.append(Item(advice.landed, "✓", "bold $success"))
    if advice.next_step:
        items.append(Item(advice.next_step, "→", "bold $warning"))
    return items or [Item("Go on.", "·", classes="quiet")]
