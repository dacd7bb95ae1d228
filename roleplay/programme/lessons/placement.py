"""The short test that finds the layer to begin in. It stops at the first part that is too hard."""

from __future__ import annotations

from collections.abc import Generator
from statistics import fmean

from roleplay.curriculum import LayerName, Stage
from roleplay.programme.lesson import Answer, Card, Choose, Lesson, Part, Take, Tell, Write, chosen, words
from roleplay.programme.lessons.questions import ASKS, feedback
from roleplay.programme.programme import Programme
from roleplay.score import Landing
from roleplay.training import Deed

CLEARLY_TOO_HARD, CLEARLY_EASY = 50, 95
"""Points of a first call from which no second one is needed."""
ABOUT = (
    "A few questions, then none to four calls: from five minutes to half an hour. It stops where it gets too hard, and "
    "that is where you begin. Nothing here is a mark, and you move on by what you show, whenever you are ready."
)
BEGIN, AT_THE_START = "Begin", "Skip it: I begin at the start"


def placement(programme: Programme) -> Lesson:
    """Ends with a layer in the records."""
    card = Choose("Where do you begin?", (BEGIN, AT_THE_START), (Part(ABOUT),))
    if chosen((yield card), card) == 1:
        yield from _placed(programme, "starter")
        return
    plan = programme.curriculum.placement
    known = {one.id: one for one in programme.curriculum.questions}
    landed = 0
    for number, name in enumerate(plan.questions, start=1):
        question, began = known[name], programme.seconds()
        parts = (Part(question.customer, "The customer"),)
        said = words((yield Write(f"Question {number} of {len(plan.questions)}", ASKS, parts)))
        went = bool(said) and feedback(programme, question, said)[0] is Landing.LANDED
        landed += went
        seconds = programme.seconds() - began
        programme.note(
            Deed.QUESTION, name, share=float(went), seconds=seconds, aims=question.asks_for, words={"reply": said}
        )
    if landed < plan.questions_to_pass:
        yield from _placed(programme, "starter")
        return
    beyond: tuple[LayerName, LayerName] = ("steady", "sharp")
    for stage, layer in zip(plan.stages, beyond, strict=True):
        if not (yield from _goes_on(programme, stage)):
            yield from _placed(programme, layer)
            return
    yield from _placed(programme, "mentor")


def _goes_on(programme: Programme, stage: Stage) -> Generator[Card, Answer, bool]:
    """Whether a part was within reach. A call that was left is not."""
    points: list[float] = []
    for persona in stage.calls:
        why = Part("A call now, without anything to prepare. Take it as you would take it at work.")
        call = yield Take("Placement", programme.choices(persona, stage.challenge), (why,))
        if not isinstance(call, str):
            return False
        result = programme.call(call).result
        points.append(result.overall if result and result.overall is not None else 0.0)
        if len(points) == 1 and not CLEARLY_TOO_HARD <= points[0] < CLEARLY_EASY:
            break
    return fmean(points) >= stage.mark


def _placed(programme: Programme, layer: LayerName) -> Lesson:
    found = programme.curriculum.layer(layer)
    programme.note(Deed.PLACED, layer, challenge=float(found.challenge))
    yield Tell(f"You begin in: {found.title}", (Part(found.about), Part(programme_way(programme, layer))))


def programme_way(programme: Programme, layer: LayerName) -> str:
    """How one moves up, in a sentence."""
    up = programme.curriculum.layer(layer).moves_up
    if up is None:
        return "There is no layer above this one: from here on you help others, and keep your hand in."
    return (
        f"You move up when {up.passed} of your latest {up.of} calls at level {up.at_challenge} or above are passed"
        f"{f' and {up.exercises} other exercises are done' if up.exercises else ''}. How long that takes is up to you."
    )
