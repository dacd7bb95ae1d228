"""Exported calls as a table: a row a call."""

from __future__ import annotations

import csv
import io

from roleplay.programme.exported import Exported

COLUMNS = (
    "records", "name", "call", "kind", "persona", "rubric", "started_at", "seconds", "outcome", "overall", "passed",
    "challenge",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run, at the start of a cell."""


def calls_csv(exported: Exported) -> str:
    """With a head; then every dimension and every criterion that any call was scored on."""
    calls = [(trainee, call) for trainee in exported.trainees for call in trainee.calls]
    dimensions = sorted({name for _, call in calls for name in call.dimensions})
    criteria = sorted({name for _, call in calls for name in call.criteria})
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([*COLUMNS, *dimensions, *criteria])
    for trainee, call in calls:
        table.writerow(
            [
                *map(_text, (trainee.records, trainee.name, call.id, call.kind, call.persona, call.rubric)),
                call.started_at.isoformat(timespec="seconds"),
                round(call.seconds, 1),
                _text(call.outcome),
                _number(call.overall),
                int(call.passed),
                _number(call.challenge),
                *(_number(call.dimensions.get(name)) for name in dimensions),
                *(_number(call.criteria.get(name)) for name in criteria),
            ]
        )
    return out.getvalue()


def _text(cell: str) -> str:
    """Never a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _number(value: float | None) -> float | str:
    return "" if value is None else round(value, 2)
