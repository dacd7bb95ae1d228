"""How far a piece of a reply leans towards a move's examples or its counterexamples.

For each piece and move, five figures are taken from the vectors:

    near       mean cosine to the three nearest examples
    far        mean cosine to the three nearest counterexamples
    ahead      `near` less the same figure of the best other move of the family: is it *this* act, or a neighbour?
    lean       a ridge head: examples +1, counterexamples -1, the lines of all other moves a little below 0
    turned     the piece negates and the nearest examples do not

and added up to a log-odds by the weights below; a second sum does the same for the counterexamples. The weights are
shared by all moves. They were found once by logistic regression on `rubrics/cases/customer-care.yaml`, lines written
without sight of the examples, and rounded; `python -m tests.calibration HOME` prints what today's lines would give.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from roleplay.scoring.negation import negates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Numbers = NDArray[np.float64]
    Keys = NDArray[np.int32]
    Places = NDArray[np.intp]
    Truths = NDArray[np.bool_]

NEAREST = 3
"""Lines of a move that a piece is compared with."""
RIDGE = 1.0
BACKGROUND_WEIGHT = 0.05
"""What a line of another move counts in a move's ridge head, against 1 for its own."""
BACKGROUND_TARGET = -0.3


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the five figures, and the constant."""

    near: float
    far: float
    ahead: float
    lean: float
    turned: float
    constant: float


TURNED = 4
"""The place of `turned` among the five."""
SHOWN_WEIGHTS = Weights(near=2.0, far=-1.0, ahead=9.2, lean=5.7, turned=-1.3, constant=-1.2)
OPPOSITE_WEIGHTS = Weights(near=3.6, far=1.6, ahead=6.1, lean=5.2, turned=-1.2, constant=-2.2)


@dataclass(frozen=True, slots=True)
class MoveLines:
    """A move's lines, and what a counterexample of it means."""

    id: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    avoid: bool = False
    critical: bool = False
    breached_by: tuple[str, ...] = ()
    """Moves of the family that breach this one when they are clearly shown."""


NO_LINE = -2.0
"""Stands where a cosine would, for a move that has no lines."""
STEPS = 10_000
"""Cosines are compared in whole steps of 1e-4,"""
PLACE_BITS = 16
"""and share one number with the line's place in its move (the first is the highest): so the nearest lines, the first
of equals among them, are found in one pass. A file has room for fewer lines than these bits can count."""
_PLACES = (1 << PLACE_BITS) - 1
_NOTHING = int(NO_LINE * STEPS) << PLACE_BITS


@dataclass(frozen=True, slots=True)
class Nearest:
    """The lines of each move that are nearest to each piece."""

    keys: Keys
    """(pieces, moves, NEAREST) in no order; _NOTHING where a move has fewer lines."""

    @property
    def steps(self) -> Keys:
        """Their cosines in steps of 1e-4, of the same shape."""
        return self.keys >> PLACE_BITS

    @property
    def places(self) -> Keys:
        """Where they stand in the move's lines, of the same shape."""
        return _PLACES - (self.keys & _PLACES)

    def first(self) -> Line:
        """The very nearest."""
        best = self.keys.max(axis=2)
        return Line((best >> PLACE_BITS) / STEPS, _PLACES - (best & _PLACES))


@dataclass(frozen=True, slots=True)
class Line:
    """The one line of each move that is nearest to each piece."""

    cosines: Numbers
    """To 1e-4, (pieces, moves); NO_LINE where a move has none."""
    places: Keys
    """Where it stands in the move's lines, (pieces, moves)."""


