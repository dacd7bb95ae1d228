"""The programme at hand: one trainee's records, the curriculum, and what is written when something was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

from roleplay.call_log import CallSummary
from roleplay.curriculum import Curriculum, Layer, LayerName
from roleplay.errors import UsageProblem
from roleplay.library.programme_files import COUNTED, FIGURES
from roleplay.persona import Persona
from roleplay.private import mask
from roleplay.programme.challenge import adapted, level_of, terms
from roleplay.programme.goals import Goal, goals
from roleplay.programme.standing import Standing, Trained, ready_for, standing
from roleplay.rubric import Rubric
from roleplay.sanitise import clean_text
from roleplay.scoring.sense import Sense
from roleplay.session.fading import Guidance
from roleplay.session.opening import Choices, Switchboard
from roleplay.session.progress import LOOKED_AT
from roleplay.training import Deed, TrainingEntry

BUNDLED = "contact-centre"


class Programme:
    """Everything that a lesson asks of the world around it."""

    def __init__(self, board: Switchboard, curriculum: Curriculum, choices: Choices | None = None) -> None:
        """`choices`: how calls are held where the curriculum leaves it open (the voice, the pace, the timeout)."""
        self.board = board
        self.curriculum = curriculum
        self._choices = choices or Choices("")

    @cached_property
    def rubric(self) -> Rubric:
        """The curriculum's."""
        return self.board.library.rubric(self.curriculum.rubric)

    @cached_property
    def sense(self) -> Sense:
        """Reads replies that stand in no call."""
        return self.board.sense(self.rubric)

    @cached_property
    def personas(self) -> Mapping[str, Persona]:
        """All that can be played."""
        return {one.persona.id: one.persona for one in self.board.library.listings() if one.persona}

    @property
    def now(self) -> datetime:
        return self.board.around.now()

    @property
    def today(self) -> date:
        return self.now.date()

    def seconds(self) -> float:
        """A clock that only rises."""
        return self.board.around.seconds()

    def title(self, criterion: str) -> str:
        """A criterion in words; its id where no rubric of the library has it."""
        return self.board.library.criterion_titles().get(criterion, criterion.replace("_", " "))

    def trained(self) -> Trained:
        """What the records say."""
        records = self.board.records
        calls = tuple(reversed(records.latest(LOOKED_AT)))
        return Trained(tuple(records.training.entries()), calls, records.details(LOOKED_AT))

    def standing(self, trained: Trained | None = None) -> Standing:
        """Where the trainee is now."""
        return standing(self.curriculum, trained or self.trained(), self.now)

    def goals(self, trained: Trained | None = None, stands: Standing | None = None) -> list[Goal]:
        """Of the trainee and of their layer."""
        found = trained or self.trained()
        return goals(self.layer(stands or self.standing(found)), found, self.now)

    def layer(self, stands: Standing) -> Layer:
        """The layer one is in; the first, before one is placed."""
        return self.curriculum.layer(stands.layer or self.curriculum.layers[0].id)

    def note(
        self,
        deed: Deed,
        what: str,
        *,
        share: float | None = None,
        seconds: float = 0.0,
        call: str | None = None,
        challenge: float | None = None,
        aims: Sequence[str] = (),
        words: Mapping[str, str] | None = None,
    ) -> LayerName | None:
        """Writes down what was done; gives the layer that it leads up to, if any. Raises ServiceUnavailable."""
        kept = {name: mask(clean_text(text).strip(), "") for name, text in (words or {}).items()}
        entry = TrainingEntry(
            self.board.around.new_id(),
            self.now,
            deed,
            what,
            share,
            round(seconds, 1),
            call,
            challenge,
            tuple(aims),
            kept,
        )
        self.board.records.training.add(entry)
        stands = self.standing()
        above = ready_for(stands, self.layer(stands)) if stands.layer else None
        if above is not None:
            self.board.records.training.add(
                replace(
                    entry,
                    id=self.board.around.new_id(),
                    deed=Deed.MOVED,
                    what=above,
                    share=None,
                    seconds=0.0,
                    call=None,
                    aims=(),
                    words={},
                )
            )
        return above

    def choices(self, persona: str, position: float, *, twists: bool = True) -> Choices:
        """A call with a customer as hard as the staircase says."""
        level = level_of(position)
        seed = self.board.around.new_seed()
        known = self.curriculum.twists if twists else ()
        played = adapted(self.board.library.persona(persona), level, known, seed)
        with_me = terms(level)
        return replace(
            self._choices, persona=persona, seed=seed, hints=with_me.hints, guidance=with_me.guidance, as_played=played
        )

    def fixed(self, persona: str, seed: int, model: str) -> Choices:
        """A call of a certificate: the same for everybody, without hints or coach."""
        return replace(
            self._choices,
            persona=persona,
            seed=seed,
            model=model,
            rubric=self.curriculum.rubric,
            hints=False,
            guidance=Guidance.OFF,
        )

    def call(self, identifier: str) -> CallSummary:
        """A call that was taken."""
        return self.board.records.call(identifier)

    def set_goal(self, measure: str, target: float, *, at_most: bool, by: date | None) -> None:
        """Keeps a goal of the trainee's own. Raises UsageProblem for a measure that nobody takes."""
        known = self.measures()
        if measure not in known:
            raise UsageProblem(f"nothing is measured as {measure}", f"There are: {', '.join(known)}.")
        words = {"target": str(target), "way": "at_most" if at_most else "at_least"}
        self.note(Deed.GOAL, measure, words={**words, **({"by": by.isoformat()} if by else {})})

    def measures(self) -> list[str]:
        """What a goal can be about."""
        return [*COUNTED, *self.rubric.weights, *FIGURES, *(one.id for one in self.rubric.criteria)]


def open_programme(board: Switchboard, choices: Choices | None = None, name: str | None = None) -> Programme:
    """The programme of a curriculum by id or path; without a name the house's own, else the bundled one.

    Raises UsageProblem or BadFile.
    """
    ids = board.library.curriculum_ids()
    house = next((one for one in ids if one != BUNDLED), BUNDLED)
    return Programme(board, board.library.curriculum(name or house), choices)
