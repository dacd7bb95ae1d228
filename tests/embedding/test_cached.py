"""The embedder in front: what it asks the model, and what it does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from roleplay.embedding import CachedEmbedder, VectorCache
from roleplay.embedding.cache import vector_key
from roleplay.embedding.cached import REMEMBERED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from roleplay.embedding import Embedder

PRINT = "counting@1"


class CountingEmbedder:
    """Tells texts apart by length and first letter, and keeps a list of what it was asked."""

    fingerprint = PRINT
    dimensions = 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give (length, first letter)."""
        self.asked += texts
        return np.array([[len(text), ord(text[0])] for text in texts], np.float32).reshape(-1, 2)


def refuse() -> Embedder:
    message = "the model was loaded though every text was cached"
    raise AssertionError(message)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    with closing(VectorCache(tmp_path / "v.sqlite", print)) as opened:
        yield opened


def wrapped(make: Callable[[], Embedder], cache: VectorCache) -> CachedEmbedder:
    return CachedEmbedder(make, PRINT, 2, cache)


def test_asks_only_for_distinct_new_texts(cache: VectorCache) -> None:
    model = CountingEmbedder()
    embedder = wrapped(lambda: model, cache)
    rows = embedder.embed(["bb", "a", "", "bb", " a "])
    assert model.asked == ["a", "bb"]
    np.testing.assert_array_equal(rows, [[2, 98], [1, 97], [0, 0], [2, 98], [1, 97]])
    embedder.embed(["a", "ccc"])
    assert model.asked == ["a", "bb", "ccc"]


def test_the_next_run_loads_no_model(cache: VectorCache) -> None:
    first = wrapped(CountingEmbedder, cache).embed(["a", "caf\u00e9"])
    second = wrapped(refuse, cache).embed(["a", "cafe\u0301", "\n"])
    np.testing.assert_array_equal(second[:2], first)


def test_blank_texts_load_no_model(cache: VectorCache) -> None:
    assert not wrapped(refuse, cache).embed(["", " "]).any()
    assert wrapped(refuse, cache).embed([]).shape == (0, 2)


@pytest.mark.parametrize("wrong", [np.ones(3, np.float32), np.array([np.nan, 1], np.float32)])
def test_a_row_that_cannot_be_ours_is_computed_again(cache: VectorCache, wrong: NDArray[np.float32]) -> None:
    cache.put_many({vector_key(PRINT, "a"): wrong})
    np.testing.assert_array_equal(wrapped(CountingEmbedder, cache).embed(["a"]), [[1, 97]])


def test_another_model_has_other_vectors(cache: VectorCache) -> None:
    wrapped(CountingEmbedder, cache).embed(["a"])
    other = CountingEmbedder()
    CachedEmbedder(lambda: other, "counting@2", 2, cache).embed(["a"])
    assert other.asked == ["a"]


def test_a_model_that_failed_is_tried_again(cache: VectorCache) -> None:
    attempts: Iterator[OSError | CountingEmbedder] = iter([OSError("no disk"), CountingEmbedder()])

    def make() -> Embedder:
        made = next(attempts)
        if isinstance(made, OSError):
            raise made
        return made

    embedder = wrapped(make, cache)
    with pytest.raises(OSError, match="no disk"):
        embedder.embed(["a"])
    assert embedder.embed(["a"])[0, 0] == 1


def test_threads_load_one_model(cache: VectorCache) -> None:
    made: list[CountingEmbedder] = []

    def make() -> Embedder:
        made.append(CountingEmbedder())
        return made[-1]

    embedder = wrapped(make, cache)
    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(lambda number: embedder.embed(["x" * number]), range(1, 40)))
    assert [int(row[0, 0]) for row in rows] == list(range(1, 40))
    assert len(made) == 1


def test_memory_is_bounded(cache: VectorCache) -> None:
    embedder = wrapped(CountingEmbedder, cache)
    embedder.embed([f"text {number}" for number in range(REMEMBERED + 100)])
    assert len(embedder._remembered) == REMEMBERED  # noqa: SLF001  no other way to see it


def test_a_caller_cannot_spoil_what_is_remembered(cache: VectorCache) -> None:
    embedder = wrapped(CountingEmbedder, cache)
    embedder.embed(["a"])[:] = 9
    np.testing.assert_array_equal(embedder.embed(["a"]), [[1, 97]])
