"""Whole calls without a person: rehearsal lines played against a persona, with the same mind, sense and score."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.call_log import Input, InputKind, entries
from roleplay.embedding import Embedder
from roleplay.errors import UsageProblem
from roleplay.library.folder import Library
from roleplay.persona import RunName
from roleplay.score import Scorecard
from roleplay.scoring.sense import Sense
from roleplay.session.course import Course
from roleplay.transcript import Outcome


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One rehearsed call."""

    persona: str
    run: str
    seed: int
    course: Course
    card: Scorecard

    @property
    def outcome(self) -> Outcome:
        return self.course.state.outcome or Outcome.ABANDONED


class Rehearsal:
    """Plays rehearsal lines. Reads each persona's examples once, however many calls follow."""

    def __init__(self, library: Library, embedder: Embedder) -> None:
        self._library = library
        self._embedder = embedder
        self._openings: dict[str, Course] = {}

    def play(self, persona: str, run: RunName, seed: int) -> Rehearsed:
        """One call of a kind of trainee; lines left over when the call has ended are not said.

        A call whose lines run out is abandoned. Raises UsageProblem if there are no such lines.
        """
        lines = self._library.rehearsal(persona)
        if lines is None or run not in lines.runs:
            raise UsageProblem(
                f"{persona} has no rehearsal lines for {run}", f"Write personas/rehearsal/{persona}.yaml."
            )
        course = self._opening(persona, seed)
        for entry in (*entries(lines.runs[run]), Input(InputKind.ABANDON)):
            course = course.apply(entry)
        return Rehearsed(persona, run, seed, course, course.scorecard())

    def _opening(self, persona: str, seed: int) -> Course:
        if persona not in self._openings:
            whole = self._library.persona(persona)
            rubric = self._library.rubric(whole.rubric)
            sense = Sense.for_call(whole, rubric, self._embedder)
            self._openings[persona] = Course(whole, rubric, sense, seed, rubric)
        return self._openings[persona].with_seed(seed).opened()
