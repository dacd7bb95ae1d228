"""The programme's page over ten thousand calls, and a team's page of two hundred trainees.

python -m tests.benchmarks.programme HOME
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from roleplay.curriculum import LAYERS
from roleplay.library.folder import Library
from roleplay.programme.exported import (
    Exported,
    ExportedCall,
    ExportedStanding,
    ExportedTrainee,
    merged,
    read_exported,
    written,
)
from roleplay.programme.lessons.today import today
from roleplay.programme.programme import open_programme
from roleplay.report.as_cohort import cohort_page
from roleplay.report.as_html import html
from roleplay.session.clock import real_surroundings
from roleplay.session.opening import Switchboard
from roleplay.store.records import Records
from roleplay.training import Deed, TrainingEntry
from tests.benchmarks.records import CALLS, many_calls, middle

TRAINEES, CALLS_EACH = 200, 150
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def report(home: Path) -> None:
    """Prints a line for each figure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many_calls(folder, CALLS)
        records = Records(folder)
        records.training.add(TrainingEntry("p", NOW, Deed.PLACED, "steady", challenge=4.0))
        records.training.add(
            *(
                TrainingEntry(f"t{at}", NOW, Deed.CALL, "loud", 1.0, 0, f"call-{at:06}", 4.0, ("owns_it",))
                for at in range(500)
            )
        )
        board = Switchboard(Library.open(), records, home, real_surroundings(), print)
        programme = open_programme(board)
        next(today(programme))  # reads the library's files once
        print(f"programme  with {CALLS} calls   {middle(lambda: next(today(programme))) * 1e3:.0f} ms (goal 200)")
        records.close()
        files = [folder / f"{at}.json" for at in range(TRAINEES)]
        for at, file in enumerate(files):
            file.write_text(written(Exported(trainees=(_trainee(at),))), encoding="utf-8")
        began = time.perf_counter()
        found = merged([read_exported(file.read_text(encoding="utf-8"), file.name) for file in files])
        page = html(cohort_page(found, str, NOW))
        print(
            f"cohort page of {TRAINEES} trainees with {CALLS_EACH} calls each   "
            f"{time.perf_counter() - began:.2f} s (goal 5), {len(page) / 1024:.0f} KiB"
        )


def _trainee(number: int) -> ExportedTrainee:
    calls = tuple(
        ExportedCall(
            id=f"{number}-{at}",
            kind="certificate" if at % 30 == 0 else "practice",
            persona=f"customer-{at % 15}",
            persona_name=f"Customer {at % 15}",
            rubric="customer-care",
            started_at=NOW - timedelta(days=at),
            seconds=400.0,
            outcome="resolved",
            overall=float(at % 100),
            passed=at % 4 > 0,
            challenge=float(at % 9 + 1),
            dimensions={"listening": 70.0, "smoothness": 80.0, "first_call_resolution": 90.0},
            criteria={f"criterion_{place}": 1.0 for place in range(22)},
        )
        for at in range(CALLS_EACH)
    )
    standing = ExportedStanding(
        at=NOW, curriculum="c", layer=LAYERS[number % 4], hours=float(number % 50), hours_planned=(26, 50),
        recurring=(f"criterion_{number % 22}",),
    )  # fmt: skip
    return ExportedTrainee(
        records=f"r{number}", name=f"Trainee {number}", told=("certificates", "practice", "standing"),
        exported_at=NOW, standing=standing, calls=calls,
    )  # fmt: skip


if __name__ == "__main__":
    report(Path(sys.argv[1]))
