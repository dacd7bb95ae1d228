"""Ten thousand calls in the store: how long home, history and progress take to open."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from roleplay.call_log import CallDetails, CallHeader, CallResult, Input, InputKind
from roleplay.library.folder import Library
from roleplay.session.clock import real_surroundings
from roleplay.session.opening import Switchboard
from roleplay.session.progress import progress
from roleplay.store.records import Records
from roleplay.tui.shelf import fill

CALLS, REPLIES, RUNS = 10_000, 8, 7
CRITERIA = tuple(f"criterion_{at}" for at in range(22))


def report(home: Path) -> None:
    """Prints a line for each figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many_calls(folder, CALLS)
        records = Records(folder)
        board = Switchboard(Library.open(), records, home, real_surroundings(), print)
        fill(board)  # reads the library's files once
        for what, open_it in (
            ("home", lambda: fill(board)),
            ("history", records.calls),
            ("progress", lambda: progress(records)),
        ):
            print(f"{what:10} with {CALLS} calls   {middle(open_it) * 1e3:.0f} ms (goal 200)")
        records.close()


def many_calls(folder: Path, number: int) -> None:
    """Finished calls of a year, each with its inputs and numbers."""
    records = Records(folder)
    persona = records.keep("persona", Library.open().persona("water-bill").model_dump_json())
    names = Library.open().persona_ids()
    began = datetime(2026, 1, 1, tzinfo=UTC)
    for at in range(number):
        header = CallHeader(
            id=f"call-{at:06}",
            persona=names[at % len(names)],
            persona_name="Somebody",
            persona_sha256=persona,
            mind_rubric_sha256=persona,
            rubric="customer-care",
            rubric_sha256=persona,
            embedder="none",
            model="scripted",
            seed=at,
            pace="off",
            hints=True,
            started_at=began + timedelta(minutes=50 * at),
        )
        _write(records, header, at)
    records.close()


def _write(records: Records, header: CallHeader, at: int) -> None:
    call = records.begin(header)
    for reply in range(REPLIES):
        call.add(Input(InputKind.REPLY, f"Reply {reply}.", 5.0))
    dimensions = {"listening": at % 100.0, "smoothness": 70.0, "first_call_resolution": 100.0}
    criteria = {name: float(at % (place + 2) > 0) for place, name in enumerate(CRITERIA)}
    details = CallDetails(dimensions, criteria, {"seconds": 240.0, "hints": float(at % 3 == 0)})
    call.finish(CallResult("resolved", at % 100.0, at % 100 > 75, REPLIES), header.started_at, details)


def middle(work: Callable[[], object]) -> float:
    """Seconds, the median of seven runs."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)
