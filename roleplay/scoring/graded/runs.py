"""Rows of a matrix in runs: the sentences of a reply, the replies of a call. What one run gives no other touches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]

Item = TypeVar("Item")


class Runs:
    """Runs of one row or more, one after the other. Sums are made in order, so they are the same in any company."""

    def __init__(self, runs: Sequence[Sequence[int]]) -> None:
        """`runs`: for each the places of its rows in a matrix."""
        self.runs = runs

    @cached_property
    def places(self) -> Places:
        """The places of all rows; a matrix at these places is what the methods take."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        return np.array([place for run in self.runs for place in run], dtype=np.intp)

    @cached_property
    def lengths(self) -> Places:
        import numpy as np  # noqa: PLC0415 - loaded long before

        return np.array([len(run) for run in self.runs], dtype=np.intp)

    @cached_property
    def _begins(self) -> Places:
        begins: Places = self.lengths.cumsum() - self.lengths
        return begins

    def total(self, rows: Numbers) -> Numbers:
        """The sum of each run, (runs, ...)."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        total: Numbers = np.add.reduceat(rows, self._begins, axis=0)
        return total

    def mean(self, rows: Numbers) -> Numbers:
        """The mean of each run, (runs, ...)."""
        return (self.total(rows).T / self.lengths).T

    def most(self, rows: Numbers) -> Numbers:
        """The largest number of each run and column, (runs, ...)."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        most: Numbers = np.maximum.reduceat(rows, self._begins, axis=0)
        return most

    def least(self, rows: Numbers) -> Numbers:
        """The smallest number of each run and column, (runs, ...)."""
        return -self.most(-rows)

    def last(self, rows: Numbers) -> Numbers:
        """The last row of each run, (runs, ...)."""
        last: Numbers = rows[self._begins + self.lengths - 1]
        return last


def compose(texts: Sequence[str], rows: Numbers, runs: Runs) -> Numbers:
    """One vector of length 1 for each run of sentences; a sentence weighs by the root of its length.

    Embedding a whole turn as well as its sentences would take twice the time. `texts` and `rows` are those that the
    runs' places point to.
    """
    import numpy as np  # noqa: PLC0415 - loaded long before

    weighed = rows * np.sqrt([len(text) for text in texts])[:, None]
    total = runs.total(weighed[runs.places])
    lengths = np.sqrt((total**2).sum(1, keepdims=True))
    composed: Numbers = total / np.where(lengths, lengths, 1.0)
    return composed


def in_batches(items: Sequence[Item], sizes: Sequence[int], most: int) -> Iterator[Sequence[Item]]:
    """Items in order, at most so much of them at a time; one that is larger comes alone."""
    begin = held = 0
    for at, size in enumerate(sizes):
        if at > begin and held + size > most:
            yield items[begin:at]
            begin, held = at, 0
        held += size
    if begin < len(items):
        yield items[begin:]
