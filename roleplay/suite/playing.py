"""Outcomes: the trainee's turns of a case, said to a customer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from roleplay.call_log import Input, InputKind
from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.scoring.sense import Sense, Units
from roleplay.session.course import Course
from roleplay.session.typed import entries
from roleplay.transcript import Outcome

ANY_SEED = 1
"""Chance words a call and decides nothing in it."""


class Table:
    """One persona, to whom the turns of many cases are said. Reads the persona's lines once."""

    def __init__(self, library: Library, persona: str, open_model: Callable[[str], Embedder]) -> None:
        """Raises UsageProblem, BadFile or ServiceUnavailable."""
        whole = library.persona(persona)
        rubric = library.rubric(whole.rubric)
        self._embedder = open_model(rubric.embedder)
        self._language = rubric.language
        sense = Sense.for_call(whole, rubric, self._embedder)
        self._opening = Course(whole, rubric, sense, ANY_SEED, rubric).opened()

    def warm(self, calls: Sequence[Sequence[str]]) -> None:
        """Embeds in one go what will be asked for reply by reply."""
        replies = [reply for call in calls for reply in call]
        self._embedder.embed(sorted({text for reply in replies for text in Units.of(reply, self._language).spoken}))

    def play(self, replies: Sequence[str]) -> tuple[Outcome, str]:
        """How the call ends, and the last reply that was heard before.

        A turn such as `/hold`, `/transfer` or `/end` is that action. As in practice, a call whose turns run out
        before it has ended is abandoned.
        """
        course, last = self._opening, ""
        for entry in entries(replies):
            if course.state.ended:
                break
            course = course.apply(entry)
            last = entry.text or last
        course = course.apply(Input(InputKind.ABANDON))
        return course.state.outcome or Outcome.ABANDONED, last
