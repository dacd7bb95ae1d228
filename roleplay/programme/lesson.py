"""A lesson: cards that are shown and answered one after another. It knows neither the screen nor the terminal."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from roleplay.sanitise import clean_text
from roleplay.session.opening import Choices


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a card."""

    text: str
    title: str = ""
    glyph: str = ""
    """`✓` for what landed, `→` for a next step, `·` for an entry of a list; empty: plain words."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Something to read. Answered by going on."""

    title: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Choose:
    """One of several. Answered by its place, 0 for the first."""

    title: str
    options: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    usual: int = 0
    """What is taken where nobody answers."""


@dataclass(frozen=True, slots=True)
class Write:
    """Words. Answered by them; empty where the trainee skips it."""

    title: str
    asks: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Take:
    """A call. Answered by its id once it is over; None if it was left."""

    title: str
    choices: Choices
    parts: tuple[Part, ...] = ()
    """Why this one, before its brief."""
    debrief: bool = True
    """The debrief follows at once; False: only after the shift."""


Card = Tell | Choose | Write | Take
Answer = str | int | None
Lesson = Generator[Card, Answer, None]
"""Gives a card, gets its answer. Leaving it at any card loses nothing that was answered."""


def chosen(answer: Answer, card: Choose) -> int:
    """The place that was chosen; where nobody answered, the usual one."""
    return answer if isinstance(answer, int) and 0 <= answer < len(card.options) else card.usual


def words(answer: Answer) -> str:
    """What was written, without control characters and blanks around it."""
    return clean_text(answer).strip() if isinstance(answer, str) else ""
