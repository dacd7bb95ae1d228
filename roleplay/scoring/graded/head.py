"""What graded calls taught: a kernel machine over the views of a call, for several dimensions at once.

The score of a call is what graded calls like it got, weighed by likeness (kernel ridge regression: Saunders, Gammerman
and Vovk, ICML 1998). Two likenesses are multiplied: of the views (what was said) and of the situation (a first answer
to a long complaint is compared with first answers to long complaints).
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import TYPE_CHECKING

from roleplay.scoring.graded.views import Seen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Small = NDArray[np.int8]

LAYOUT = 1
"""Of the array's file; another layout is another number."""
SITUATION_WEIGHTS = (1.0, 0.7, 0.3)
EDGE = 5.0
BLOCK = 64
"""Calls are compared in blocks of this many rows, filled up with nothing: so on most processors a call's score does
not depend, not even in its last digit, on the calls beside it (on some, 1e-4 points: AVX2 kernels of OpenBLAS)."""
CALLS_AT_ONCE = 4 * BLOCK
"""Compared in one product, in 2/3 of the time of one block after the other (about 30 MiB),"""
THREADS = 2
"""and so many products side by side: numpy lets go of the interpreter meanwhile."""


class DamagedArray(ValueError):
    """The bytes are no head that this program wrote."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is set before learning."""

    views: tuple[str, ...]
    width: float = 0.5
    """Of the likeness of views: exp(-width * squared distance)."""
    ridge: float = 1.0
    situation: float = 0.0
    """Of the likeness of situations; 0: every call is compared with every other."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """How the views are brought to one size."""

    centre: Numbers
    """(numbers,)"""
    factor: Numbers
    """(numbers,)"""

    def apply(self, rows: Numbers) -> Numbers:
        """The rows scaled, (calls, numbers)."""
        scaled: Numbers = (rows - self.centre) * self.factor
        return scaled


@dataclass(frozen=True, slots=True)
class Grade:
    """How one dimension's sums become points."""

    dimension: str
    offset: float
    """Points (0..100) of a call like none."""
    slope: float
    """Points for a sum of 1."""
    band: float
    """Points either side within which four of five unseen calls were graded."""


@dataclass(frozen=True, slots=True)
class Example:
    """A reply from the graded calls, to point to."""

    text: str
    grades: Mapping[str, float]
    """0..100 by dimension."""


