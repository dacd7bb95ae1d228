"""No invented figures: a number, date, amount or reference must stand somewhere in what the customer was given."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from roleplay.customer.voice.guards.scene import Scene

_COUNTING = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_BY_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES, _TENS = _COUNTING.split(), _BY_TENS.split()
_VALUES = {word: number for number, word in enumerate(_ONES)} | {word: 20 + 10 * at for at, word in enumerate(_TENS)}
_SMALL = rf"(?:(?:{'|'.join(_TENS)})[\s-](?:{'|'.join(_ONES[1:10])})|{'|'.join([*_TENS, *reversed(_ONES)])})"
_SPELLED = rf"(?:(?:{_SMALL}|a) (?:hundred|thousand)(?: and)? {_SMALL}|{_SMALL} (?:hundred|thousand)|{_SMALL})"
_WORDS = re.compile(rf"\b{_SPELLED}\b", re.IGNORECASE)
_DIGIT = r"(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine)"
_READ_OUT = re.compile(rf"\b(?:(?:{_DIGIT}|double|triple)[\s,-]+){{2,}}{_DIGIT}\b", re.IGNORECASE)
_DIGITS = re.compile(r"[\w@#.,:/£$€%+-]*\d[\w@#.,:/%-]*")
_LARGE = re.compile(
    r"(?<!a )\b(?:hundred|thousand|million|dozen)s?\b"
    r"|\ba (?:hundred|thousand|million|dozen)\b(?! times| things| reasons| questions| percent| per cent)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october"
    r"|november|december)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+\.\w+|\b(?:https?://|www\.)\S+", re.IGNORECASE)
_IDIOM_WORDS = (
    r"\bone\b",
    r"\b(?:two|five|ten) (?:minutes|seconds)(?: of (?:my|your) time)?\b",
    r"\bin two minds\b",
    r"\bat sixes and sevens\b",
    r"\b(?:twenty[- ]four|24)[/ -]*(?:seven|7)\b",
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
    """What of the text is a figure, in a plain form: `20418`, `eight` as `8`, `wednesday`."""
    found = [one.lower().strip(".,:;/-") for one in _DIGITS.findall(text)]
    found += [_digits(run[0]) for run in _READ_OUT.finditer(text)]
    left = _IDIOMS.sub(" ", _READ_OUT.sub(" ", text))
    found += [str(_value(one)) for one in _WORDS.findall(left)]
    found += [one.lower().removeprefix("a ").rstrip("s") for one in _LARGE.findall(_WORDS.sub(" ", left))]
    found += [one.lower().rstrip("s") for one in _NAMED.findall(text)]
    found += [one.lower() for one in _ADDRESS.findall(text)]
    return found


def names_all(given: str, said: str) -> bool:
    """Whether every figure of `given` above three stands in `said`, in digits or in words ("twice", "both")."""
    known = _known(said)
    small = ("0", "1", "2", "3")
    return all(figure in small or _is_known(figure, known) or _digits_known(figure, known) for figure in figures(given))


def _digits_known(figure: str, known: frozenset[str]) -> bool:
    """Letters before a number may be spelled out ("C S, two oh four ...")."""
    numbers = re.findall(r"\d+", figure)
    return bool(numbers) and all(number in known for number in numbers)


@lru_cache(maxsize=64)
def _known(text: str) -> frozenset[str]:
    """Figures of the text, whole and in their parts, and how neighbours read when run together."""
    pieces = figures(text)
    known = set(pieces) | {_plain(one) for one in pieces}
    for one in pieces:
        known |= {_SUFFIX.sub("", part) for part in re.split(r"[^\w]+", one) if part}
    digits = [_plain(one) for one in _DIGITS.findall(text)]
    known |= {one + other for one, other in pairwise(digits)}
    words = [str(_value(one)) for one in _WORDS.findall(text)]
    return frozenset(known | set(words))


def _is_known(figure: str, known: frozenset[str]) -> bool:
    plain = _plain(figure)
    if figure in known or plain in known:
        return True
    parts = [_SUFFIX.sub("", part) for part in re.split(r"[^\w]+", figure) if part]
    if parts and all(part in known for part in parts):
        return True
    return len(plain) >= _FEWEST_OF_A_REFERENCE and any(plain in one for one in known)


_FEWEST_OF_A_REFERENCE = 3
"""Digits from which a part of a known reference ("ending 418") is that reference."""


_SUFFIX = re.compile(r"(?<=\d)(?:am|pm|st|nd|rd|th|h|k|s)$")


def _plain(figure: str) -> str:
    return re.sub(r"[^a-z0-9]", "", figure.lower().replace("o'clock", ""))


def _value(words: str) -> int:
    """`forty-eight` as 48, `two hundred and fourteen` as 214."""
    total = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in _TIMES:
            total = max(1, total) * _TIMES[word]
        else:
            total += _VALUES.get(word, 0)
    return total


_TIMES = {"hundred": 100, "thousand": 1_000}


def _digits(spoken: str) -> str:
    """`two oh four one eight` as `20418`; `double` and `triple` repeat what follows."""
    written, times = "", 1
    for word in re.split(r"[\s,-]+", spoken.lower()):
        if word in ("double", "triple"):
            times = 2 if word == "double" else 3
            continue
        written += ("0" if word in ("oh", "o") else str(_VALUES[word])) * times
        times = 1
    return written
