"""Where the app's records are, and what a trainee has set; for starts without a command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from roleplay.session.opening import Choices, Switchboard


def home() -> Path:
    """`ROLEPLAY_HOME`, or the platform's folder for a user's data."""
    if chosen := os.environ.get("ROLEPLAY_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("roleplay", appauthor=False)


def open_switchboard(library: Path | None, say: Callable[[str], None]) -> Switchboard:
    """Everything a call needs: half a second of imports and files. Raises RoleplayError."""
    from roleplay.library.folder import Library
    from roleplay.session.clock import real_surroundings
    from roleplay.session.opening import Switchboard
    from roleplay.store.records import Records

    return Switchboard(Library.open(library), Records(home()), home(), real_surroundings(), say)


def choices(persona: str) -> Choices:
    """How a call with `persona` is held, after the environment and `config.yaml`. Raises BadFile."""
    from roleplay.session.opening import SCRIPTED, Choices

    kept = _config()
    chosen = {name: os.environ.get(f"ROLEPLAY_{name.upper()}") or kept.get(name) for name in SETTINGS}
    return Choices(
        persona=persona,
        rubric=chosen["rubric"],
        model=chosen["model"] or SCRIPTED,
        hints=(chosen["hints"] or "on").lower() not in ("off", "false"),
        pace=chosen["pace"] or "off",
    )


def _config() -> dict[str, str]:
    file = home() / "config.yaml"
    if not file.is_file():
        return {}
    from roleplay.library.strict_yaml import parse, read_text

    data = parse(read_text(file), file).data
    if not isinstance(data, dict):
        raise BadFile(f"{file}: should hold `name: value` lines")
    return {str(name): str(value) for name, value in data.items() if value is not None}


SETTINGS = ("model", "rubric", "pace", "hints")
