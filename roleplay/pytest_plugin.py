"""`pytest rubrics/`: each case in a file of cases is a test.

pytest imports this module whenever it starts, in projects that have no cases, too: it imports nothing heavy, and a
file is looked into only where cases are expected. `-p no:roleplay` switches it off.
"""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from roleplay.errors import BadFile, RoleplayError

if TYPE_CHECKING:
    from roleplay.suite.discovery import Discovery, Found
    from roleplay.suite.on_demand import OnDemand
    from roleplay.suite.result import CaseResult

ENDINGS = (".yaml", ".yml", ".jsonl")
"""As `roleplay.library.case_files` has them, which is too heavy to be asked here."""
READ_TO_TELL = 65_536
"""Characters from which a file is known; another program's file is left alone."""
_YAML_KEY = re.compile(r"""(?:^|[{,])\s*["']?(format|rubric|cases)["']?\s*:""", re.MULTILINE)
_LINES_KEY = re.compile(r'"(turns|expect)"\s*:')
CASES_OF_A_WORKER = 64
"""Beside other pytest-xdist workers, so many cases are read together: each takes its tests by the handful."""


def pytest_configure(config: pytest.Config) -> None:
    """Makes `-m roleplay` known."""
    config.addinivalue_line("markers", "roleplay: a case that a rubric is held against (added by roleplay)")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    """A file of cases in a folder `cases` of a folder `rubrics`, or wherever it is if it was named itself."""
    if file_path.suffix not in ENDINGS:
        return None
    if cases_folder(file_path) is None and not parent.session.isinitpath(file_path):
        return None
    return CaseFile.from_parent(parent, path=file_path) if looks_like_cases(file_path) else None


def cases_folder(file: Path) -> Path | None:
    """The folder `cases`, somewhere in a folder `rubrics`, that a file lies in or below."""
    names = [folder.name for folder in file.parents]
    if "rubrics" not in names:
        return None
    inside = list(file.parents)[: names.index("rubrics")]
    return next((folder for folder in reversed(inside) if folder.name == "cases"), None)


def looks_like_cases(file: Path) -> bool:
    """Whether a file means to hold cases, however broken; a file that cannot be read does not."""
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            text = opened.read(READ_TO_TELL)
    except OSError:
        return False
    wanted = _LINES_KEY if file.suffix == ".jsonl" else _YAML_KEY
    return len(set(wanted.findall(text))) > 1


class CaseFile(pytest.File):
    """A file of cases."""

    def collect(self) -> Iterator[CaseItem]:
        """Its cases, or one error with all that is wrong with them."""
        try:
            found = _desk(self.config).cases_in(self.path)
        except RoleplayError as error:
            raise self.CollectError(str(error).replace(f"{Path.cwd()}{os.sep}", "")) from None
        several = len({one.placed.rubric for one in found}) > 1
        for one in found:
            case = one.placed.case
            # An id is unique in its rubric; lines of JSON may be about more than one.
            name = f"{case.id}[{one.placed.rubric}]" if several else case.id
            yield CaseItem.from_parent(self, name=name, found=one)