@dataclass(frozen=True)
class Head:
    """A learned measure of one or more dimensions."""

    shape: Shape
    scaling: Scaling
    landmarks: Small
    """The graded calls' scaled views, (landmarks, numbers), in steps of `step`."""
    step: float
    situations: Numbers
    """(landmarks, 3)"""
    weights: Numbers
    """(landmarks, dimensions)"""
    grades: tuple[Grade, ...]
    reads_customer: bool
    by_graders: bool
    """Learnt from a trainer's own graded calls; else from the graded replies that ship with the rubric."""
    taught_by: tuple[str, ...] = ()
    """Digests (`teaching.digest`) of the calls it learnt from: what it says of those proves nothing."""
    examples: tuple[Example, ...] = ()
    example_rows: Small | None = None
    """The examples' mean vectors, (examples, numbers of `mean`), in steps of 1/127."""

    @property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(grade.dimension for grade in self.grades)

    def points(self, calls: Sequence[Seen]) -> Numbers:
        """About 0..100, (calls, dimensions); see `bounded`."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        points: Numbers = np.array([grade.offset for grade in self.grades]) + self._sums(calls) * [
            grade.slope for grade in self.grades
        ]
        return points

    def _sums(self, calls: Sequence[Seen]) -> Numbers:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - 10 ms

        import numpy as np  # noqa: PLC0415 - loaded long before

        some = [calls[begin : begin + CALLS_AT_ONCE] for begin in range(0, len(calls), CALLS_AT_ONCE)]
        if len(some) < 2:  # noqa: PLR2004 - nothing to share out
            return self._some(calls) if calls else np.zeros((0, len(self.grades)))
        with ThreadPoolExecutor(THREADS) as pool:
            return np.concatenate([*pool.map(self._some, some)])

    def _some(self, calls: Sequence[Seen]) -> Numbers:
        import numpy as np  # noqa: PLC0415 - loaded long before

        rows = in_blocks(self.scaling.apply(view_rows(calls, self.shape.views)))
        situations = in_blocks(np.array([one.situation for one in calls]))
        likeness = self._distances(rows)
        likeness *= -self.shape.width
        np.exp(likeness, out=likeness)
        likeness *= situation_kernel(self.shape, situations, self.situations)
        return (likeness @ self.weights)[: len(calls)]

    def _distances(self, rows: Numbers) -> Numbers:
        """Squared, to all landmarks; the large product in single precision (exact to 1e-6), in half the time."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        distances: Numbers = ((rows / self.step).astype(np.float32) @ self._single.T).astype(np.float64)
        distances *= -2 * self.step**2
        distances += (rows**2).sum(1)[:, None] + self._lengths
        return np.maximum(distances, 0.0, out=distances)

    @cached_property
    def _single(self) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415 - loaded long before

        return self.landmarks.astype(np.float32)

    @cached_property
    def _lengths(self) -> Numbers:
        import numpy as np  # noqa: PLC0415 - loaded long before

        squares: Numbers = (self._single.astype(np.float64) ** 2).sum(1) * self.step**2
        return squares

    def nearest_examples(self, vectors: Numbers) -> list[Example | None]:
        """For each vector of length 1 the graded reply nearest to it; None if there is none."""
        if self.example_rows is None or not self.examples:
            return [None] * len(vectors)
        nearest = (in_blocks(vectors) @ self._example_rows.T).argmax(1)
        return [self.examples[at] for at in nearest[: len(vectors)].tolist()]

    @cached_property
    def _example_rows(self) -> Numbers:
        import numpy as np  # noqa: PLC0415 - loaded long before

        assert self.example_rows is not None  # noqa: S101 - asked before
        return self.example_rows.astype(np.float64)


def bounded(points: float) -> float:
    """Points brought between 0 and 100: as they are from 5 to 95, ever closer to the ends beyond, never equal to them.

    So two calls that are far below what was ever graded still differ.
    """
    if points < EDGE:
        return EDGE * exp(points / EDGE - 1)
    return 100 - EDGE * exp((100 - points) / EDGE - 1) if points > 100 - EDGE else points


def in_blocks(rows: Numbers) -> Numbers:
    """The rows, filled up with nothing to whole blocks."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    return np.concatenate([rows, np.zeros((-len(rows) % BLOCK, rows.shape[1]))])


def view_rows(calls: Sequence[Seen], views: Sequence[str]) -> Numbers:
    """The views of calls side by side, (calls, numbers)."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    return np.concatenate([np.array([one.views[view] for one in calls]) for view in views], axis=1)


def kernel(shape: Shape, rows: Numbers, others: Numbers, situations: Numbers, other_situations: Numbers) -> Numbers:
    """Likeness of calls, 0..1, (rows, others)."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    likeness = np.exp(-shape.width * squared_distances(rows, others))
    return likeness * situation_kernel(shape, situations, other_situations)


def situation_kernel(shape: Shape, situations: Numbers, others: Numbers) -> Numbers:
    """Likeness of situations, 0..1, (situations, others)."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    likeness: Numbers = np.exp(
        -shape.situation * squared_distances(situations * SITUATION_WEIGHTS, others * SITUATION_WEIGHTS)
    )
    return likeness


