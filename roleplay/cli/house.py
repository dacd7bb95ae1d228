"""The house library that new files are written into. Nothing in it is ever overwritten."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.errors import ServiceUnavailable, UsageProblem

if TYPE_CHECKING:
    from roleplay.library.folder import Library

HOUSE = Path("house")
ANOTHER_FOLDER = "Choose a folder that you can write to, with --to DIR."


@dataclass(frozen=True, slots=True)
class House:
    """A folder that may not be there yet."""

    folder: Path

    @classmethod
    def named(cls, context: click.Context, to: Path | None) -> House:
        """The folder named by --to, else by --library, else ./house. Raises UsageProblem if it is a file."""
        folder: Path = to or context.find_root().obj or HOUSE
        if folder.exists() and not folder.is_dir():
            raise UsageProblem(f"{folder} is a file, not a folder", "Choose a folder with --to DIR.")
        return cls(folder)

    def library(self) -> Library:
        """The built-in library under this one."""
        from roleplay.library.folder import Library

        return Library.open(self.folder if self.folder.is_dir() else None)

    def command(self, words: str) -> str:
        """The command line that does `words` with this library."""
        return f"roleplay --library {in_a_shell(self.folder)} {words}"

    def taken(self, kind: str, name: str, known: list[str]) -> str:
        """Why a new file in the folder `kind` cannot have that name, in one sentence; nothing, if it can."""
        if self._names(kind, name):
            return f"{self.folder / kind / name}.yaml is there already and stays as it is. Choose another name."
        if name in known:
            return f"{name} is in the built-in library, and yours would hide it. Choose another name."
        return ""

    def _names(self, kind: str, name: str) -> bool:
        return (self.folder / kind / f"{name}.yaml").exists() or (
            kind == "personas" and (self.folder / kind / "rehearsal" / f"{name}.yaml").exists()
        )

    def write(self, files: dict[str, str]) -> None:
        """Writes texts by their place in the library, and the schemas that editors complete them with.

        Raises UsageProblem if one is there already, ServiceUnavailable if the disk will not have it.
        """
        there = [name for name in files if (self.folder / name).exists()]
        if there:
            raise UsageProblem(
                f"{self.folder / there[0]} is there already", "Choose another name: nothing is overwritten."
            )
        for name, text in {**self._schemas(files), **files}.items():
            put(self.folder / name, text, new=True)

    def _schemas(self, files: dict[str, str]) -> dict[str, str]:
        from roleplay.library.schema import schema_text

        kinds = {"rehearsal" if "rehearsal" in name else "persona" if "persona" in name else "rubric" for name in files}
        schemas = {f"schema/{kind}.schema.json": f"{schema_text(kind)}\n" for kind in sorted(kinds)}
        return {name: text for name, text in schemas.items() if not (self.folder / name).exists()}


def put(file: Path, text: str, *, new: bool) -> None:
    """Writes a file and the folders above it; `new`: only where none is. Raises ServiceUnavailable."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x" if new else "w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except OSError as error:
        raise ServiceUnavailable(f"{file} cannot be written: {error.strerror}", ANOTHER_FOLDER) from error


def in_a_shell(file: Path) -> str:
    """A path as it is typed on a command line."""
    if sys.platform == "win32":
        return f'"{file}"' if " " in str(file) else str(file)
    return shlex.quote(str(file))