class CaseItem(pytest.Item):
    """One case."""

    def __init__(self, *, found: Found, **more: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**more)
        self.found = found
        self.add_marker(pytest.mark.roleplay)
        self.extra_keyword_matches.update((*found.placed.case.tags, found.placed.rubric))
        self._result: CaseResult | None = None

    def setup(self) -> None:
        """Reads this case, and with the first one many others. What fails here is told as an error."""
        from roleplay.suite.result import Status

        wanted = [item.found for item in self.session.items if isinstance(item, CaseItem)]
        self._result = _desk(self.config).result(self.found, wanted)
        if self._result.status is Status.ERROR:
            raise CaseCannotBeRun(self._result)

    def runtest(self) -> None:
        """Fails as the case does; a known failure is an xfail, and strict."""
        from roleplay.suite.result import Status

        result = self._result
        assert result is not None  # noqa: S101 - pytest sets up first
        if result.status is Status.KNOWN:
            pytest.xfail(result.reason)  # with --runxfail this does nothing
            result = dataclasses.replace(result, status=Status.FAILED, reason="")
        if result.status is Status.MENDED and self.config.option.runxfail:
            return
        if result.is_bad:
            raise CaseFails(result)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The line of the case in its file, from 0."""
        return self.path, self.found.placed.line - 1, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 - pytest's own
        """What `roleplay test` says, without a traceback."""
        if isinstance(excinfo.value, CaseFails):
            return self._told(excinfo, excinfo.value.in_short)
        if isinstance(excinfo.value, RoleplayError):
            return self._told(excinfo, excinfo.value.message)
        if isinstance(excinfo.value, pytest.xfail.Exception):
            return str(excinfo.value)  # pytest would read the source of a traceback that nobody is shown: .3 s a case
        return super().repr_failure(excinfo, style)

    def _told(self, excinfo: pytest.ExceptionInfo[BaseException], in_short: str) -> Any:  # noqa: ANN401 - pytest's own
        """The text of the error; `in_short` stands in the list at the end, and in JUnit's message."""
        shown = excinfo.getrepr(style="value", chain=False)
        crash = shown.reprcrash
        if crash is None:
            return str(excinfo.value)
        here = dataclasses.replace(crash, path=str(self.path), lineno=self.found.placed.line, message=in_short)
        return type(shown)([(shown.reprtraceback, here, None)])  # type: ignore[arg-type, call-arg] # a chain


class CaseFails(Exception):
    """A case that does not hold; its text is what `roleplay test` says."""

    def __init__(self, result: CaseResult) -> None:
        from roleplay.report.as_suite import failure_lines
        from roleplay.suite.result import SuiteResult

        lines = [line for line in failure_lines(SuiteResult((result,), ())) if line]
        super().__init__("\n".join(lines))
        self.in_short = lines[1].strip() if len(lines) > 1 else lines[0]


class CaseCannotBeRun(CaseFails):
    """A case that could not be tried."""


class _Desk:
    """What one run of pytest knows: which cases there are, and how they went."""

    def __init__(self, discovery: Discovery, on_demand: OnDemand) -> None:
        self._discovery = discovery
        self._on_demand = on_demand
        self._held: dict[Path, dict[Path, list[Found] | BadFile]] = {}

    def cases_in(self, file: Path) -> list[Found]:
        """Raises UsageProblem, or BadFile with every problem of this file."""
        held = self._beside(file)[file]
        if isinstance(held, BadFile):
            raise BadFile(held.message, held.next_step.replace(", or for all of them with --rubric", ""))
        return held

    def result(self, one: Found, wanted: Sequence[Found]) -> CaseResult:
        """Raises RoleplayError where it cannot be run."""
        beside = self._beside(one.placed.file).values()
        known = [other for held in beside if not isinstance(held, BadFile) for other in held]
        return self._on_demand.result(one, wanted, known)

    def _beside(self, file: Path) -> dict[Path, list[Found] | BadFile]:
        """All files of the same folder `cases`: their cases are compared with one another, and no id stands twice."""
        folder = cases_folder(file)
        if folder is None:
            files, place = [file], file
        else:
            files, place = [one for one in sorted(folder.rglob("*")) if one.suffix in ENDINGS], folder
        if place not in self._held:
            self._held[place] = self._discovery.by_file([one for one in files if looks_like_cases(one)])
        return self._held[place]


_DESK = pytest.StashKey[_Desk]()


def _desk(config: pytest.Config) -> _Desk:
    """Opened when the first file of cases is read: half a second of imports. Raises UsageProblem."""
    if _DESK not in config.stash:
        config.stash[_DESK] = _open_desk(is_worker=hasattr(config, "workerinput"))
    return config.stash[_DESK]


def _open_desk(*, is_worker: bool) -> _Desk:
    from roleplay.embedding import open_embedder
    from roleplay.library.folder import Library
    from roleplay.premises import home
    from roleplay.suite.discovery import Discovery
    from roleplay.suite.on_demand import OnDemand

    chosen = os.environ.get("ROLEPLAY_LIBRARY")
    library = Library.open(Path(chosen) if chosen else None)
    on_demand = OnDemand(lambda name: open_embedder(name, home(), _narrate), CASES_OF_A_WORKER if is_worker else None)
    return _Desk(Discovery(library), on_demand)


def _narrate(text: str) -> None:
    """Beside a failure pytest shows it."""
    sys.stderr.write(f"{text}\n")
