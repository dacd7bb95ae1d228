"""Audits as lines for a trainer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import mean

from roleplay.audit.audit import Audited
from roleplay.audit.balance import ANGRY_BELOW, Row, lopsided
from roleplay.audit.play import Played


def mood_line(audited: Audited) -> str:
    """Where the mood starts and what can be reached, without a slip and after one or two."""
    one = audited.one_slip
    return (
        f"  mood: starts at {audited.persona.mood.start or 0}; best {_end(audited.without_slip)} without a slip, "
        f"{_end(one)} after one{' (still won)' if one.won else ''}, {_end(audited.two_slips)} after two"
    )


def _end(played: Played) -> str:
    if played.won:
        return str(played.mood)
    return played.outcome.value.replace("_", " ") if played.outcome else f"{played.mood}, not won"


def problem_lines(audited: Audited) -> list[str]:
    """Errors as the loader writes them, then the warnings, each marked as one."""
    return [
        *(problem.text(audited.file) for problem in audited.errors),
        *(f"warning: {problem.text(audited.file)}" for problem in audited.warnings),
    ]


def balance_table(rows: Sequence[Row]) -> str:
    """A line for each group of callers, and what is lopsided."""
    header = f"{'callers':<20} {'n':>3}  {'mood at the start':<22} {f'below {ANGRY_BELOW}':>9}  difficulty"
    return "\n".join(["", header, *map(_row, rows), *lopsided(rows)])


def _row(row: Row) -> str:
    mood = f"{round(mean(row.moods)):>4} ({_range(row.moods)})"
    return (
        f"{f'{row.trait} {row.value}':<20} {len(row.moods):>3}  {mood:<22} {row.angry:>9}  "
        f"{mean(row.difficulties):.1f} ({_range(row.difficulties)})"
    )


def _range(numbers: Iterable[int]) -> str:
    ordered = sorted(numbers)
    return f"{ordered[0]} to {ordered[-1]}"
