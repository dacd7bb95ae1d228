"""Ctrl+c keeps the call, and says how to go on with it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from roleplay.store.records import Records
from tests.cli.conftest import Roleplay, environment

LINE = "Hello, Larkfield Energy, Dana speaking. Which account is it?"


def started(*words: str) -> subprocess.Popen[str]:
    """The command, with its pipes open."""
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "roleplay", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        encoding="utf-8",
    )


def say(process: subprocess.Popen[str], line: str) -> str:
    """Types a line; gives the customer's answer."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    return process.stdout.readline()


def interrupted(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.mark.skipif(sys.platform == "win32", reason="another signal there")
def test_ctrl_c_is_exit_130_and_the_printed_command_goes_on_with_the_call(
    roleplay: Roleplay, warm: Path, tmp_path: Path
) -> None:
    process = started("practice", "moving-house", "--plain", "--seed", "3")
    assert process.stdout is not None
    process.stdout.readline()
    answer = say(process, LINE)
    code, _out, err = interrupted(process)
    assert code == 130
    assert "Traceback" not in err
    command = next(line for line in err.splitlines() if "--resume" in line).split("roleplay ", 1)[1].split()
    ran = roleplay(*command, "--report", tmp_path / "r.json", typed="Thank you.\n/end\n")
    assert (ran.code, ran.tidy) == (0, True)
    assert ran.out.startswith(answer)
    turns = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["turns"]
    assert [turn["text"] for turn in turns if turn["speaker"] == "trainee"] == [LINE, "Thank you."]
    records = Records(warm)
    assert [one.result is not None for one in records.calls()] == [True]
    records.close()


@pytest.mark.usefixtures("warm")
@pytest.mark.skipif(sys.platform == "win32", reason="another signal there")
def test_a_call_open_in_another_window_is_exit_2_until_that_window_is_gone(roleplay: Roleplay, warm: Path) -> None:
    process = started("practice", "moving-house", "--plain")
    assert process.stdout is not None
    process.stdout.readline()
    records = Records(warm)
    (open_now,) = records.calls()
    records.close()
    ran = roleplay("practice", "--resume", open_now.header.id)
    assert (ran.code, ran.tidy, ran.out) == (2, True, "")
    assert "another window" in ran.err
    process.kill()
    process.communicate()
    assert roleplay("practice", "--resume", open_now.header.id, typed="/end\n").code == 0


@pytest.mark.usefixtures("warm")
def test_a_call_that_is_over_cannot_be_resumed(roleplay: Roleplay, warm: Path) -> None:
    roleplay("practice", "moving-house", typed="Hello.\n/end\n")
    records = Records(warm)
    (over,) = records.calls()
    records.close()
    ran = roleplay("practice", "--resume", over.header.id)
    assert (ran.code, ran.tidy) == (2, True)
    assert "is over" in ran.err
