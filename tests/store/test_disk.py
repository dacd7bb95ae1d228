"""What is wrong with the disk or the file is said plainly, and what was recorded before is safe."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from roleplay.errors import ExitCode, NewerStore, ServiceUnavailable
from roleplay.store.records import Records
from tests.store.builders import begin, reply


@pytest.mark.parametrize("below", ["", "deeper/still"])
def test_a_home_that_is_a_file_is_unavailable(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ServiceUnavailable, match="cannot be used") as raised:
        Records(tmp_path / "file" / below)
    assert raised.value.exit_code is ExitCode.UNAVAILABLE
    assert "ROLEPLAY_HOME" in raised.value.next_step


def test_a_file_that_is_no_database_is_kept_and_reported(home: Path) -> None:
    home.mkdir()
    (home / "records.sqlite").write_bytes(b"this was once a shopping list\n" * 40)
    with pytest.raises(ServiceUnavailable, match="not a database") as raised:
        Records(home)
    assert "Move the file away" in raised.value.next_step
    assert (home / "records.sqlite").read_bytes().startswith(b"this was once")


def test_a_newer_store_is_refused_and_left_alone(home: Path) -> None:
    Records(home).close()
    with sqlite3.connect(home / "records.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NewerStore, match="newer") as raised:
        Records(home)
    assert raised.value.exit_code is ExitCode.USAGE
    with sqlite3.connect(home / "records.sqlite") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)
    connection.close()


class Refusing:
    """A connection whose every statement fails the way a disk makes it fail."""

    def __init__(self, message: str) -> None:
        self.message = message

    def execute(self, *_statement: object) -> None:
        raise sqlite3.OperationalError(self.message)

    def close(self) -> None:
        """Nothing is open."""


@contextmanager
def refusing(records: Records, message: str) -> Iterator[None]:
    database = records._database  # noqa: SLF001 - the one place where the disk can be made to fail
    real = database._connection  # noqa: SLF001
    database._connection = Refusing(message)  # type: ignore[assignment] # noqa: SLF001
    yield
    database._connection = real  # noqa: SLF001


@pytest.mark.parametrize(
    ("message", "advice"),
    [
        ("database or disk is full", "free some space"),
        ("attempt to write a readonly database", "ROLEPLAY_HOME"),
        ("unable to open database file", "ROLEPLAY_HOME"),
        ("database is locked", "Another program holds the file"),
        ("database disk image is malformed", "Move the file away"),
    ],
)
def test_each_way_of_failing_has_its_advice_and_exit_3(records: Records, message: str, advice: str) -> None:
    call = begin(records)
    call.add(reply("before"))
    with refusing(records, message), pytest.raises(ServiceUnavailable, match=message) as raised:
        call.add(reply("refused"))
    assert advice in raised.value.next_step
    assert raised.value.exit_code is ExitCode.UNAVAILABLE


def test_a_reply_the_disk_refused_takes_no_place_and_the_next_one_is_recorded(records: Records) -> None:
    call = begin(records)
    with refusing(records, "database or disk is full"), pytest.raises(ServiceUnavailable):
        call.add(reply("refused"))
    assert call.last_place == -1
    call.add(reply("after"))
    assert [entry.text for entry in records.inputs("one")] == ["after"]


@contextmanager
def full_disk(records: Records) -> Iterator[None]:
    connection = records._database._connection  # noqa: SLF001 - SQLite's own way to have no room
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    connection.execute("PRAGMA max_page_count = 1000000")


def test_on_a_really_full_disk_nothing_is_half_written_and_the_call_goes_on_afterwards(records: Records) -> None:
    call = begin(records)
    with full_disk(records), pytest.raises(ServiceUnavailable):
        call.add(reply("x" * 100_000))
    call.add(reply("after"))
    assert [entry.text for entry in records.inputs("one")] == ["after"]


def test_a_really_full_disk_is_called_full(records: Records) -> None:
    call = begin(records)
    with full_disk(records), pytest.raises(ServiceUnavailable, match="full") as raised:
        call.add(reply("x" * 100_000))
    assert "free some space" in raised.value.next_step
