"""The log of training in the database: added to, read, never edited."""

from __future__ import annotations

import json
from datetime import datetime

from roleplay.store.database import Database
from roleplay.training import Deed, TrainingEntry

_COLUMNS = "id, at, deed, what, share, seconds, call, challenge, aims, words"


class TrainingLog:
    """All training on this computer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, *entries: TrainingEntry) -> None:
        """Appends in one go. Raises ServiceUnavailable, and then none was."""
        rows = [
            (
                one.id,
                one.at.isoformat(),
                one.deed.value,
                one.what,
                one.share,
                one.seconds,
                one.call,
                one.challenge,
                " ".join(one.aims),
                json.dumps(dict(one.words), ensure_ascii=False),
            )
            for one in entries
        ]
        with self._database.writing() as connection:
            connection.executemany(f"INSERT INTO training ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)", rows)  # noqa: S608

    def entries(self) -> list[TrainingEntry]:
        """The whole log, in order."""
        query = f"SELECT {_COLUMNS} FROM training ORDER BY at, place"  # noqa: S608 - column names of our own
        return [_entry(*row) for row in self._database.rows(query)]


def _entry(*row: object) -> TrainingEntry:
    identifier, at, deed, what, share, seconds, call, challenge, aims, words = row
    return TrainingEntry(
        str(identifier),
        datetime.fromisoformat(str(at)),
        Deed(str(deed)),
        str(what),
        None if share is None else float(str(share)),
        float(str(seconds)),
        None if call is None else str(call),
        None if challenge is None else float(str(challenge)),
        tuple(str(aims).split()),
        json.loads(str(words)),
    )
