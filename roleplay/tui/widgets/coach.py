"""The coach beside a reply: one thing that landed, and at most one next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from roleplay.score import Advice

WAITING = "The coach speaks after your first reply."


class CoachLine(Static):
    """The latest advice."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(Content.styled(WAITING, "$text-muted"), id=id)

    def show(self, advice: Advice) -> None:
        """Shows what the coach says; keeps quiet where there is nothing to say."""
        lines = []
        if advice.landed:
            lines.append(Content.assemble(("✓ ", "bold $success"), advice.landed))
        if advice.next_step:
            lines.append(Content.assemble(("→ ", "bold $warning"), advice.next_step))
        self.update(Content("\n").join(lines) if lines else Content.styled("· Go on.", "$text-muted"))
