"""The log of a call: what the trainee did, in order. Everything else is a fold over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class InputKind(StrEnum):
    """What a trainee can do in a call."""

    REPLY = "reply"
    WAIT = "wait"
    HINT = "hint"
    HOLD = "hold"
    TRANSFER = "transfer"
    BREAK = "break"
    END = "end"
    ABANDON = "abandon"


@dataclass(frozen=True, slots=True)
class Input:
    """One entry of the log."""

    kind: InputKind
    text: str = ""
    """The reply's words; empty for an action."""
    seconds: float = 0.0
    """How long the trainee took for it (or waited), without the program's own time."""


ACTIONS = {
    "/hold": InputKind.HOLD,
    "/transfer": InputKind.TRANSFER,
    "/end": InputKind.END,
    "/break": InputKind.BREAK,
    "/hint": InputKind.HINT,
}
"""How lines in a file write an action."""


def entries(lines: Iterable[str]) -> Iterator[Input]:
    """What a trainee types, line by line, as inputs."""
    for line in lines:
        kind = ACTIONS.get(line.strip().lower())
        yield Input(kind) if kind else Input(InputKind.REPLY, line)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a model's words took."""

    prompt_tokens: int = 0
    answer_tokens: int = 0
    cost: float | None = None
    """US dollars by the provider's price list; None where nobody knows it."""

    def __add__(self, other: Usage) -> Usage:
        """Both together; a cost is known if one of them is."""
        costs = [one.cost for one in (self, other) if one.cost is not None]
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.answer_tokens + other.answer_tokens,
            sum(costs) if costs else None,
        )


NOTHING = Usage()


@dataclass(frozen=True, slots=True)
class ShownLine:
    """What the customer was shown to say in one turn."""

    text: str
    guarded: bool = False
    """Some of it, or all, is the scripted voice's in place of a model's."""
    usage: Usage = NOTHING


@dataclass(frozen=True, slots=True)
class CallHeader:
    """What a call was started with; enough to replay it beside its log."""

    id: str
    persona: str
    persona_name: str
    persona_sha256: str
    """Of the whole persona (temperament merged in), as kept in the store."""
    mind_rubric_sha256: str
    """The persona's own rubric, whose moves the mind reads."""
    rubric: str
    rubric_sha256: str
    """The rubric that scores."""
    embedder: str
    """Fingerprint."""
    model: str
    """The voice: `scripted`, or a model's name."""
    seed: int
    pace: str
    hints: bool
    started_at: datetime


@dataclass(frozen=True, slots=True)
class CallResult:
    """How a finished call went, kept for lists; the log gives the same again."""

    outcome: str
    overall: float | None
    passed: bool
    replies: int


@dataclass(frozen=True, slots=True)
class CallSummary:
    """A call as a list shows it."""

    header: CallHeader
    replies: int
    result: CallResult | None
    """None while it is unfinished."""
    ended_at: datetime | None = None
