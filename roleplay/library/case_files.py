"""Files of cases: YAML for people, JSON lines for machines. All problems of all files are told at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roleplay.case import Case, CaseLine, Cases
from roleplay.errors import BadFile, UsageProblem
from roleplay.library.references import case_problems
from roleplay.library.strict_yaml import Document, Place, Problem, place_in_words
from roleplay.library.validated import read_value, validated
from roleplay.rubric import Rubric
from roleplay.sanitise import clean_text

ENDINGS = (".yaml", ".yml", ".jsonl")
LARGEST_LINES = 64 * 1024 * 1024
"""Bytes of a file of JSON lines."""
SAY_THE_RUBRIC = "Say the rubric in each line, or for all of them with --rubric."


@dataclass(frozen=True, slots=True)
class PlacedCase:
    """A case and where it stands."""

    case: Case
    rubric: str
    """Its rubric's id."""
    file: Path
    document: Document
    """The whole YAML file, or the one line of JSON,"""
    at: Place
    """and the place of the case in it."""

    @property
    def line(self) -> int:
        """From 1."""
        return self.document.line_of(self.at)

    def problem(self, place: Place, what: str) -> str:
        """What is wrong at a place within the case, as `file:line: path: what`."""
        whole = (*self.at, *place)
        return Problem(self.document.line_of(whole), place_in_words(whole), what).text(self.file)


def read_case_file(file: Path, rubric: str | None = None) -> list[PlacedCase]:
    """The cases in a file, well-formed; `rubric`: of JSON lines that name none.

    Raises BadFile with every problem on a line of its own.
    """
    if file.suffix == ".jsonl":
        return _read_lines(file, rubric)
    cases, document = read_value(file, Cases)
    return [PlacedCase(one, cases.rubric, file, document, ("cases", at)) for at, one in enumerate(cases.cases)]


def check_cases(
    placed: Sequence[PlacedCase], rubric_of: Callable[[PlacedCase], Rubric], personas: Collection[str]
) -> None:
    """Holds cases against their rubrics and one another.

    `personas`: the customers that a case may name. Raises BadFile with every problem on a line of its own.
    """
    problems = case_faults(placed, rubric_of, personas)
    if problems:
        raise BadFile("\n".join(dict.fromkeys(problem for of_file in problems.values() for problem in of_file)))


def case_faults(
    placed: Sequence[PlacedCase], rubric_of: Callable[[PlacedCase], Rubric], personas: Collection[str]
) -> dict[Path, list[str]]:
    """What is wrong with cases, their rubrics and one another, by the file of cases; nothing where all is well."""
    problems: dict[Path, dict[str, None]] = {}
    rubrics: dict[int, Rubric] = {}
    for at, one in enumerate(placed):
        try:
            rubrics[at] = rubric_of(one)
        except BadFile as error:
            problems.setdefault(one.file, {})[error.message] = None
        except UsageProblem as error:
            whole = PlacedCase(one.case, one.rubric, one.file, one.document, ())
            problems.setdefault(one.file, {})[whole.problem(("rubric",), error.message)] = None
    ids: dict[str, dict[str, PlacedCase]] = {}
    for at in rubrics:
        one = placed[at]
        first = ids.setdefault(one.rubric, {}).setdefault(one.case.id, one)
        if first is not one:
            twice = one.problem(("id",), f"{one.case.id} is used twice, first in {first.file}:{first.line}")
            problems.setdefault(one.file, {})[twice] = None
    for at, rubric in rubrics.items():
        one = placed[at]
        for place, what in case_problems(one.case, rubric, ids[one.rubric], personas):
            problems.setdefault(one.file, {})[one.problem(place, what)] = None
    return {file: list(told) for file, told in problems.items()}


def _read_lines(file: Path, rubric: str | None) -> list[PlacedCase]:
    found: list[PlacedCase] = []
    problems: list[str] = []
    nameless = False
    for number, line in _lines(file):
        data, slips = _parsed(line)
        document = Document(data, {(): number}, tuple(Problem(number, "", slip) for slip in slips))
        value, wrong = (None, list(document.problems)) if slips else validated(document, CaseLine)
        if value is not None and (value.rubric or rubric) is None:
            nameless = True
            wrong.append(Problem(number, "rubric", "is missing"))
        problems += [problem.text(file) for problem in wrong]
        if value is not None:
            found.append(PlacedCase(value, value.rubric or rubric or "", file, document, ()))
    if problems:
        raise BadFile("\n".join(problems), SAY_THE_RUBRIC if nameless else "")
    return found


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    try:
        if file.stat().st_size > LARGEST_LINES:
            raise BadFile(f"{file}: larger than {LARGEST_LINES // 2**20} MiB", "Split it.")
        data = file.read_bytes()
    except OSError as error:
        raise BadFile(f"{file}: cannot be read ({error.strerror})") from None
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield number, line


def _parsed(line: bytes) -> tuple[Any, list[str]]:
    """The data of a line, cleaned, and what keeps it from being a case at all."""
    slips: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        slips.extend(f"{name}: this key stands twice; keep one of them" for name in _twice(names))
        return {clean_text(name): value for name, value in pairs}

    try:
        data = json.loads(line, object_pairs_hook=mapping)
    except UnicodeDecodeError:
        return None, ["not UTF-8"]
    except (ValueError, RecursionError) as error:
        return None, [f"not JSON ({getattr(error, 'msg', 'unreadable')}); one case stands on one line"]
    if not isinstance(data, dict):
        return None, ['not an object; a case is {"id": …, "turns": […], "expect": {…}}']
    return _clean(data), slips


def _twice(names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield clean_text(name)
        seen.add(name)


def _clean(value: Any) -> Any:  # noqa: ANN401 - plain JSON data
    if isinstance(value, str):
        return clean_text(value).strip()
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {key: _clean(one) for key, one in value.items()} if isinstance(value, dict) else value
