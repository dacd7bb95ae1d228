"""Disputes and answers in the database. Both are only ever added; they go when their call goes."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from roleplay.dispute import Answer, Dispute, DisputeKind, RaisedDispute, RightVerdict, Seen
from roleplay.errors import UsageProblem
from roleplay.score import Sight, Verdict
from roleplay.store.database import Database

_RAISED = """
    SELECT dispute.id, dispute.call, dispute.kind, dispute.reply, dispute.seen, dispute.wanted, dispute.raised_at,
           dispute.why, dispute.name, call.persona_name, call.rubric,
           dispute_answer.accepted, dispute_answer.reason, dispute_answer.answered_at
    FROM dispute JOIN call ON call.id = dispute.call LEFT JOIN dispute_answer ON dispute_answer.dispute = dispute.id
"""
_UNREAD = f"""{_RAISED}
    WHERE dispute_answer.dispute IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM told_once WHERE what = 'answer to dispute ' || dispute.id)
    ORDER BY dispute.id
"""  # noqa: S608 - words of our own


class Disputes:
    """All disputes on this computer."""

    def __init__(self, database: Database) -> None:
        """Of the records' own database."""
        self._database = database

    def add(self, dispute: Dispute) -> int:
        """Keeps a dispute; gives its number. Raises ServiceUnavailable."""
        row = (
            dispute.call,
            dispute.kind.value,
            dispute.reply,
            json.dumps(asdict(dispute.seen), ensure_ascii=False),
            dispute.wanted.value,
            dispute.why,
            dispute.name,
            dispute.raised_at.isoformat(),
        )
        with self._database.writing() as connection:
            number = connection.execute(
                "INSERT INTO dispute (call, kind, reply, seen, wanted, why, name, raised_at) VALUES (?,?,?,?,?,?,?,?)",
                row,
            ).lastrowid
        return int(number or 0)

    def answer(self, number: int, answer: Answer) -> None:
        """Keeps what a trainer decided. Raises UsageProblem if it was decided already, ServiceUnavailable."""
        row = (number, int(answer.accepted), answer.reason, answer.answered_at.isoformat())
        with self._database.writing() as connection:
            if not connection.execute("INSERT OR IGNORE INTO dispute_answer VALUES (?, ?, ?, ?)", row).rowcount:
                raise UsageProblem(f"dispute {number} is answered already", "An answer stands once it is given.")

    def all(self) -> list[RaisedDispute]:
        """Every dispute, the first one first."""
        return [_raised(*row) for row in self._database.rows(f"{_RAISED} ORDER BY dispute.id")]

    def of_call(self, call: str) -> list[RaisedDispute]:
        """Those of one call."""
        rows = self._database.rows(f"{_RAISED} WHERE dispute.call = ? ORDER BY dispute.id", (call,))
        return [_raised(*row) for row in rows]

    def one(self, number: int) -> RaisedDispute:
        """The dispute of that number. Raises UsageProblem."""
        rows = self._database.rows(f"{_RAISED} WHERE dispute.id = ?", (number,))
        if not rows:
            raise UsageProblem(f"there is no dispute {number}", "`roleplay rubric disputes` lists those that are open.")
        return _raised(*rows[0])

    def unread(self) -> list[RaisedDispute]:
        """Those that were answered without the trainee having read it yet."""
        return [_raised(*row) for row in self._database.rows(_UNREAD)]

    def were_read(self, disputes: list[RaisedDispute]) -> None:
        """The trainee has seen the answers to these."""
        read = [(f"answer to dispute {one.number}",) for one in disputes if one.answer is not None]
        if read:
            with self._database.writing() as connection:
                connection.executemany("INSERT OR IGNORE INTO told_once VALUES (?)", read)


def _raised(number: object, *rest: object) -> RaisedDispute:
    call, kind, reply, seen, wanted, raised_at, why, name, persona_name, rubric, accepted, reason, answered_at = rest
    dispute = Dispute(
        call=str(call),
        kind=DisputeKind(str(kind)),
        reply=int(str(reply)),
        seen=_seen(json.loads(str(seen))),
        wanted=RightVerdict(str(wanted)),
        raised_at=datetime.fromisoformat(str(raised_at)),
        why=str(why),
        name=str(name),
    )
    answer = None
    if accepted is not None:
        answer = Answer(bool(accepted), str(reason), datetime.fromisoformat(str(answered_at)))
    return RaisedDispute(int(str(number)), dispute, str(persona_name), str(rubric), answer)


def _seen(kept: dict[str, Any]) -> Seen:
    sight = kept.pop("sight")
    return Seen(**kept, sight=None if sight is None else Sight(**sight | {"verdict": Verdict(sight["verdict"])}))
