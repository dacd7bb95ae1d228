"""Disputes and answers: only ever added, gone with their call, and an older store takes them."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roleplay.dispute import Answer, Dispute, DisputeKind, RightVerdict, Seen
from roleplay.errors import UsageProblem
from roleplay.score import Sight, Verdict
from roleplay.store.database import MIGRATIONS
from roleplay.store.records import Records
from tests.store.builders import BEGUN, OVER, RESULT, begin, reply

SEEN = Seen(
    "Hello?", "I hear you.", "acknowledges_feeling", Sight("acknowledges_feeling", Verdict.UNSURE, contrast=0.1)
)
YES, NO = Answer(True, "a case", OVER), Answer(False, "It says nothing of how she feels.", OVER)  # noqa: FBT003
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


def dispute(call: str = "one", kind: DisputeKind = DisputeKind.VERDICT, seen: Seen = SEEN, **more: str) -> Dispute:
    return Dispute(call, kind, 1, seen, RightVerdict.SHOWN, BEGUN, **more)


def finished(records: Records, name: str = "one") -> None:
    call = begin(records, name)
    call.add(reply("I hear you."))
    call.finish(RESULT, OVER)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(why=TEXT, name=TEXT, customer=TEXT, sentence=TEXT)
def test_a_dispute_comes_back_as_it_was(records: Records, why: str, name: str, customer: str, sentence: str) -> None:
    call = f"call-{len(records.calls())}"
    finished(records, call)
    seen = Seen(customer, sentence, "owns_it", Sight("owns_it", Verdict.SHOWN, opposite=True, sentence=sentence))
    told = dispute(call, seen=seen, why=why, name=name)
    number = records.disputes.add(told)
    found = records.disputes.one(number)
    assert (found.dispute, found.rubric, found.persona_name, found.answer) == (
        told,
        "customer-care",
        "Zoë Müller",
        None,
    )
    assert records.disputes.of_call(call) == [found]


def test_an_answer_stands_once_it_is_given(records: Records) -> None:
    finished(records)
    number = records.disputes.add(dispute())
    records.disputes.answer(number, NO)
    with pytest.raises(UsageProblem, match="answered already"):
        records.disputes.answer(number, YES)
    assert records.disputes.one(number).answer == NO


def test_an_answer_is_unread_until_it_was_read(records: Records) -> None:
    finished(records)
    first, second = records.disputes.add(dispute()), records.disputes.add(dispute(kind=DisputeKind.PROUD))
    assert records.disputes.unread() == []
    records.disputes.answer(first, YES)
    (unread,) = records.disputes.unread()
    assert unread.number == first
    records.disputes.were_read(records.disputes.all())
    assert records.disputes.unread() == []
    records.disputes.answer(second, NO)
    assert [one.number for one in records.disputes.unread()] == [second]


def test_a_dispute_goes_with_its_call_and_its_number_is_never_used_again(records: Records) -> None:
    finished(records)
    finished(records, "two")
    number = records.disputes.add(dispute("two"))
    records.disputes.answer(number, YES)
    records.remove("two")
    assert records.disputes.all() == []
    assert records.disputes.add(dispute()) > number
    with pytest.raises(UsageProblem, match=f"no dispute {number}"):
        records.disputes.one(number)


def test_what_is_told_of_a_call_changes_nothing_in_it(records: Records) -> None:
    finished(records)
    before = records.call("one"), records.inputs("one"), records.details()
    records.disputes.answer(records.disputes.add(dispute()), YES)
    assert (records.call("one"), records.inputs("one"), records.details()) == before


def test_a_store_of_the_version_before_takes_disputes_and_keeps_its_calls(home: Path) -> None:
    home.mkdir()
    older = sqlite3.connect(home / "records.sqlite", isolation_level=None)
    version = next(at for at, one in enumerate(MIGRATIONS) if "TABLE dispute" in one)
    for migration in MIGRATIONS[:version]:
        older.executescript(migration)
    older.execute(f"PRAGMA user_version = {version}")
    columns = [row[1] for row in older.execute("PRAGMA table_info(call)")]
    older.execute("INSERT INTO artifact VALUES ('x', 'persona', 'text')")
    values = ["0" if name in ("seed", "hints") else "x" for name in columns]
    chosen = [(name, value) for name, value in zip(columns, values, strict=True) if not name.startswith("branched")]
    chosen = [one for one in chosen if one[0] not in ("ended_at", "outcome", "overall", "passed")]
    chosen = [(name, BEGUN.isoformat() if name == "started_at" else value) for name, value in chosen]
    marks = ", ".join("?" * len(chosen))
    names = ", ".join(name for name, _ in chosen)
    older.execute(f"INSERT INTO call ({names}) VALUES ({marks})", [value for _, value in chosen])  # noqa: S608 - our own
    older.close()
    records = Records(home)
    assert [one.header.id for one in records.calls()] == ["x"]
    records.disputes.add(dispute("x"))
    assert len(records.disputes.all()) == 1
    records.close()


def test_a_dispute_keeps_its_time(records: Records) -> None:
    finished(records)
    told = Dispute("one", DisputeKind.PROUD, 1, SEEN, RightVerdict.SHOWN, BEGUN + timedelta(seconds=1), name="Ana")
    assert records.disputes.one(records.disputes.add(told)).dispute.raised_at == BEGUN + timedelta(seconds=1)