class LineTable:
    """The lines of all moves of one kind as one matrix: a reply meets them in a single product."""

    def __init__(self, lines: Sequence[tuple[str, ...]], vectors: dict[str, Vectors], language: str) -> None:
        """`lines` by move; `vectors` holds a row of length 1 for each."""
        import numpy as np  # noqa: PLC0415 - 0.1 s, not needed before a reply is read

        self.by_move = [_stack(vectors, of_move) for of_move in lines]
        self._matrix = np.concatenate(self.by_move).astype(np.float32)  # exact to 1e-6, in half the time
        self._counts = np.array([min(NEAREST, len(of_move)) for of_move in lines], dtype=np.float64)
        self._ends = np.cumsum([len(of_move) for of_move in lines]).tolist()
        self._ranks = _PLACES - np.concatenate([np.arange(len(of_move), dtype=np.int32) for of_move in lines])
        self._plain = np.zeros((len(lines), max(map(len, lines), default=0) + 1), dtype=np.bool_)
        for at, of_move in enumerate(lines):
            self._plain[at, : len(of_move)] = [not negates(line, language) for line in of_move]

    def nearest(self, rows: Numbers) -> Nearest:
        """The few lines of each move that are nearest to each of (pieces, width)."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        cosines = (rows.astype(np.float32) @ self._matrix.T).astype(np.float64)
        keys = (np.rint(cosines * STEPS).astype(np.int32) << PLACE_BITS) + self._ranks
        nearest = np.full((len(rows), len(self._ends), NEAREST), _NOTHING, dtype=np.int32)
        for at, (begin, end) in enumerate(pairwise([0, *self._ends])):
            few = min(NEAREST, end - begin)
            if few:
                nearest[:, at, :few] = np.partition(keys[:, begin:end], end - begin - few, axis=1)[:, -few:]
        return Nearest(nearest)

    def mean(self, nearest: Nearest) -> Numbers:
        """Mean cosine of the nearest, (pieces, moves); 0 where a move has no such lines."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        total = np.where(nearest.keys > _NOTHING, nearest.steps, 0).sum(axis=2) / STEPS
        mean: Numbers = total / np.maximum(self._counts, 1.0)
        return mean

    def turned(self, nearest: Nearest, negating: Truths) -> Numbers:
        """For pieces that negate, the share of each move's nearest lines that do not, (pieces, moves); else 0."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        shares = np.zeros((len(negating), len(self._counts)))
        of_negating = Nearest(nearest.keys[negating])
        real = of_negating.keys > _NOTHING
        moves = np.arange(shares.shape[1])[:, None]
        plain = self._plain[moves, np.where(real, of_negating.places, -1)]
        shares[negating] = plain.sum(axis=2) / np.maximum(self._counts, 1.0)
        return shares


class Family:
    """Moves that are told apart from one another: a rubric's, or a persona's with the rubric's lines as background."""

    def __init__(
        self, moves: Sequence[MoveLines], vectors: dict[str, Vectors], background: Sequence[str], language: str
    ) -> None:
        """`vectors` holds a row of length 1 for every line of `moves` and of `background`."""
        import numpy as np  # noqa: PLC0415 - 0.1 s, not needed before a reply is read

        self.moves = tuple(moves)
        self._language = language
        # The parts of a step are one act between them: they are not told apart from one another.
        self._groups = [move.id.partition(".")[0] for move in self.moves]
        self._examples = LineTable([move.examples for move in self.moves], vectors, language)
        self._counters = LineTable([move.counterexamples for move in self.moves], vectors, language)
        self.avoid = np.array([move.avoid for move in self.moves])
        self.critical = np.array([move.critical for move in self.moves])
        self.has_counterexamples = np.array([bool(move.counterexamples) for move in self.moves])
        place = {move.id: at for at, move in enumerate(self.moves)}
        self.breaches = tuple(
            (at, place[name]) for at, move in enumerate(self.moves) for name in move.breached_by if name in place
        )
        """The columns of a move and of one that breaches it."""
        self._heads, self._constants = self._ridge_heads(_stack(vectors, tuple(background)))

    def measure(self, pieces: Sequence[str], vectors: Vectors) -> Measured:
        """Log-odds of every piece (rows) for every move (columns), and the cosines they came from."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        figures = self.figures(pieces, vectors)
        return Measured(
            self.moves,
            np.round(_log_odds(SHOWN_WEIGHTS, figures.shown), 4),
            np.round(_log_odds(OPPOSITE_WEIGHTS, figures.opposite), 4),
            figures.example,
            figures.counterexample,
            figures.shown[TURNED],
        )

    def figures(self, pieces: Sequence[str], vectors: Vectors) -> Figures:
        """The five figures of every piece for every move, both ways round."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        rows = np.asarray(vectors, dtype=np.float64)
        to_examples, to_counters = self._examples.nearest(rows), self._counters.nearest(rows)
        near, far = self._examples.mean(to_examples), self._counters.mean(to_counters)
        lean = rows @ self._heads.T + self._constants
        others = _best_of_others(near, self._groups)
        negating = np.array([negates(piece, self._language) for piece in pieces], dtype=np.bool_)
        turned = self._examples.turned(to_examples, negating)
        turned_back = self._counters.turned(to_counters, negating)
        return Figures(
            np.stack([near, far, near - others, lean, turned]),
            np.stack([far, near, far - others, -lean, turned_back]),
            to_examples.first(),
            to_counters.first(),
        )

    def _ridge_heads(self, background: Numbers) -> tuple[Numbers, Numbers]:
        """One linear head a move, by weighted ridge regression.

        The Gram matrices differ only by the few rows of their own move: the shared part is solved once, for all
        rows, and the rest by Woodbury's formula.
        """
        import numpy as np  # noqa: PLC0415 - loaded long before

        own = [
            _with_constant(np.concatenate([good, bad]))
            for good, bad in zip(self._examples.by_move, self._counters.by_move, strict=True)
        ]
        everything = np.concatenate([*own, _with_constant(background)])
        penalty = np.diag(np.r_[np.full(everything.shape[1] - 1, RIDGE), 1e-3])
        gram = BACKGROUND_WEIGHT * everything.T @ everything + penalty
        total = BACKGROUND_WEIGHT * everything.sum(axis=0)
        inverse = np.linalg.inv(gram)
        heads = []
        for move, rows, good in zip(self.moves, own, self._examples.by_move, strict=True):
            target = np.r_[np.ones(len(good)), -np.ones(len(rows) - len(good))]
            elsewhere = -BACKGROUND_TARGET if move.avoid else BACKGROUND_TARGET
            right = elsewhere * (total - BACKGROUND_WEIGHT * rows.sum(axis=0)) + rows.T @ target
            shared, of_rows = inverse @ right, inverse @ rows.T
            inner = np.eye(len(rows)) / (1 - BACKGROUND_WEIGHT) + rows @ of_rows
            heads.append(shared - of_rows @ np.linalg.solve(inner, rows @ shared))
        stacked = np.array(heads).reshape(len(heads), everything.shape[1])
        return stacked[:, :-1], stacked[:, -1]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the log-odds are made of, in the order of `Weights`."""

    shown: Numbers
    """(5, pieces, moves)"""
    opposite: Numbers
    """(5, pieces, moves); examples and counterexamples changed places."""
    example: Line
    counterexample: Line


@dataclass(frozen=True, slots=True)
class Measured:
    """What `Family.measure` found, to 1e-4."""

    moves: tuple[MoveLines, ...]
    shown: Numbers
    """Log-odds, (pieces, moves)."""
    opposite: Numbers
    """Log-odds, (pieces, moves)."""
    example: Line
    counterexample: Line
    turned: Numbers
    """Of a piece that negates, the share of a move's nearest examples that do not; else 0, (pieces, moves)."""

    def nearest_lines(self, pieces: Places, counter: Truths) -> list[tuple[str, float]]:
        """For each move the line nearest to the piece that is named for it, and their cosine; "" and 0 for no line.

        `counter`: the line is a counterexample, (moves,).
        """
        import numpy as np  # noqa: PLC0415 - loaded long before

        at = pieces, np.arange(len(pieces))
        places = np.where(counter, self.counterexample.places[at], self.example.places[at]).tolist()
        cosines = np.where(counter, self.counterexample.cosines[at], self.example.cosines[at]).tolist()
        lines = [
            move.counterexamples if against else move.examples
            for move, against in zip(self.moves, counter.tolist(), strict=True)
        ]
        return [
            (of_move[place], cosine) if of_move else ("", 0.0)
            for of_move, place, cosine in zip(lines, places, cosines, strict=True)
        ]


