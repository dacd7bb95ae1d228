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
        place = _as_written(self.place, document)
        return Problem(document.line_of(place), place_in_words(place), self.what)


def _as_written(place: Place, document: Document) -> Place:
    """Lines for every mood may stand in the file without their `any`."""
    if place[0] == "lines" and place[2:3] == ("any",) and place[:3] not in document.lines:
        return (*place[:2], *place[3:])
    return place
