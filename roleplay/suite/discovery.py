"""Which cases there are: the whole library's, or those of files and folders that were named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from roleplay.errors import BadFile, UsageProblem
from roleplay.library.case_files import ENDINGS, PlacedCase, case_faults, read_case_file
from roleplay.library.folder import Library
from roleplay.rubric import Rubric
from roleplay.suite.result import Place

A_PATH = "A path is a file of cases (.yaml, .jsonl), a folder of such files, or a library folder."
_RUBRIC_KEY = re.compile(r"^criteria:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """A case, and where its rubric and its persona are looked up."""

    placed: PlacedCase
    library: Library
    rubric: str
    """What the library knows the rubric by: its id, or the file that `--rubric` named."""

    @property
    def key(self) -> tuple[str, str]:
        """Rubric and case: what names it from one run to the next."""
        return self.placed.rubric, self.placed.case.id

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.placed.file, self.placed.line)


class Discovery:
    """Finds cases in one library, under the rubric that was named or each under its own."""

    def __init__(self, library: Library, rubric: str | None = None) -> None:
        """`rubric`: an id or a file; cases of its id are run under it, and JSON lines that name none.

        Raises UsageProblem or BadFile.
        """
        self._library = library
        self._named = rubric
        self._rubric: Rubric | None = library.rubric(rubric) if rubric else None
        self._libraries: dict[Path, Library] = {}

    @property
    def rubric_id(self) -> str | None:
        """Of the rubric that was named."""
        return self._rubric.id if self._rubric else None

    def find(self, paths: Sequence[Path]) -> list[Found]:
        """All cases in `paths`, or without one in the library, by file and line.

        Raises UsageProblem for a path that holds no cases, BadFile with all problems of all files.
        """
        held = self.by_file(paths)
        problems = [one for one in held.values() if isinstance(one, BadFile)]
        if problems:
            lines = dict.fromkeys(line for error in problems for line in error.message.splitlines())
            steps = dict.fromkeys(error.next_step for error in problems if error.next_step)
            raise BadFile("\n".join(lines), "\n".join(steps))
        found = [one for of_file in held.values() if not isinstance(of_file, BadFile) for one in of_file]
        return sorted(found, key=lambda one: (str(one.placed.file), one.placed.line))

    def by_file(self, paths: Sequence[Path]) -> dict[Path, list[Found] | BadFile]:
        """What each file holds, or all that is wrong with it. Raises UsageProblem for a path that holds no cases."""
        held: dict[Path, list[Found] | BadFile] = {}
        for file in self._files(paths):
            library = self._library_of(file) if paths else self._library
            try:
                placed = read_case_file(file, self.rubric_id)
            except BadFile as error:
                held[file] = _explained(file, error)
            else:
                held[file] = [Found(one, library, self._known_as(one)) for one in placed]
        whole = [one for of_file in held.values() if not isinstance(of_file, BadFile) for one in of_file]
        return held | {file: BadFile("\n".join(problems)) for file, problems in _faults(whole).items()}

    def _known_as(self, placed: PlacedCase) -> str:
        return self._named if self._named and placed.rubric == self.rubric_id else placed.rubric

    def _files(self, paths: Sequence[Path]) -> Iterable[Path]:
        if not paths:
            return self._library.case_files()
        return {file.resolve(): file for path in paths for file in _files_at(path)}.values()

    def _library_of(self, file: Path) -> Library:
        """The library that a file lies in, on top of ours: its cases are about its own rubrics."""
        rubrics = next((folder for folder in file.resolve().parents if folder.name == "rubrics"), None)
        if rubrics is None:
            return self._library
        return self._libraries.setdefault(rubrics.parent, self._library.under(rubrics.parent))


def _files_at(path: Path) -> Iterator[Path]:
    if path.is_dir():
        inside = next((path / name for name in ("rubrics/cases", "cases") if (path / name).is_dir()), None)
        if inside is None and any((path / name).is_dir() for name in ("rubrics", "personas")):
            return  # a library without cases
        yield from sorted(file for file in (inside or path).rglob("*") if file.suffix in ENDINGS and file.is_file())
    elif not path.exists():
        raise UsageProblem(f"{path}: there is no such file or folder", A_PATH)
    elif path.suffix not in ENDINGS:
        raise UsageProblem(f"{path} is no file of cases", A_PATH)
    else:
        yield path


def _explained(file: Path, error: BadFile) -> BadFile:
    """A rubric in the place of cases has a hundred problems, and one cause."""
    if file.suffix != ".jsonl" and file.is_file() and _RUBRIC_KEY.search(file.read_text("utf-8", "replace")):
        return BadFile(
            f"{file}: is a rubric; its cases stand in other files", f"Choose a rubric with --rubric. {A_PATH}"
        )
    return error


def _faults(found: Sequence[Found]) -> dict[Path, list[str]]:
    """What is wrong between cases, rubrics and personas; the cases of one library are held against one another."""
    by_library: dict[int, list[Found]] = {}
    for one in found:
        by_library.setdefault(id(one.library), []).append(one)
    faults: dict[Path, list[str]] = {}
    for group in by_library.values():
        library = group[0].library
        names = {id(one.placed): one.rubric for one in group}
        faults |= case_faults(
            [one.placed for one in group],
            lambda placed, library=library, names=names: library.rubric(names[id(placed)]),  # type: ignore[misc] # bound now
            library.persona_ids(),
        )
    return faults
