"""One thing that an audit found in a persona, and where."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.library.strict_yaml import Document, Place, Problem, place_in_words


@dataclass(frozen=True, slots=True)
class Finding:
    """A warning, or an error: a persona that cannot be used as it is."""

    place: Place
    """In the persona's own file."""
    what: str
    error: bool = False

    def problem(self, document: Document) -> Problem:
        """The same with its line."""
        return Problem(document.line_of(self.place), place_in_words(self.place), self.what)
