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
from typing import TYPE_CHECKING

from roleplay.scoring.negation import negates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]

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


SHOWN_WEIGHTS = Weights(near=2.0, far=-1.0, ahead=9.2, lean=5.7, turned=-1.3, constant=-1.2)
OPPOSITE_WEIGHTS = Weights(near=3.6, far=1.6, ahead=6.1, lean=5.2, turned=-1.2, constant=-2.2)


@dataclass(frozen=True, slots=True)
class MoveLines:
    """A move's lines with their vectors."""

    id: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    avoid: bool = False


NO_LINE = -2.0
"""Stands where a cosine would, in the rows of a move that has fewer lines than the longest."""


class LineTable:
    """The lines of all moves of one kind as one matrix: a reply meets them in a single product."""

    def __init__(self, lines: Sequence[tuple[str, ...]], vectors: dict[str, Vectors], language: str) -> None:
        """`lines` by move; `vectors` holds a row of length 1 for each."""
        import numpy as np  # noqa: PLC0415 - 0.1 s, not needed before a reply is read

        self.by_move = [_stack(vectors, of_move) for of_move in lines]
        self._matrix = np.concatenate(self.by_move).astype(np.float32)  # exact to 1e-6, in half the time
        self._counts = np.array([min(NEAREST, len(of_move)) for of_move in lines], dtype=np.float64)
        longest = max(NEAREST, *(len(of_move) for of_move in lines))
        # Places in the matrix by move, filled up with one past its end: there stands NO_LINE.
        self._places = np.full((len(lines), longest), len(self._matrix))
        self._negates = np.zeros((len(lines), longest), dtype=np.bool_)
        begin = 0
        for at, of_move in enumerate(lines):
            self._places[at, : len(of_move)] = range(begin, begin + len(of_move))
            self._negates[at, : len(of_move)] = [negates(line, language) for line in of_move]
            begin += len(of_move)

    def cosines(self, rows: Numbers) -> Numbers:
        """To 1e-4, (pieces, moves, longest)."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        flat = np.round((rows.astype(np.float32) @ self._matrix.T).astype(np.float64), 4)
        padded = np.concatenate([flat, np.full((len(rows), 1), NO_LINE)], axis=1)
        by_move: Numbers = padded[:, self._places]
        return by_move

    def nearest(self, cosines: Numbers) -> Nearest:
        """The few nearest lines of each move to each piece; the first of equals first."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        places, values = [], []
        for _ in range(NEAREST):  # one after the other, in a sixth of the time of `np.partition`
            at = cosines.argmax(axis=2)[:, :, None]
            places.append(at)
            values.append(np.take_along_axis(cosines, at, axis=2))
            np.put_along_axis(cosines, at, NO_LINE, axis=2)
        for at, taken in zip(reversed(places), reversed(values), strict=True):  # and all as it was
            np.put_along_axis(cosines, at, taken, axis=2)
        return Nearest(np.concatenate(places, axis=2), np.concatenate(values, axis=2))

    def top(self, nearest: Nearest) -> Numbers:
        """Mean cosine of the nearest lines, (pieces, moves); 0 where a move has no lines."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        mean: Numbers = np.where(nearest.is_line, nearest.cosines, 0.0).sum(axis=2) / np.maximum(self._counts, 1.0)
        return mean

    def turned(self, nearest: Nearest, negating: NDArray[np.bool_]) -> Numbers:
        """For pieces that negate, the share of each move's nearest lines that do not, (pieces, moves); else 0."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        shares = np.zeros(nearest.cosines.shape[:2])
        some = np.flatnonzero(negating)
        if len(some):
            negates_too = self._negates[np.arange(len(self._negates))[:, None], nearest.places[some]]
            shares[some] = (~negates_too & nearest.is_line[some]).sum(axis=2) / np.maximum(self._counts, 1.0)
        return shares


