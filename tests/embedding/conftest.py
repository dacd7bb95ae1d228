"""A prepared home for the whole run, and a clean process to look at what is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roleplay.embedding import CACHE_FOLDER
from roleplay.embedding.minilm import OnnxMiniLM, minilm_folder
from roleplay.embedding.prepare import prepare

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def embedder_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ROLEPLAY_HOME with the exported model in it (12 s once; kept where ROLEPLAY_TEST_CACHE names a folder)."""
    kept = os.environ.get("ROLEPLAY_TEST_CACHE")
    home = Path(kept) if kept else tmp_path_factory.mktemp("embedder-home")
    prepare(home / CACHE_FOLDER, print)
    return home


@pytest.fixture(scope="session")
def prepared_file(embedder_home: Path) -> Path:
    """Give the exported ONNX file."""
    return prepare(embedder_home / CACHE_FOLDER, print)


@pytest.fixture(scope="session")
def minilm(prepared_file: Path) -> OnnxMiniLM:
    """Give the real default model, without a cache in front."""
    return OnnxMiniLM(prepared_file, minilm_folder())


@pytest.fixture
def fresh_home(embedder_home: Path, tmp_path: Path) -> Path:
    """Give a home that shares the exported model and has no cached vectors yet."""
    folder = tmp_path / CACHE_FOLDER
    folder.mkdir()
    for file in (embedder_home / CACHE_FOLDER).glob("all-minilm*"):
        (folder / file.name).hardlink_to(file) if _same_device(file, folder) else (folder / file.name).symlink_to(file)
    return tmp_path


def _same_device(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


@pytest.fixture
def run_python() -> Callable[..., str]:
    """Run code in a fresh interpreter and return what it printed; fails on a non-zero exit or any word on stderr."""

    def run(code: str, *arguments: str | Path, **environment: str) -> str:
        finished = subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | environment,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert (finished.returncode, finished.stderr) == (0, "")
        return finished.stdout

    return run
