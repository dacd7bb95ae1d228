"""Headers, inputs and results to record."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from roleplay.call_log import CallHeader, CallResult, Input, InputKind
from roleplay.store.records import OpenCall, Records

REPOSITORY = Path(__file__).parents[2]
BEGUN = datetime(2026, 11, 23, 9, 30, 15, 250000, tzinfo=UTC)
OVER = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
RESULT = CallResult("resolved", 81.5, passed=True, replies=1)


def header(records: Records, identifier: str, started_at: datetime = BEGUN) -> CallHeader:
    """What a call is started with; its persona and rubric are kept first."""
    persona, rubric = records.keep("persona", "a persona"), records.keep("rubric", "a rubric")
    return CallHeader(
        id=identifier,
        persona="water-bill",
        persona_name="Zoë Müller",
        persona_sha256=persona,
        mind_rubric_sha256=rubric,
        rubric="customer-care",
        rubric_sha256=rubric,
        embedder="word-hash-256",
        model="scripted",
        seed=2**31 - 1,
        pace="off",
        hints=False,
        started_at=started_at,
    )


def begin(records: Records, identifier: str = "one", started_at: datetime = BEGUN) -> OpenCall:
    """A call on disk."""
    return records.begin(header(records, identifier, started_at))


def reply(text: str) -> Input:
    """A reply that took a second and a half."""
    return Input(InputKind.REPLY, text, 1.5)


def child(module: str, *arguments: str | Path) -> subprocess.Popen[str]:
    """Another process of this test suite, its stdout open for reading."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
