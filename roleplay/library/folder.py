"""Where personas, rubrics, temperaments and rehearsal lines are found, and the whole library as one value."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import roleplay
from roleplay.case import Cases
from roleplay.curriculum import Curriculum
from roleplay.errors import BadFile, RoleplayError, UsageProblem
from roleplay.library.case_files import ENDINGS, check_cases, read_case_file
from roleplay.library.fits import read_array
from roleplay.library.programme_files import curriculum_problems, recordings_problems
from roleplay.library.references import persona_problems, reaction_places, rehearsal_problems, rubric_problems
from roleplay.library.resolve import resolve
from roleplay.library.strict_yaml import Document, Problem, place_in_words
from roleplay.library.validated import bad_file, did_you_mean, read_value
from roleplay.pair import TrapPair, Traps, TwinPair, Twins
from roleplay.persona import Persona, RehearsalLines, Temperament
from roleplay.recording import Recordings
from roleplay.rubric import Rubric

Found = TypeVar("Found")
_KINDS = {
    "personas": "persona",
    "personas/temperaments": "temperament",
    "personas/recordings": "persona with recorded calls",
    "personas/curricula": "curriculum",
    "rubrics": "rubric",
}
"""The folders of a library, and what one of their files is called."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A persona as a list shows it: the value, or what is wrong with its file."""

    id: str
    file: Path
    persona: Persona | None
    problem: str = ""


def builtin_folder() -> Path:
    """The library that ships with the program: inside the wheel, or beside the package in a checkout."""
    package = Path(roleplay.__file__).parent
    shipped = package / "builtin"
    return shipped if shipped.is_dir() else package.parent


