"""The curriculum: what is learnt in which layer, in which order, and by what evidence one moves up."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from roleplay.move import Frozen, Identifier, Line, Lines
from roleplay.persona import Twist

LayerName = Literal["starter", "steady", "sharp", "mentor"]
LAYERS: tuple[LayerName, ...] = ("starter", "steady", "sharp", "mentor")
"""The lowest first."""
EASIEST, HARDEST = 1, 9
ChallengeLevel = Annotated[int, Field(ge=EASIEST, le=HARDEST)]
"""How hard a customer is made; 5: as its author wrote it. `programme.challenge` says what each changes."""
ExerciseKind = Literal["questions", "set", "case", "sheet", "grade", "write"]


class Question(Frozen):
    """One customer line, one reply."""

    id: Identifier
    title: Line
    """Two to five plain words."""
    customer: Line
    """What the customer says."""
    shows_feeling: bool = False
    """A feeling can be heard in it."""
    asks_for: Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=3)]
    """Criteria of the curriculum's rubric that the reply should show."""
    why: Line
    """What the coach answers to "why?": what it does to the customer, in one to three sentences."""
    ways: Annotated[Lines, Field(min_length=2)]
    """Replies that do it, in different words; one is shown afterwards."""
    not_yet: Annotated[Lines, Field(min_length=2)]
    """Replies that sound like it and do not. For tests; never shown."""


class NamedTwist(Twist):
    """Something that may happen in any call of the programme; the seed decides which, and when."""

    id: Identifier


class CallSet(Frozen):
    """A theme: calls that belong together."""

    id: Identifier
    title: Line
    about: Line
    """One or two sentences that make one want to take it."""
    personas: Annotated[tuple[Identifier, ...], Field(min_length=2)]
    practises: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    """Criteria."""


class Case(Frozen):
    """Two recorded calls with one customer, to be told apart."""

    id: Identifier
    title: Line
    persona: Identifier
    about: Line
    practises: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    """Criteria."""


class LayerGoal(Frozen):
    """A far goal of everybody in a layer."""

    measure: Identifier
    """`overall`, `passed`, a dimension, a criterion, a figure of a call, or `hours` (a month)."""
    at_least: float | None = None
    at_most: float | None = None
    """Exactly one of the two."""
    why: Line


class MovesUp(Frozen):
    """By what evidence one moves to the next layer; time plays no part."""

    passed: Annotated[int, Field(ge=1, le=20)]
    """Of the latest `of` units of practice in this layer, so many succeeded,"""
    of: Annotated[int, Field(ge=1, le=20)]
    at_challenge: ChallengeLevel
    """... with customers at least as hard as this,"""
    exercises: Annotated[int, Field(ge=0, le=50)]
    """... and so many exercises of this layer other than calls were done."""


class Layer(Frozen):
    """A stage of learning."""

    id: LayerName
    title: Line
    months: Line
    """The tenure at which people are usually here, in words. It decides nothing."""
    about: Line
    exercises: Annotated[tuple[ExerciseKind, ...], Field(min_length=1)]
    """What is practised here, taken in turn; `questions` and `set` stand for whatever is due next."""
    challenge: ChallengeLevel
    """Where the customers' difficulty starts."""
    moves_up: MovesUp | None = None
    """None for the last."""
    goals: tuple[LayerGoal, ...] = ()


class Stage(Frozen):
    """A part of the placement test: a call, and a second one where the first leaves a doubt."""

    calls: Annotated[tuple[Identifier, ...], Field(min_length=2, max_length=2)]
    """Personas."""
    challenge: ChallengeLevel
    mark: Annotated[float, Field(ge=0, le=100)]
    """Points (the mean, if there were two calls) from which one goes on to the next part."""


class Placement(Frozen):
    """A short test that finds the layer to begin in: it stops at the first part that is too hard."""

    questions: Annotated[tuple[Identifier, ...], Field(min_length=3, max_length=10)]
    questions_to_pass: Annotated[int, Field(ge=1, le=10)]
    """Fewer, and one begins in `starter`."""
    stages: Annotated[tuple[Stage, ...], Field(min_length=2, max_length=2)]
    """Below the first's mark one begins in `steady`, below the second's in `sharp`, else in `mentor`."""


class Hours(Frozen):
    """What a year holds."""

    least: Annotated[float, Field(gt=0)]
    most: Annotated[float, Field(gt=0)]


class Certification(Frozen):
    """What a certificate is given for."""

    personas: Annotated[tuple[Identifier, ...], Field(min_length=5)]
    seed: Annotated[int, Field(ge=0)]
    model: str = "scripted"
    mark: Annotated[float, Field(ge=0, le=100)]
    """The lower bound of the mean score must lie above it."""
    attempts: Annotated[int, Field(ge=1, le=10)]


class Curriculum(Frozen):
    """A whole programme. `id` equals the file's stem."""

    format: Literal[1]
    id: Identifier
    title: Line
    language: str = "en"
    rubric: Identifier
    """Whose criteria it names."""
    hours: Hours
    spacing_days: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=2)]
    """Days until something that landed is asked for again, growing each time; not landed: back to the first."""
    placement: Placement
    layers: Annotated[tuple[Layer, ...], Field(min_length=4, max_length=4)]
    questions: Annotated[tuple[Question, ...], Field(min_length=5)]
    sets: Annotated[tuple[CallSet, ...], Field(min_length=1)]
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]
    twists: Annotated[tuple[NamedTwist, ...], Field(min_length=1)]
    certification: Certification

    def layer(self, name: str) -> Layer:
        """The layer of that name. Raises KeyError."""
        return {one.id: one for one in self.layers}[name]  # type: ignore[index] # a missing name is the caller's error
