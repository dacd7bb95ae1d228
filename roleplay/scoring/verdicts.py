"""From how far pieces lean to what a reply showed: the thresholds, and the one place that applies them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roleplay.score import Sight, Verdict
from roleplay.scoring.contrast import Family, Measured, MoveLines
from roleplay.scoring.sentences import count_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]
    Truths = NDArray[np.bool_]

SHOWN_FROM = -0.25
"""Contrast from which a move counts as shown."""
UNSURE_FROM = -0.7
"""Contrast from which it may have been shown; in between nothing is gained and nothing lost."""
OPPOSITE_FROM = -0.1
"""Contrast from which a counterexample counts as said."""
CRITICAL_FROM = 0.2
"""The same for a critical criterion, where a wrong alarm costs the whole call."""
NEAR_MISS_FROM = 0.1
"""The same for a move that earns something: a near miss must be clear,"""
NEAR_MISS_AHEAD = 0.2
"""and lean this much further to the counterexamples than the best piece leans to the examples."""
CLEAR_FROM = 0.35
"""Contrast (either way) from which a verdict is beyond doubt and may cost mood or patience."""
MOSTLY = 0.5
"""Share of the nearest lines from which a piece that negates, where they do not, says the opposite of them."""
SIMILAR_FROM = 0.4
"""Cosine to the nearest counterexample below which a reply is no near miss, however it leans."""
CLEAR_SIMILARITY = 0.35
"""... and the cosine to a line that it then must have;"""
CLEAR_SIMILARITY_SHORT = 0.65
"""in pieces of up to SHORT_WORDS words: a short odd sentence leans far without being near."""
SHORT_WORDS = 4


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What one reply showed of every move of a family, by column."""

    best: Places
    """The row of the piece that leans furthest to the examples, (moves,)."""
    worst: Places
    """... and to the counterexamples."""
    lean: Numbers
    """Contrast of the best piece, -1..1, to 1e-4."""
    against: Numbers
    """... and of the worst, towards the counterexamples."""
    opposite: Truths
    """A counterexample was said."""
    shown: Truths
    unsure: Truths
    breached_by: Places
    """The column of the move that breached it, its own unless another one did, (moves,)."""
    opposite_from: Numbers
    """Contrast from which a counterexample, or what another move shows, counted as said, (moves,)."""


def judge(family: Family, measured: Measured, rows: slice) -> Verdicts:
    """The verdicts on the pieces in `rows`, at least one."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    shown, opposite = measured.shown[rows], measured.opposite[rows]
    best, worst = shown.argmax(0), opposite.argmax(0)
    lean, against = contrast(shown.max(0)), contrast(opposite.max(0))
    avoid = family.avoid
    from_here = np.where(family.critical, CRITICAL_FROM, OPPOSITE_FROM)
    # Said clearly in one sentence, an act is not undone by what another sentence resembles.
    undone = (lean < CLEAR_FROM) | (best == worst)
    near_miss = undone & (against >= NEAR_MISS_FROM) & (against > lean + NEAR_MISS_AHEAD)
    near_miss &= measured.counterexample.cosines[rows][worst, np.arange(len(worst))] >= SIMILAR_FROM
    said = np.where(avoid, against >= from_here, near_miss) & family.has_counterexamples
    shows = np.where(avoid, ~said, ~said & (lean >= SHOWN_FROM))
    unsure = ~avoid & ~said & ~shows & (lean >= UNSURE_FROM)
    breached_by, said_from = np.arange(len(worst)), np.where(avoid, from_here, NEAR_MISS_FROM)
    for at, other in family.breaches:
        # The lines of two moves that say the same hide each other: so what the other shows is taken at its word,
        # unless it is negated ("I'm not asking you to calm down"), which cosine hardly sees.
        plain = measured.turned[rows][best[other], other] < MOSTLY
        if shows[other] and plain and lean[other] >= CLEAR_FROM and lean[other] > against[at]:
            worst[at], against[at], said[at], shows[at], breached_by[at] = best[other], lean[other], True, False, other
            said_from[at] = CLEAR_FROM
    return Verdicts(best, worst, lean, against, said, shows, unsure, breached_by, said_from)


Evidence = tuple[Verdict, str, str, float]
"""A move's verdict, the piece that decided it, the line nearest to that and the cosine of the two."""


def evidence(
    family: Family, measured: Measured, verdicts: Verdicts, pieces: Sequence[str], begin: int = 0
) -> list[Evidence]:
    """For each move. `pieces` are the reply's, whose first stands in row `begin` of what was measured."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    deciding = np.where(verdicts.opposite | family.avoid, verdicts.worst, verdicts.best)
    lines = measured.nearest_lines(begin + deciding, verdicts.opposite)
    for at in np.flatnonzero(verdicts.breached_by != np.arange(len(lines))):
        piece = np.full(len(lines), begin + verdicts.worst[at])
        lines[at] = measured.nearest_lines(piece, np.zeros(len(lines), bool))[verdicts.breached_by[at]]
    words = np.where(verdicts.shown, 0, np.where(verdicts.unsure, 1, 2))
    return [
        (_WORDS[word], pieces[piece], line, cosine)
        for word, piece, (line, cosine) in zip(words.tolist(), deciding.tolist(), lines, strict=True)
    ]


_WORDS = (Verdict.SHOWN, Verdict.UNSURE, Verdict.NOT_SHOWN)


def sights(
    family: Family,
    measured: Measured,
    verdicts: Verdicts,
    pieces: Sequence[str],
    begin: int = 0,
    columns: Iterable[int] | None = None,
) -> list[Sight]:
    """The moves' verdicts on a reply, with their evidence; `pieces` and `begin` as for `evidence`.

    `columns`: of the moves that are wanted; None: of all.
    """
    found = evidence(family, measured, verdicts, pieces, begin)
    wanted = range(len(family.moves)) if columns is None else columns
    return [_sight(family.moves[at], verdicts, at, found[at]) for at in wanted]


def _sight(move: MoveLines, verdicts: Verdicts, at: int, found: Evidence) -> Sight:
    verdict, piece, nearest, similarity = found
    opposite = bool(verdicts.opposite[at])
    against = opposite or move.avoid
    leaning = -float(verdicts.against[at]) if against else float(verdicts.lean[at])
    clear = abs(leaning) >= CLEAR_FROM and bool(nearest) and similarity >= _similar_enough(piece)
    threshold = -float(verdicts.opposite_from[at]) if against else SHOWN_FROM
    return Sight(move.id, verdict, opposite, piece, nearest, similarity, leaning, threshold, clear)


def contrast(log_odds: Numbers) -> Numbers:
    """Log-odds as numbers from -1 to 1, to 1e-4."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    bent: Numbers = np.round(np.tanh(log_odds / 2), 4).astype(np.float64)
    return bent


def _similar_enough(piece: str) -> float:
    return CLEAR_SIMILARITY_SHORT if count_words(piece) <= SHORT_WORDS else CLEAR_SIMILARITY
