"""The mood over the call: a plot where there is room, else one line of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

MOST_TICKS = 10


class MoodOverCall(Vertical):
    """Mood after the opening and after each reply, -100..100."""

    def __init__(self, moods: tuple[int, ...], *, id: str) -> None:  # noqa: A002 - as every widget calls it
        self._drawn = len(moods) > 1
        super().__init__(id=id, classes="drawn" if self._drawn else "")
        self._moods = moods

    def compose(self) -> ComposeResult:
        yield Static("Mood over the call", classes="title")
        numbers = " → ".join(map(str, self._moods))
        yield Static(Content.assemble(numbers, ("  from -100 to 100", "$quiet")), id="moods-line")
        if self._drawn:
            # Imported here: .1 s, and only a debrief needs it.
            from textual_plotext import PlotextPlot

            yield PlotextPlot(id="moods-plot")

    def on_mount(self) -> None:
        if self._drawn:
            self._draw()

    def _draw(self) -> None:
        from textual_plotext import PlotextPlot

        plot = self.query_one(PlotextPlot).plt
        replies = list(range(len(self._moods)))
        every = -(-len(replies) // MOST_TICKS)
        plot.plot(replies, list(self._moods), marker="braille", color=(127, 180, 202))
        plot.ylim(-100, 100)
        plot.yticks([-100, 0, 100])
        plot.xticks(replies[::every], ["start" if at == 0 else str(at) for at in replies[::every]])
        plot.frame(False)  # noqa: FBT003 - plotext has no name for it
