"""What is heavy is imported when it is needed, and not a moment before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from roleplay.library.folder import Library
from tests.cli.conftest import environment, rehearsal

HEAVY = ("textual", "litellm", "torch", "numpy", "pydantic", "yaml", "sentence_transformers")
TELL = "import sys; print('\\nIMPORTED', *sys.modules, file=sys.stderr)"
CALL = f"""
import atexit
def tell():
    {TELL}
atexit.register(tell)
from roleplay.cli import main
main()
"""


def imported(code: str, *arguments: str, typed: str = "") -> set[str]:
    """The top-level modules a fresh interpreter holds when `code` has run."""
    finished = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=typed,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    told = finished.stderr.rsplit("IMPORTED", 1)[1]
    return {name.partition(".")[0] for name in told.split()}


def test_importing_the_command_line_imports_nothing_heavy() -> None:
    assert imported(f"import roleplay.cli; {TELL}") & set(HEAVY) == set()


@pytest.mark.parametrize("words", [("--help",), ("practice", "--help"), ("--version",)])
def test_help_imports_nothing_heavy(words: tuple[str, ...]) -> None:
    assert imported(CALL, *words) & set(HEAVY) == set()


@pytest.mark.slow  # reads all lines of persona and rubric with the model, once
@pytest.mark.usefixtures("new")
def test_a_call_never_imports_torch_and_a_second_one_alike_needs_no_model_at_all(library: Library) -> None:
    words = ("practice", "moving-house", "--plain", "--seed", "3")
    typed = rehearsal(library, "moving-house", "terse")
    first = imported(CALL, *words, typed=typed)
    assert first & {"torch", "sentence_transformers", "litellm", "textual"} == set()
    assert "onnxruntime" in first, "or the next lines say nothing"
    second = imported(CALL, *words, typed=typed)
    assert second & {"torch", "sentence_transformers", "onnxruntime", "tokenizers", "litellm", "textual"} == set()
    assert "numpy" in second


def test_a_new_home_holds_no_vectors(new: Path) -> None:
    assert not list(new.rglob("vectors*"))
