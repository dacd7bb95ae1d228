"""One persona, looked at from every side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from roleplay.audit.acts import Acts
from roleplay.audit.alike import alike_findings
from roleplay.audit.dead import dead_findings
from roleplay.audit.finding import Finding
from roleplay.audit.locked import locked_findings
from roleplay.audit.play import BestPlay, Played
from roleplay.audit.reach import reach
from roleplay.audit.silent import silent_findings
from roleplay.embedding import Embedder
from roleplay.errors import ServiceUnavailable
from roleplay.library.folder import Library
from roleplay.library.strict_yaml import Problem
from roleplay.persona import Persona
from roleplay.rubric import Rubric
from roleplay.scoring.sense import Sense


@dataclass(frozen=True, slots=True)
class Audited:
    """What was found in one persona."""

    persona: Persona
    file: Path
    without_slip: Played
    one_slip: Played
    two_slips: Played
    errors: tuple[Problem, ...]
    """It cannot be used as it is."""
    warnings: tuple[Problem, ...]


class Auditor:
    """Audits personas of a library. Opens each embedder once, when the first persona needs it."""

    def __init__(
        self,
        library: Library,
        today: date,
        open_model: Callable[[str], Embedder] | None,
        say: Callable[[str], None],
    ) -> None:
        """Without `open_model` no examples are compared; `say` hears once why, if a model cannot be opened."""
        self._library = library
        self._today = today
        self._open_model = open_model
        self._say = say
        self._embedders: dict[str, Embedder | None] = {}

    def audit(self, name: str) -> Audited:
        """A persona by id or path. Raises BadFile or UsageProblem where there is none that could be audited."""
        persona = self._library.persona(name)
        written, document = self._library.written(name)
        rubric = self._library.rubric(persona.rubric)
        play = BestPlay(persona, rubric)
        ends = play.without_slip, play.after_slips(1), play.after_slips(2)
        found = [*_lost_findings(ends[0], ends[1]), *self._findings(persona, written, rubric)]
        errors = tuple(one.problem(document) for one in found if one.error)
        warnings = sorted((one.problem(document) for one in found if not one.error), key=lambda one: one.line)
        return Audited(persona, self._library.persona_file(name), *ends, errors, tuple(warnings))

    def _findings(self, persona: Persona, written: Persona, rubric: Rubric) -> Iterator[Finding]:
        can = reach(persona, rubric)
        yield from dead_findings(persona, written, Acts(persona, rubric), can)
        yield from silent_findings(persona, can)
        yield from locked_findings(written)
        if persona.review_by and persona.review_by < self._today:
            yield Finding(("review_by",), f"to be reviewed since {persona.review_by}")
        yield from self._alike(persona, rubric)

    def _alike(self, persona: Persona, rubric: Rubric) -> Iterator[Finding]:
        embedder = self._embedder(rubric.embedder)
        if embedder is None:
            return
        try:
            yield from alike_findings(persona, Sense.for_call(persona, rubric, embedder))
        except ServiceUnavailable as error:  # it loads at the first new text
            self._embedders[rubric.embedder] = None
            self._not_looked(error)

    def _embedder(self, name: str) -> Embedder | None:
        if self._open_model is None:
            return None
        if name not in self._embedders:
            try:
                self._embedders[name] = self._open_model(name)
            except ServiceUnavailable as error:
                self._embedders[name] = None
                self._not_looked(error)
        return self._embedders[name]

    def _not_looked(self, error: ServiceUnavailable) -> None:
        self._say(f"Examples on the wrong side were not looked for: {error}")


def _lost_findings(best: Played, one_slip: Played) -> Iterator[Finding]:
    """Errors: a call that cannot be won, or not any more after one slip."""
    if not best.won:
        ended = (
            f"the customer ends it ({best.outcome.value})" if best.outcome else f"{' and '.join(best.undone)} stay open"
        )
        yield Finding(("outcomes",), f"cannot be won: at best, {ended}", error=True)
    elif not one_slip.won:
        slip = f'one slip after {one_slip.after_reply} good replies ("{one_slip.because}")'
        loses = (
            f"ends it ({one_slip.outcome.value}, mood {one_slip.mood})"
            if one_slip.outcome
            else f"leaves {' and '.join(one_slip.undone)} out of reach (mood {one_slip.mood} at best)"
        )
        yield Finding(("mood",), f"one slip must still win: {slip} {loses}", error=True)
