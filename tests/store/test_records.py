"""What is recorded comes back as it was, and nothing recorded is edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roleplay.call_log import CallSummary, Input, InputKind, ShownLine
from roleplay.errors import ServiceUnavailable, UsageProblem
from roleplay.store.records import OpenCall, Records
from tests.store.builders import BEGUN, OVER, RESULT, begin, header, reply

ENTRIES = st.builds(
    Input,
    st.sampled_from(InputKind),
    st.text(st.characters(codec="utf-8")),
    st.floats(0, 86400).map(lambda value: round(value, 1)),
)


def test_a_header_comes_back_as_it_was_after_the_store_was_closed(records: Records, home: Path) -> None:
    written = header(records, "one")
    records.begin(written).release()
    records.close()
    again = Records(home)
    assert again.call("one") == CallSummary(written, replies=0, result=None)
    again.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=st.lists(ENTRIES, max_size=6))
def test_a_log_comes_back_as_it_was(records: Records, log: list[Input]) -> None:
    name = f"call-{len(records.calls())}"
    call = begin(records, name)
    for entry in log:
        call.add(entry)
    assert records.inputs(name) == tuple(log)
    assert records.call(name).replies == sum(entry.kind is InputKind.REPLY for entry in log)
    call.release()


def test_a_copy_is_kept_once_under_the_hash_of_its_text(records: Records) -> None:
    digest = records.keep("persona", "Žofie: kde je můj balík?")
    assert digest == records.keep("persona", "Žofie: kde je můj balík?")
    assert digest == sha256("Žofie: kde je můj balík?".encode()).hexdigest()
    assert records.kept(digest) == "Žofie: kde je můj balík?"


def test_a_copy_that_is_not_there_is_said_by_name(records: Records) -> None:
    with pytest.raises(UsageProblem, match="no copy 0123456789ab"):
        records.kept("0123456789abcdef")


def test_a_call_that_is_not_there_is_said_by_name(records: Records) -> None:
    for ask in (records.call, records.reopen):
        with pytest.raises(UsageProblem, match="no call is named nowhere"):
            ask("nowhere")


def test_inputs_are_only_ever_appended(records: Records) -> None:
    call = begin(records)
    call.add(reply("first"))
    call.release()
    again = records.reopen("one")
    assert again.last_place == 0
    again.add(reply("second"))
    assert [entry.text for entry in records.inputs("one")] == ["first", "second"]


def test_two_hands_on_one_log_cannot_write_over_each_other(records: Records) -> None:
    """The lock keeps windows apart; were it to fail, the table itself refuses the second entry of a place."""
    one = begin(records)
    other = OpenCall(records._database, one.header, records._lock("spare"))  # noqa: SLF001 - past the lock
    one.add(reply("kept"))
    with pytest.raises(ServiceUnavailable):
        other.add(reply("lost"))
    assert [entry.text for entry in records.inputs("one")] == ["kept"]


def test_finishing_leaves_the_log_as_it_was_and_keeps_the_result(records: Records) -> None:
    call = begin(records)
    call.add(reply("hello"))
    before = records.inputs("one")
    call.finish(RESULT, OVER)
    assert records.inputs("one") == before
    assert records.call("one") == CallSummary(call.header, 1, RESULT, OVER)


def test_a_result_without_a_score_stays_without_one(records: Records) -> None:
    call = begin(records)
    call.finish(replace(RESULT, outcome="abandoned", overall=None, passed=False, replies=0), OVER)
    result = records.call("one").result
    assert result is not None
    assert (result.overall, result.passed) == (None, False)


def test_what_was_shown_is_kept_by_the_place_it_answers(records: Records) -> None:
    call = begin(records)
    call.customer_spoke(call.last_place, ShownLine("Hello?"))
    call.add(reply("hello"))
    call.customer_spoke(call.last_place, ShownLine("At last.", guarded=True))
    assert records.spoken("one") == {-1: ShownLine("Hello?"), 0: ShownLine("At last.", guarded=True)}


def test_unfinished_calls_are_those_cut_off_after_a_reply(records: Records) -> None:
    for name, replies, finished in (("empty", 0, False), ("cut-off", 2, False), ("over", 2, True)):
        call = begin(records, name)
        for at in range(replies):
            call.add(reply(str(at)))
        call.finish(RESULT, OVER) if finished else call.release()
    assert [one.header.id for one in records.unfinished()] == ["cut-off"]


def test_a_call_that_is_open_now_is_not_offered_as_unfinished(records: Records) -> None:
    call = begin(records)
    call.add(reply("hello"))
    assert records.unfinished() == []
    call.release()
    assert [one.header.id for one in records.unfinished()] == ["one"]


def test_calls_are_listed_the_latest_first(records: Records) -> None:
    for minutes, name in ((5, "b"), (0, "a"), (9, "c")):
        begin(records, name, BEGUN + timedelta(minutes=minutes)).release()
    assert [one.header.id for one in records.calls()] == ["c", "b", "a"]


def test_a_call_that_is_over_cannot_be_reopened(records: Records) -> None:
    begin(records).finish(RESULT, OVER)
    with pytest.raises(UsageProblem, match="one is over"):
        records.reopen("one")


def test_a_call_begun_in_a_worker_thread_can_be_let_go_of_by_the_main_one(records: Records) -> None:
    begun: list[OpenCall] = []
    worker = Thread(target=lambda: begun.append(begin(records)))
    worker.start()
    worker.join()
    begun[0].release()
    records.reopen("one").release()
