"""The mood over the call: a plot where there is room, else one line of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from roleplay.report.page import cells

if TYPE_CHECKING:
    from textual.app import ComposeResult

MOST_TICKS = 10
MOOD_COLOUR, LANDED_COLOUR = (200, 169, 126), (127, 180, 202)
"""As $secondary and $primary: plotext does not know a theme's names."""


class MoodOverCall(Vertical):
    """Mood after the opening and after each reply, -100..100, and what had landed by then, 0..100."""

    def __init__(self, moods: tuple[int, ...], landed: tuple[float | None, ...], *, id: str) -> None:  # noqa: A002 - as every widget calls it
        self._drawn = len(moods) > 1
        super().__init__(id=id, classes="drawn" if self._drawn else "")
        self._moods = moods
        self._landed = landed

    def compose(self) -> ComposeResult:
        yield Static(
            Content.assemble(("Mood", "$secondary"), " and ", ("what landed so far", "$primary"), " over the call"),
            classes="title",
        )
        mood, landed = " → ".join(map(str, self._moods)), " → ".join(cells(self._landed))
        lines = [
            Content.assemble(("Mood  ", "$secondary"), mood, ("  from -100 to 100", "$quiet")),
            Content.assemble(("Landed  ", "$primary"), landed, ("  % of what was due", "$quiet")),
        ]
        yield Static(Content("\n").join(lines), id="moods-line")
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
        known = [(at, value) for at, value in enumerate(self._landed) if value is not None]
        if known:
            plot.plot(*map(list, zip(*known, strict=True)), marker="braille", color=LANDED_COLOUR)
        plot.plot(replies, list(self._moods), marker="braille", color=MOOD_COLOUR)
        plot.ylim(-100, 100)
        plot.yticks([-100, 0, 100])
        plot.xticks(replies[::every], ["start" if at == 0 else str(at) for at in replies[::every]])
        plot.frame(False)  # noqa: FBT003 - plotext has no name for it
