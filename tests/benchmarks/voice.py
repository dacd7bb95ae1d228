"""How long the guards hold a model's words back: `python -m tests.benchmarks.voice HOME`.

The model is a list of written customer lines, given piece by piece without a pause: what is measured is ours alone.
"""

from __future__ import annotations

import asyncio
import platform
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from statistics import median, quantiles

from roleplay.call_log import Usage
from roleplay.chat import Message, Patience
from roleplay.customer.voice.guards import Scene, refused
from roleplay.customer.voice.model import ModelVoice, Spoken
from roleplay.customer.voice.near import Nearness
from roleplay.customer.voice.stream import SentenceStream
from roleplay.embedding import open_embedder
from roleplay.library.folder import Library
from roleplay.session.speaking import agent_lines
from tests.voice.lines import WrittenLine, good_lines

PIECE = 4
"""Characters of a piece: about a token."""


class Written:
    """Says a written line, and knows when its first sentence had ended."""

    name, provider, leaves_machine, is_small = "written", "this computer", False, False

    def __init__(self) -> None:
        self.line = ""
        self.first_ended_at = 0.0

    def warm(self) -> None:
        """There is nothing to load."""

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:  # noqa: ARG002 - a model's
        sentences, self.first_ended_at = SentenceStream(), 0.0
        for at in range(0, len(self.line), PIECE):
            piece = self.line[at : at + PIECE]
            if sentences.feed(piece) and not self.first_ended_at:
                self.first_ended_at = time.perf_counter()
            yield piece
        self.first_ended_at = self.first_ended_at or time.perf_counter()


async def waits(written: Sequence[WrittenLine], voice: ModelVoice, model: Written) -> list[float]:
    """Milliseconds from the end of the first sentence to its being shown, of lines whose first sentence is shown."""
    found = []
    for one in written:
        model.line = one.line
        async for piece in voice.speak(one.cue, Patience()):
            if not isinstance(piece, Spoken) and model.line.startswith(piece):
                found.append(1_000 * (time.perf_counter() - model.first_ended_at))
            break
    return found


def told(name: str, milliseconds: Sequence[float], goal: str) -> None:
    """A line of the table."""
    high = quantiles(milliseconds, n=20)[-1]
    print(
        f"{name:<52} median {median(milliseconds):6.1f} ms, 95 % under {high:6.1f} ms (n {len(milliseconds)}; {goal})"
    )


def main(home: Path) -> None:
    """Both figures, on lines whose sentences no cache has seen."""
    library = Library.open()
    embedder = open_embedder("all-minilm-l6-v2", home, print)
    lines = good_lines(library)
    foil = agent_lines(library.rubric("customer-care"))
    print(f"Python {platform.python_version()}, {platform.machine()}, {len(lines)} lines")
    model = Written()
    voice = ModelVoice(model, embedder, foil)
    asyncio.run(waits(lines[::2], voice, model))  # the personas' own lines are embedded once
    told("first sentence ended -> shown", asyncio.run(waits(lines[1::2], voice, model)), "goal: 50 ms")
    near, spent = Nearness(embedder), []
    for at, one in enumerate(lines):
        scene = Scene(one.cue, near, foil)
        refused("Is that so?", scene)
        began = time.perf_counter()
        refused(f"{one.line.split('.')[0]}, number {at}.", scene)
        spent.append(1_000 * (time.perf_counter() - began))
    told("all guards on one new sentence", spent, "goal: 40 ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
