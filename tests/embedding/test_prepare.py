"""Making the ONNX file, and knowing a bad one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from roleplay.embedding import CACHE_FOLDER, minilm, opening
from roleplay.embedding.prepare import ONNX_NAME, SIDECAR_NAME, PreparationFailed, is_prepared, prepare
from roleplay.errors import ServiceUnavailable

from .conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

PREPARE = """
import sys
from pathlib import Path
from roleplay.embedding.prepare import prepare
prepare(Path(sys.argv[1]), lambda notice: None)
assert "torch" not in sys.modules
"""


@pytest.fixture
def folder(embedder_home: Path, tmp_path: Path) -> Path:
    """Give a copy of the prepared folder that a test may damage."""
    copy = tmp_path / CACHE_FOLDER
    copy.mkdir()
    for name in (ONNX_NAME, SIDECAR_NAME):
        shutil.copy2(embedder_home / CACHE_FOLDER / name, copy)
    return copy


@pytest.fixture
def no_export(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make any export fail at once, as on a machine without torch."""

    def fail(*_: object) -> None:
        message = "no torch here"
        raise PreparationFailed(message)

    monkeypatch.setattr("roleplay.embedding.prepare._export_in_child", fail)


def test_a_prepared_folder_is_silent(folder: Path) -> None:
    notices: list[str] = []
    assert is_prepared(folder)
    assert prepare(folder, notices.append) == folder / ONNX_NAME
    assert notices == []


@pytest.mark.usefixtures("no_export")
def test_a_copied_or_touched_file_is_still_good(folder: Path) -> None:
    os.utime(folder / ONNX_NAME)
    assert prepare(folder, print) == folder / ONNX_NAME


def test_a_truncated_file_is_noticed(folder: Path) -> None:
    with (folder / ONNX_NAME).open("r+b") as file:
        file.truncate(1_000_000)
    assert not is_prepared(folder)


def test_flipped_bytes_are_noticed(folder: Path) -> None:
    with (folder / ONNX_NAME).open("r+b") as file:
        file.seek(40_000_000)
        file.write(b"\xff" * 64)
    assert not is_prepared(folder)


@pytest.mark.parametrize("sidecar", ["", "[]", "{", '{"onnx_bytes": 1}', "null"])
def test_a_sidecar_that_makes_no_sense_vouches_for_nothing(folder: Path, sidecar: str) -> None:
    (folder / SIDECAR_NAME).write_text(sidecar)
    assert not is_prepared(folder)


def test_a_file_of_other_weights_is_not_ours(folder: Path) -> None:
    sidecar = json.loads((folder / SIDECAR_NAME).read_text())
    (folder / SIDECAR_NAME).write_text(json.dumps(sidecar | {"weights_sha256": "0" * 64}))
    assert not is_prepared(folder)


@pytest.mark.usefixtures("no_export")
def test_a_failed_export_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(PreparationFailed, match="no torch here"):
        prepare(tmp_path / "cache", print)
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.usefixtures("no_export")
def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    old, young = tmp_path / "preparing-old", tmp_path / "preparing-young"
    for workshop in (old, young):
        workshop.mkdir()
    os.utime(old, (0, 0))
    with pytest.raises(PreparationFailed):
        prepare(tmp_path, print)
    assert list(tmp_path.iterdir()) == [young]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PreparationFailed, match="file"):
        prepare(tmp_path / "file" / "cache", print)


def test_a_child_that_fails_tells_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("roleplay.embedding.prepare.minilm_folder", lambda: tmp_path / "nothing")
    monkeypatch.setattr("roleplay.embedding.prepare.check_weights", lambda _: None)
    monkeypatch.setenv("PYTHONPATH", str(_broken_torch(tmp_path)))
    with pytest.raises(PreparationFailed, match="torch is broken here"):
        prepare(tmp_path / "cache", print)


def _broken_torch(folder: Path) -> Path:
    (folder / "torch.py").write_text('raise ImportError("torch is broken here")')
    (folder / "sentence_transformers.py").write_text("import torch")
    return folder


def test_wrong_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr("roleplay.embedding.prepare.minilm_folder", lambda: tmp_path)
    with pytest.raises(ServiceUnavailable, match="sha256") as refusal:
        prepare(tmp_path / "cache", print)
    assert not isinstance(refusal.value, PreparationFailed)


@pytest.mark.slow
@pytest.mark.usefixtures("no_export")
def test_without_export_the_same_vectors_come_from_sentence_transformers(
    tmp_path: Path, minilm: minilm.OnnxMiniLM, capfd: pytest.CaptureFixture[str]
) -> None:
    notices: list[str] = []
    embedder = opening.open_minilm(tmp_path, notices.append)
    texts = ["I'm sorry about that.", "", "👍", "half \ud83d"]
    np.testing.assert_allclose(embedder.embed(texts), minilm.embed(texts), atol=1e-5)
    assert embedder.fingerprint == minilm.fingerprint
    assert [notice for notice in notices if "sentence-transformers" in notice] == notices[-1:]
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_a_file_that_does_not_load_is_made_again(folder: Path) -> None:
    """The sidecar vouches for it, and yet onnxruntime cannot read it."""
    garbage = b"not a model"
    (folder / ONNX_NAME).write_bytes(garbage)
    status = (folder / ONNX_NAME).stat()
    sidecar = json.loads((folder / SIDECAR_NAME).read_text())
    sidecar |= {"onnx_bytes": len(garbage), "onnx_mtime_ns": status.st_mtime_ns}
    (folder / SIDECAR_NAME).write_text(json.dumps(sidecar))
    notices: list[str] = []
    embedder = opening.open_minilm(folder, notices.append)
    assert isinstance(embedder, minilm.OnnxMiniLM)
    assert len(notices) == 1
    assert is_prepared(folder)


@pytest.mark.slow
def test_two_processes_at_once_both_succeed_in_silence(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PREPARE, str(tmp_path / "cache")]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    processes = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(2)
    ]
    said = [process.communicate(timeout=300) for process in processes]
    assert said == [("", "")] * 2
    assert [process.returncode for process in processes] == [0, 0]
    assert is_prepared(tmp_path / "cache")
    assert sorted(file.name for file in (tmp_path / "cache").iterdir()) == [SIDECAR_NAME, ONNX_NAME]
