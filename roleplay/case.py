"""A case: what a rubric must say of a reply. Cases only test; nothing learns from them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from roleplay.move import Frozen, Identifier, Line


class CaseTurn(Frozen):
    """One turn of the context; the last trainee turn is the reply that is judged."""

    speaker: Literal["customer", "trainee"]
    text: Annotated[str, StringConstraints(min_length=1)]


class Expectation(Frozen):
    """What must hold."""

    criteria: dict[Identifier, Literal["shown", "not_shown"]] = Field(default_factory=dict)
    """By criterion or move; for an `avoid` criterion `not_shown` is a breach."""


class Case(Frozen):
    """A reply in its context, and what must be seen in it."""

    id: Identifier
    turns: Annotated[tuple[CaseTurn, ...], Field(min_length=1)]
    expect: Expectation
    tags: tuple[Identifier, ...] = ()
    source: Line = "written"
    """Where it came from: written, a dispute, a recorded call."""

    @property
    def reply(self) -> str:
        """The trainee's last turn."""
        return next(turn.text for turn in reversed(self.turns) if turn.speaker == "trainee")


class Cases(Frozen):
    """A file of cases for one rubric."""

    format: Literal[1]
    rubric: Identifier
    cases: tuple[Case, ...]
