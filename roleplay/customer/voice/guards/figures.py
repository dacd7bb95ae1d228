"""No invented figures: a number, date, amount or reference must stand somewhere in what the customer was given."""

from __future__ import annotations

import re
from functools import lru_cache

from roleplay.customer.voice.guards.number_words import in_digits
from roleplay.customer.voice.guards.scene import Scene

_DIGITS = re.compile(r"[\w@#.,:/%+-]*\d[\w@#.,:/%-]*")
_CLOCKS = (
    re.compile(r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?:[ap]\.?m\b\.?|o['’]? ?clock\b)", re.IGNORECASE),
    re.compile(r"(?<![\d:./])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:/])"),
    re.compile(r"\b(?P<half>half) (?:past )?(?P<hour>\d{1,2})\b(?! \w{3,}s\b)", re.IGNORECASE),
    re.compile(r"\bquarter (?P<quarter>past|to) (?P<hour>\d{1,2})\b", re.IGNORECASE),
)
"""A time of day; a number of something else ("3 days") does not make it known."""
_MONEY = re.compile(r"[£$€]\s?(\d[\d,]*)|(?<![\w.:/-])(\d[\d,]*)\s(?:pounds?|quid|euros?|dollars?)\b", re.IGNORECASE)
"""An amount; so is its part before the point. A number of something else does not make it known either."""
_OF_NOTHING = re.compile(r"(?<![\d£$€.,:/])\b(\d+)(?![\d,:/]|\.\d|%|\s?(?:percent|per cent)|[\s-][a-z]{3,}s\b)")
"""A number that may be an hour, or an amount, for all that follows it."""
_LETTER_BY_LETTER = re.compile(
    r"\b[A-Z][ ,.-]{1,2}[A-Z](?:[ ,.-]{1,2}(?:[A-Z]|\d+)\b)+|\b\d[ ,.-]{1,2}[A-Z][ ,.-]{1,2}[A-Z]\b"
)
_LARGE = re.compile(r"\b(?:hundred|thousand|million|dozen)s?\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october"
    r"|november|december)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+\.\w+|\b(?:https?://|www\.)\S+", re.IGNORECASE)
_IDIOM_WORDS = (
    r"\b(?:a|one) (?:hundred|thousand|million|dozen)(?= times| things| reasons| questions| percent| per cent)",
    r"\b(?:two|five|ten) (?:minutes|seconds)(?: of (?:my|your) time)?\b",
    r"\bin two minds\b",
    r"\bat sixes and sevens\b",
    r"\b(?:twenty[- ]four|24)[/ -]+(?:seven|7)\b",
    r"\b(?:back to square one|(?:from|to) zero|zero (?:interest|patience|chance|sense))\b",
)
_IDIOMS = re.compile("|".join(_IDIOM_WORDS), re.IGNORECASE)
"""Number words that count nothing."""


class InventedFigures:
    """Refuses a figure that stands nowhere in the call so far, the facts told, or the mind's line."""

    name = "invented_figure"

    def objects(self, sentence: str, scene: Scene) -> str:
        locked = " ".join(fact.says for fact in scene.cue.locked)
        known = _known(scene.mention) | (_known(scene.background) - _known(locked))
        if all(_is_known(figure, known) for figure in figures(sentence)):
            return ""
        return "You named a number, date or reference that you were not given. Use none but those given to you."


def figures(text: str) -> list[str]:
    """What of the text is a figure, in a plain form: `20418`, `eight` as `8`, `3 pm` as `3:00`, `wednesday`."""
    text = _in_digits(_IDIOMS.sub(" ", text))
    found = [one.lower() for one in _ADDRESS.findall(text)]
    text = _ADDRESS.sub(" ", text)
    for pattern in _CLOCKS:
        found += [_clock(one) for one in pattern.finditer(text)]
        text = pattern.sub(" ", text)
    found += [f"£{_plain(one[1] or one[2])}" for one in _MONEY.finditer(text)]
    found += [one.lower().strip(".,:;/-") for one in _DIGITS.findall(text)]
    found += [one.lower().rstrip("s") for pattern in (_LARGE, _NAMED) for one in pattern.findall(text)]
    return found


_SMALL = ("0", "1", "2", "3")


def names_all(given: str, said: str) -> bool:
    """Whether every figure of `given` above three stands in `said`, in digits or in words ("twice", "both")."""
    known = _known(said)
    return all(
        _SUFFIX.sub("", figure) in _SMALL or _is_known(figure, known) or _digits_known(figure, said)
        for figure in figures(given)
    )


def _in_digits(text: str) -> str:
    """Numbers in digits, and what is read out letter by letter in one piece: `C S, two oh four` as `CS204`."""
    return _LETTER_BY_LETTER.sub(lambda read: re.sub(r"[ ,.-]", "", read[0]), in_digits(text))


def _clock(found: re.Match[str]) -> str:
    """A time of day on a clock with twelve hours: `half past two` as `2:30`, `15:00` as `3:00`."""
    part = found.groupdict()
    hour, minute = int(part["hour"]), part.get("minute") or "00"
    if part.get("half"):
        minute = "30"
    if part.get("quarter"):
        hour, minute = (hour, "15") if part["quarter"].lower() == "past" else (hour - 1, "45")
    return f"{(hour - 1) % 12 + 1}:{minute}"


def _digits_known(figure: str, said: str) -> bool:
    """Letters before a number may be spelled out ("C S, two oh four ..."), but be no others."""
    numbers = re.findall(r"\d+", figure)
    apart = set(re.findall(r"(?<![\w-])\d+(?![\w-])", in_digits(said)))
    long = [one for one in apart if len(one) > _FEWEST_OF_A_REFERENCE]
    return bool(numbers) and all(
        number in apart or (len(number) >= _FEWEST_OF_A_PART and any(number in one for one in long))
        for number in numbers
    )


@lru_cache(maxsize=64)
def _known(text: str) -> frozenset[str]:
    """Figures of the text, whole and in their parts, and how neighbours read when run together."""
    written = _in_digits(text)
    digits = [one.lower() for one in _DIGITS.findall(written)]
    pieces = [*figures(text), *digits]
    known = {form for one in pieces for form in (one, *_parts(one))}
    known |= {_plain(one) for one in pieces if one[0] != "£"}
    known |= {f"£{one.split(':')[0]}" for one in pieces if ":" in one and not one.endswith(":00")}
    plain = [_plain(one) for one in digits]
    known |= {"".join(plain[at : at + many]) for many in _RUN_TOGETHER for at in range(len(plain) - many + 1)}
    for number in _OF_NOTHING.findall(written):
        known |= {f"£{number}", f"{(int(number) - 1) % 12 + 1}:00" if int(number) <= _HOURS else number}
    return frozenset(known)


_RUN_TOGETHER = (2, 3, 4)
"""Neighbours that may be one reference: `BD3 8QH`, `0800 123 456`."""
_HOURS = 24


def _is_known(figure: str, known: frozenset[str]) -> bool:
    plain, parts = _plain(figure), _parts(figure)
    if figure in known:
        return True
    if figure[0] == "£" or figure.endswith(":00") or "@" in figure:
        return False
    if (parts and all(part in known for part in parts)) or plain in known:
        return True
    ends = (one for one in known if len(one) >= _FEWEST_OF_A_REFERENCE and one.isalnum())
    return len(plain) >= _FEWEST_OF_A_PART and any(one.startswith(plain) or one.endswith(plain) for one in ends)


_FEWEST_OF_A_REFERENCE = 5
_FEWEST_OF_A_PART = 3
"""Characters from which one end of a known reference ("ending 418") is that reference."""


_SUFFIX = re.compile(r"(?<=\d)(?:am|pm|st|nd|rd|th|h|k|s)$")


def _parts(figure: str) -> list[str]:
    """`214.60` as `214` and `60`; `14th` as `14`, `08` as `8`."""
    return [_SUFFIX.sub("", part).lstrip("0") or "0" for part in re.split(r"[^\w]+", figure) if part]


def _plain(figure: str) -> str:
    return re.sub(r"[^a-z0-9]", "", figure.lower().replace("o'clock", ""))