def _log_odds(weights: Weights, figures: Numbers) -> Numbers:
    import numpy as np  # noqa: PLC0415 - loaded long before

    five = (weights.near, weights.far, weights.ahead, weights.lean, weights.turned)
    total: Numbers = np.tensordot(five, figures, axes=1) + weights.constant
    return total


def _stack(vectors: dict[str, Vectors], lines: tuple[str, ...]) -> Numbers:
    import numpy as np  # noqa: PLC0415 - loaded long before

    width = len(next(iter(vectors.values())))
    return np.array([vectors[line] for line in lines], dtype=np.float64).reshape(len(lines), width)


def _with_constant(rows: Numbers) -> Numbers:
    import numpy as np  # noqa: PLC0415 - loaded long before

    extended: Numbers = np.c_[rows, np.ones(len(rows))]
    return extended


def _best_of_others(near: Numbers, groups: Sequence[str]) -> Numbers:
    """For each move the best figure among moves of other groups, (pieces, moves)."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    names = list(dict.fromkeys(groups))
    by_group = near  # where every move is a group of its own, as in a rubric
    if len(names) < len(groups):
        members = [[at for at, one in enumerate(groups) if one == name] for name in names]
        by_group = np.stack([near[:, columns].max(axis=1) for columns in members], 1)
    best = np.zeros_like(by_group)
    if len(names) > 1:
        order = np.sort(by_group, axis=1)
        best = np.where(by_group == order[:, -1:], order[:, -2:-1], order[:, -1:])
    column = {name: at for at, name in enumerate(names)}
    return best[:, [column[name] for name in groups]]
