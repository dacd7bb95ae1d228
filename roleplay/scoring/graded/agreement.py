"""How far scores agree with people, and what simple counts would have reached.

Spearman's rank correlation; quadratic-weighted kappa on the bands of a score (Cohen, 1968); the area under the ROC
curve (Hanley and McNeil, 1982) for yes/no grades; percentile bootstrap intervals (Efron, 1979); and the partial rank
correlation that is left of a score once the length of the replies and their word overlap with the customer are taken
out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roleplay.score import BANDS
from roleplay.transcript import Speaker, Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

FEWEST = 20
"""Graded calls below which a figure would be chance."""
DRAWS = 400
BAND_BORDERS = tuple(sorted(border for border, _ in BANDS))
_WORD = re.compile(r"\w+")
_POLITE = re.compile(r"\b(?:sorry|apolog\w*|thank\w*|please|understand|appreciate|happy to|glad)\b", re.IGNORECASE)
_LONG_WORD = 4


@dataclass(frozen=True, slots=True)
class Panel:
    """What single graders reach against the mean of the others, where several graded the same calls."""

    graders: int
    mean: float
    """Of each grader's rank correlation with the mean of the others."""
    better_than: int
    """Graders whom the scores beat, each against the mean of the others."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Scores held against grades, one dimension."""

    dimension: str
    calls: int
    spearman: float
    low: float
    high: float
    kappa: float
    """Quadratic-weighted, on the bands under 50, 75, 90 and above."""
    auc: float | None
    """Only where every grade is 0 or 1."""
    beyond: float
    """What is left of the rank correlation beyond length and word overlap."""
    baselines: dict[str, float]
    """Rank correlation of each simple count with the grades."""
    panel: Panel | None

    @property
    def best_baseline(self) -> tuple[str, float]:
        """The simple count that agrees most, in whichever direction."""
        return max(self.baselines.items(), key=lambda item: abs(item[1]))


def agreed(dimension: str, transcripts: Sequence[Transcript], points: Sequence[float]) -> Agreed:
    """Holds points (0..100) of graded transcripts against their grades."""
    import numpy as np  # noqa: PLC0415 - 0.1 s, for trainers only

    scores = np.array(points)
    grades = np.array([one.label(dimension) for one in transcripts], dtype=np.float64)
    counts = [surface(one) for one in transcripts]
    columns = {name: np.array([count[name] for count in counts]) for name in counts[0]}
    low, high = interval(scores, grades)
    yes_no = set(np.unique(grades)) <= {0.0, 1.0}
    return Agreed(
        dimension,
        len(grades),
        spearman(scores, grades),
        low,
        high,
        weighted_kappa(scores, 100 * grades),
        auc(scores, grades > 0) if yes_no else None,
        partial(scores, grades, (columns["length"], columns["overlap"])),
        {name: spearman(column, grades) for name, column in columns.items()},
        _panel(dimension, transcripts, scores),
    )


def surface(transcript: Transcript) -> dict[str, float]:
    """Simple counts over the trainee's turns.

    Words, question marks, polite words, and the share of the customer's longer words that are said again (0..1).
    """
    said = " ".join(turn.text for turn in transcript.turns if turn.speaker is Speaker.TRAINEE)
    heard = " ".join(turn.text for turn in transcript.turns if turn.speaker is Speaker.CUSTOMER)
    mine = [word.lower() for word in _WORD.findall(said)]
    theirs = {word.lower() for word in _WORD.findall(heard) if len(word) >= _LONG_WORD}
    return {
        "length": float(len(mine)),
        "?": float(said.count("?")),
        "polite words": float(len(_POLITE.findall(said))),
        "overlap": len(theirs & set(mine)) / (len(theirs) or 1),
    }


def ranks(values: Numbers) -> Numbers:
    """From 0, ties averaged."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts) - 1
    middle: Numbers = (last - (counts - 1) / 2)[inverse]
    return middle


def spearman(one: Numbers, other: Numbers) -> float:
    """Rank correlation, -1..1; 0 where either does not vary."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    a, b = ranks(one), ranks(other)
    a, b = a - a.mean(), b - b.mean()
    length = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float(a @ b) / length if length else 0.0


def interval(
    one: Numbers, other: Numbers, measure: Callable[[Numbers, Numbers], float] = spearman
) -> tuple[float, float]:
    """The middle 95 % of the measure over DRAWS samples of the calls, drawn with replacement; the same every time."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    chance = np.random.RandomState(1)
    drawn = sorted(
        measure(one[sample], other[sample]) for sample in (chance.randint(0, len(one), len(one)) for _ in range(DRAWS))
    )
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS)]


def weighted_kappa(scores: Numbers, grades: Numbers) -> float:
    """Quadratic-weighted kappa of two sets of points on the bands, -1..1; 0 where neither varies."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    first, second = np.digitize(scores, BAND_BORDERS), np.digitize(grades, BAND_BORDERS)
    count = len(BAND_BORDERS) + 1
    seen = np.zeros((count, count))
    np.add.at(seen, (first, second), 1)
    weights = (np.arange(count)[:, None] - np.arange(count)) ** 2
    expected = np.outer(seen.sum(1), seen.sum(0)) / len(first)
    by_chance = float((weights * expected).sum())
    return 1 - float((weights * seen).sum()) / by_chance if by_chance else 0.0


def auc(scores: Numbers, yes: NDArray[np.bool_]) -> float:
    """The chance that a call graded yes scores above one graded no, 0..1."""
    positive = int(yes.sum())
    negative = len(yes) - positive
    place = ranks(scores)
    return float(place[yes].sum() - positive * (positive - 1) / 2) / (positive * negative)


def partial(scores: Numbers, grades: Numbers, controls: Sequence[Numbers]) -> float:
    """Rank correlation of what is left of both after a straight line, on ranks, through the controls."""
    basis: list[Numbers] = []
    for control in controls:
        basis.append(_left(control, basis))
    return spearman(_left(scores, basis), _left(grades, basis))


def _left(values: Numbers, basis: Sequence[Numbers]) -> Numbers:
    placed = ranks(values)
    left: Numbers = placed - placed.mean()
    for one in basis:
        length = float(one @ one)
        left = left - (float(left @ one) / length if length else 0.0) * one
    return left


def _panel(dimension: str, transcripts: Sequence[Transcript], scores: Numbers) -> Panel | None:
    """Each grader against the mean of the others; None unless the same number graded every call."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    counts = {len(one.labels[dimension]) for one in transcripts}
    if len(counts) != 1 or counts == {1}:
        return None
    grades = np.array([one.labels[dimension] for one in transcripts])
    graders = grades.shape[1]
    reached, beaten = [], 0
    for at in range(graders):
        others = np.delete(grades, at, axis=1).mean(1)
        own = spearman(grades[:, at], others)
        reached.append(own)
        beaten += spearman(scores, others) > own
    return Panel(graders, float(np.mean(reached)), beaten)