class Library:
    """The built-in library with a house library on top: a house file of the same id stands in its place."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        """`folders`, first found first: each with `personas/` and `rubrics/` in it."""
        self._folders = folders
        self.rubric = cache(self._rubric)
        self.persona = cache(self._persona)
        self.written = cache(self._written)
        self.temperament = cache(self._temperament)
        self.curriculum = cache(self._curriculum)
        self.recordings = cache(self._recordings)

    @classmethod
    def open(cls, house: Path | None = None) -> Library:
        """The built-in library, under `house` if one is given. Raises UsageProblem if that is no folder."""
        if house is None:
            return cls((builtin_folder(),))
        if not house.is_dir():
            raise UsageProblem(
                f"{house} is not a folder", "--library takes a folder with personas/ and rubrics/ in it."
            )
        return cls((house, builtin_folder()))

    def persona_ids(self) -> list[str]:
        """Every persona's id, broken ones too, in alphabetical order."""
        return sorted(self._stems("personas"))

    def rubric_ids(self) -> list[str]:
        """Every rubric's id in alphabetical order."""
        return sorted(self._stems("rubrics"))

    def temperament_ids(self) -> list[str]:
        """Every temperament's id in alphabetical order."""
        return sorted(self._stems("personas/temperaments"))

    def listings(self) -> Iterator[Listing]:
        """All personas, one by one; a broken file is listed with what is wrong."""
        for identifier in self.persona_ids():
            file = self._find("personas", identifier)
            try:
                yield Listing(identifier, file, self.persona(identifier))
            except RoleplayError as error:
                yield Listing(identifier, file, None, error.message)

    def criterion_titles(self) -> dict[str, str]:
        """By id, of all criteria of all rubrics; a rubric that is broken names none."""
        found: dict[str, str] = {}
        for name in self.rubric_ids():
            with contextlib.suppress(RoleplayError):
                found |= {one.id: one.title for one in self.rubric(name).criteria}
        return found

    def rehearsal(self, identifier: str) -> RehearsalLines | None:
        """The lines that rehearse a persona, if there are any."""
        found = self._stems("personas/rehearsal").get(identifier)
        return None if found is None else read_rehearsal(found)

    def recorded_ids(self) -> list[str]:
        """Every persona with recorded calls, in alphabetical order."""
        return sorted(self._stems("personas/recordings"))

    def curriculum_ids(self) -> list[str]:
        """Every curriculum's id in alphabetical order."""
        return sorted(self._stems("personas/curricula"))

    def cases(self, identifier: str) -> Cases | None:
        """The cases of a rubric from all files, if there are any. Raises BadFile."""
        read = [one for file in self.case_files() for one in read_case_file(file)]
        placed = [one for one in read if one.rubric == identifier]
        check_cases(placed, lambda one: self.rubric(one.rubric), self.persona_ids())
        return Cases(format=1, rubric=identifier, cases=tuple(one.case for one in placed)) if placed else None

    def case_files(self) -> list[Path]:
        """Every file of cases, by name; a house file stands in place of a bundled one of the same name."""
        found: dict[str, Path] = {}
        for folder in reversed(self._folders):
            cases = folder / "rubrics" / "cases"
            found |= {file.name: file for file in cases.glob("*") if file.suffix in ENDINGS}
        return [found[name] for name in sorted(found)]

    def under(self, folder: Path) -> Library:
        """This library with another folder on top of it."""
        return self if folder.resolve() in map(Path.resolve, self._folders) else Library((folder, *self._folders))

    def twins(self, language: str) -> tuple[TwinPair, ...]:
        """Pairs that deserve the same, for a language such as `en`; none if nobody wrote any. Raises BadFile."""
        file = self._stems("rubrics/pairs").get("twins")
        found = read_value(file, Twins)[0] if file else None
        return found.pairs if found and language.startswith(found.language) else ()

    def traps(self, language: str) -> tuple[TrapPair, ...]:
        """Pairs of which one must not score above the other, for a language. Raises BadFile."""
        file = self._stems("rubrics/pairs").get("traps")
        found = read_value(file, Traps)[0] if file else None
        return found.pairs if found and language.startswith(found.language) else ()

    def persona_file(self, name: str) -> Path:
        """The file of a persona given by id or as a path. Raises UsageProblem with the nearest names."""
        return _as_file(name) or self._find("personas", name)

    def rubric_file(self, name: str) -> Path:
        """The file of a rubric given by id or as a path. Raises UsageProblem with the nearest names."""
        return _as_file(name) or self._find("rubrics", name)

    def fit_array(self, name: str) -> bytes | None:
        """What a rubric (by id or path) learnt from graded calls, as bytes; None if nothing. Raises BadFile."""
        rubric = self.rubric(name)
        return None if rubric.fit is None else read_array(self.rubric_file(name), rubric.fit)

    def _persona(self, name: str) -> Persona:
        """The whole persona by id or path. Raises UsageProblem or BadFile."""
        file = self.persona_file(name)
        written, document = self.written(name)
        temperament = self._named("temperament", written.temperament, self.temperament, file, document)
        rubric = self._named("rubric", written.rubric, self.rubric, file, document)
        assert rubric is not None  # noqa: S101 - a persona always names one
        whole = resolve(written, temperament)
        if temperament:
            self._check_reactions(temperament, whole, rubric)
        problems = persona_problems(whole, rubric, document, own_reactions=len(written.reactions))
        if whole.language != rubric.language:
            problems.append(
                Problem(document.line_of(("language",)), "language", f"the rubric {rubric.id} is in {rubric.language}")
            )
        if problems:
            raise bad_file(file, problems)
        return whole

    def _written(self, name: str) -> tuple[Persona, Document]:
        """A persona as its own file has it, without its temperament, and the lines it stands on. Raises as above."""
        return read_value(self.persona_file(name), Persona)

    def _named(
        self, key: str, name: str | None, find: Callable[[str], Found], file: Path, document: Document
    ) -> Found | None:
        """What a persona names under `key`; an unknown name is a problem of the persona's, on its line."""
        if name is None:
            return None
        try:
            return find(name)
        except BadFile:
            raise
        except UsageProblem as error:
            raise bad_file(file, [Problem(document.line_of((key,)), key, error.message)]) from None

    def _check_reactions(self, temperament: Temperament, persona: Persona, rubric: Rubric) -> None:
        """A temperament's reactions name moves of whatever rubric it is used with."""
        file = self._find("personas/temperaments", temperament.id)
        places = list(reaction_places(temperament.reactions, persona, rubric))
        if places:
            document = read_value(file, Temperament)[1]
            problems = [Problem(document.line_of(place), place_in_words(place), what) for place, what in places]
            raise bad_file(file, problems)

    def _rubric(self, name: str) -> Rubric:
        """The rubric by id or path. Raises UsageProblem or BadFile."""
        file = self.rubric_file(name)
        rubric, document = read_value(file, Rubric)
        problems = rubric_problems(rubric, document)
        if problems:
            raise bad_file(file, problems)
        return rubric

    def _temperament(self, name: str) -> Temperament:
        return read_value(self._find("personas/temperaments", name), Temperament)[0]

    def _recordings(self, name: str) -> Recordings:
        """The good and the poor call with a persona. Raises UsageProblem or BadFile."""
        file = self._find("personas/recordings", name)
        found, document = read_value(file, Recordings)
        problems = recordings_problems(found, self.rubric(self.persona(found.persona).rubric), document)
        if found.persona != file.stem:
            problems.append(Problem(document.line_of(("persona",)), "persona", f"should be {file.stem}"))
        if problems:
            raise bad_file(file, problems)
        return found

    def _curriculum(self, name: str) -> Curriculum:
        """The curriculum by id or path. Raises UsageProblem or BadFile."""
        file = _as_file(name) or self._find("personas/curricula", name)
        found, document = read_value(file, Curriculum)
        rubric = self._named("rubric", found.rubric, self.rubric, file, document)
        assert rubric is not None  # noqa: S101 - a curriculum always names one
        problems = curriculum_problems(
            found, rubric, self.persona_ids(), self.recorded_ids(), self._criteria_of, document
        )
        if problems:
            raise bad_file(file, problems)
        return found

    def _criteria_of(self, persona: str) -> list[str]:
        """The criteria of a persona's rubric; none where either is broken: that is said elsewhere."""
        with contextlib.suppress(RoleplayError):
            return [one.id for one in self.rubric(self.persona(persona).rubric).criteria]
        return []

    def _find(self, kind: str, identifier: str) -> Path:
        known = self._stems(kind)
        if identifier in known:
            return known[identifier]
        what = _KINDS[kind]
        near = did_you_mean(identifier, list(known))
        raise UsageProblem(
            f"no {what} is named {identifier}{near}", f"There are: {', '.join(sorted(known)) or 'none'}."
        )

    def _stems(self, kind: str) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in reversed(self._folders):
            found |= {file.stem: file for file in sorted((folder / kind).glob("*.yaml"))}
        return found


def read_rehearsal(file: Path, *, named_for_persona: bool = True) -> RehearsalLines:
    """The rehearsal lines in `file`. Raises BadFile.

    `named_for_persona`: as a library needs it; a file that was named by its path may be called anything.
    """
    lines, document = read_value(file, RehearsalLines)
    problems = [
        Problem(document.line_of(place), place_in_words(place), what) for place, what in rehearsal_problems(lines)
    ]
    if named_for_persona and lines.persona != file.stem:
        where = document.line_of(("persona",))
        problems.append(Problem(where, "persona", f"should be {file.stem}, as the file is named"))
    if problems:
        raise bad_file(file, problems)
    return lines


def _as_file(name: str) -> Path | None:
    return Path(name) if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name else None
