"""Learning a head from graded calls: scaled, regularised, chosen and checked by leaving calls out.

All sums are closed forms of kernel ridge regression: the prediction for a call that was left out is its own value less
`weight / inverse diagonal` (Wahba, 1990), so that choosing among settings costs one decomposition each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from roleplay.errors import UsageProblem
from roleplay.scoring.graded.head import (
    Example,
    Grade,
    Head,
    Scaling,
    Shape,
    kernel,
    situation_kernel,
    view_rows,
)
from roleplay.scoring.graded.views import Seen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

STEPS = 127
"""Landmarks are kept in one byte a number; measured: no difference in any rank correlation to three decimals."""
POOLED_CALLS = 30
"""With few calls a number's spread is drawn towards that of its view, as if so many more calls had the latter."""
FOLDS = 10
WITHIN_BAND = 0.8
"""Share of unseen calls that lie within the band of error."""
BORROWED = (0.0, 0.25, 0.5)
"""How far a dimension's sums may be drawn to the mean of all: one grader's marks for a call go together."""
MOST_LANDMARKS = 4000
"""Calls that are kept to compare with; of more, a part stands for all."""
MOVES_WEIGHT = 0.2
"""Of the view of the moves, which are few numbers and say the same as the sentences do, against 1 for each other."""
NO_SPREAD = 1e-9
LEAST_SLOPE = 0.25
"""Spread of the scores, as a share of the grades', that is kept where left-out calls say there should be less: a few
dozen calls cannot prove it, and the order they taught is still the best there is."""
ALMOST_NOTHING = 1e-3
"""Ridge under which a head is brought onto fewer landmarks."""


@dataclass(frozen=True, slots=True)
class Graded:
    """Calls with their grades."""

    calls: Sequence[Seen]
    dimensions: tuple[str, ...]
    grades: Numbers
    """0..1, (calls, dimensions); NaN where nobody graded."""
    groups: Sequence[str]
    """What must not be split between learning and checking: replies to the same opening."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A head and what it said of each call when that call was left out."""

    head: Head
    unseen: Numbers
    """About 0..100 (see `head.bounded`), (calls, dimensions); NaN where nobody graded."""


def learn(
    graded: Graded,
    shapes: Sequence[Shape],
    *,
    reads_customer: bool,
    by_graders: bool,
    taught_by: Sequence[str] = (),
    examples: Sequence[tuple[Example, Numbers]] = (),
    most_landmarks: int = MOST_LANDMARKS,
) -> Learned:
    """The best of `shapes` on calls that were left out, learnt from all of them.

    Every dimension needs at least two different grades.
    """
    import numpy as np  # noqa: PLC0415 - loaded long before

    best = _best(graded, shapes)
    weights, grades, unseen = _solved(graded, best, BORROWED if by_graders else BORROWED[:1])
    kept, weights = _onto_landmarks(graded, best, weights, most_landmarks)
    head = Head(
        best.shape,
        best.scaling,
        best.landmarks[kept],
        best.step,
        np.array([graded.calls[at].situation for at in kept]),
        weights,
        grades,
        reads_customer,
        by_graders,
        tuple(taught_by),
        tuple(example for example, _ in examples),
        np.array([np.round(vector * STEPS) for _, vector in examples], dtype=np.int8) if examples else None,
    )
    return Learned(head, unseen)


def _best(graded: Graded, shapes: Sequence[Shape]) -> _Likeness:
    """One likeness at a time in memory: of 4,000 calls each holds 256 MB."""
    best = _likeness(graded, shapes[0])
    least = _loss(graded, best) if len(shapes) > 1 else 0.0
    for shape in shapes[1:]:
        likeness = _likeness(graded, shape)
        if (loss := _loss(graded, likeness)) < least:
            best, least = likeness, loss
    return best


@dataclass(frozen=True, slots=True)
class _Likeness:
    """The graded calls, each compared with each."""

    shape: Shape
    scaling: Scaling
    landmarks: NDArray[np.int8]
    step: float
    kernel: Numbers
    """(calls, calls): what predicts."""
    learnt: Numbers
    """(calls, calls): what is learnt under, with the nuisance and the ridge."""


