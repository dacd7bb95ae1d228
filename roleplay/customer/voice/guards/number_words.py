"""Numbers in words as digits, so that "forty-eight" and "48" are one figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COUNTING = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_BY_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_CARDINALS = {
    **{word: number for number, word in enumerate(_COUNTING.split())},
    **{word: 20 + 10 * at for at, word in enumerate(_BY_TENS.split())},
}
_IN_ORDER = {
    **{word: number for number, word in enumerate(_ORDINALS.split())},
    **{word.replace("y", "ieth"): 20 + 10 * at for at, word in enumerate(_BY_TENS.split())},
}
_VALUES = _CARDINALS | _IN_ORDER
_TIMES = {"hundred": 100, "thousand": 1_000}
_ALONE_NO_FIGURE = frozenset({"one", "first", "second", "third"})
"""They count nothing in "this one", "a second time"; in "twenty-first" they do."""
_WORD = "|".join(sorted([*_CARDINALS, *_TIMES], key=len, reverse=True))
_ORDINAL = "|".join(sorted(_IN_ORDER, key=len, reverse=True))
_TENS = _BY_TENS.replace(" ", "|")
_RUN = re.compile(
    rf"\b(?:(?:a(?=[\s-](?:hundred|thousand)\b)|{_WORD})(?:(?:[\s-]|[\s-]and[\s-])(?:{_WORD}))*"
    rf"(?:(?:(?<={_TENS.replace('|', ')|(?<=')})|(?<=hundred)|(?<=hundred and)|(?<=thousand))[\s-](?:{_ORDINAL}))?"
    rf"|{_ORDINAL})\b",
    re.IGNORECASE,
)
_DIGIT = r"(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine)"
_READ_OUT = re.compile(rf"\b(?:(?:{_DIGIT}|double|triple)[\s,-]+){{2,}}{_DIGIT}\b", re.IGNORECASE)
_HOURS, _MINUTES = range(1, 13), range(10, 60)
_TEENS = range(10, 20)


def in_digits(text: str) -> str:
    """`two hundred and fourteen` as `214`, `oh two nine` as `029`, `six thirty` as `6:30`, `twenty-first` as `21`."""
    return _RUN.sub(lambda run: _written(run[0]), _READ_OUT.sub(lambda run: _digit_by_digit(run[0]), text))


def _written(run: str) -> str:
    if run.lower() in _ALONE_NO_FIGURE:
        return run
    numbers = list(_numbers(run.lower()))
    if len(numbers) == 2 and " and " not in run and numbers[0] in _HOURS and numbers[1] in _MINUTES:  # noqa: PLR2004
        return f"{numbers[0]}:{numbers[1]}"
    return " and ".join(str(one) for one in numbers)


def _numbers(run: str) -> Iterator[int]:
    """The numbers of a run of number words: `nine thirty` is two, `three thousand four hundred` is one."""
    whole, part, after_times = 0, -1, False
    for word in re.split(r"[\s-]+", run):
        if word in _TIMES:
            times = _TIMES[word]
            whole, part = (whole + max(part, 1) * times, -1) if times > 100 else (whole, max(part, 1) * times)  # noqa: PLR2004
            after_times = True
        elif word in _VALUES:
            value = _VALUES[word]
            if not _goes_on(part, value, after_times=after_times):
                yield whole + part
                whole, part, after_times = 0, -1, False
            part = max(part, 0) + value
    yield whole + max(part, 0)


def _goes_on(part: int, value: int, *, after_times: bool) -> bool:
    """Whether a value continues the number: `forty` + `eight`, `two hundred` + `fourteen`; not `nine` + `thirty`."""
    if part < 0:
        return True
    if part % 100 == 0:
        return after_times and part > 0
    return part % 10 == 0 and part % 100 not in _TEENS and 0 < value < _TEENS.start


def _digit_by_digit(spoken: str) -> str:
    """`two oh four one eight` as `20418`; `double` and `triple` repeat what follows."""
    written, times = "", 1
    for word in re.split(r"[\s,-]+", spoken.lower()):
        if word in ("double", "triple"):
            times = 2 if word == "double" else 3
            continue
        written += ("0" if word in ("oh", "o") else str(_VALUES[word])) * times
        times = 1
    return written
