"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from roleplay.errors import ServiceUnavailable


def write_whole(file: Path, content: str | bytes) -> None:
    """Writes text or bytes to a new file and puts it in place of the old one. Raises ServiceUnavailable."""
    data = content.encode() if isinstance(content, str) else content
    draft: Path | None = None
    try:
        file = file.resolve()
        if file.exists() and not file.is_file():  # a pipe, a device: there is nothing to replace
            file.write_bytes(data)
            return
        mode = file.stat().st_mode if file.exists() else None
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        draft.write_bytes(data)
        if mode is not None:
            draft.chmod(mode)
        draft.replace(file)
    except OSError as error:
        if draft is not None:
            draft.unlink(missing_ok=True)
        raise ServiceUnavailable(
            f"{file} cannot be written: {error.strerror}", "Choose another place; the call itself is in the records."
        ) from error


def check_writable(file: Path) -> None:
    """Raises ServiceUnavailable now rather than after the call, if a report could not be written."""
    folder = file.parent if str(file.parent) else Path()
    if not folder.is_dir() or file.is_dir():
        raise ServiceUnavailable(
            f"{file} cannot be written: no such folder", "Make the folder, or choose another place."
        )
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{file.name}.")
    except OSError as error:
        raise ServiceUnavailable(f"{file} cannot be written: {error.strerror}", "Choose another place.") from error
    os.close(handle)
    Path(name).unlink()
