"""A call as it was held so far: its course, and what the customer was shown to say. Nothing here changes it."""

from __future__ import annotations

from roleplay.call_log import CallHeader, InputKind, ShownLine, Usage
from roleplay.persona import Fact
from roleplay.score import Advice
from roleplay.session.comparing import Side, side
from roleplay.session.course import Course
from roleplay.session.shown import ShownTurn, shown_turns
from roleplay.transcript import Speaker

WRITTEN = {InputKind.NOTE: "Noted", InputKind.BOOKED: "Booked"}


class HeldCall:
    """What can be read of a call, whether it goes on or not."""

    def __init__(self, header: CallHeader, course: Course, spoken: dict[int, ShownLine]) -> None:
        """`spoken`: what the customer was shown to say, by place in the log."""
        self.header = header
        self.course = course
        self._spoken = spoken

    @property
    def has_parted(self) -> bool:
        """A retry in which the customer's line has been answered anew."""
        reply = self.header.branched_from_turn
        return self.header.is_retry and reply is not None and len(self.course.history) >= reply

    @property
    def ended(self) -> bool:
        return self.course.state.ended

    @property
    def hints_used(self) -> int:
        return sum(one.entry is not None and one.entry.kind is InputKind.HINT for one in self.course.moments)

    def facts_told(self) -> list[Fact]:
        """What the customer has told so far, in the order of the file."""
        return [fact for fact in self.course.persona.facts if fact.id in self.course.state.told]

    def full_advice(self) -> Advice | None:
        """All that the coach has to say of the latest reply; None before the first."""
        return next((one.score.advice for one in reversed(self.course.moments) if one.score), None)

    def written(self) -> list[tuple[str, str]]:
        """Notes and bookings in order, each as "Noted" or "Booked" and the words."""
        entries = (one.entry for one in self.course.moments if one.entry)
        return [(WRITTEN[one.kind], one.text) for one in entries if one.kind in WRITTEN]

    def last_line(self) -> str:
        """The customer's latest line, as it was shown."""
        lines = (turn.text for turn in reversed(self.shown_turns()) if turn.speaker is Speaker.CUSTOMER)
        return next(lines, "")

    def shown_turns(self) -> list[ShownTurn]:
        """The whole call as it was shown."""
        return shown_turns(self.course.moments, self._spoken)

    def side(self, since: int = 0) -> Side:
        """The call from the input at place `since` on, to stand beside another."""
        return side(self.header.id, self.course, self._spoken, since)

    def usage(self) -> Usage:
        """What the model's words took so far, as far as its provider says."""
        return sum((line.usage for line in self._spoken.values()), Usage())
