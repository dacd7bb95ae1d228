"""Graded calls, read and laid out for learning."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from roleplay.embedding import Embedder
from roleplay.rubric import Rubric
from roleplay.scoring.graded.head import Example
from roleplay.scoring.graded.learning import Graded, graded_matrix
from roleplay.scoring.graded.reading import CallReader, ReadCall
from roleplay.scoring.graded.runs import Runs, compose
from roleplay.scoring.graded.views import CUSTOMER_VIEWS, TRAINEE_VIEWS, Seen, see
from roleplay.transcript import Speaker, Transcript

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
        """Graded replies to point to, with their vectors; figures in them are made unreadable.

        A reply of a longer call stands with the grades of its call.
        """
        places = [
            (at, number)
            for at, one in enumerate(self.read)
            for number, reply in enumerate(one.call.replies)
            if any(piece.counts for piece in reply.pieces)
        ]
        chosen = sorted(
            places, key=lambda place: sha256(f"{self.transcripts[place[0]].id} {place[1]}".encode()).digest()
        )
        return [(self._example(*place), self._vector(*place)) for place in sorted(chosen[:most])]

    def _vector(self, at: int, number: int) -> Numbers:
        import numpy as np  # noqa: PLC0415 - loaded long before

        read = self.read[at]
        spoken = [piece.spoken for piece in read.call.replies[number].pieces if piece.counts]
        rows = np.array([read.vector(text) for text in spoken])
        composed: Numbers = compose(spoken, rows, Runs([range(len(spoken))]))[0]
        return composed

    def _example(self, at: int, number: int) -> Example:
        text = " ".join(_DIGITS.sub("#", self.read[at].call.replies[number].text).split())
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
    reader = CallReader(rubric, embedder)
    views = (*TRAINEE_VIEWS, "moves", *(CUSTOMER_VIEWS if customer else ()))
    chosen: list[Transcript] = []
    calls: list[ReadCall] = []
    seen: list[Seen] = []
    for begin in range(0, len(transcripts), CALLS_AT_ONCE):
        some = transcripts[begin : begin + CALLS_AT_ONCE]
        read = [(one, call) for one, call in zip(some, reader.read(some), strict=True) if call.call.is_scored]
        chosen += [one for one, _ in read]
        seen += see([call.told() for _, call in read], views)
        calls += [replace(call, replies=(), moves=()) for _, call in read]  # what was measured is not kept: it is large
    labels = [
        {name: grade for name in dimensions if (grade := transcript.label(name)) is not None} for transcript in chosen
    ]
    graded = Graded(
        seen,
        dimensions,
        graded_matrix(labels, dimensions),
        [group(transcript) for transcript in chosen],
    )
    return GradedCalls(tuple(chosen), tuple(calls), graded, len(transcripts) - len(chosen))


def digest(transcript: Transcript) -> str:
    """What a call is known by again: its turns, whatever its id and grades."""
    said = "\n".join(f"{turn.speaker.value}: {turn.text}" for turn in transcript.turns)
    return sha256(said.encode()).hexdigest()[:16]


def opening(transcript: Transcript) -> str:
    """What groups calls for checking: those in which the customer opens with the same words are not split."""
    heard = (turn.text for turn in transcript.turns if turn.speaker is Speaker.CUSTOMER)
    return next(heard, transcript.id)