@dataclass(frozen=True, slots=True)
class Nearest:
    """The lines nearest to pieces."""

    places: Places
    """Of the lines within their move, (pieces, moves, NEAREST)."""
    cosines: Numbers
    """In falling order; NO_LINE where a move has fewer."""

    @property
    def is_line(self) -> NDArray[np.bool_]:
        """Where there is a line at all."""
        there: NDArray[np.bool_] = self.cosines > NO_LINE
        return there


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
        self.has_counterexamples = np.array([bool(move.counterexamples) for move in self.moves])
        self._heads, self._constants = self._ridge_heads(_stack(vectors, tuple(background)))

    def measure(self, pieces: Sequence[str], vectors: Vectors) -> Measured:
        """Log-odds of every piece (rows) for every move (columns), and the cosines they came from."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        figures = self.figures(pieces, vectors)
        return Measured(
            self.moves,
            np.round(_log_odds(SHOWN_WEIGHTS, figures.shown), 4),
            np.round(_log_odds(OPPOSITE_WEIGHTS, figures.opposite), 4),
            figures.to_examples,
            figures.to_counters,
        )

    def figures(self, pieces: Sequence[str], vectors: Vectors) -> Figures:
        """The five figures of every piece for every move, both ways round."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        rows = np.asarray(vectors, dtype=np.float64)
        to_examples, to_counters = self._examples.cosines(rows), self._counters.cosines(rows)
        nearest, nearest_counters = self._examples.nearest(to_examples), self._counters.nearest(to_counters)
        near, far = self._examples.top(nearest), self._counters.top(nearest_counters)
        lean = rows @ self._heads.T + self._constants
        others = _best_of_others(near, self._groups)
        negating = np.array([negates(piece, self._language) for piece in pieces], dtype=np.bool_)
        turned = self._examples.turned(nearest, negating)
        turned_back = self._counters.turned(nearest_counters, negating)
        return Figures(
            np.stack([near, far, near - others, lean, turned]),
            np.stack([far, near, far - others, -lean, turned_back]),
            to_examples,
            to_counters,
        )

    def _ridge_heads(self, background: Numbers) -> tuple[Numbers, Numbers]:
        """One linear head a move, by weighted ridge regression.

        The shared part of the Gram matrix is inverted once; a move's own rows are few and are added by the
        Sherman-Morrison-Woodbury formula, in a fifth of the time.
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
        shared = np.linalg.inv(gram)
        heads = []
        for move, rows, good in zip(self.moves, own, self._examples.by_move, strict=True):
            target = np.r_[np.ones(len(good)), -np.ones(len(rows) - len(good))]
            elsewhere = -BACKGROUND_TARGET if move.avoid else BACKGROUND_TARGET
            right = elsewhere * (total - BACKGROUND_WEIGHT * rows.sum(axis=0)) + rows.T @ target
            by_shared, through = shared @ right, rows @ shared
            inner = np.eye(len(rows)) / (1 - BACKGROUND_WEIGHT) + through @ rows.T
            heads.append(by_shared - through.T @ np.linalg.solve(inner, rows @ by_shared))
        stacked = np.array(heads).reshape(len(heads), everything.shape[1])
        return stacked[:, :-1], stacked[:, -1]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the log-odds are made of, in the order of `Weights`."""

    shown: Numbers
    """(5, pieces, moves)"""
    opposite: Numbers
    """(5, pieces, moves); examples and counterexamples changed places."""
    to_examples: Numbers
    to_counters: Numbers


@dataclass(frozen=True, slots=True)
class Measured:
    """What `Family.measure` found, to 1e-4."""

    moves: tuple[MoveLines, ...]
    shown: Numbers
    """Log-odds, (pieces, moves)."""
    opposite: Numbers
    """Log-odds, (pieces, moves)."""
    to_examples: Numbers
    """Cosines, (pieces, moves, most examples of a move); NO_LINE where a move has fewer."""
    to_counters: Numbers
    """The same for counterexamples."""

    def nearest_line(self, piece: int, move: int, *, counter: bool) -> tuple[str, float]:
        """The example (or counterexample) nearest to a piece and its cosine; "" and 0 where the move has none."""
        lines = self.moves[move].counterexamples if counter else self.moves[move].examples
        if not lines:
            return "", 0.0
        cosines = (self.to_counters if counter else self.to_examples)[piece, move]
        at = int(cosines.argmax())
        return lines[at], float(cosines[at])


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
