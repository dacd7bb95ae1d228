"""Hard values read from a reply by code: times, windows, amounts, references. Similarity cannot see them."""

from __future__ import annotations

import re
import unicodedata
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
_HOURS = {
    "minute": 1 / 60,
    "min": 1 / 60,
    "hour": 1.0,
    "hr": 1.0,
    "h": 1.0,
    "day": 24.0,
    "week": 168.0,
    "fortnight": 336.0,
    "month": 730.0,
}
_REFUSED = re.compile(
    r"\b(?:not|cannot|never|\w+n't)\b(?:\s+\w+){0,4}?\s+"
    rf"(?:today|tomorrow|tonight|this week|(?:within|in|by|before)\s+(?:{_NUMBER})(?:\s*\w+)?)\b"
)
"""A time that is refused in so many words: "it won't be today", "I can't promise it within two hours"."""
_NO_LATER = re.compile(r"\bno later than\b", re.IGNORECASE)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPAN = re.compile(
    rf"\b({_NUMBER})(?:\s*(?:-|to|or)\s*({_NUMBER}))?[\s-]*(?:working |business |more )?"
    r"(minute|min|hour|hr|h|day|week|fortnight|month)s?\b"
)
_NAMED_TIMES = (
    # The latest that people mean by it, in hours from now; a call is taken in the middle of a working day.
    (r"\bday after tomorrow\b", 48.0),
    (r"\ban hour and a half\b", 1.5),
    (r"\b(?:in|within) (?:the next |the |a )?half[- ](?:an )?hour\b", 0.5),
    (r"\ba few minutes\b", 0.25),
    (r"\bovernight\b", 24.0),
    (r"\btomorrow\b", 24.0),
    (r"\btonight|this evening\b", 12.0),
    (r"\btoday|same[- ]day|this (?:morning|afternoon)\b", 10.0),
    (r"\b(?:by (?:noon|lunchtime)|end of (?:the )?day)\b", 10.0),
    (r"\b(?:right (?:now|away)|immediately|straight away|at once|as we speak|(?:within the|in the next) hour)\b", 1.0),
    (r"\bwhile (?:you|we|i)(?:'re| are|'m| am)\b", 1.0),
    (r"\b(?:this|next) (?:week|month)\b", 24.0 * 14),
)
_WEEKDAY = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri)\b")
_CLOCK = (
    r"(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday)"
    r"(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.?|p\.m\.?|o'?clock)?"
)
_WINDOW = re.compile(
    r"(?<!step )(?<!steps )(?<!page )(?<!pages )"
    rf"(?:\bbetween {_CLOCK}\s*and|\b{_CLOCK}\s*(?:-|–|—|to|till|until))\s*{_CLOCK}\b"
    r"(?!\s*(?:minute|min|hour|day|week|working|business|[a-z]+s\b))"
)
_CLOCK_TIME = re.compile(rf"\b(?:at|by|before|around|about|from)\s+{_CLOCK}(?!\s*(?:minute|hour|day|week|%))\b")
_BEHIND = re.compile(
    rf"\b(?:waited|waiting|for the last|for the past|in the last|past|took)\s+(?:for\s+)?{_NUMBER}[\s-]*"
    rf"(?:minute|min|hour|hr|day|week|month)s?\b|\b{_NUMBER}[\s-]*(?:minute|min|hour|hr|day|week|month)s?\s+(?:ago|late)\b"
    r"|\byesterday[^.!?]*|\bwhat a day\b|\b\d+-\d+ (?=[a-z]+ (?:street|road|lane|avenue)\b)"
)
"""What was, and what only looks like a time."""
_HALF_PAST = re.compile(rf"\bhalf past (\d{{1,2}}|{'|'.join(_COUNTING.split()[1:13])})\b")
_PART_OF_DAY = re.compile(r"\s+in the (?:morning|afternoon|evening)\b")
_SPOKEN_CENTS = re.compile(rf"\b(\d+|{'|'.join(_COUNTING.split()[1:])}) (?:pounds? |euros? |dollars? )?(\d\d)\b")
_AMOUNT = re.compile(r"(?:[£€$]\s*)?(\d{1,3}(?:,\d{3})+|\d+)(?:[.,](\d{1,2}))?(?![\w])")
_DOTTED_THOUSANDS = re.compile(r"\b\d{1,3}(?:\.\d{3})+,\d{2}\b")
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
    """Whether the text names everything that `value` asks for; `unsure` where a weekday leaves it open."""
    verdicts = list(_checks(value, text, customer_name))
    if Verdict.NOT_SHOWN in verdicts or not verdicts:
        return Verdict.NOT_SHOWN
    return Verdict.UNSURE if Verdict.UNSURE in verdicts else Verdict.SHOWN


def _checks(value: Value, text: str, customer_name: str) -> list[Verdict]:
    lowered = text.lower().replace("’", "'")
    found: list[Verdict] = []
    if value.within_hours is not None:
        found.append(_within(value.within_hours, times_said(lowered)))
    if value.window_hours is not None:
        window = times_said(lowered).window_hours
        found.append(_yes(window is not None and window <= value.window_hours))
    if value.amount is not None:
        found.append(_yes(value.amount in amounts_said(lowered)))
    if value.any_of:
        found.append(_yes(any(_stands_in(one, lowered) for one in value.any_of)))
    if value.customer_name:
        found.append(_yes(says_name(lowered, customer_name)))
    return found


