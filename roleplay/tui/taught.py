"""Lessons: the card on screen, the calls that a lesson chooses, and what it gets back from them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on, work

from roleplay.errors import RoleplayError
from roleplay.tui import happened
from roleplay.tui.told import ToldApp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from roleplay.programme.lesson import Answer, Card, Lesson, Take
    from roleplay.session.opening import Choices
    from roleplay.tui.loading import OpenSwitchboard


class TaughtApp(ToldApp):
    """Everything about the programme. A lesson runs beside the screen: reading a reply takes its time."""

    def __init__(
        self,
        open_switchboard: OpenSwitchboard,
        styles: Sequence[str],
        choose: Callable[[str], Choices],
        lesson: Lesson | None = None,
    ) -> None:
        """`choose`: how a call with a persona is held; `lesson`: go straight to it and end with it."""
        super().__init__(open_switchboard, styles)
        self._choose = choose
        self._lesson = lesson
        self._only_lesson = lesson is not None
        self._taking: Take | None = None
        self._taken: str | None = None
        """The first call that ended since the lesson chose one: a retry after it changes nothing."""

    @property
    def is_teaching(self) -> bool:
        """A lesson waits for the call that is on screen."""
        return self._lesson is not None and self._taking is not None

    @property
    def skips_debrief(self) -> bool:
        """The next call follows at once, and the debrief later."""
        return self._taking is not None and not self._taking.debrief

    @on(happened.TrainingWanted)
    @work(group="lesson", exclusive=True)
    async def _open_programme(self) -> None:
        from roleplay.programme.lessons.today import today
        from roleplay.programme.programme import open_programme

        if self.switchboard is None:
            return
        try:
            programme = await asyncio.to_thread(open_programme, self.switchboard, self._choose(""))
        except RoleplayError as error:
            self.explain(error)
            return
        self.warm(lambda: programme.sense)
        self._lesson = today(programme)
        self.advance(None)

    @on(happened.CardAnswered)
    def _answered(self, message: happened.CardAnswered) -> None:
        if self._taking is not None:
            self.post_message(happened.CallPlanned(self._taking.choices))
        else:
            self.advance(message.answer)

    @work(group="lesson", exclusive=True)
    async def advance(self, answer: Answer) -> None:
        """Gives the lesson its answer, and shows the card that follows."""
        from roleplay.programme.lesson import Take
        from roleplay.tui.screens.lesson import LessonScreen

        lesson, self._taking, self._taken = self._lesson, None, None
        if lesson is None:
            return
        try:
            card = await asyncio.to_thread(_next_card, lesson, answer)
        except RoleplayError as error:
            self._lesson = None
            self._to_first_screen()
            self.explain(error)
            return
        if card is None:
            self._end()
            return
        self._taking = card if isinstance(card, Take) else None
        self.lead_to(LessonScreen(card))

    @on(happened.LessonLeft)
    def _leave_lesson(self) -> None:
        if self._lesson is not None:
            self._lesson.close()
        self._end()

    def call_ended(self) -> None:
        """A call is over and on disk."""
        if self._taking is not None and self._taken is None and self.call is not None:
            self._taken = self.call.header.id

    def back_to_lesson(self) -> None:
        """From the call that the lesson chose; it gets the call's id, or nothing if the call was left."""
        taken = self._taken
        self.call = self.read_again = None
        self.advance(taken)

    def _end(self) -> None:
        self._lesson = self._taking = self._taken = None
        if self._only_lesson:
            self.exit()
        else:
            self._to_first_screen()

    def _to_first_screen(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()


def _next_card(lesson: Lesson, answer: Answer) -> Card | None:
    """The card after an answer; None at the end of the lesson."""
    try:
        return lesson.send(answer)
    except StopIteration:
        return None
