"""The calls: a trainee's script, or the persona's own examples, played against a persona."""

from __future__ import annotations

from dataclasses import dataclass

from roleplay.call_log import Input, InputKind
from roleplay.embedding import Embedder
from roleplay.errors import UsageProblem
from roleplay.library.folder import Library
from roleplay.persona import RunName
from roleplay.rehearsal.readings import SharedReadings
from roleplay.rehearsal.script import Trainee, drawn
from roleplay.rehearsal.stand_in import StandIn
from roleplay.score import Scorecard
from roleplay.session.course import Course
from roleplay.session.typed import entries
from roleplay.transcript import Outcome

COMPETENT = "competent"
"""The kind of trainee for whom a persona's own examples can stand in."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One rehearsed call."""

    persona: str
    run: str
    seed: int
    course: Course
    card: Scorecard
    stands_in: bool = False
    """Nobody wrote what was said: it is one of the persona's own examples each time, read as a stranger's."""

    @property
    def outcome(self) -> Outcome:
        return self.course.state.outcome or Outcome.ABANDONED


class Rehearsal:
    """Plays trainees. Reads each persona's examples once, and each reply once, however many calls follow."""

    def __init__(self, library: Library, embedder: Embedder) -> None:
        self._library = library
        self._embedder = embedder
        self._openings: dict[str, tuple[Course, SharedReadings]] = {}

    def trainee(self, persona: str, kind: str) -> Trainee:
        """A kind of trainee for a persona. Raises UsageProblem where nobody has written what such a one says."""
        lines = self._library.rehearsal(persona)
        written = lines.runs.items() if lines else ()
        script = next((script for name, script in written if name == kind), None)
        if script is not None:
            return Trainee(kind, script, persona)
        if kind == COMPETENT:
            return Trainee(kind)
        raise UsageProblem(
            f"{persona} has no rehearsal lines for {kind}",
            f"Write personas/rehearsal/{persona}.yaml: what such a trainee types, under `runs:`, `{kind}:`.",
        )

    def play(self, persona: str, run: RunName, seed: int) -> Rehearsed:
        """One call of a kind of trainee. Raises UsageProblem if there are no such lines."""
        return self.call(persona, self.trainee(persona, run), seed)

    def call(self, persona: str, trainee: Trainee, seed: int) -> Rehearsed:
        """One call; lines left over when it has ended are not said, and a call whose lines run out is abandoned."""
        opening, sense = self._opening(persona, seed)
        course = opening.with_seed(seed).opened()
        if trainee.script is None:
            course = StandIn(sense, seed).play(course)
        else:
            for entry in entries(drawn(trainee.script, seed, trainee.kind)):
                course = course.apply(entry)
        course = course.apply(Input(InputKind.ABANDON))
        return Rehearsed(persona, trainee.kind, seed, course, course.scorecard(), stands_in=trainee.script is None)

    def opening(self, persona: str, seed: int = 1) -> Course:
        """The course of a call with a persona, before its opening."""
        return self._opening(persona, seed)[0]

    def _opening(self, persona: str, seed: int) -> tuple[Course, SharedReadings]:
        if persona not in self._openings:
            whole = self._library.persona(persona)
            rubric = self._library.rubric(whole.rubric)
            sense = SharedReadings.for_call(whole, rubric, self._embedder)
            self._openings[persona] = Course(whole, rubric, sense, seed, rubric), sense
        return self._openings[persona]
