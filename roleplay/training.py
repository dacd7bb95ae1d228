"""The log of a trainee's training: what was done, in order. Layer, difficulty, goals and plan are a fold over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What was done."""

    PLACED = "placed"
    """The placement test is over; `what` is the layer."""
    MOVED = "moved"
    """To another layer, by evidence; `what` is the layer."""
    QUESTION = "question"
    CALL = "call"
    """A call that the programme chose; `aims` are the criteria it was chosen for."""
    CASE = "case"
    SHEET = "sheet"
    GRADE = "grade"
    WRITTEN = "written"
    GOAL = "goal"
    """The trainee has set a goal for themselves."""
    SHIFT = "shift"
    WRAP_UP = "wrap_up"
    """Notes after a call of a shift."""
    CERTIFICATE = "certificate"
    """An attempt at a certificate has begun; `what` names the trainee."""


@dataclass(frozen=True, slots=True)
class TrainingEntry:
    """One entry of the log. Nothing in it is ever edited."""

    id: str
    at: datetime
    deed: Deed
    what: str
    """Which: the id of a question, a set, a case, a persona, a layer, a measure."""
    share: float | None = None
    """How it went, 0..1; a call: 1 if it was passed, else 0."""
    seconds: float = 0.0
    """The trainee's own time; a call's own is kept with the call."""
    call: str | None = None
    challenge: float | None = None
    """Where the staircase of difficulty stood, 1 to below 10."""
    aims: tuple[str, ...] = ()
    """Criteria."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What was written, by name. Stays on this computer."""