def _likeness(graded: Graded, shape: Shape) -> _Likeness:
    import numpy as np  # noqa: PLC0415 - loaded long before

    scaling = _scaling(graded, shape)
    rows = scaling.apply(view_rows(graded.calls, shape.views))
    step = float(np.abs(rows).max()) / STEPS
    if not step:
        raise UsageProblem(
            "all graded calls say the same, so there is nothing to tell apart", "Grade calls that differ."
        )
    landmarks = np.round(rows / step).astype(np.int8)
    rows = landmarks.astype(np.float64) * step  # what will be compared with is what is learnt from
    situations = np.array([call.situation for call in graded.calls])
    own = kernel(shape, rows, rows, situations, situations)
    learnt: Numbers = own + shape.ridge * np.eye(len(rows))
    if shape.situation:
        # That some situations are graded better than others is learnt apart and then left out: it is no merit.
        learnt = learnt + situation_kernel(shape, situations, situations)
    return _Likeness(shape, scaling, landmarks, step, own, learnt)


def _loss(graded: Graded, likeness: _Likeness) -> float:
    """Mean squared error of left-out calls, as a share of the grades' variance, over the dimensions."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    losses = []
    for known, columns in _alike_known(graded.grades):
        grades = graded.grades[np.ix_(known, columns)]
        inverse = np.linalg.inv(likeness.learnt[np.ix_(known, known)])
        off = inverse @ (grades - grades.mean(0)) / np.diag(inverse)[:, None]
        losses += list((off**2).mean(0) / grades.var(0))
    return float(sum(losses)) / len(losses)


def _alike_known(grades: Numbers) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Columns that were graded for the same calls, with those calls: they are solved together."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    together: dict[bytes, list[int]] = {}
    for column in range(grades.shape[1]):
        together.setdefault(np.isnan(grades[:, column]).tobytes(), []).append(column)
    return [(np.flatnonzero(~np.isnan(grades[:, at[0]])), np.array(at)) for at in together.values()]


def _solved(graded: Graded, likeness: _Likeness, parts: Sequence[float]) -> tuple[Numbers, tuple[Grade, ...], Numbers]:
    """Weights of all calls for each dimension, their calibration, and the points of each call when left out."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    weights, sums = np.zeros_like(graded.grades), np.zeros_like(graded.grades)
    for known, columns in _alike_known(graded.grades):
        weights[np.ix_(known, columns)] = _weights(likeness, known, graded.grades[np.ix_(known, columns)])
        sums[:, columns] = _unseen(graded, likeness, known, columns)
    share = _borrowed(graded, sums, parts)
    sums, weights = sums @ share, weights @ share
    grades = tuple(_grade(name, sums[:, at], graded.grades[:, at]) for at, name in enumerate(graded.dimensions))
    unseen = np.array([grade.offset for grade in grades]) + sums * [grade.slope for grade in grades]
    unseen[np.isnan(graded.grades)] = np.nan
    return weights, grades, unseen


def _onto_landmarks(
    graded: Graded, likeness: _Likeness, weights: Numbers, most: int
) -> tuple[NDArray[np.intp], Numbers]:
    """The calls that are kept to compare with, and weights by which they give what all calls gave."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    count = len(weights)
    if count <= most:
        return np.arange(count), weights
    kept = np.array(sorted(sorted(range(count), key=lambda at: _shuffled(f"{graded.groups[at]} {at}"))[:most]))
    columns = likeness.kernel[:, kept]
    wanted = columns.T @ (likeness.kernel @ weights)
    inner = columns.T @ columns + ALMOST_NOTHING * np.eye(most)
    brought: Numbers = np.asarray(np.linalg.solve(inner, wanted), dtype=np.float64)
    return kept, brought


def _weights(likeness: _Likeness, calls: NDArray[np.intp], grades: Numbers) -> Numbers:
    import numpy as np  # noqa: PLC0415 - loaded long before

    solved: Numbers = np.linalg.solve(likeness.learnt[np.ix_(calls, calls)], grades - grades.mean(0))
    return solved


def _unseen(graded: Graded, likeness: _Likeness, known: NDArray[np.intp], columns: NDArray[np.intp]) -> Numbers:
    """The sums of every call under weights learnt without its fold."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    fold = _folds(graded.groups)
    sums = np.zeros((len(graded.groups), len(columns)))
    for at in range(FOLDS):
        here, there = np.flatnonzero(fold == at), known[fold[known] != at]
        weights = _weights(likeness, there, graded.grades[np.ix_(there, columns)])
        sums[here] = likeness.kernel[np.ix_(here, there)] @ weights
    return sums


