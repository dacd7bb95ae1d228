"""Question drills: one customer line, one reply, feedback, and "why?" for whoever asks."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from roleplay.curriculum import Question
from roleplay.programme.lesson import Answer, Card, Choose, Lesson, Part, Tell, Write, chosen, words
from roleplay.programme.programme import Programme
from roleplay.rubric import Criterion
from roleplay.score import Landing, Reading
from roleplay.session.coach import OWN_WORDS
from roleplay.training import Deed

GO_ON, WHY, ANOTHER, AGAIN, STOP = (
    "Go on",
    "Ask the coach: why?",
    "See another way to say it",
    "Try it again",
    "Stop here",
)
ASKS = "What do you say?"
NOTHING_SAID = "Nothing was said; the next one, then."


def round_of(programme: Programme, questions: Sequence[Question]) -> Lesson:
    """The questions one after another."""
    landed = 0
    for number, question in enumerate(questions, start=1):
        went = yield from _one(programme, question, f"{number} of {len(questions)}: {question.title}")
        if went is None:
            return
        landed += went
    yield Tell(
        "That was the round", (Part(f"{landed} of {len(questions)} landed."), Part(_closing(landed, len(questions))))
    )


def _one(programme: Programme, question: Question, title: str) -> Generator[Card, Answer, bool | None]:
    """True if it landed at the first go; None: the trainee stops here."""
    first: bool | None = None
    while True:
        began = programme.seconds()
        said = words((yield Write(title, ASKS, (Part(question.customer, "The customer"),))))
        if not said:
            yield Tell(title, (Part(NOTHING_SAID),))
            return first or False
        landing, parts = feedback(programme, question, said)
        landed = landing is Landing.LANDED
        if first is None:
            first = landed
            seconds = programme.seconds() - began
            programme.note(
                Deed.QUESTION,
                question.id,
                share=float(landed),
                seconds=seconds,
                aims=question.asks_for,
                words={"reply": said},
            )
        step = yield from _afterwards(title, question, parts)
        if step != AGAIN:
            return None if step == STOP else first


def _afterwards(title: str, question: Question, parts: tuple[Part, ...]) -> Generator[Card, Answer, str]:
    options = [GO_ON, WHY, ANOTHER, AGAIN, STOP]
    shown = parts
    while True:
        card = Choose(title, tuple(options), shown)
        step = options[chosen((yield card), card)]
        if step == WHY:
            shown = (*shown, Part(" ".join(question.why.split()), "Why"))
        elif step == ANOTHER:
            shown = (*shown, *(Part(line, "Another way") for line in question.ways[:1]))
        else:
            return step
        options.remove(step)


def feedback(programme: Programme, question: Question, said: str) -> tuple[Landing, tuple[Part, ...]]:
    """How a reply to a question went as a whole, and what to say of it: what landed first."""
    reading = programme.sense.read(said)
    results = {name: landing_of(programme.rubric.criterion(name), reading) for name in question.asks_for}
    parts = [Part(said, "You")]
    if any(sight.held for sight in reading.sights.values()) or said in question.ways:
        return Landing.NOT_YET, (*parts, Part(OWN_WORDS, glyph="→"))
    for name, landing in results.items():
        criterion = programme.rubric.criterion(name)
        if landing is Landing.LANDED:
            parts.append(Part(_sentence(criterion.title, criterion.landed), glyph="✓"))
        else:
            seen = "partly" if landing is Landing.PARTLY else "not yet"
            parts.append(Part(_sentence(f"{criterion.title}, {seen}", criterion.next_step), glyph="→"))
    breaches = [one for one in programme.rubric.criteria if one.mode == "avoid" and reading.clearly_opposite(one.id)]
    parts += [
        Part(_sentence(one.title, one.next_step), glyph="→") for one in breaches if one.id not in question.asks_for
    ][:1]
    values = list(results.values())
    whole = (
        Landing.LANDED
        if all(one is Landing.LANDED for one in values) and not breaches
        else (Landing.NOT_YET if all(one is Landing.NOT_YET for one in values) else Landing.PARTLY)
    )
    return whole, tuple(parts)


def landing_of(criterion: Criterion, reading: Reading) -> Landing:
    """One criterion in one reply that stands in no call."""
    breached = reading.opposite(criterion.id) or any(reading.shown(move) for move in criterion.breached_by)
    if criterion.mode == "avoid":
        return Landing.NOT_YET if breached else Landing.LANDED
    if reading.shown(criterion.id):
        return Landing.LANDED
    return Landing.PARTLY if reading.unsure(criterion.id) else Landing.NOT_YET


def _sentence(title: str, text: str) -> str:
    return f"{title}: {text}" if text else title


def _closing(landed: int, asked: int) -> str:
    if landed == asked:
        return "All of them. The next round may ask for more."
    return "What did not land comes back in a day or so, in another call and other words."
