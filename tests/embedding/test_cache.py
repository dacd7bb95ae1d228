"""The vector file: it keeps, it forgets in order, and it never gets in the way."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from roleplay.embedding.cache import VectorCache, vector_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

HOUR = 3600.0


def key(number: int) -> bytes:
    return vector_key("model", str(number))


def vector(number: int) -> NDArray[np.float32]:
    return np.full(384, number, np.float32)


def some(first: int, count: int) -> dict[bytes, NDArray[np.float32]]:
    return {key(number): vector(number) for number in range(first, first + count)}


@pytest.fixture
def notices() -> list[str]:
    return []


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "vectors.sqlite"


@pytest.fixture
def cache(file: Path, notices: list[str]) -> Iterator[VectorCache]:
    with closing(VectorCache(file, notices.append)) as opened:
        yield opened


def test_keeps_vectors_for_the_next_run(cache: VectorCache, file: Path, notices: list[str]) -> None:
    cache.put_many(some(0, 1200))
    cache.close()
    with closing(VectorCache(file, notices.append)) as again:
        found = again.get_many([key(number) for number in range(1500)])
    assert len(found) == 1200
    np.testing.assert_array_equal(found[key(7)], vector(7))
    assert found[key(7)].dtype == np.float32
    assert notices == []


def test_key_names_model_and_text() -> None:
    assert len({vector_key("a", "b"), vector_key("ab", ""), vector_key("b", "a"), vector_key("a", "c")}) == 4
    assert len(vector_key("a", "b")) == 32


def test_numbers_are_little_endian(cache: VectorCache, file: Path) -> None:
    cache.put_many({key(1): np.array([1.0], np.float32)})
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT numbers FROM vector").fetchall() == [(b"\x00\x00\x80\x3f",)]


def test_the_least_recently_used_leave_first(file: Path, notices: list[str]) -> None:
    clock = [0.0]
    with closing(VectorCache(file, notices.append, cap_bytes=2_000_000, now=lambda: clock[0])) as cache:
        for hour in range(4):
            clock[0] = hour * HOUR
            cache.put_many(some(hour * 250, 250))
            cache.get_many([key(0)])  # the very first one stays in use
        clock[0] = 5 * HOUR
        cache.put_many(some(1000, 250))
        left = cache.get_many([key(number) for number in range(1250)])
    assert key(0) in left
    assert key(1) not in left
    assert all(key(number) in left for number in range(1000, 1250))
    assert len(left) > 500
    assert notices == []


def test_the_file_stays_near_its_cap(file: Path, notices: list[str]) -> None:
    cap = 1_000_000
    with closing(VectorCache(file, notices.append, cap_bytes=cap)) as cache:
        for start in range(0, 4000, 100):
            cache.put_many(some(start, 100))
        assert cache.get_many([key(3999)])
    assert file.stat().st_size < cap * 1.3  # one batch above the cap before the eviction


def test_clear_removes_the_file(cache: VectorCache, file: Path) -> None:
    cache.put_many(some(0, 3))
    cache.clear()
    assert list(file.parent.iterdir()) == []
    assert cache.get_many([key(0)]) == {}
    cache.put_many(some(0, 1))
    assert list(cache.get_many([key(0)])) == [key(0)]


def test_a_corrupt_file_is_replaced(cache: VectorCache, file: Path, notices: list[str]) -> None:
    file.parent.mkdir()
    file.write_bytes(b"this is no database, and longer than a header " * 200)
    assert cache.get_many([key(0)]) == {}
    cache.put_many(some(0, 5))
    assert len(cache.get_many([key(0), key(4)])) == 2
    assert len(notices) == 1
    assert "damaged" in notices[0]


def test_pages_overwritten_in_the_middle(cache: VectorCache, file: Path, notices: list[str]) -> None:
    cache.put_many(some(0, 500))
    cache.close()
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xee" * (len(content) - 4096)
    file.write_bytes(content)
    cache.get_many([key(number) for number in range(500)])
    cache.put_many(some(0, 5))
    assert len(cache.get_many([key(0)])) == 1
    assert len(notices) == 1


def test_a_place_that_cannot_be_opened_costs_one_notice(tmp_path: Path, notices: list[str]) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    cache = VectorCache(folder, notices.append)
    for _ in range(3):
        cache.put_many(some(0, 5))
        assert cache.get_many([key(0)]) == {}
    assert len(notices) == 1
    assert str(folder) in notices[0]


def test_a_parent_that_is_a_file_costs_one_notice(tmp_path: Path, notices: list[str]) -> None:
    (tmp_path / "file").write_text("not a folder")
    cache = VectorCache(tmp_path / "file" / "vectors.sqlite", notices.append)
    assert cache.get_many([key(0)]) == {}
    cache.put_many(some(0, 1))
    assert len(notices) == 1


def test_what_cannot_be_written_can_still_be_read(
    cache: VectorCache, file: Path, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.put_many(some(0, 5))
    monkeypatch.setattr("roleplay.embedding.cache._BUSY_SECONDS", 0.05)
    cache.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        cache.put_many(some(5, 5))
        assert len(cache.get_many(some(0, 10))) == 5
    assert len(notices) == 1
    assert "locked" in notices[0]


def test_a_full_disk_costs_one_notice(cache: VectorCache, notices: list[str]) -> None:
    cache.put_many(some(0, 5))
    connection = cache._opened()  # noqa: SLF001  the only way to a full disk without one
    connection.execute("PRAGMA max_page_count = 1")
    cache.put_many(some(100, 500))
    cache.put_many(some(700, 500))
    assert len(cache.get_many(some(0, 5))) == 5
    assert len(notices) == 1
    assert "full" in notices[0]


def test_threads_share_one_cache(cache: VectorCache, notices: list[str]) -> None:
    def work(part: int) -> int:
        cache.put_many(some(part * 50, 50))
        return len(cache.get_many(some(part * 50, 50)))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(16))) == [50] * 16
    assert notices == []


def test_many_first_openings_at_once(file: Path, notices: list[str]) -> None:
    """Each with a connection of its own, as processes have."""

    def work(part: int) -> int:
        with closing(VectorCache(file, notices.append)) as own:
            own.put_many(some(part * 20, 20))
            return len(own.get_many(some(part * 20, 20)))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(24))) == [20] * 24
    assert notices == []