def squared_distances(rows: Numbers, others: Numbers) -> Numbers:
    """Of each row to each other, (rows, others)."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    distances = (rows**2).sum(1)[:, None] + (others**2).sum(1) - 2 * rows @ others.T
    positive: Numbers = np.maximum(distances, 0.0)
    return positive


def to_bytes(heads: Sequence[Head]) -> bytes:
    """Heads as one compact file (numpy's .npz), the same bytes for the same heads."""
    import numpy as np  # noqa: PLC0415 - loaded long before

    arrays: dict[str, NDArray[np.generic]] = {}
    told = []
    for at, head in enumerate(heads):
        arrays |= {
            f"{at}-centre": head.scaling.centre.astype(np.float32),
            f"{at}-factor": head.scaling.factor.astype(np.float32),
            f"{at}-landmarks": head.landmarks,
            f"{at}-situations": head.situations.astype(np.float32),
            f"{at}-weights": head.weights.astype(np.float32),
        }
        if head.example_rows is not None:
            arrays[f"{at}-examples"] = head.example_rows
        told.append(_told(head))
    text = json.dumps({"layout": LAYOUT, "heads": told}, ensure_ascii=False, sort_keys=True)
    arrays["told"] = np.frombuffer(text.encode(), dtype=np.uint8)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type] # arrays by name
    return buffer.getvalue()


def from_bytes(data: bytes) -> tuple[Head, ...]:
    """What `to_bytes` wrote. Raises DamagedArray."""
    import numpy as np  # noqa: PLC0415 - 0.1 s, not needed before a call is scored

    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            told = json.loads(arrays["told"].tobytes())
            heads = [_head(one, at, arrays) for at, one in enumerate(told["heads"])] if told["layout"] == LAYOUT else []
    except Exception as problem:  # zip, json and numpy have a dozen errors between them, and all mean one thing
        raise DamagedArray(str(problem)) from problem
    if told["layout"] != LAYOUT:
        message = f"written by another version, layout {told['layout']}"
        raise DamagedArray(message)
    return tuple(heads)


def _told(head: Head) -> dict[str, object]:
    return {
        "views": head.shape.views,
        "width": head.shape.width,
        "ridge": head.shape.ridge,
        "situation": head.shape.situation,
        "step": head.step,
        "reads_customer": head.reads_customer,
        "by_graders": head.by_graders,
        "grades": [[grade.dimension, grade.offset, grade.slope, grade.band] for grade in head.grades],
        "taught_by": head.taught_by,
        "examples": [[one.text, dict(one.grades)] for one in head.examples],
    }


def _head(told: dict[str, object], at: int, arrays: Mapping[str, NDArray[np.generic]]) -> Head:
    import numpy as np  # noqa: PLC0415 - loaded long before

    def numbers(name: str) -> Numbers:
        return arrays[f"{at}-{name}"].astype(np.float64)

    def setting(name: str) -> float:
        value = told[name]
        assert isinstance(value, int | float)  # noqa: S101 - anything else is a damaged array
        return float(value)

    views, grades, examples, taught_by = told["views"], told["grades"], told["examples"], told["taught_by"]
    assert isinstance(views, list)  # noqa: S101 - as above
    assert isinstance(grades, list)  # noqa: S101 - as above
    assert isinstance(examples, list)  # noqa: S101 - as above
    assert isinstance(taught_by, list)  # noqa: S101 - as above
    return Head(
        Shape(tuple(views), setting("width"), setting("ridge"), setting("situation")),
        Scaling(numbers("centre"), numbers("factor")),
        arrays[f"{at}-landmarks"].astype(np.int8),
        setting("step"),
        numbers("situations"),
        numbers("weights"),
        tuple(Grade(str(name), offset, slope, band) for name, offset, slope, band in grades),
        bool(told["reads_customer"]),
        bool(told["by_graders"]),
        tuple(map(str, taught_by)),
        tuple(Example(str(text), by_dimension) for text, by_dimension in examples),
        arrays[f"{at}-examples"].astype(np.int8) if f"{at}-examples" in arrays else None,
    )
