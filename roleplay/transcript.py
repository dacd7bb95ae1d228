"""What was said, by whom, and how a call can end."""

from __future__ import annotations

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
