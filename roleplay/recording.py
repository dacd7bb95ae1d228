"""Recorded calls that teach: one good and one poor with the same customer, marked up by a trainer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from roleplay.move import Frozen, Identifier, Line

Quality = Literal["good", "poor"]


class Mark(Frozen):
    """What a trainer says of one reply."""

    reply: Annotated[int, Field(ge=1)]
    """The reply, 1 for the first."""
    criterion: Identifier
    """A criterion of the persona's rubric."""
    landed: bool
    """Whether the reply did it, or missed it."""
    why: Line
    """In a sentence, what to hear in it."""


class RecordedCall(Frozen):
    """A call as it was typed. The customer's words follow from the persona and the seed, so they are never stale."""

    what: Line
    """What makes the call what it is, in a sentence."""
    seed: Annotated[int, Field(ge=0)] = 1
    typed: Annotated[tuple[Line, ...], Field(min_length=2)]
    """Replies in order, and actions (`/hold`, `/transfer`, `/end`)."""
    graded: dict[Identifier, Annotated[int, Field(ge=0, le=100)]]
    """By dimension, what a trainer gives."""
    marks: Annotated[tuple[Mark, ...], Field(min_length=3)]
    """The moments that decide it, in the order of the replies."""

    def mark_at(self, reply: int) -> tuple[Mark, ...]:
        """What the trainer marked at a reply."""
        return tuple(mark for mark in self.marks if mark.reply == reply)


class Recordings(Frozen):
    """Two calls with one persona. The file is named as the persona is."""

    format: Literal[1]
    persona: Identifier
    better_because: Line
    """Why the good call is the better one, as a trainer would say it after both were heard."""
    good: RecordedCall
    poor: RecordedCall

    def call(self, quality: Quality) -> RecordedCall:
        """The good one or the poor one."""
        return self.good if quality == "good" else self.poor
