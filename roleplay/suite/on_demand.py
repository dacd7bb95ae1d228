"""Results for whoever asks case by case, though the cases of a rubric are read together."""

from __future__ import annotations

from collections.abc import Sequence

from roleplay.embedding import Embedder
from roleplay.errors import RoleplayError
from roleplay.suite.discovery import Found
from roleplay.suite.result import CaseResult
from roleplay.suite.running import Bench, OpenModel

Group = tuple[int, str]
"""A library and a rubric in it."""


class OnDemand:
    """Runs nothing until the first case of a rubric is asked for, and then many of them at once."""

    def __init__(self, open_model: OpenModel, at_once: int | None = None) -> None:
        """`open_model` opens an embedder by name; `at_once`: so many cases at a time, None: all of a rubric."""
        self._open_model = open_model
        self._at_once = at_once
        self._models: dict[str, Embedder] = {}
        self._benches: dict[Group, Bench | RoleplayError] = {}
        self._results: dict[tuple[Group, str], CaseResult] = {}

    def result(self, one: Found, wanted: Sequence[Found], known: Sequence[Found]) -> CaseResult:
        """How a case went.

        `wanted`: all that will be asked for, in that order; `known`: all there are, some of which others are
        compared with. Raises UsageProblem, BadFile or ServiceUnavailable, for every case of the rubric again.
        """
        key = _group(one), one.placed.case.id
        if key not in self._results:
            self._run(one, wanted, known)
        return self._results[key]

    def _run(self, one: Found, wanted: Sequence[Found], known: Sequence[Found]) -> None:
        group = _group(one)
        bench = self._bench(one)
        open_ones = [other for other in wanted if _group(other) == group and self._is_open(other)]
        begin = next((at for at, other in enumerate(open_ones) if other is one), len(open_ones))
        chosen = open_ones[begin:][: self._at_once] or [one]
        for ran in bench.run(chosen, [other for other in known if _group(other) == group]):
            self._results[group, ran.id] = ran

    def _is_open(self, one: Found) -> bool:
        return (_group(one), one.placed.case.id) not in self._results

    def _bench(self, one: Found) -> Bench:
        group = _group(one)
        if group not in self._benches:
            try:
                self._benches[group] = Bench(one.library, one.rubric, self._model)
            except RoleplayError as error:
                self._benches[group] = error
        bench = self._benches[group]
        if isinstance(bench, RoleplayError):
            raise bench
        return bench

    def _model(self, name: str) -> Embedder:
        if name not in self._models:
            self._models[name] = self._open_model(name)
        return self._models[name]


def _group(one: Found) -> Group:
    return id(one.library), one.rubric
