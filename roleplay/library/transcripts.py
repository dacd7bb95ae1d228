"""Recorded calls from JSON lines, one call a line; a line that cannot be read is named, and the rest goes on."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from roleplay.errors import BadFile
from roleplay.library.validated import did_you_mean
from roleplay.sanitise import clean_line, clean_text
from roleplay.transcript import Speaker, Transcript, Turn

SPEAKERS = [speaker.value for speaker in Speaker]
LONGEST_LINE = 32 * 1024 * 1024
"""Bytes of one call; ten thousand long turns fit."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds no call."""

    number: int
    """1-based."""
    what: str


class _NotACall(Exception):
    """What is wrong with a line, in words."""


def read_transcripts(lines: Iterable[bytes]) -> Iterator[tuple[int, Transcript] | BadLine]:
    """The calls with their line numbers, in order and as they come; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # noqa: PLW2901 - the mark that Windows editors put first
        if line.strip():
            try:
                yield number, _transcript(line)
            except _NotACall as problem:
                yield BadLine(number, str(problem))


def read_labelled(lines: Iterable[bytes], name: str, known: Iterable[str]) -> list[Transcript]:
    """Graded calls, all of them or none.

    `known` are the labels that may stand there. Raises BadFile with every bad line as `name:line: what is wrong`.
    """
    found: list[Transcript] = []
    problems: list[str] = []
    dimensions = list(known)
    for one in read_transcripts(lines):
        if isinstance(one, BadLine):
            problems.append(f"{name}:{one.number}: {one.what}")
            continue
        number, transcript = one
        problems += [f"{name}:{number}: labels: {what}" for what in _label_problems(transcript.labels, dimensions)]
        found.append(transcript)
    if problems:
        raise BadFile("\n".join(dict.fromkeys(problems)), "Mend these lines and try again.")
    return found


def _label_problems(labels: Mapping[str, tuple[float, ...]], known: list[str]) -> Iterator[str]:
    for label, given in labels.items():
        if label not in known:
            yield f"{label} is no dimension of this rubric{did_you_mean(label, known)}; there are {', '.join(known)}"
        elif any(not 0 <= value <= 1 for value in given):
            yield f"{label} is {', '.join(f'{value:g}' for value in given)}; labels run from 0 to 1"


def _transcript(line: bytes) -> Transcript:
    if len(line) > LONGEST_LINE:
        raise _NotACall(f"longer than {LONGEST_LINE // 2**20} MiB; one call stands on one line")
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _NotACall(f"not JSON ({getattr(error, 'msg', 'unreadable')}); one call stands on one line") from None
    if isinstance(data, list):
        raise _NotACall("a list; put each call on a line of its own, without [ ] around them")
    if not isinstance(data, dict):
        raise _NotACall('not an object; a call is {"id": …, "turns": [{"speaker": …, "text": …}, …]}')
    identifier = data.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    identifier = clean_line(identifier) if isinstance(identifier, str) else ""
    if not identifier:
        raise _NotACall("id: is missing; it should be text")
    turns = data.get("turns")
    if not isinstance(turns, list):
        raise _NotACall("turns: is missing; it should be a list")
    return Transcript(identifier, tuple(_turn(turn, at) for at, turn in enumerate(turns)), _labels(data.get("labels")))


def _turn(turn: Any, at: int) -> Turn:  # noqa: ANN401 - plain JSON data
    if not isinstance(turn, dict):
        raise _NotACall(f"turns[{at}]: not an object")
    speaker, text = turn.get("speaker"), turn.get("text")
    if speaker not in SPEAKERS:
        said = json.dumps(speaker, ensure_ascii=False)[:40]
        raise _NotACall(f"turns[{at}].speaker: {said} is neither customer nor trainee; the agent is the trainee")
    if not isinstance(text, str):
        raise _NotACall(f"turns[{at}].text: should be text")
    return Turn(Speaker(speaker), clean_text(text).strip())


def _labels(labels: Any) -> dict[str, tuple[float, ...]]:  # noqa: ANN401 - plain JSON data
    if labels is None:
        return {}
    if not isinstance(labels, dict):
        raise _NotACall("labels: should be numbers by dimension")
    named = [(clean_line(name), given) for name, given in labels.items()]
    return {name: numbers for name, given in named if (numbers := _numbers(name, given))}


def _numbers(name: str, given: Any) -> tuple[float, ...]:  # noqa: ANN401 - plain JSON data
    """One number, or one a grader; null is nobody's."""
    several = given if isinstance(given, list) else [given]
    try:
        numbers = [float(one) for one in several if isinstance(one, int | float)]
    except OverflowError:
        numbers = [math.inf]
    if len(numbers) != sum(one is not None for one in several) or not all(map(math.isfinite, numbers)):
        raise _NotACall(f"labels.{name}: should be a number from 0 to 1, or a list of them, one a grader")
    return tuple(numbers)
