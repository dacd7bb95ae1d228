"""Progress on a page: a title and lines for each section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def progress_parts(sections: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Static]:
    """Each section as a block."""
    for at, (heading, lines) in enumerate(sections):
        yield Static(Content.styled(heading, "bold $accent"), classes="spaced" if at else "")
        yield from (Static(Content(line)) for line in lines)
