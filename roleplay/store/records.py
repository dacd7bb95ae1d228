"""Calls in the database: begun, added to, finished, found again. Nothing recorded is edited."""

from __future__ import annotations

import shutil
from base64 import b64decode, b64encode
from dataclasses import fields
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from roleplay.call_log import (
    NO_DETAILS,
    CallDetails,
    CallHeader,
    CallResult,
    CallSummary,
    Input,
    InputKind,
    Note,
    NoteKind,
    ShownLine,
    Usage,
)
from roleplay.errors import CallInUse, ServiceUnavailable, UsageProblem
from roleplay.store.database import Database
from roleplay.store.disputes import Disputes
from roleplay.store.training import TrainingLog

_HEADER = tuple(field.name for field in fields(CallHeader))
_SUMMARY = f"""
    SELECT {", ".join(_HEADER)}, ended_at, outcome, overall, passed,
           (SELECT count(*) FROM input WHERE input.call = call.id AND input.kind = 'reply')
    FROM call
"""  # noqa: S608 - column names of our own

_COPIES = (
    """INSERT INTO input (call, place, kind, text, seconds)
       SELECT ?, place, kind, text, seconds FROM input WHERE call = ? AND place < ?""",
    """INSERT INTO spoken (call, place, text, guarded, prompt_tokens, answer_tokens, cost)
       SELECT ?, place, text, guarded, 0, 0, NULL FROM spoken WHERE call = ? AND place < ?""",
)
"""What a retry takes over; what the words took was paid for in the call they come from."""
_PASSES = """
    SELECT count(*) FROM call
    WHERE passed = 1 AND branched_from_call IS NULL AND (started_at, id) < (?, ?)
      AND persona_sha256 IN (
          SELECT sha256 FROM artifact WHERE kind = 'persona' AND json_extract(text, '$.difficulty') >= ?)
      AND NOT EXISTS (SELECT 1 FROM input WHERE input.call = call.id AND input.kind = 'hint')
"""
_DETAILS = """
    SELECT call, kind, name, value FROM detail
    WHERE call IN (SELECT id FROM call WHERE ended_at IS NOT NULL ORDER BY started_at DESC, id DESC LIMIT ?)
"""
_PASSED_SECONDS = """
    SELECT value FROM detail JOIN call ON call.id = detail.call
    WHERE kind = ? AND name = 'seconds' AND persona = ? AND call.id != ? AND passed = 1
      AND branched_from_call IS NULL AND value > 0
    ORDER BY value
"""
DIMENSION, CRITERION, FIGURE, MISSED = "dimension", "criterion", "figure", "missed"
"""What a number of a finished call is about, in the table `detail`."""
DEBRIEFS = "debriefs"
"""The folder of debriefs that were kept as files."""
WRITTEN = "written"
"""The folder of what a trainee wrote in the programme: cases, customers."""
LAST_TEST = "last-test-1.json"
"""Which cases of rubrics failed last (`roleplay test --failed`); 1 is its layout."""


