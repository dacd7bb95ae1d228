"""Pairs of replies to one line of a customer's, for holding a grader to account.

They only test: no weight is learnt from them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from roleplay.move import Frozen, Identifier, Line


class TwinPair(Frozen):
    """The same act said in two ways: both deserve the same."""

    id: Identifier
    kind: Identifier
    """The other way: learner, dialect, world, lowercase, typos, dictation, terse."""
    criterion: Identifier
    expected: Literal["shown", "not_shown"]
    """What both deserve; for an `avoid` criterion `not_shown` is a breach."""
    customer: Line
    standard: Line
    """In fluent standard English."""
    variant: Line


class TrapPair(Frozen):
    """An honest reply and a twin that must not score above it."""

    id: Identifier
    kind: Identifier
    """The trick: negated, hollow, sarcasm, copy, stuffed, keywords, filler, repeated, instruction ..."""
    criterion: Identifier | None = None
    """The criterion it is about; None: the whole reply."""
    dimension: Identifier
    """The score that must not be higher for the worse one."""
    customer: Line
    better: Line
    worse: Line


class Twins(Frozen):
    """A file of pairs that deserve the same."""

    format: Literal[1]
    language: str
    pairs: Annotated[tuple[TwinPair, ...], Field(min_length=1)]


class Traps(Frozen):
    """A file of pairs of which one must not score above the other."""

    format: Literal[1]
    language: str
    pairs: Annotated[tuple[TrapPair, ...], Field(min_length=1)]
