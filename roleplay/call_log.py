"""The log of a call: what the trainee did, in order. Everything else is a fold over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    NOTE = "note"
    """Words for oneself. The customer does not notice, and nothing is measured by it."""
    BOOKED = "booked"
    """The same, of something done in one's own system. It does no step: steps are what the customer is told."""
    END = "end"
    ABANDON = "abandon"


@dataclass(frozen=True, slots=True)
class Input:
    """One entry of the log."""

    kind: InputKind
    text: str = ""
    """The words of a reply or a note; empty for an action."""
    seconds: float = 0.0
    """How long the trainee took for it (or waited), without the program's own time."""


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
    branched_from_call: str | None = None
    """The call that this one goes back into, to answer a customer's line differently; None: an attempt of its own."""
    branched_from_turn: int | None = None
    """The reply of that call which is answered anew, 1 for the first."""

    @property
    def is_retry(self) -> bool:
        """Practice on a call that was held before; never counted as a result."""
        return self.branched_from_call is not None


@dataclass(frozen=True, slots=True)
class CallResult:
    """How a finished call went, kept for lists; the log gives the same again."""

    outcome: str
    overall: float | None
    passed: bool
    replies: int


@dataclass(frozen=True, slots=True)
class CallDetails:
    """What a finished call came to, one number at a time, kept for trends; the log gives the same again."""

    dimensions: Mapping[str, float | None] = field(default_factory=dict)
    """0..100 by dimension; None: too little to score."""
    criteria: Mapping[str, float] = field(default_factory=dict)
    """0..1 by criterion that was due: 1 landed, 0 not yet."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """By name, as `session.figures` has them."""
    missed: frozenset[str] = frozenset()
    """Criteria that count as a mistake made in this call."""

    def failed(self, criterion: str) -> bool:
        """Whether a criterion that was due counts as a mistake. Calls of the first versions: by its value alone."""
        return criterion in self.missed or self.criteria[criterion] < FAILED_BELOW


FAILED_BELOW = 0.5
"""A criterion to do failed in a call if less than half of it landed (0..1)."""
NO_DETAILS = CallDetails()


class NoteKind(StrEnum):
    """Who wrote beside a call, and why."""

    WENT_WELL = "went_well"
    """The trainee, before the debrief: what went well."""
    DIFFERENTLY = "differently"
    """The trainee, before the debrief: what they would say differently."""
    REVIEW = "review"
    """A trainer, on a turn or on the whole call."""


@dataclass(frozen=True, slots=True)
class Note:
    """Words written beside a call. They change nothing in it."""

    kind: NoteKind
    text: str
    written_at: datetime
    reply: int | None = None
    """The reply it is about, 1 for the first; None: the whole call."""
    author: str = ""
    """A name as its writer gave it; empty: the trainee."""


@dataclass(frozen=True, slots=True)
class CallSummary:
    """A call as a list shows it."""

    header: CallHeader
    replies: int
    result: CallResult | None
    """None while it is unfinished."""
    ended_at: datetime | None = None
