"""The real command in a process of its own, with the sentence model at hand and a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from roleplay.embedding import CACHE_FOLDER
from roleplay.library.folder import Library

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """A command that has come to its end."""

    code: int
    out: str
    err: str

    @property
    def tidy(self) -> bool:
        """Nothing of Python's own reached the user."""
        return "Traceback" not in self.out + self.err


Roleplay = Callable[..., Ran]


def environment(**more: str) -> dict[str, str]:
    """This environment, as a child sees it."""
    return os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"} | more


@pytest.fixture
def roleplay() -> Roleplay:
    """Runs `python -m roleplay ARGUMENTS` with `typed` on stdin."""

    def run(*arguments: str | Path, typed: str = "", encoding: str = "utf-8", **more: str) -> Ran:
        finished = subprocess.run(
            [sys.executable, "-m", "roleplay", *map(str, arguments)],
            input=typed.encode(encoding),
            env=environment(PYTHONIOENCODING=encoding, **more),
            capture_output=True,
            timeout=300,
            check=False,
        )
        return Ran(finished.returncode, finished.stdout.decode(encoding), finished.stderr.decode(encoding))

    return run


@pytest.fixture
def warm(home: Path, prepared: Path) -> Path:
    """A home without records whose cache is the shared one."""
    home.mkdir()
    (home / CACHE_FOLDER).symlink_to(prepared, target_is_directory=True)
    return home


@pytest.fixture
def new(home: Path, prepared: Path) -> Path:
    """A home without records and without vectors; only the model is there."""
    (home / CACHE_FOLDER).mkdir(parents=True)
    for file in prepared.glob("all-minilm*"):
        (home / CACHE_FOLDER / file.name).symlink_to(file)
    return home


def rehearsal(library: Library, persona: str, run: str) -> str:
    """Rehearsal lines as they are piped in."""
    found = library.rehearsal(persona)
    assert found is not None
    return "".join(f"{line}\n" for line in found.plainest(run))  # type: ignore[arg-type] # names of ours


@pytest.fixture
def house(tmp_path: Path) -> Callable[[str, str], Path]:
    """Makes a house library of one persona file, and gives its folder."""

    def write(name: str, text: str) -> Path:
        folder = tmp_path / "house"
        (folder / "personas").mkdir(parents=True, exist_ok=True)
        (folder / "personas" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return folder

    return write
