"""Vectors kept between runs: one SQLite file, shared by processes and threads, never in the way.

The file may be deleted at any time. What goes wrong with it costs time and one notice, never an exception.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

T = TypeVar("T")

CAP_BYTES = 256 * 1024 * 1024  # about 120,000 texts of 384 numbers
KEPT_SHARE = 0.9  # of the cap after an eviction, so that the next text does not cause another

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, numbers BLOB NOT NULL, used_hour INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS vector_by_use ON vector (used_hour);
"""
_KEYS_AT_ONCE = 500  # SQLite before 3.32 takes 999 parameters
_SECONDS_IN_HOUR = 3600  # reading marks a row as used at most once an hour: else every read would be a write
_BUSY_SECONDS = 5.0
_RETRY_SECONDS = 0.02
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def vector_key(fingerprint: str, text: str) -> bytes:
    """Name a vector by its content: 32 bytes. `text` is what `text.embeddable` gave."""
    return hashlib.sha256(f"{fingerprint}\0{text}".encode()).digest()


class VectorCache:
    """A store of vectors by key with a cap on its size. Safe to share between threads."""

    def __init__(
        self,
        path: Path,
        say: Callable[[str], None],
        cap_bytes: int = CAP_BYTES,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Open nothing yet; `now` is in seconds and decides only who leaves first."""
        self._path = path
        self._say = say
        self._cap_bytes = cap_bytes
        self._now = now
        self._turn = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._readable = self._writable = True
        self._has_spoken = False

    def get_many(self, keys: Collection[bytes]) -> dict[bytes, Vector]:
        """Return the vectors that are there, by key; each is float32 of shape (n,) and read-only."""
        import numpy as np

        with self._turn:
            rows = self._reading(lambda connection: list(_rows(connection, keys))) or []
            stale = [key for key, _, used_hour in rows if used_hour < self._hour()]
            if stale:
                self._writing(lambda connection: _touch(connection, stale, self._hour()))
        return {key: np.frombuffer(numbers, dtype="<f4") for key, numbers, _ in rows}

    def put_many(self, vectors: Mapping[bytes, Vector]) -> None:
        """Keep vectors by key, and let the least recently used go when the file would outgrow its cap."""
        rows = [(key, vector.astype("<f4").tobytes(), self._hour()) for key, vector in vectors.items()]
        with self._turn:
            self._writing(lambda connection: _insert(connection, rows))
            self._writing(lambda connection: _evict(connection, self._cap_bytes))

    def clear(self) -> None:
        """Erase every vector and the file itself.

        Raises OSError when the file cannot be removed: whoever asks to erase must know that it did not happen.
        """
        with self._turn:
            self.close()
            for file in self._files():
                file.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        with self._turn:
            if self._connection is not None:
                with suppress(sqlite3.Error):
                    self._connection.close()
            self._connection = None

    def _reading(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do `work`, or give up on the whole cache for this run."""
        if not self._readable:
            return None
        try:
            return self._with_repair(work)
        except (sqlite3.Error, OSError) as problem:
            self._give_up(problem, reading=True)
        return None

    def _writing(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do `work` as one transaction, or stop writing for this run; what is there can still be read."""
        if not (self._readable and self._writable):
            return
        try:
            self._with_repair(lambda connection: _transaction(connection, work))
        except (sqlite3.Error, OSError) as problem:
            self._give_up(problem, reading=False)

    def _give_up(self, problem: Exception, *, reading: bool) -> None:
        """Stop writing, and reading if need be."""
        self._say_once(f"The cache {self._path} cannot be used now, so this run takes longer: {problem}")
        self._writable = False
        self._readable = self._readable and not reading

    def _with_repair(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do `work`; a damaged file is removed and started anew, once a call."""
        try:
            return work(self._opened())
        except sqlite3.DatabaseError as problem:
            if getattr(problem, "sqlite_errorcode", None) not in _DAMAGED:
                raise
            self._say_once(f"The cache {self._path} was damaged and is started anew, so this run takes longer.")
        self.clear()
        return work(self._opened())

    def _say_once(self, notice: str) -> None:
        """Speak up the first time; more trouble with the same file is no news."""
        if not self._has_spoken:
            self._has_spoken = True
            self._say(notice)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _connect(self._path)
        return self._connection

    def _files(self) -> Iterator[Path]:
        """Name the file and the two that SQLite keeps beside it."""
        return (Path(f"{self._path}{ending}") for ending in ("", "-wal", "-shm"))

    def _hour(self) -> int:
        return int(self._now() // _SECONDS_IN_HOUR)


def _connect(path: Path) -> sqlite3.Connection:
    """Open in WAL mode: readers do not wait for a writer, and a power cut loses at most the last vectors."""
    # Transactions are begun by hand: Python's implicit ones begin late and then fail at once instead of waiting.
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _switch_to_wal(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Switch once in the life of a file.

    SQLite does not wait here when two processes do so at the same moment (11 of 320 first openings failed), so we do.
    """
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], None]) -> None:
    """Begin as a writer, so that waiting happens here and not half-way."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        work(connection)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # a full disk may have rolled back already
            connection.execute("ROLLBACK")
        raise


def _rows(connection: sqlite3.Connection, keys: Collection[bytes]) -> Iterator[tuple[bytes, bytes, int]]:
    wanted = list(keys)
    for start in range(0, len(wanted), _KEYS_AT_ONCE):
        some = wanted[start : start + _KEYS_AT_ONCE]
        marks = ",".join("?" * len(some))
        query = f"SELECT key, numbers, used_hour FROM vector WHERE key IN ({marks})"  # noqa: S608  question marks only
        with closing(connection.execute(query, some)) as cursor:
            yield from cursor


def _touch(connection: sqlite3.Connection, keys: Collection[bytes], hour: int) -> None:
    connection.executemany("UPDATE vector SET used_hour = ? WHERE key = ?", ((hour, key) for key in keys))


def _insert(connection: sqlite3.Connection, rows: Collection[tuple[bytes, bytes, int]]) -> None:
    connection.executemany("INSERT OR REPLACE INTO vector (key, numbers, used_hour) VALUES (?, ?, ?)", rows)


def _evict(connection: sqlite3.Connection, cap_bytes: int) -> None:
    """Delete the least recently used share; within an hour, what was put first goes first.

    Freed pages are filled again before the file grows, so pages in use are what the cap is about.
    """
    in_use = _pragma(connection, "page_count") - _pragma(connection, "freelist_count")
    used_bytes = in_use * _pragma(connection, "page_size")
    if used_bytes <= cap_bytes:
        return
    count = int(connection.execute("SELECT COUNT(*) FROM vector").fetchone()[0])
    leaving = count - int(count * KEPT_SHARE * cap_bytes / used_bytes)
    connection.execute(
        "DELETE FROM vector WHERE rowid IN (SELECT rowid FROM vector ORDER BY used_hour, rowid LIMIT ?)", (leaving,)
    )


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
