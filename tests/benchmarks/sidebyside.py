"""Two commands in turn, so that a ratio holds while the machine's speed drifts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Side:
    """What one command took over its counted runs."""

    seconds: tuple[float, ...]
    peak_mib: float

    @property
    def middle(self) -> float:
        return median(self.seconds)


def side_by_side(
    one: Sequence[str], other: Sequence[str], environment: dict[str, str], runs: int = 9
) -> tuple[Side, Side]:
    """Runs both in turn, after one uncounted run of each."""
    pairs = [(_timed(one, environment), _timed(other, environment)) for _ in range(runs + 1)][1:]
    first, second = zip(*pairs, strict=True)
    return _side(first), _side(second)


def alone(command: Sequence[str], environment: dict[str, str], runs: int = 3) -> Side:
    """Runs one command several times."""
    return _side([_timed(command, environment) for _ in range(runs)])


def code(text: str) -> list[str]:
    """A command that runs Python code in a fresh interpreter."""
    return [sys.executable, "-c", text]


def _side(taken: Sequence[tuple[float, float]]) -> Side:
    return Side(tuple(seconds for seconds, _ in taken), max(peak for _, peak in taken))


def _timed(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """Wall seconds and peak memory (MiB) of a whole process, its output read and thrown away."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    complaint = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{command} failed: {complaint.decode()[-500:]}"
        raise RuntimeError(message)
    return seconds, usage.ru_maxrss / 1024
