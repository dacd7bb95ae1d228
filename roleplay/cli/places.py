"""Where things are: the records' home, the library, the settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roleplay.errors import BadFile

if TYPE_CHECKING:
    from roleplay.library.folder import Library
    from roleplay.session.opening import Switchboard


def on_a_terminal() -> bool:
    """Whether a person sits at both ends; a closed stdin is nobody."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


def home() -> Path:
    """`ROLEPLAY_HOME`, or the platform's folder for a user's data."""
    if chosen := os.environ.get("ROLEPLAY_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("roleplay", appauthor=False)


def open_library(context: click.Context) -> Library:
    """The built-in library, under the house library that was named."""
    from roleplay.library.folder import Library

    return Library.open(context.find_root().obj)


def open_switchboard(context: click.Context) -> Switchboard:
    """Everything a call needs. Raises ServiceUnavailable, NewerStore or UsageProblem."""
    from roleplay.session.clock import real_surroundings
    from roleplay.session.opening import Switchboard
    from roleplay.store.records import Records

    library = open_library(context)
    return Switchboard(library, Records(home()), home(), real_surroundings(), lambda text: click.echo(text, err=True))


def setting(name: str) -> str | None:
    """A setting from `config.yaml` in the home folder; None if it is not there. Raises BadFile."""
    file = home() / "config.yaml"
    if not file.is_file():
        return None
    from roleplay.library.strict_yaml import parse, read_text

    data = parse(read_text(file), file).data
    if not isinstance(data, dict):
        raise BadFile(f"{file}: should hold `name: value` lines")
    unknown = sorted(set(map(str, data)) - SETTINGS)
    if unknown:
        raise BadFile(f"{file}: {unknown[0]} is not a setting", f"There are: {', '.join(sorted(SETTINGS))}.")
    value = data.get(name)
    return None if value is None else str(value)


SETTINGS = frozenset({"model", "rubric", "pace", "hints"})
"""What `config.yaml` may set; flags and `ROLEPLAY_*` variables win over it."""
