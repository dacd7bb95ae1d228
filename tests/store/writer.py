"""A process of its own that records whole calls: `python -m tests.store.writer HOME NAME`, once a line arrives."""

from __future__ import annotations

import sys
from pathlib import Path

from roleplay.call_log import ShownLine
from roleplay.store.records import Records
from tests.store.builders import OVER, RESULT, begin, reply

CALLS = 4
REPLIES = 6


def main(home: Path, name: str) -> None:
    """Begins, adds and finishes; prints when ready, and when done."""
    print("ready", flush=True)  # noqa: T201 - read by the test
    sys.stdin.readline()
    records = Records(home)
    for number in range(CALLS):
        call = begin(records, f"{name}-{number}")
        for at in range(REPLIES):
            call.add(reply(f"{name} {number} {at}"))
            call.customer_spoke(call.last_place, ShownLine(f"heard {at}"))
        call.finish(RESULT, OVER)
    print("done", flush=True)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