class Records:
    """All calls on this computer."""

    def __init__(self, home: Path) -> None:
        """`home` is made if it is not there. Raises ServiceUnavailable or NewerStore."""
        self._home = home
        self._database = Database(home / "records.sqlite")
        self.disputes = Disputes(self._database)
        self.training = TrainingLog(self._database)

    def keep(self, kind: str, text: str) -> str:
        """Stores a copy of a persona or rubric under its content; gives the sha256 of `text` in UTF-8."""
        digest = sha256(text.encode()).hexdigest()
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO artifact VALUES (?, ?, ?)", (digest, kind, text))
        return digest

    def kept(self, digest: str) -> str:
        """The copy stored under `digest`. Raises UsageProblem if there is none."""
        rows = self._database.rows("SELECT text FROM artifact WHERE sha256 = ?", (digest,))
        if not rows:
            raise UsageProblem(f"the records hold no copy {digest[:12]}", "This call cannot be replayed.")
        return str(rows[0][0])

    def own_name(self, made: str) -> str:
        """What these records are called wherever they are merged with others; `made` is kept if they have no name."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO trait VALUES ('records', ?)", (made,))
        return str(self._database.rows("SELECT value FROM trait WHERE name = 'records'")[0][0])

    def keep_array(self, data: bytes) -> None:
        """Stores the array of a fit under the sha256 of its bytes."""
        text = b64encode(data).decode()
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO artifact VALUES (?, 'fit', ?)", (sha256(data).hexdigest(), text))

    def kept_array(self, digest: str) -> bytes:
        """The array stored under `digest`. Raises UsageProblem if there is none."""
        return b64decode(self.kept(digest))

    def begin(self, header: CallHeader) -> OpenCall:
        """A new call, on disk. Raises ServiceUnavailable."""
        return self._begin(header, 0)

    def branch(self, header: CallHeader, places: int) -> OpenCall:
        """A new call that begins as the one it is branched from: `places` inputs, and how they were answered."""
        return self._begin(header, places)

    def _begin(self, header: CallHeader, places: int) -> OpenCall:
        lock = self._lock(header.id)
        values = [getattr(header, name) for name in _HEADER]
        values = [value.isoformat() if isinstance(value, datetime) else value for value in values]
        marks = ", ".join("?" * len(values))
        with self._database.writing() as connection:
            connection.execute(f"INSERT INTO call ({', '.join(_HEADER)}) VALUES ({marks})", values)  # noqa: S608
            for statement in _COPIES if header.is_retry else ():
                connection.execute(statement, (header.id, header.branched_from_call, places))
        return OpenCall(self._database, header, lock)

    def reopen(self, identifier: str) -> OpenCall:
        """An unfinished call, to go on with. Raises CallInUse while another process has it, UsageProblem once over."""
        summary = self.call(identifier)
        if summary.ended_at:
            raise UsageProblem(f"the call {identifier} is over", "`roleplay history` lists your calls.")
        lock = self._lock(identifier)
        # It may have been finished by the process that held it until a moment ago.
        if self.call(identifier).ended_at:
            lock.release()
            raise UsageProblem(f"the call {identifier} is over", "`roleplay history` lists your calls.")
        return OpenCall(self._database, summary.header, lock)

    def call(self, identifier: str) -> CallSummary:
        """One call. Raises UsageProblem if there is none of that id."""
        rows = self._database.rows(f"{_SUMMARY} WHERE id = ?", (identifier,))
        if not rows:
            raise UsageProblem(f"no call is named {identifier}", "`roleplay history` lists your calls.")
        return _summary(rows[0])

    def calls(self) -> list[CallSummary]:
        """All calls, the latest first."""
        return [_summary(row) for row in self._database.rows(f"{_SUMMARY} ORDER BY started_at DESC, id DESC")]

    def latest(self, number: int) -> list[CallSummary]:
        """The latest finished calls that are no retries, the latest first."""
        query = f"""{_SUMMARY} WHERE ended_at IS NOT NULL AND branched_from_call IS NULL
            ORDER BY started_at DESC, id DESC LIMIT ?"""
        return [_summary(row) for row in self._database.rows(query, (number,))]

    def unfinished(self) -> list[CallSummary]:
        """Calls that were cut off after at least one reply and that nobody has open now, the latest first.

        One that was gone on with another way, by a retry, is not among them; it can still be resumed by its id.
        """
        gone_on = "SELECT 1 FROM call AS later WHERE later.branched_from_call = call.id"
        rows = self._database.rows(
            f"{_SUMMARY} WHERE ended_at IS NULL AND NOT EXISTS ({gone_on}) ORDER BY started_at DESC, id DESC"
        )
        return [one for one in map(_summary, rows) if one.replies and self._is_free(one.header.id)]

    def unaided_passes(self, before: CallHeader, difficulty: int) -> int:
        """Calls passed without a hint before this one began, with customers at least as difficult; no retries."""
        rows = self._database.rows(_PASSES, (before.started_at.isoformat(), before.id, difficulty))
        return int(str(rows[0][0]))

    def inputs(self, identifier: str) -> tuple[Input, ...]:
        """The log of a call, in order."""
        rows = self._database.rows("SELECT kind, text, seconds FROM input WHERE call = ? ORDER BY place", (identifier,))
        return tuple(Input(InputKind(str(kind)), str(text), float(str(seconds))) for kind, text, seconds in rows)

    def spoken(self, identifier: str) -> dict[int, ShownLine]:
        """What the customer was shown to say, by the place of the input it answers (-1: none)."""
        query = "SELECT place, text, guarded, prompt_tokens, answer_tokens, cost FROM spoken WHERE call = ?"
        return {int(str(place)): _shown_line(*values) for place, *values in self._database.rows(query, (identifier,))}

    def details(self, latest: int = -1) -> dict[str, CallDetails]:
        """What the `latest` finished calls came to (-1: all), by id. Calls of the first versions have none."""
        found: dict[str, dict[str, dict[str, float | None]]] = {}
        for call, kind, name, value in self._database.rows(_DETAILS, (latest,)):
            points = None if value is None else float(str(value))
            found.setdefault(str(call), {}).setdefault(str(kind), {})[str(name)] = points
        return {call: _details(kinds) for call, kinds in found.items()}

    def seconds(self) -> float:
        """The trainee's own time in all finished calls."""
        rows = self._database.rows(
            "SELECT coalesce(sum(value), 0) FROM detail WHERE kind = ? AND name = 'seconds'", (FIGURE,)
        )
        return float(str(rows[0][0]))

    def usual_seconds(self, header: CallHeader) -> float | None:
        """The middle one of the trainee's own times in other calls with that customer that were passed."""
        rows = self._database.rows(_PASSED_SECONDS, (FIGURE, header.persona, header.id))
        return float(str(rows[len(rows) // 2][0])) if rows else None

    def add_note(self, identifier: str, note: Note) -> None:
        """Keeps words written beside a call. Raises UsageProblem if there is none of that id, ServiceUnavailable."""
        self.call(identifier)
        row = (identifier, note.reply, note.kind.value, note.author, note.text, note.written_at.isoformat())
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO note (call, reply, kind, author, text, written_at) VALUES (?, ?, ?, ?, ?, ?)", row
            )

    def notes(self, identifier: str) -> list[Note]:
        """What was written beside a call, in the order of writing."""
        query = "SELECT kind, text, written_at, reply, author FROM note WHERE call = ? ORDER BY id"
        return [_note(*row) for row in self._database.rows(query, (identifier,))]

    def remove(self, identifier: str) -> None:
        """Removes one call with all that belongs to it. Retries of it stay, as calls of their own.

        Raises UsageProblem if there is none of that id, CallInUse while it is open.
        """
        self.call(identifier)
        lock = self._lock(identifier)
        try:
            with self._database.writing() as connection:
                connection.execute(
                    "UPDATE call SET branched_from_call = NULL WHERE branched_from_call = ?", (identifier,)
                )
                connection.execute("DELETE FROM call WHERE id = ?", (identifier,))
        finally:
            lock.release()

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()

    def _lock(self, identifier: str) -> FileLock:
        """Held by the process that has the call open; the system lets go of it however the process ends."""
        folder = self._home / "open-calls"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / f"{identifier}.lock", timeout=0, thread_local=False)
            lock.acquire()
        except Timeout:
            raise CallInUse(
                f"the call {identifier} is open in another window", "Go on with it there, or close that window first."
            ) from None
        except OSError as error:
            raise ServiceUnavailable(
                f"the folder {folder} cannot be used: {error.strerror}",
                "Set ROLEPLAY_HOME to a folder you may write to.",
            ) from error
        return lock

    def _is_free(self, identifier: str) -> bool:
        try:
            self._lock(identifier).release()
        except CallInUse:
            return False
        return True


def erase_all(home: Path) -> None:
    """Removes records and cache.

    Raises CallInUse while a call is open anywhere, ServiceUnavailable if the disk refuses.
    """
    try:
        for file in (home / "open-calls").glob("*.lock"):
            FileLock(file, timeout=0).acquire().lock.release()
        for name in ("records.sqlite", "records.sqlite-wal", "records.sqlite-shm", LAST_TEST, "theme"):
            (home / name).unlink(missing_ok=True)
        for name in ("open-calls", "cache", DEBRIEFS, WRITTEN):
            if (home / name).is_dir():
                shutil.rmtree(home / name)
    except Timeout:
        raise CallInUse("a call is open in another window", "Close it first; nothing was erased.") from None
    except OSError as error:
        raise ServiceUnavailable(f"{home} cannot be erased: {error.strerror}", "Remove the folder by hand.") from error


class OpenCall:
    """A call being held. Every input is on disk before anything answers it."""

    def __init__(self, database: Database, header: CallHeader, lock: FileLock) -> None:
        """Made by `Records.begin` and `Records.reopen`."""
        self.header = header
        self._database = database
        self._lock = lock
        rows = database.rows("SELECT count(*) FROM input WHERE call = ?", (header.id,))
        self._place = int(str(rows[0][0]))

    @property
    def last_place(self) -> int:
        """The place of the latest input; -1 before the first."""
        return self._place - 1

    def add(self, entry: Input) -> None:
        """Appends to the log. Raises ServiceUnavailable, and then it was not appended."""
        row = (self.header.id, self._place, entry.kind.value, entry.text, entry.seconds)
        with self._database.writing() as connection:
            connection.execute("INSERT INTO input VALUES (?, ?, ?, ?, ?)", row)
        self._place += 1

    def customer_spoke(self, place: int, line: ShownLine) -> None:
        """Keeps what was shown as the answer to the input at `place`; -1: the opening."""
        took = line.usage
        row = (self.header.id, place, line.text, line.guarded, took.prompt_tokens, took.answer_tokens, took.cost)
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO spoken VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def first_time(self, what: str) -> bool:
        """Whether this is to be said now: true once on this computer, for each `what`."""
        with self._database.writing() as connection:
            return connection.execute("INSERT OR IGNORE INTO told_once VALUES (?)", (what,)).rowcount == 1

    def discard(self) -> None:
        """Removes a call in which nothing was said, and lets go of it."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM call WHERE id = ?", (self.header.id,))
        self.release()

    def finish(self, result: CallResult, ended_at: datetime, details: CallDetails = NO_DETAILS) -> None:
        """Marks the call as over and lets go of it."""
        row = (ended_at.isoformat(), result.outcome, result.overall, int(result.passed), self.header.id)
        numbers = [
            (self.header.id, kind, name, value)
            for kind, values in (
                (DIMENSION, details.dimensions),
                (CRITERION, details.criteria),
                (FIGURE, details.figures),
                (MISSED, dict.fromkeys(sorted(details.missed), 1.0)),
            )
            for name, value in values.items()
        ]
        with self._database.writing() as connection:
            connection.execute("UPDATE call SET ended_at = ?, outcome = ?, overall = ?, passed = ? WHERE id = ?", row)
            connection.executemany("INSERT OR REPLACE INTO detail VALUES (?, ?, ?, ?)", numbers)
        self.release()

    def release(self) -> None:
        """Lets another window go on with the call."""
        self._lock.release()


def _shown_line(text: object, guarded: object, prompt: object, answer: object, cost: object) -> ShownLine:
    usage = Usage(int(str(prompt)), int(str(answer)), None if cost is None else float(str(cost)))
    return ShownLine(str(text), bool(guarded), usage)


def _details(kinds: dict[str, dict[str, float | None]]) -> CallDetails:
    known = {
        kind: {name: value for name, value in kinds.get(kind, {}).items() if value is not None}
        for kind in (CRITERION, FIGURE)
    }
    return CallDetails(kinds.get(DIMENSION, {}), known[CRITERION], known[FIGURE], frozenset(kinds.get(MISSED, {})))


def _note(kind: object, text: object, written_at: object, reply: object, author: object) -> Note:
    number = None if reply is None else int(str(reply))
    return Note(NoteKind(str(kind)), str(text), datetime.fromisoformat(str(written_at)), number, str(author))


def _summary(row: tuple[object, ...]) -> CallSummary:
    values = dict(zip(_HEADER, row, strict=False))
    ended_at, outcome, overall, passed, replies = row[len(_HEADER) :]
    started_at = datetime.fromisoformat(str(values.pop("started_at")))
    hints = bool(values.pop("hints"))
    header = CallHeader(**values, started_at=started_at, hints=hints)  # type: ignore[arg-type] # columns of our own
    result = None
    if outcome is not None:
        points = None if overall is None else float(str(overall))
        result = CallResult(str(outcome), points, bool(passed), int(str(replies)))
    ended = None if ended_at is None else datetime.fromisoformat(str(ended_at))
    return CallSummary(header, int(str(replies)), result, ended)
