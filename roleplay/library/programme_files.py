"""Names in a curriculum and in recorded calls that must name something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection

from roleplay.curriculum import LAYERS, Curriculum, Layer
from roleplay.library.references import Found, unknown_action, unknown_name
from roleplay.library.strict_yaml import Document, Place, Problem, place_in_words
from roleplay.persona import ACTIONS
from roleplay.recording import RecordedCall, Recordings
from roleplay.rubric import Rubric

FIGURES = (
    "mean_reply_seconds",
    "slow_reply_seconds",
    "longest_seconds",
    "talk_share",
    "seconds",
    "holds",
    "transfers",
    "promises",
    "refusals",
)
"""Figures of a call that a goal may be about."""
COUNTED = ("overall", "passed", "hours")


def recordings_problems(found: Recordings, rubric: Rubric, document: Document) -> list[Problem]:
    """What is wrong with well-formed recordings under their persona's rubric."""
    places = [*_recorded(found.good, "good", rubric), *_recorded(found.poor, "poor", rubric)]
    return [Problem(document.line_of(place), place_in_words(place), what) for place, what in places]


def curriculum_problems(
    found: Curriculum,
    rubric: Rubric,
    personas: Collection[str],
    recorded: Collection[str],
    criteria_of: Callable[[str], Collection[str]],
    document: Document,
) -> list[Problem]:
    """What is wrong with a well-formed curriculum.

    `recorded`: personas that have recorded calls; `criteria_of`: the criteria of a persona's own rubric.
    """
    places = [
        *_layers(found, rubric),
        *_placement(found, personas),
        *_practised(found, rubric, criteria_of),
        *_customers(found, personas, recorded),
        *_twice(found),
    ]
    return [Problem(document.line_of(place), place_in_words(place), what) for place, what in places]


def _recorded(call: RecordedCall, quality: str, rubric: Rubric) -> Found:
    replies = sum(line not in ACTIONS for line in call.typed)
    for at, line in enumerate(call.typed):
        for _, what in unknown_action(line, ()):
            yield (quality, "typed", at), what
    for name in call.graded:
        yield from unknown_name(name, list(rubric.weights), "dimension", (quality, "graded", name))
    criteria = [one.id for one in rubric.criteria]
    for at, mark in enumerate(call.marks):
        yield from unknown_name(mark.criterion, criteria, "criterion", (quality, "marks", at, "criterion"))
        if mark.reply > replies:
            yield (quality, "marks", at, "reply"), f"is {mark.reply}, but there are {replies} replies"


def _layers(found: Curriculum, rubric: Rubric) -> Found:
    if tuple(one.id for one in found.layers) != LAYERS:
        yield ("layers",), f"should be {', '.join(LAYERS)}, in this order"
    for at, layer in enumerate(found.layers):
        if (layer.moves_up is None) != (layer.id == LAYERS[-1]):
            yield ("layers", at, "moves_up"), "belongs to every layer but the last"
        if layer.moves_up and layer.moves_up.passed > layer.moves_up.of:
            yield ("layers", at, "moves_up", "passed"), "is more than `of`"
        yield from _goals(layer, at, rubric)


def _goals(layer: Layer, at: int, rubric: Rubric) -> Found:
    known = [*COUNTED, *FIGURES, *rubric.weights, *(one.id for one in rubric.criteria)]
    for number, goal in enumerate(layer.goals):
        place: Place = ("layers", at, "goals", number)
        yield from unknown_name(goal.measure, known, "score or figure", (*place, "measure"))
        if (goal.at_least is None) == (goal.at_most is None):
            yield place, "wants either at_least or at_most"


def _placement(found: Curriculum, personas: Collection[str]) -> Found:
    questions = [one.id for one in found.questions]
    for at, name in enumerate(found.placement.questions):
        yield from unknown_name(name, questions, "question", ("placement", "questions", at))
    if found.placement.questions_to_pass > len(found.placement.questions):
        yield ("placement", "questions_to_pass"), "is more than there are questions"
    for at, stage in enumerate(found.placement.stages):
        for number, name in enumerate(stage.calls):
            yield from unknown_name(name, personas, "persona", ("placement", "stages", at, "calls", number))


def _practised(found: Curriculum, rubric: Rubric, criteria_of: Callable[[str], Collection[str]]) -> Found:
    """A theme may also practise what the rubrics of its own customers look for."""
    criteria = [one.id for one in rubric.criteria]
    for at, question in enumerate(found.questions):
        for number, name in enumerate(question.asks_for):
            yield from unknown_name(name, criteria, "criterion", ("questions", at, "asks_for", number))
    for at, case in enumerate(found.cases):
        for number, name in enumerate(case.practises):
            yield from unknown_name(name, criteria, "criterion", ("cases", at, "practises", number))
    for at, theme in enumerate(found.sets):
        for number, name in enumerate(theme.practises):
            if name not in criteria:
                known = [*criteria, *(one for persona in theme.personas for one in criteria_of(persona))]
                yield from unknown_name(name, known, "criterion", ("sets", at, "practises", number))


def _customers(found: Curriculum, personas: Collection[str], recorded: Collection[str]) -> Found:
    for at, one in enumerate(found.sets):
        for number, name in enumerate(one.personas):
            yield from unknown_name(name, personas, "persona", ("sets", at, "personas", number))
    for at, case in enumerate(found.cases):
        yield from unknown_name(case.persona, recorded, "persona with recorded calls", ("cases", at, "persona"))
    for at, name in enumerate(found.certification.personas):
        yield from unknown_name(name, personas, "persona", ("certification", "personas", at))


def _twice(found: Curriculum) -> Found:
    for kind in ("questions", "sets", "cases", "twists"):
        counted = Counter(one.id for one in getattr(found, kind))
        for at, one in enumerate(getattr(found, kind)):
            if counted[one.id] > 1:
                yield (kind, at, "id"), f"{one.id} stands there twice"
