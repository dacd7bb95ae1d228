"""Who is on the line, whose turn it is, and the trainee's time where the call has a pace."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from roleplay.tui.keys import key_of
from roleplay.tui.words import clock_words, count

if TYPE_CHECKING:
    from roleplay.session.call import LiveCall


class Stage(Enum):
    """Where a call stands, as its screen knows it."""

    YOURS = auto()
    """The trainee's turn."""
    BUSY = auto()
    """A turn is under way."""
    ASKED_TO_END = auto()
    ENDING = auto()
    """The end can still be taken back."""
    OVER = auto()


class CallStatus(Static):
    """One line."""

    def __init__(self, call: LiveCall, *, id: str) -> None:  # noqa: A002 - as every widget calls it
        super().__init__(id=id, markup=False)
        self._call = call

    def show(self, stage: Stage) -> None:
        """Shows how the call stands now."""
        persona = self._call.course.persona
        who = (persona.name, "bold $secondary")
        where = (f"  {persona.company} · {persona.channel}  ", "$quiet")
        self.update(Content.assemble(who, where, *self._time(), self._in_words(stage)))

    def _in_words(self, stage: Stage) -> Content:
        match stage:
            case Stage.OVER:
                return Content.styled("the call is over", "bold $accent")
            case Stage.ENDING:
                return Content.styled(f"ending…  {self._key('go-on')} takes it back", "bold $warning")
            case Stage.ASKED_TO_END:
                return Content.styled(f"{self._key('end')} again ends the call", "bold $warning")
            case Stage.BUSY if self._call.waits_for_model:
                return Content.styled(f"{self._key('stop-waiting')}: don't wait for the model", "$quiet")
            case Stage.BUSY:
                return Content.styled(f"listening…  {self._key('help')} help", "$quiet")
        if self._call.course.state.on_hold:
            return Content.styled(f"on hold, {self._key('take-back')} takes them back", "bold $warning")
        return Content.styled(f"{count(self._call.course.state.reply, 'reply')}  {self._key('help')} help", "$quiet")

    def _key(self, action: str) -> str:
        return key_of(self.screen, f"call.{action}")

    def _time(self) -> list[Content]:
        """The trainee's time so far and this silence, where the call has a pace."""
        clock = self._call.clock()
        if clock is None:
            return []
        silence = "" if clock.silence is None else f", silent for {clock_words(clock.silence)}"
        return [Content.styled(f"your time {clock_words(clock.seconds)}{silence}  ", "$secondary")]
