"""Who comes in: a name typed at the door, and the folder that keeps this person's calls."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from roleplay.errors import UsageProblem
from roleplay.sanitise import clean_line

LONGEST_NAME = 60
PEOPLE = "people"
"""The folder, in the home of who serves, that holds one folder for each name."""
_NO_LETTER = re.compile(r"[^\w]+")
_TAKEN_BY_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A name as it was typed, tidied."""

    name: str

    @property
    def folder(self) -> str:
        """One folder name on every system, the same for `Zoë Müller` and `zoë  müller`."""
        plain = _NO_LETTER.sub("-", unicodedata.normalize("NFC", self.name.casefold())).strip("-_")
        return f"{plain}-" if _TAKEN_BY_WINDOWS.fullmatch(plain) else plain

    def home(self, house: Path) -> Path:
        """Where this person's records are kept; `house` is the home of who serves."""
        return house / PEOPLE / self.folder


def visitor(typed: str) -> Visitor:
    """Raises UsageProblem if nobody could be told apart by what was typed."""
    name = clean_line(typed).strip()
    known = Visitor(name)
    if not known.folder.strip("-"):
        raise UsageProblem("That is no name to keep your calls under.", "Type at least one letter or digit.")
    if len(name) > LONGEST_NAME:
        raise UsageProblem(f"That name is longer than {LONGEST_NAME} letters.", "A first name will do.")
    return known