def _folds(groups: Sequence[str]) -> NDArray[np.intp]:
    """A fold for each call, all of a group in one, whatever the order of the file."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    if len(set(groups)) < FOLDS:  # too few to keep apart
        groups = [f"{group} {at}" for at, group in enumerate(groups)]
    place = {group: at % FOLDS for at, group in enumerate(sorted(set(groups), key=_shuffled))}
    return np.array([place[group] for group in groups])


def _shuffled(group: str) -> bytes:
    from hashlib import sha256  # noqa: PLC0415 - for learning only

    return sha256(group.encode()).digest()


def _borrowed(graded: Graded, sums: Numbers, parts: Sequence[float]) -> Numbers:
    """A square matrix by which sums are mixed: for each dimension the share of the common part that helps most."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    count = len(graded.dimensions)
    share = np.eye(count)
    if count == 1:
        return share
    spread = np.where(sums.std(0) > NO_SPREAD, sums.std(0), 1.0)
    common = (sums / spread).mean(1)
    for column in range(count):
        known = ~np.isnan(graded.grades[:, column])
        grades = graded.grades[known, column]

        def agreement(
            part: float, column: int = column, known: NDArray[np.bool_] = known, grades: Numbers = grades
        ) -> float:
            mixed = (1 - part) * sums[:, column] / spread[column] + part * common
            return float(np.corrcoef(mixed[known], grades)[0, 1])

        part = max(parts, key=agreement)
        share[:, column] = part / spread / count
        share[column, column] += (1 - part) / spread[column]
    return share


def _grade(dimension: str, sums: Numbers, grades: Numbers) -> Grade:
    """Calibration: the straight line from sums of left-out calls to their grades, never falling."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    known = ~np.isnan(grades)
    sums, wanted = sums[known], 100 * grades[known]
    spread = float(sums.std())
    found = float(((sums - sums.mean()) * (wanted - wanted.mean())).mean()) / spread**2 if spread else 0.0
    slope = max(found, LEAST_SLOPE * float(wanted.std()) / spread) if spread else 0.0
    offset = float(wanted.mean() - slope * sums.mean())
    off = np.abs(np.clip(offset + slope * sums, 0, 100) - wanted)
    return Grade(dimension, round(offset, 6), round(slope, 6), round(float(np.quantile(off, WITHIN_BAND)), 1))


def _scaling(graded: Graded, shape: Shape) -> Scaling:
    """Each view counts alike, each number in it by its spread."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    centres, factors = [], []
    for view in shape.views:
        rows = view_rows(graded.calls, (view,))
        spread = rows.var(0)
        pooled = POOLED_CALLS if rows.shape[1] > POOLED_CALLS else 0
        spread = (len(rows) * spread + pooled * spread.mean()) / (len(rows) + pooled)
        centres.append(rows.mean(0))
        share = _view_weight(view) / sum(map(_view_weight, shape.views))
        told_apart = spread > NO_SPREAD  # a number that is the same in every graded call says nothing
        factors.append(np.where(told_apart, np.sqrt(share / (np.maximum(spread, NO_SPREAD) * rows.shape[1])), 0.0))
    return Scaling(
        np.concatenate(centres).astype(np.float32).astype(np.float64),
        np.concatenate(factors).astype(np.float32).astype(np.float64),
    )


def _view_weight(view: str) -> float:
    return MOVES_WEIGHT if view == "moves" else 1.0


def graded_matrix(labels: Sequence[Mapping[str, float]], dimensions: Sequence[str]) -> Numbers:
    """Grades by call and dimension, NaN where there is none."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    return np.array([[one.get(name, np.nan) for name in dimensions] for one in labels])
