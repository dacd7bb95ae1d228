"""A process of its own that holds a call open until it is ended: `python -m tests.store.holder HOME CALL`."""

from __future__ import annotations

import sys
from pathlib import Path

from roleplay.store.records import Records

if __name__ == "__main__":
    held = Records(Path(sys.argv[1])).reopen(sys.argv[2])
    print("holding", flush=True)  # noqa: T201 - read by the test
    sys.stdin.readline()
