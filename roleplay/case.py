"""A case: what a rubric must say of a reply or a call. Cases only test; nothing learns from them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from roleplay.move import Frozen, Identifier, Line
from roleplay.transcript import Outcome

Points = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class CaseTurn(Frozen):
    """One turn of a call."""

    speaker: Literal["customer", "trainee"]
    text: Annotated[str, StringConstraints(min_length=1)]
    at: str | float | None = None
    """When it was said, as recorded calls have it; not read."""


class Bounds(Frozen):
    """Where a score must lie, both ends included."""

    min: Points | None = None
    max: Points | None = None


class Expectation(Frozen):
    """What must hold; at least one of these."""

    criteria: dict[Identifier, Literal["shown", "not_shown"]] = Field(default_factory=dict)
    """What the last reply shows, by criterion or move; for an `avoid` criterion `not_shown` is a breach."""
    scores: dict[Identifier, Bounds] = Field(default_factory=dict)
    """What the whole scores, by dimension or `overall`, as `roleplay score` gives it."""
    better_than: Identifier | None = None
    """The id of a case of this rubric that this one must score above,"""
    on: Identifier | None = None
    """on this dimension (absent: `overall`),"""
    by: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)] | None = None
    """by at least so many points (absent: by any)."""
    outcome: Outcome | None = None
    """How the call ends if the trainee's turns are said to the case's `persona`."""

    @property
    def compared_on(self) -> str:
        """The dimension on which `better_than` compares."""
        return self.on or "overall"

    @property
    def needs_scores(self) -> bool:
        """Whether the whole must be scored."""
        return bool(self.scores) or self.better_than is not None


class Case(Frozen):
    """A reply in its context, or a whole call, and what must be seen in it."""

    id: Identifier
    """Unique among the cases of its rubric."""
    turns: Annotated[tuple[CaseTurn, ...], Field(min_length=1)]
    expect: Expectation
    persona: Identifier | None = None
    """The customer for `outcome`."""
    known_failure: Line | None = None
    """Why it may fail for now. It fails the run when it passes: then this line must go."""
    tags: tuple[Identifier, ...] = ()
    source: Line = "written"
    """Where it came from: written, a dispute, a recorded call."""

    @property
    def replies(self) -> tuple[str, ...]:
        """What the trainee said, turn by turn.

        Several messages in a row are one turn; an action (`/hold`, `/end`) is one by itself.
        """
        found: list[str] = []
        goes_on = False
        for turn in self.turns:
            is_action = turn.text.startswith("/")
            if turn.speaker == "trainee" and goes_on and not is_action:
                found[-1] += f"\n{turn.text}"
            elif turn.speaker == "trainee":
                found.append(turn.text)
            goes_on = turn.speaker == "trainee" and not is_action
        return tuple(found)

    @property
    def reply(self) -> str:
        """The trainee's last turn: what `criteria` are read from."""
        return self.replies[-1]


class Cases(Frozen):
    """A file of cases for one rubric."""

    format: Literal[1]
    rubric: Identifier
    cases: tuple[Case, ...]


class CaseLine(Case):
    """A case as one line of JSON."""

    rubric: Identifier | None = None
    """Absent: the one that `--rubric` names."""
