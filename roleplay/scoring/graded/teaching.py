"""Graded calls, read and laid out for learning."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from roleplay.embedding import Embedder
from roleplay.rubric import Rubric
from roleplay.scoring.graded.head import Example
from roleplay.scoring.graded.learning import Graded, graded_matrix
from roleplay.scoring.graded.reading import CallReader, ReadCall
from roleplay.transcript import Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

LONGEST_EXAMPLE = 240
"""Characters of a graded reply that is kept to point to."""
CALLS_AT_ONCE = 256
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class GradedCalls:
    """Graded calls that can be learnt from."""

    transcripts: tuple[Transcript, ...]
    read: tuple[ReadCall, ...]
    graded: Graded
    too_short: int
    """Calls left out because the trainee says next to nothing."""

    def examples(self, most: int) -> list[tuple[Example, Numbers]]:
        """Graded replies to point to, with their vectors: of calls with one reply, figures in them made unreadable."""
        single = [at for at, one in enumerate(self.read) if len(one.call.replies) == 1]
        chosen = sorted(single, key=lambda at: sha256(self.transcripts[at].id.encode()).digest())[:most]
        return [(self._example(at), self.read[at].seen.views["mean"]) for at in sorted(chosen)]

    def _example(self, at: int) -> Example:
        text = " ".join(_DIGITS.sub("#", self.read[at].call.replies[0].text).split())
        shortened = text if len(text) <= LONGEST_EXAMPLE else f"{text[: LONGEST_EXAMPLE - 1].rsplit(' ', 1)[0]}…"
        return Example(shortened, {name: round(100 * grade, 1) for name, grade in self._grades(at).items()})

    def _grades(self, at: int) -> dict[str, float]:
        transcript = self.transcripts[at]
        return {name: grade for name in transcript.labels if (grade := transcript.label(name)) is not None}


def graded_calls(
    transcripts: Sequence[Transcript],
    rubric: Rubric,
    embedder: Embedder,
    dimensions: tuple[str, ...],
    *,
    customer: bool,
    group: Callable[[Transcript], str],
) -> GradedCalls:
    """Reads graded calls; those in which the trainee says next to nothing are left out."""
    reader = CallReader(rubric, embedder, customer=customer)
    read = [
        call
        for begin in range(0, len(transcripts), CALLS_AT_ONCE)
        for call in reader.read(transcripts[begin : begin + CALLS_AT_ONCE])
    ]
    kept = [at for at, call in enumerate(read) if call.call.is_scored]
    chosen = tuple(transcripts[at] for at in kept)
    labels = [
        {name: grade for name in dimensions if (grade := transcript.label(name)) is not None} for transcript in chosen
    ]
    calls = tuple(read[at] for at in kept)
    graded = Graded(
        [call.seen for call in calls],
        dimensions,
        graded_matrix(labels, dimensions),
        [group(transcript) for transcript in chosen],
    )
    return GradedCalls(chosen, calls, graded, len(transcripts) - len(kept))


def opening(transcript: Transcript) -> str:
    """What groups calls for checking: those that open with the same words are not split."""
    return transcript.turns[0].text if transcript.turns else transcript.id
