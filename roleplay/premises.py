"""Where everything is on this computer - home folder, settings, library, records - and what opens it all.

Imports nothing heavy itself: both edges read it before their first word or frame.
"""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roleplay.errors import BadFile

if TYPE_CHECKING:
    from roleplay.session.opening import Choices, Switchboard

SETTINGS = ("model", "rubric", "pace", "hints", "timeout")
"""What `config.yaml` may set; flags and `ROLEPLAY_*` variables win over it."""
LOOKS = ("theme", "animation", "keys")
"""... and how the app looks and which keys it listens to."""
THEME = "theme"
"""The file with the theme that was chosen last."""
HINTS = {"on": True, "true": True, "off": False, "false": False}
PACES = ("off", "relaxed", "live")


def home() -> Path:
    """`ROLEPLAY_HOME`, or the platform's folder for a user's data."""
    if chosen := os.environ.get("ROLEPLAY_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where the variable is set

    return user_data_path("roleplay", appauthor=False)


def shared() -> Path:
    """Where the sentence model, its vectors and `config.yaml` are: home, or `ROLEPLAY_SHARED` where many share them."""
    chosen = os.environ.get("ROLEPLAY_SHARED")
    return Path(chosen) if chosen else home()


def open_switchboard(library: Path | None, say: Callable[[str], None]) -> Switchboard:
    """Everything a call needs: half a second of imports and files.

    Raises ServiceUnavailable, NewerStore or UsageProblem.
    """
    from roleplay.library.folder import Library  # noqa: PLC0415 - heavy
    from roleplay.session.clock import real_surroundings  # noqa: PLC0415 - heavy
    from roleplay.session.opening import Switchboard  # noqa: PLC0415 - heavy
    from roleplay.store.records import Records  # noqa: PLC0415 - heavy

    return Switchboard(Library.open(library), Records(home()), shared(), real_surroundings(), say)


def choices(persona: str, flags: Mapping[str, str | None] | None = None, seed: int | None = None) -> Choices:
    """How a call is held: by `flags`, then `ROLEPLAY_*` variables, then `config.yaml`, then the defaults.

    Raises BadFile if `config.yaml` or a variable says what cannot be.
    """
    from roleplay.session.opening import SCRIPTED, Choices  # noqa: PLC0415 - heavy

    given, kept = flags or {}, _config()
    chosen = {
        name: given.get(name) or os.environ.get(f"ROLEPLAY_{name.upper()}") or _text(kept.get(name))
        for name in SETTINGS
    }
    pace = (chosen["pace"] or "off").lower()
    if pace not in PACES:
        raise BadFile(f"the pace {pace} is none of {', '.join(PACES)}", "Look at ROLEPLAY_PACE and config.yaml.")
    hints = HINTS.get((chosen["hints"] or "on").lower())
    if hints is None:
        raise BadFile("hints should be on or off", "Look at ROLEPLAY_HINTS and config.yaml.")
    timeout = seconds(chosen["timeout"])
    return Choices(
        persona, chosen["rubric"], chosen["model"] or SCRIPTED, seed, hints=hints, pace=pace, timeout=timeout
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def seconds(text: str | None) -> float | None:
    """How long a turn of a model may take; None: the default. Raises BadFile."""
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise BadFile(
            f"the timeout {text} is no number of seconds above 0",
            "Look at --timeout, ROLEPLAY_TIMEOUT and config.yaml.",
        )
    return value


@dataclass(frozen=True, slots=True)
class Look:
    """How the app looks and which keys it listens to."""

    theme: str = ""
    """Empty: the app's own."""
    animation: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)
    """By the id of what is done, other keys than those that ship."""


def look() -> Look:
    """By the theme that was chosen last, then `config.yaml`. Raises BadFile."""
    kept = _config()
    keys = kept.get("keys") or {}
    if not isinstance(keys, dict):
        raise BadFile("config.yaml: keys should hold `id: key` lines", "For example keys: {call.hint: ctrl+t}.")
    animation = HINTS.get(str(kept.get("animation", "on")).lower())
    if animation is None:
        raise BadFile("config.yaml: animation should be on or off")
    try:
        chosen = (home() / THEME).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        chosen = ""
    named = {str(name): str(key) for name, key in keys.items()}
    return Look(chosen or str(kept.get("theme", "")), animation, named)


def keep_theme(name: str) -> None:
    """Remembers a theme for the next time; a disk that refuses is no reason to disturb anybody."""
    with contextlib.suppress(OSError):
        home().mkdir(parents=True, exist_ok=True)
        (home() / THEME).write_text(f"{name}\n", encoding="utf-8")


def _config() -> dict[str, Any]:
    file = shared() / "config.yaml"
    if not file.is_file():
        return {}
    from roleplay.library.strict_yaml import parse, read_text  # noqa: PLC0415 - heavy

    document = parse(read_text(file), file)
    if document.problems:
        raise BadFile("\n".join(problem.text(file) for problem in document.problems))
    data = document.data
    if not isinstance(data, dict):
        raise BadFile(f"{file}: should hold `name: value` lines")
    unknown = sorted(set(map(str, data)) - {*SETTINGS, *LOOKS})
    if unknown:
        raise BadFile(f"{file}: {unknown[0]} is not a setting", f"There are: {', '.join((*SETTINGS, *LOOKS))}.")
    return {str(name): value for name, value in data.items() if value is not None}
