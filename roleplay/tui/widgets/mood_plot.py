"""The mood over the call: a plot where there is room, else one line of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class MoodOverCall(Vertical):
    """Mood after the opening and after each reply, -100..100."""

    def __init__(self, moods: tuple[int, ...], *, id: str) -> None:  # noqa: A002 - as every widget calls it
        drawn = len(moods) > 1
        super().__init__(id=id, classes="drawn" if drawn else "")
        self._moods = moods
        self._drawn = drawn

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Mood over the call", "bold $accent"))
        yield Static(
            Content.assemble(" → ".join(map(str, self._moods)), ("  (-100 to 100)", "$text-muted")), id="moods-line"
        )
        if self._drawn:
            # Imported here: .1 s, and only a debrief needs it.
            from textual_plotext import PlotextPlot

            yield PlotextPlot(id="moods-plot")

    def on_mount(self) -> None:
        if not self._drawn:
            return
        from textual_plotext import PlotextPlot

        plot = self.query_one(PlotextPlot).plt
        replies = list(range(len(self._moods)))
        plot.hline(0)
        plot.plot(replies, list(self._moods), marker="braille")
        plot.ylim(-100, 100)
        plot.yticks([-100, -50, 0, 50, 100])
        step = max(1, len(replies) // 8)
        plot.xticks(replies[::step], ["start" if at == 0 else str(at) for at in replies[::step]])
