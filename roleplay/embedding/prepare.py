"""all-MiniLM-L6-v2 as an ONNX file in the cache folder: made once, recognised every day after."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.embedding.minilm import MODEL_ID, WEIGHTS_SHA256, OnnxUnavailable, check_weights, minilm_folder
from roleplay.embedding.weights import sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable

ONNX_NAME = f"{MODEL_ID}.onnx"
SIDECAR_NAME = f"{MODEL_ID}.json"
EXPORT_SECONDS = 900  # 12 s here; a cold disk with a virus scanner is slow, a hang is still a hang

_WORKSHOP = "preparing-"  # how the folders begin that an export works in


class PreparationFailed(OnnxUnavailable):
    """No ONNX file could be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is known of the file beside it, so that a start does not read 91 MB to trust it."""

    weights_sha256: str
    onnx_sha256: str
    onnx_bytes: int
    onnx_mtime_ns: int
    made_with: dict[str, str]


def is_prepared(cache_folder: Path) -> bool:
    """Say whether a whole ONNX file of the right weights lies in `cache_folder`."""
    return _trusted_file(cache_folder) is not None


def prepare(cache_folder: Path, say: Callable[[str], None]) -> Path:
    """Return the ONNX file in `cache_folder`, making it first when it is missing, cut short or changed (12 s).

    Several processes may do so at once; each makes its own and the last one stays.
    Raises PreparationFailed when it cannot be made here, ServiceUnavailable when the weights are missing or wrong.
    """
    trusted = _trusted_file(cache_folder)
    if trusted:
        return trusted
    model_folder = minilm_folder()
    check_weights(model_folder)
    try:
        return _make(model_folder, cache_folder, say)
    except (OSError, subprocess.SubprocessError) as problem:
        message = f"{cache_folder / ONNX_NAME} could not be made: {problem}"
        raise PreparationFailed(message) from problem


def discard(cache_folder: Path) -> None:
    """Forget a file that turned out to be unusable, so that `prepare` makes it again."""
    with suppress(OSError):
        (cache_folder / SIDECAR_NAME).unlink(missing_ok=True)


def _make(model_folder: Path, cache_folder: Path, say: Callable[[str], None]) -> Path:
    """Export into a folder of our own, then move: a reader sees no file or a whole one, the sidecar last."""
    cache_folder.mkdir(parents=True, exist_ok=True)
    _sweep(cache_folder)
    with tempfile.TemporaryDirectory(prefix=_WORKSHOP, dir=cache_folder, ignore_cleanup_errors=True) as workshop:
        say("Preparing the sentence model. This happens once and takes about 15 seconds.")
        made = Path(workshop) / ONNX_NAME
        _export_in_child(model_folder, made)
        sidecar = _describe(made)
        _put_in_place(made, cache_folder / ONNX_NAME)
        _write_sidecar(sidecar, Path(workshop), cache_folder)
    return cache_folder / ONNX_NAME


def _sweep(cache_folder: Path) -> None:
    """Remove the workshops of processes that were killed, 91 MB each; a younger one may be at work."""
    for workshop in cache_folder.glob(f"{_WORKSHOP}*"):
        if time.time() - workshop.stat().st_mtime > 2 * EXPORT_SECONDS:
            shutil.rmtree(workshop, ignore_errors=True)


def _export_in_child(model_folder: Path, target: Path) -> None:
    """Run `export` in a process of its own; raises PreparationFailed with the child's last words."""
    finished = subprocess.run(  # noqa: S603  our own module with two paths
        # -P: a torch.py or json.py in the user's current folder must not be imported
        [sys.executable, "-P", "-m", "roleplay.embedding.export", str(model_folder), str(target)],
        env=_child_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=EXPORT_SECONDS,
        check=False,
    )
    if finished.returncode:
        last_words = (finished.stderr.strip().splitlines() or [f"exit code {finished.returncode}"])[-1]
        message = f"The export of the sentence model failed: {last_words}"
        raise PreparationFailed(message)


def _child_environment() -> dict[str, str]:
    """Let the child find this very package, and never the network."""
    here = str(Path(__file__).parents[2])
    search_path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH", ""))))
    return os.environ | {
        "PYTHONPATH": search_path,
        "PYTHONIOENCODING": "utf-8",
        "HF_HUB_OFFLINE": "1",
        "CUDA_VISIBLE_DEVICES": "",
    }


def _put_in_place(made: Path, target: Path) -> None:
    """Replace `target`; on Windows that fails while another process reads a file as good as ours."""
    try:
        made.replace(target)
    except PermissionError:
        if not _trusted_file(target.parent):
            raise


def _write_sidecar(sidecar: Sidecar, workshop: Path, cache_folder: Path) -> None:
    """Write it whole or not at all."""
    draft = workshop / SIDECAR_NAME
    draft.write_text(json.dumps(asdict(sidecar), indent=2) + "\n", encoding="utf-8")
    draft.replace(cache_folder / SIDECAR_NAME)


def _describe(onnx_file: Path) -> Sidecar:
    """Measure a file that has just been checked against the original."""
    status = onnx_file.stat()
    return Sidecar(
        weights_sha256=WEIGHTS_SHA256,
        onnx_sha256=sha256_of(onnx_file),
        onnx_bytes=status.st_size,
        onnx_mtime_ns=status.st_mtime_ns,
        made_with={name: _version(name) for name in ("torch", "transformers", "sentence-transformers", "onnx")},
    )


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"


def _trusted_file(cache_folder: Path) -> Path | None:
    """Return the file if the sidecar vouches for it: by size and time, or after a copy or a touch by its sha256."""
    onnx_file = cache_folder / ONNX_NAME
    sidecar = _read_sidecar(cache_folder)
    if sidecar is None or sidecar.weights_sha256 != WEIGHTS_SHA256:
        return None
    try:
        status = onnx_file.stat()
        same_size = status.st_size == sidecar.onnx_bytes
        untouched = status.st_mtime_ns == sidecar.onnx_mtime_ns
        whole = same_size and (untouched or sha256_of(onnx_file) == sidecar.onnx_sha256)
    except OSError:
        return None
    return onnx_file if whole else None


def _read_sidecar(cache_folder: Path) -> Sidecar | None:
    """Read it; None when it is missing or not ours to understand."""
    try:
        return Sidecar(**json.loads((cache_folder / SIDECAR_NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
