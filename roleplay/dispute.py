"""What a trainee says against a verdict, or in praise of a line of their own; and what a trainer answers.

Beside the log of a call, never in it: mood, facts and scores stay as they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from roleplay.score import Sight


class DisputeKind(StrEnum):
    """What a trainee wants a trainer to look at."""

    VERDICT = "verdict"
    """A verdict on a reply that they think is wrong."""
    PROUD = "proud"
    """A line that they are proud of: perhaps an example for others."""


class RightVerdict(StrEnum):
    """What a case may expect of a criterion. For an `avoid` criterion `not_shown` is a breach."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, slots=True)
class Seen:
    """The reply in its context, and what the program saw in it; kept, so that no trainer needs the call for it."""

    customer: str
    """The line that the reply answers, as it was shown."""
    reply: str
    criterion: str
    """A criterion or a move of the rubric; empty for a line that showed none."""
    sight: Sight | None = None
    """None where nothing was looked for."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One criterion in one reply, or one line."""

    call: str
    kind: DisputeKind
    reply: int
    """1 for the first."""
    seen: Seen
    wanted: RightVerdict
    """What the trainee thinks is right."""
    raised_at: datetime
    why: str = ""
    name: str = ""
    """Of whoever said the line, if they want it to be known; empty: no name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a trainer decided."""

    accepted: bool
    reason: str
    """Why not, for the trainee; or what was done."""
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class RaisedDispute:
    """A dispute on record."""

    number: int
    """What a trainer calls it; never used twice."""
    dispute: Dispute
    persona_name: str
    rubric: str
    """The id of the rubric that scored the call."""
    answer: Answer | None = None
    """None while it is open."""
