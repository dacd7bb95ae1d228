"""Several processes on one store, and processes that die."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from roleplay.call_log import InputKind
from roleplay.errors import CallInUse, ExitCode
from roleplay.session.opening import Choices
from roleplay.session.typed import entries
from roleplay.store.records import Records
from tests.session.builders import heard, take, timeless_report
from tests.store import player, writer
from tests.store.builders import begin, child, reply

KILLED_AFTER = (0, 1, 2, 3, 4, 6, 8, 9, 11, 15, 19, 24, 30, 37, 43, 48)
"""Events of the player after which it is killed; a whole call has about fifty."""


def test_two_processes_record_whole_calls_in_one_new_store_at_once(home: Path) -> None:
    both = [child("tests.store.writer", home, name) for name in ("left", "right")]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    said = [process.communicate("go\n", timeout=60)[0] for process in both]
    assert (said, [process.returncode for process in both]) == (["done\n"] * 2, [0, 0])
    records = Records(home)
    finished = records.calls()
    assert len(finished) == 2 * writer.CALLS
    assert all(one.result and one.replies == writer.REPLIES for one in finished)
    texts = [entry.text for entry in records.inputs("right-2")]
    assert texts == [f"right 2 {at}" for at in range(writer.REPLIES)]
    records.close()


def test_a_call_cannot_be_resumed_twice_until_its_holder_dies(records: Records, home: Path) -> None:
    call = begin(records)
    call.add(reply("hello"))
    call.release()
    holder = child("tests.store.holder", home, "one")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holding\n"
    with pytest.raises(CallInUse, match="open in another window") as raised:
        records.reopen("one")
    assert raised.value.exit_code is ExitCode.USAGE
    assert records.unfinished() == []
    holder.kill()
    holder.communicate()
    assert [one.header.id for one in records.unfinished()] == ["one"]
    records.reopen("one").release()


def test_a_call_cannot_be_resumed_twice_in_one_process(records: Records) -> None:
    call = begin(records)
    with pytest.raises(CallInUse):
        records.reopen("one")
    call.release()
    records.reopen("one").release()


def read_then_kill(process: subprocess.Popen[str], events: int, delay: float) -> list[str]:
    """All lines the player got out: the first `events`, and what it said until the kill arrived."""
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(events)]
    time.sleep(delay)
    process.kill()
    with process:
        lines += process.stdout.readlines()  # not `communicate`: it would miss what is buffered already
    return [line.rstrip("\n") for line in lines if line.endswith("\n")]


def intact(home: Path) -> bool:
    with sqlite3.connect(home / "records.sqlite") as connection:
        verdict = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        verdict = verdict and connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    return verdict


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report of the player's call when nobody kills it."""
    board = player.open_board(tmp_path_factory.mktemp("uninterrupted"))
    call = board.start(Choices(player.PERSONA, seed=player.SEED))
    heard(call.start())
    for entry in entries(player.lines()):
        take(call, entry)
    board.records.close()
    report: dict[str, Any] = timeless_report(call)
    return report


@pytest.mark.slow
@pytest.mark.parametrize("events", KILLED_AFTER)
def test_a_call_killed_at_any_moment_keeps_every_reply_and_can_be_finished(
    home: Path, events: int, uninterrupted: dict[str, Any]
) -> None:
    said = read_then_kill(child("tests.store.player", home), events, random.Random(events).uniform(0, 0.02))  # noqa: S311
    announced = [line.split("\t", 1)[1] for line in said if line.startswith("ReplyRecorded\t")]
    board = player.open_board(home)
    assert intact(home)
    if not board.records.calls():
        assert said == []
        return
    log = board.records.inputs("call-1")
    recorded = [entry.text for entry in log if entry.kind is InputKind.REPLY]
    assert recorded[: len(announced)] == announced
    assert recorded == list(player.lines())[: len(recorded)]
    if not board.records.call("call-1").ended_at:
        call = board.resume("call-1")
        heard(call.start())
        for entry in list(entries(player.lines()))[len(log) :]:
            take(call, entry)
        assert timeless_report(call) == uninterrupted
        assert intact(home)
    result = board.records.call("call-1").result
    assert result is not None
    assert (result.outcome, result.overall) == (uninterrupted["outcome"], uninterrupted["scores"]["overall"])
    board.records.close()
