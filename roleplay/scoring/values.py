"""Hard values read from a reply by code: times, windows, amounts, references. Similarity cannot see them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from roleplay.move import Value
from roleplay.score import Verdict

_COUNTING = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_NUMBER_WORDS: dict[str, float] = {word: float(number) for number, word in enumerate(_COUNTING.split())} | {
    "a": 1.0,
    "an": 1.0,
    "half an": 0.5,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "ninety": 90.0,
    "couple of": 2.0,
}
_NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})"
_HOURS = {"minute": 1 / 60, "min": 1 / 60, "hour": 1.0, "hr": 1.0, "day": 24.0, "week": 168.0, "month": 730.0}
_SPAN = re.compile(
    rf"\b({_NUMBER})(?:\s*(?:-|to|or)\s*({_NUMBER}))?[\s-]*(?:working |business |more )?"
    r"(minute|min|hour|hr|day|week|month)s?\b"
)
_NAMED_TIMES = (
    # The latest that people mean by it, in hours from now; a call is taken in the middle of a working day.
    (r"\bday after tomorrow\b", 48.0),
    (r"\bovernight\b", 24.0),
    (r"\btomorrow\b", 24.0),
    (r"\btonight|this evening\b", 12.0),
    (r"\btoday|same[- ]day|this (?:morning|afternoon)\b", 10.0),
    (r"\b(?:by (?:noon|lunchtime)|end of (?:the )?day)\b", 10.0),
    (r"\b(?:right (?:now|away)|immediately|straight away|at once|as we speak|within the hour)\b", 1.0),
    (r"\bwhile (?:you|we|i)(?:'re| are|'m| am)\b", 1.0),
    (r"\b(?:this|next) (?:week|month)\b", 24.0 * 14),
)
_WEEKDAY = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat)\b")
_CLOCK = (
    r"(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday)"
    r"(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.?|p\.m\.?|o'?clock)?"
)
_WINDOW = re.compile(
    rf"\b(?:between|from)?\s*{_CLOCK}\s*(?:-|–|—|to|and|till|until)\s*{_CLOCK}\b"
    r"(?!\s*(?:minute|min|hour|day|week|working|business))"
)
_CLOCK_TIME = re.compile(rf"\b(?:at|by|before|around|about|from)\s+{_CLOCK}(?!\s*(?:minute|hour|day|week|%))\b")
_AMOUNT = re.compile(r"(?:[£€$]\s*)?(\d{1,3}(?:,\d{3})+|\d+)(?:[.,](\d{2}))?\b")
_AMBIGUOUS_DAYS_HOURS = 24.0 * 7


@dataclass(frozen=True, slots=True)
class TimesSaid:
    """The times that a reply names."""

    within_hours: float | None
    """The latest of the nearest promise, in hours from now; None if no time was named."""
    window_hours: float | None
    """The narrowest window named."""
    weekday_only: bool
    """A day of the week was named; how far off it is cannot be known."""


def read_value(value: Value, text: str, customer_name: str) -> Verdict:
    """Whether the reply names everything that `value` asks for; `unsure` where a weekday leaves it open."""
    verdicts = list(_checks(value, text, customer_name))
    if Verdict.NOT_SHOWN in verdicts or not verdicts:
        return Verdict.NOT_SHOWN
    return Verdict.UNSURE if Verdict.UNSURE in verdicts else Verdict.SHOWN


def _checks(value: Value, text: str, customer_name: str) -> list[Verdict]:
    lowered = _plain(text)
    times = times_said(lowered)
    found: list[Verdict] = []
    if value.within_hours is not None:
        found.append(_within(value.within_hours, times))
    if value.window_hours is not None:
        found.append(_yes(times.window_hours is not None and times.window_hours <= value.window_hours))
    if value.amount is not None:
        found.append(_yes(value.amount in amounts_said(lowered)))
    if value.any_of:
        squeezed = _squeezed(lowered)
        found.append(_yes(any(_squeezed(_plain(one)) in squeezed for one in value.any_of)))
    if value.customer_name:
        found.append(_yes(says_name(lowered, customer_name)))
    return found


def says_name(text: str, name: str) -> bool:
    """Whether any part of the customer's name (three letters or more) stands in the text as a word."""
    words = set(re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", text.lower()))
    names = {piece for piece in name.lower().split() if len(piece) > 2}  # noqa: PLR2004 - "Mr", "de"
    return bool(words & names) or any(f"{piece}'s" in words for piece in names)


def times_said(text: str) -> TimesSaid:
    """Reads a lower-case English text."""
    hours = [_number(span[2] or span[1]) * _HOURS[span[3]] for span in _SPAN.finditer(text)]
    hours += [limit for pattern, limit in _NAMED_TIMES if re.search(pattern, text)]
    windows = [width for found in _WINDOW.finditer(text) if (width := _width(found)) is not None]
    weekday = bool(_WEEKDAY.search(text))
    if not hours and not weekday and (windows or _CLOCK_TIME.search(text)):
        hours.append(10.0)  # "by five" said without a day means today
    return TimesSaid(min(hours, default=None), min(windows, default=None), weekday)


def amounts_said(text: str) -> set[float]:
    """Every number in the text, with its pence or cents; small number words as well."""
    found = {float(f"{whole.replace(',', '')}.{cents or 0}") for whole, cents in _AMOUNT.findall(text)}
    words = re.findall(r"[a-z]+", text)
    return found | {float(_NUMBER_WORDS[word]) for word in words if word in _NUMBER_WORDS and word not in ("a", "an")}


def _within(limit: float, times: TimesSaid) -> Verdict:
    if times.within_hours is not None and times.within_hours <= limit:
        return Verdict.SHOWN
    if times.weekday_only:
        return Verdict.SHOWN if limit >= _AMBIGUOUS_DAYS_HOURS else Verdict.UNSURE
    return Verdict.NOT_SHOWN


def _width(found: re.Match[str]) -> float | None:
    begin, end = _clock(found.group(1), found.group(2)), _clock(found.group(4), found.group(5))
    width = (end - begin) % 12
    return width if 0 < width <= 12 else None  # noqa: PLR2004 - hours on a clock face


def _clock(hour: str, minutes: str | None) -> float:
    named = {"noon": 12.0, "midday": 12.0}
    return named.get(hour, _number(hour)) + int(minutes or 0) / 60


def _number(text: str) -> float:
    return float(_NUMBER_WORDS[text]) if text in _NUMBER_WORDS else float(text) if text[:1].isdigit() else 0.0


def _yes(holds: bool) -> Verdict:  # noqa: FBT001 - a truth value is what it turns into a verdict
    return Verdict.SHOWN if holds else Verdict.NOT_SHOWN


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\-./]+", "", text)
