"""What happens in a call, in the past tense. The TUI, plain mode and the tests consume the same stream."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.score import Advice, Scorecard, TurnScore
from roleplay.transcript import Outcome


@dataclass(frozen=True, slots=True)
class MoodChange:
    """One cause of a change of mood."""

    delta: int
    because: str


@dataclass(frozen=True, slots=True)
class CallStarted:
    """The line is open; the customer speaks next."""

    call: str
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class ReplyRecorded:
    """The trainee's reply is on disk."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class ReplyScored:
    """The reply was measured."""

    turn: int
    score: TurnScore
    advice: Advice
    """What the coach says of its own accord: all of the score's advice, or less as skill grows."""


@dataclass(frozen=True, slots=True)
class MoodChanged:
    """The customer's mood moved."""

    turn: int
    mood: int
    """After the change, -100..100."""
    band: str
    changes: tuple[MoodChange, ...]


@dataclass(frozen=True, slots=True)
class FactTold:
    """The customer told something they had kept until now."""

    fact: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of the resolution is done."""

    step: str


@dataclass(frozen=True, slots=True)
class CustomerDelta:
    """A piece of the customer's line, as it becomes ready."""

    text: str


@dataclass(frozen=True, slots=True)
class CustomerSpoke:
    """The customer's whole line."""

    turn: int
    text: str
    guarded: bool = False
    """The scripted voice spoke in place of a model's line that failed its checks."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know; no turn was used."""

    text: str


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The call is over."""

    outcome: Outcome
    scorecard: Scorecard


Event = (
    CallStarted
    | ReplyRecorded
    | ReplyScored
    | MoodChanged
    | FactTold
    | StepDone
    | CustomerDelta
    | CustomerSpoke
    | Notice
    | CallEnded
)
