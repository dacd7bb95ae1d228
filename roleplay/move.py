"""A move: anything a reply can be seen to do. Criteria, steps and unscored moves are all read this way."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$", max_length=60)]
"""Lower-case letters, digits, `_` or `-`, beginning with a letter."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=600)]
"""One line as a person says or types it."""

Lines = tuple[Line, ...]


class Frozen(BaseModel):
    """A value read from a file: unknown keys are errors, and nothing changes it afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Move(Frozen):
    """Something a reply can be seen to do."""

    id: Identifier
    """The name that `when`, `reveal_when` and cases use."""
    what: str = ""
    """What the move is, in a sentence for trainers."""
    examples: Lines = ()
    """Lines that do it, as people type them."""
    counterexamples: Lines = ()
    """Near misses: lines that sound like it and are not, above all the negated line."""
    leads_nowhere: bool = False
    """A reply that shows this and nothing better gets the caller no further; it costs patience."""


class Value(Frozen):
    """A hard value that similarity cannot see; read from the reply by code. Every key given must hold."""

    within_hours: Annotated[float, Field(gt=0, le=24 * 366)] | None = None
    """The reply names a time at most this many hours away ("today", "in 20 minutes", "tomorrow by ten")."""
    window_hours: Annotated[float, Field(gt=0, le=24)] | None = None
    """The reply names a window at most this many hours wide ("between 10 and 12")."""
    amount: float | None = None
    """The reply names this amount of money or this number ("4.50", "£4.50", "four fifty")."""
    any_of: tuple[Line, ...] = ()
    """The reply contains one of these, letter case and spacing aside (a reference, a department's name)."""
    customer_name: bool = False
    """The reply uses the customer's first or last name."""
