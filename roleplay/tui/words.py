"""Small values in words: spans of time, difficulty, points."""

from __future__ import annotations

from datetime import datetime, timedelta

DIFFICULTY_WORDS = ("first calls", "easy", "medium", "hard", "hardest")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
UNITS = ((365 * DAY, "year"), (30 * DAY, "month"), (7 * DAY, "week"), (DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"))


def ago(then: datetime, now: datetime) -> str:
    """How long ago, in the largest whole unit: "2 days ago"."""
    span = now - then
    for length, unit in UNITS:
        if span >= length:
            return f"{count(span // length, unit)} ago"
    return "just now"


def clock_words(seconds: float) -> str:
    """Minutes and seconds: `1:05`."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def count(number: int, noun: str) -> str:
    """`1 reply`, `3 replies`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("ly") else f"{number} {noun}s"


def dots(difficulty: int) -> str:
    """Difficulty 1..5 as five dots."""
    return "●" * difficulty + "○" * (5 - difficulty)


def points(number: float | None) -> str:
    """0..100 without decimals; a dash where nothing was scored."""
    return "–" if number is None else f"{number:.0f}"


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def reflowed(text: str) -> str:
    """Lines that were broken by hand in the middle of a sentence, joined again."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if lines and lines[-1] and line.strip() and lines[-1][-1] not in '.!?:"':
            lines[-1] = f"{lines[-1]} {line.strip()}"
        else:
            lines.append(line.rstrip())
    return "\n".join(lines)