def _stands_in(wanted: str, text: str) -> bool:
    """As whole words, whatever stands between them: "BH-7731" in "bh 7731", not "5 days" in "15 days"."""
    # With leading zeros or an ordinal's ending it is the same number.
    words = [word for word in re.split(r"[\s\-./]+", wanted.lower().replace("’", "'")) if word]
    # A number may be said in groups ("48 213").
    spelt = [r"[\s\-./]?".join(map(re.escape, word)) if word.isdigit() else re.escape(word) for word in words]
    pattern = r"[\s\-./]*".join(spelt)
    return bool(re.search(rf"(?<!\w)0*{pattern}(?:st|nd|rd|th)?(?!\w|[.,]\d)", text))


def says_name(text: str, name: str) -> bool:
    """Whether any part of the customer's name stands in the text as a word, accents aside.

    A part of two letters counts after a title only ("Mr Li").
    """
    plain, parts = _unaccented(text), re.findall(r"[^\W\d_]+", _unaccented(name))
    return any(
        re.search(rf"(?<!\w){re.escape(part)}(?!\w)", plain)
        if len(part) > 2  # noqa: PLR2004 - "de", "Li"
        else re.search(rf"\b(?:mr|mrs|ms|miss|dr)\.? {re.escape(part)}(?!\w)", plain)
        for part in parts
    )


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def times_said(text: str) -> TimesSaid:
    """Reads a lower-case English text; what lies behind ("two hours ago", "I waited 3 days") is no time promised."""
    text = _BEHIND.sub(" ", _digits(_NO_LATER.sub("by", text)))
    text = _PART_OF_DAY.sub("", _HALF_PAST.sub(r"\1:30", _REFUSED.sub(" ", text)))
    hours: list[float] = []
    for pattern, limit in _NAMED_TIMES:
        text, found = re.subn(pattern, " ", text)
        hours += [limit] * bool(found)
    windows = [width for found_window in _WINDOW.finditer(text) if (width := _width(found_window)) is not None]
    hours += [_number(span[2] or span[1]) * _HOURS[span[3]] for span in _SPAN.finditer(text)]
    weekday = bool(_WEEKDAY.search(text))
    if not hours and not weekday and (windows or _CLOCK_TIME.search(text)):
        hours.append(10.0)  # "by five" said without a day means today
    return TimesSaid(min(hours, default=None), min(windows, default=None), weekday)


def amounts_said(text: str) -> set[float]:
    """Every number in the text, in digits or in words, with its pence or cents ("four fifty" is 4.50 and 450)."""
    text = _digits(text)
    text = _DOTTED_THOUSANDS.sub(lambda found: found[0].replace(".", "").replace(",", "."), text)
    found = {float(f"{whole.replace(',', '')}.{cents or 0}") for whole, cents in _AMOUNT.findall(text)}
    found |= {int(pence) / 100 for pence in re.findall(r"\b(\d{1,2})(?:p|c| pence| cents?)\b", text)}
    found |= {_number(whole) + int(cents) / 100 for whole, cents in _SPOKEN_CENTS.findall(text)}
    words = re.findall(r"[a-z]+", text)
    return found | {float(_NUMBER_WORDS[word]) for word in words if word in _NUMBER_WORDS and word not in ("a", "an")}


def _digits(text: str) -> str:
    """Compound numbers in words as digits: "twenty-five" is 25, "two hundred and forty" is 240, "eighty" is 80."""
    tens = {word: 10 * at for at, word in enumerate(_TENS.split(), start=2)}
    units = {word: int(_NUMBER_WORDS[word]) for word in _COUNTING.split()[1:10]}

    def two(found: re.Match[str]) -> str:
        return str(tens[found[1]] + (units[found[2]] if found[2] else 0))

    text = re.sub(rf"\b({'|'.join(tens)})(?:[- ]({'|'.join(units)}))?\b", two, text)
    hundreds = rf"\b(\d|a|{'|'.join(units)}) hundred(?:(?: and)? (\d{{1,2}}|{'|'.join(_COUNTING.split()[1:])}))?\b"

    def three(found: re.Match[str]) -> str:
        rest = found[2] or "0"
        return str(int(100 * _number(found[1]) + _number(rest)))

    return re.sub(hundreds, three, text)


def _within(limit: float, times: TimesSaid) -> Verdict:
    if times.within_hours is not None and times.within_hours <= limit:
        return Verdict.SHOWN
    if times.weekday_only:
        return Verdict.SHOWN if limit >= _AMBIGUOUS_DAYS_HOURS else Verdict.UNSURE
    return Verdict.NOT_SHOWN


def _width(found: re.Match[str]) -> float | None:
    first = found.groups()[0:3] if found.group(1) else found.groups()[3:6]
    last = found.groups()[6:9]
    begin, end = _clock(*first[:2]), _clock(*last[:2])
    halves = [half[0] if half and half[0] in "ap" else "" for half in (first[2], last[2])]
    width = (end - begin) % 12
    if all(halves) and halves[0] != halves[1]:
        width = (end % 12 + 12 * (halves[1] == "p") - begin % 12 - 12 * (halves[0] == "p")) % 24
    return width or None


def _clock(hour: str | None, minutes: str | None) -> float:
    named = {"noon": 12.0, "midday": 12.0}
    return named.get(hour or "", _number(hour or "")) + int(minutes or 0) / 60


def _number(text: str) -> float:
    return float(_NUMBER_WORDS[text]) if text in _NUMBER_WORDS else float(text) if text[:1].isdigit() else 0.0


def _yes(holds: bool) -> Verdict:  # noqa: FBT001 - a truth value is what it turns into a verdict
    return Verdict.SHOWN if holds else Verdict.NOT_SHOWN
