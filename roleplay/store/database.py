"""The database file: opening, migrating, and saying plainly what is wrong with the disk."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roleplay.errors import NewerStore, ServiceUnavailable

MIGRATIONS = (
    """
    CREATE TABLE artifact (
        sha256 TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE TABLE call (
        id TEXT PRIMARY KEY,
        persona TEXT NOT NULL,
        persona_name TEXT NOT NULL,
        persona_sha256 TEXT NOT NULL REFERENCES artifact,
        mind_rubric_sha256 TEXT NOT NULL REFERENCES artifact,
        rubric TEXT NOT NULL,
        rubric_sha256 TEXT NOT NULL REFERENCES artifact,
        embedder TEXT NOT NULL,
        model TEXT NOT NULL,
        seed INTEGER NOT NULL,
        pace TEXT NOT NULL,
        hints INTEGER NOT NULL,
        started_at TEXT NOT NULL,
        branched_from_call TEXT REFERENCES call,
        branched_from_turn INTEGER,
        ended_at TEXT,
        outcome TEXT,
        overall REAL,
        passed INTEGER
    ) STRICT;
    CREATE INDEX call_by_start ON call (started_at);
    CREATE TABLE input (
        call TEXT NOT NULL REFERENCES call ON DELETE CASCADE,
        place INTEGER NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        seconds REAL NOT NULL,
        PRIMARY KEY (call, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE spoken (
        call TEXT NOT NULL REFERENCES call ON DELETE CASCADE,
        place INTEGER NOT NULL,
        text TEXT NOT NULL,
        guarded INTEGER NOT NULL,
        PRIMARY KEY (call, place)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    ALTER TABLE spoken ADD COLUMN prompt_tokens INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE spoken ADD COLUMN answer_tokens INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE spoken ADD COLUMN cost REAL;
    CREATE TABLE told_once (
        what TEXT PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE INDEX call_by_branch ON call (branched_from_call);
    CREATE TABLE detail (
        call TEXT NOT NULL REFERENCES call ON DELETE CASCADE,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        value REAL,
        PRIMARY KEY (call, kind, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE note (
        id INTEGER PRIMARY KEY,
        call TEXT NOT NULL REFERENCES call ON DELETE CASCADE,
        reply INTEGER,
        kind TEXT NOT NULL,
        author TEXT NOT NULL,
        text TEXT NOT NULL,
        written_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX note_by_call ON note (call);
    """,
    """
    CREATE TABLE dispute (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        call TEXT NOT NULL REFERENCES call ON DELETE CASCADE,
        kind TEXT NOT NULL,
        reply INTEGER NOT NULL,
        seen TEXT NOT NULL,
        wanted TEXT NOT NULL,
        why TEXT NOT NULL,
        name TEXT NOT NULL,
        raised_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX dispute_by_call ON dispute (call);
    CREATE TABLE dispute_answer (
        dispute INTEGER PRIMARY KEY REFERENCES dispute ON DELETE CASCADE,
        accepted INTEGER NOT NULL,
        reason TEXT NOT NULL,
        answered_at TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE training (
        place INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        deed TEXT NOT NULL,
        what TEXT NOT NULL,
        share REAL,
        seconds REAL NOT NULL,
        call TEXT REFERENCES call ON DELETE CASCADE,
        challenge REAL,
        aims TEXT NOT NULL,
        words TEXT NOT NULL
    ) STRICT;
    CREATE INDEX training_by_call ON training (call);
    CREATE TABLE trait (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """,
)
"""Applied in order; the file's `user_version` says how many were. Never edit one that was released: add another."""


WAL_ATTEMPTS = 100


class Database:
    """One SQLite file in WAL mode with synchronous FULL: what was committed survives a power cut."""

    def __init__(self, file: Path) -> None:
        """Raises ServiceUnavailable if the disk refuses, NewerStore if a newer program wrote the file."""
        self.file = file
        with self._said_plainly():
            file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._switch_to_wal()
        self._migrate()

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        """All rows of a query. Raises ServiceUnavailable."""
        with self._said_plainly():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, on disk when the block ends. Raises ServiceUnavailable, and then nothing was written."""
        with self._said_plainly():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                # On a full disk SQLite has rolled back already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def _migrate(self) -> None:
        if self._version() > len(MIGRATIONS):
            raise NewerStore(
                f"{self.file} was written by a newer roleplay",
                "Update with `pip install --upgrade roleplay`, or set ROLEPLAY_HOME to another folder.",
            )
        if self._version() == len(MIGRATIONS):
            return
        with self.writing() as connection:
            # Another process may have migrated while this one waited for the lock.
            for number in range(self._version(), len(MIGRATIONS)):
                for statement in filter(str.strip, MIGRATIONS[number].split(";")):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    def _switch_to_wal(self) -> None:
        """Switches once in the life of a file. SQLite does not wait when two processes do so at once, so we do."""
        for _ in range(WAL_ATTEMPTS):
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as problem:
                if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                time.sleep(0.05)
            else:
                return
        self._connection.execute("PRAGMA journal_mode = WAL")

    def _version(self) -> int:
        return int(str(self.rows("PRAGMA user_version")[0][0]))

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise ServiceUnavailable(
                f"the records in {self.file} cannot be used: {error}", _next_step(error)
            ) from error
        except OSError as error:
            raise ServiceUnavailable(
                f"the folder {self.file.parent} cannot be used: {error.strerror}",
                "Set ROLEPLAY_HOME to a folder you may write to.",
            ) from error


def _next_step(error: sqlite3.DatabaseError) -> str:
    what = str(error)
    if "full" in what:
        return "The disk is full: free some space and try again. What was recorded before is safe."
    if "locked" in what or "busy" in what:
        return "Another program holds the file: close it and try again."
    if "malformed" in what or "not a database" in what:
        return "Move the file away to start afresh; keep it, most of it can be recovered."
    return "Set ROLEPLAY_HOME to a folder you may write to."
