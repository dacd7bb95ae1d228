"""Which cases failed last, for `--failed`. The file may be deleted at any time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from roleplay.errors import NothingToTest
from roleplay.store.records import LAST_TEST
from roleplay.suite.result import CaseResult

Key = tuple[str, str]
"""Rubric and case."""


class LastRun:
    """What is known of earlier runs on this computer."""

    def __init__(self, home: Path, say: Callable[[str], None]) -> None:
        """`say` gets a notice if it cannot be kept."""
        self._file = home / LAST_TEST
        self._say = say

    def failed(self) -> frozenset[Key]:
        """Those that failed when they were last run. Raises NothingToTest if nothing is known."""
        kept = self._read()
        if kept is None:
            raise NothingToTest("no earlier run is known here", "Run `roleplay test` once without --failed.")
        return kept

    def keep(self, cases: Iterable[CaseResult]) -> None:
        """Remembers how these went; of cases that were not run what was known stays."""
        ran = {(case.rubric, case.id): case.is_bad for case in cases}
        failed = {key for key in self._read() or () if key not in ran} | {key for key, bad in ran.items() if bad}
        draft = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(sorted(failed)), encoding="utf-8")
            draft.replace(self._file)
        except OSError as error:
            self._say(f"What failed is not remembered for --failed: {self._file} cannot be written ({error.strerror}).")

    def _read(self) -> frozenset[Key] | None:
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
            return frozenset((str(rubric), str(case)) for rubric, case in data)
        except (OSError, ValueError, TypeError):
            return None
