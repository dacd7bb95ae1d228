"""What was said, by whom, and how a call can end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Speaker(StrEnum):
    """Who said a turn; never an API role."""

    CUSTOMER = "customer"
    TRAINEE = "trainee"


class Outcome(StrEnum):
    """How a call ended."""

    RESOLVED = "resolved"
    DECLINED_WELL = "declined_well"
    HANDED_OVER_WELL = "handed_over_well"
    UNRESOLVED = "unresolved"
    ESCALATED = "escalated"
    HUNG_UP = "hung_up"
    ABANDONED = "abandoned"

    @property
    def is_win(self) -> bool:
        """Whether this counts as solved at first contact."""
        return self in WINS


WINS = (Outcome.RESOLVED, Outcome.DECLINED_WELL, Outcome.HANDED_OVER_WELL)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a recorded call."""

    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A recorded call, and how people graded it."""

    id: str
    turns: tuple[Turn, ...]
    labels: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """By dimension or `overall`, what each grader gave, 0..1; one number if there was one grader or only their mean."""

    def label(self, name: str) -> float | None:
        """The graders' mean for a dimension, 0..1; None where nobody graded it."""
        given = self.labels.get(name)
        return sum(given) / len(given) if given else None
