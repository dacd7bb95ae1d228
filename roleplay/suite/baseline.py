"""How a test run was, kept in a file, and what changed since: read in a pull request beside the change itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roleplay.errors import BadFile, UsageProblem
from roleplay.suite.result import CaseResult, Check, Comparison, Flip, RubricUnderTest, Status, SuiteResult

SCHEMA_VERSION = 1
CONTRAST_TOLERANCE = 0.02
"""Drift of a contrast (-1..1) up to which only the largest is told,"""
POINTS_TOLERANCE = 1.0
"""and that of a score (0..100)."""
ANEW = "Write it anew with --write-baseline."
Key = tuple[str, str]
"""Rubric and case."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A check as it went."""

    got: str
    passed: bool
    value: float | None
    near_boundary: bool


@dataclass(frozen=True, slots=True)
class Baseline:
    """A run as it was."""

    rubrics: tuple[RubricUnderTest, ...]
    cases: Mapping[Key, Mapping[str, Remembered]]
    """By case its checks, by what they were about."""

    @classmethod
    def of(cls, result: SuiteResult) -> Baseline:
        """Raises UsageProblem for a run that cannot be a measure of later ones."""
        if result.left_out:
            raise UsageProblem(
                f"a baseline is of all cases: {result.left_out} were not chosen", "Leave out --tag, -k and --failed."
            )
        broken = [case.id for case in result.cases if case.status is Status.ERROR]
        if broken:
            raise UsageProblem(f"a baseline is of cases that can be run: {', '.join(broken)} cannot")
        return cls(result.rubrics, {(case.rubric, case.id): _remembered(case) for case in result.cases})

    @classmethod
    def read(cls, file: Path) -> Baseline:
        """Raises BadFile."""
        try:
            text = file.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise BadFile(f"{file}: there is no such baseline", "Write it with --write-baseline.") from None
        except (OSError, UnicodeDecodeError) as error:
            raise BadFile(f"{file} cannot be read as a baseline ({error})", ANEW) from None
        try:
            data = json.loads(text)
            version = data["schema_version"]
            if version == SCHEMA_VERSION:
                return cls(tuple(_rubric(one) for one in data["rubrics"]), dict(map(_case, data["cases"])))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BadFile(f"{file} is no baseline of this program", ANEW) from None
        raise BadFile(f"{file} is a baseline of another version ({version})", ANEW)

    def as_json(self) -> str:
        """A case a line, in a fixed order, so that a change of it reads well as a difference."""
        head = [_line({"id": one.id, "sha256": one.sha256, "embedder": one.embedder}) for one in self.rubrics]
        lines = [
            _line({"rubric": rubric, "id": case, "checks": {what: _check(one) for what, one in checks.items()}})
            for (rubric, case), checks in sorted(self.cases.items())
        ]
        parts = (
            f'{{"schema_version": {SCHEMA_VERSION},\n"rubrics": [',
            _joined(head),
            '],\n"cases": [',
            _joined(lines),
            "]}\n",
        )
        return "\n".join(parts)

    def compared(self, result: SuiteResult, found: Collection[Key]) -> Comparison:
        """The run beside this; `found`: all cases there are, run or not."""
        changes = self.changes(result)
        tested = {rubric for rubric, _ in found}
        return Comparison(
            flips=tuple(change for change in changes if not is_small(change)),
            new=tuple(case.id for case in result.cases if (case.rubric, case.id) not in self.cases),
            removed=tuple(case for rubric, case in self.cases if rubric in tested and (rubric, case) not in found),
            notes=(*self._notes(result), *_drift(changes)),
        )

    def changes(self, result: SuiteResult) -> list[Flip]:
        """All that is not as it was in cases that both know, small moves too."""
        known = ((self.cases.get((case.rubric, case.id), {}), case) for case in result.cases)
        return [change for was, case in known for change in _changes(was, case)]

    def _notes(self, result: SuiteResult) -> Iterator[str]:
        """What differs in what was tested; flips are read by it."""
        known = {one.id: one for one in self.rubrics}
        for now in result.rubrics:
            was = known.get(now.id)
            if was is None:
                yield f"the baseline knows no rubric {now.id}"
            elif was.embedder != now.embedder:
                yield f"{now.id}: the baseline is of another sentence model ({was.embedder}, now {now.embedder})"
            elif was.sha256 != now.sha256:
                yield f"{now.id} has changed since the baseline ({was.sha256[:8]}, now {now.sha256[:8]})"


def _remembered(case: CaseResult) -> dict[str, Remembered]:
    return {check.what: _as_it_went(check) for check in case.checks}


def _as_it_went(check: Check) -> Remembered:
    value = None if check.value is None else round(float(check.value), 3)
    return Remembered(check.got, check.passed, value, check.near_boundary)


def _changes(was: Mapping[str, Remembered], case: CaseResult) -> Iterator[Flip]:
    for check in case.checks:
        before = was.get(check.what)
        if before is None:
            continue
        flipped = before.passed != check.passed
        now = _as_it_went(check)
        if flipped or before.value != now.value:
            near = before.near_boundary and now.near_boundary
            yield Flip(
                case.id,
                case.rubric,
                check.what,
                before.got,
                now.got,
                before.value,
                now.value,
                is_warning=near or not flipped,
                flipped=flipped,
            )


def is_small(change: Flip) -> bool:
    """Whether only a number moved, and within tolerance."""
    return not change.flipped and (change.drift or 0.0) <= _tolerance(change)


def _tolerance(change: Flip) -> float:
    return CONTRAST_TOLERANCE if change.what.startswith("criterion ") else POINTS_TOLERANCE


def _drift(changes: Collection[Flip]) -> Iterator[str]:
    """One sentence for all numbers that moved a little."""
    small = [change for change in changes if is_small(change) and change.drift]
    if small:
        most = max(small, key=lambda one: (one.drift or 0.0) / _tolerance(one))
        yield (
            f"{len(small)} number{'s' * (len(small) > 1)} moved within tolerance, "
            f"{most.case} most ({most.what}: {most.value_was:g}, now {most.value_now:g})"
        )


def _rubric(data: Mapping[str, Any]) -> RubricUnderTest:
    return RubricUnderTest(str(data["id"]), str(data["sha256"]), str(data["embedder"]))


def _case(data: Mapping[str, Any]) -> tuple[Key, dict[str, Remembered]]:
    checks = {
        str(what): Remembered(
            str(one["got"]),
            bool(one["passed"]),
            None if one["value"] is None else float(one["value"]),
            bool(one["near_boundary"]),
        )
        for what, one in data["checks"].items()
    }
    return (str(data["rubric"]), str(data["id"])), checks


def _check(one: Remembered) -> dict[str, Any]:
    return {"got": one.got, "passed": one.passed, "value": one.value, "near_boundary": one.near_boundary}


def _line(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _joined(lines: list[str]) -> str:
    return ",\n".join(lines)
