"""Writing a case (a reply, and what the rubric must say of it) or a whole customer, from questions."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import Literal

from roleplay.drafting.draft import draft_text, read_draft
from roleplay.drafting.persona_questions import persona_topics
from roleplay.drafting.persona_set import persona_files, temperament_choices
from roleplay.drafting.question import Question
from roleplay.errors import ServiceUnavailable
from roleplay.programme.lesson import Answer, Card, Choose, Lesson, Part, Tell, Write, chosen, words
from roleplay.programme.lessons.questions import landing_of
from roleplay.programme.programme import Programme
from roleplay.sanitise import clean_line
from roleplay.score import Landing
from roleplay.training import Deed

CASE, PERSONA, STOP = "A case: one reply, and what it must count as", "A customer of your own", "Not today"
ABOUT_CUSTOMERS = (
    "Take a caller you remember, with another name. Some twenty short questions; what you have answered is kept if you "
    "leave, and asked for no more."
)
CUSTOMER_KEPT = "Kept in {folder}. Take the call: roleplay --library {folder} practice {id}"
NEXT_STEP = (
    "Play it as your best agent would, and once more with “I see” and “somebody will be in touch”: the first should "
    "win, the second never. `roleplay persona check` names every slip, docs/authoring.md has the rest."
)
DRAFT = "customer.draft.yaml"
SHOWN = ("It shows it", "It does not, though it sounds like it")
KEPT = "Kept in {file}. Run it with: roleplay test {file} --rubric {rubric}"


def writing(programme: Programme) -> Lesson:
    """A case, or a customer, of one's own."""
    card = Choose("What will you write?", (CASE, PERSONA, STOP))
    at = chosen((yield card), card)
    if at == 1:
        yield from _customer(programme)
    elif at == 0:
        yield from _case(programme)


def _customer(programme: Programme) -> Lesson:
    """The questions of `persona new`, a card each; the files stand in a library of the trainee's own."""
    began, folder, library = programme.seconds(), programme.board.written, programme.board.library
    topics = persona_topics(temperament_choices(library), lambda name: _taken(programme, name))
    draft = folder / DRAFT
    answers = read_draft(draft, topics) if draft.is_file() else {}
    yield Tell("A customer of your own", (Part(ABOUT_CUSTOMERS),))
    for number, topic in enumerate(topics, start=1):
        for question in topic.questions:
            if question.key not in answers and question.applies(answers):
                answers[question.key] = yield from _asked(f"{number} of {len(topics)}: {topic.title}", question)
                _put(draft, draft_text(answers))
    identifier, files = persona_files(library, answers, f"roleplay --library {folder} practice")
    for place, text in files.items():
        _put(folder / place, text)
    library.under(folder).persona(identifier)
    draft.unlink(missing_ok=True)
    programme.note(Deed.WRITTEN, "persona", seconds=programme.seconds() - began)
    where = CUSTOMER_KEPT.format(folder=folder, id=identifier)
    yield Tell("Your customer can be called", (Part(where, glyph="✓"), Part(NEXT_STEP)))


def _taken(programme: Programme, name: str) -> str:
    known = (programme.board.written / "personas" / f"{name}.yaml").exists() or name in programme.personas
    return f"There is a customer {name} already. Choose another name." if known else ""


def _asked(title: str, question: Question) -> Generator[Card, Answer, tuple[str, ...]]:
    """The lines of an answer, asked for until it will do."""
    parts = [Part(question.for_example, "Such as")] if question.for_example else []
    if question.choices:
        names = tuple(f"{one.name}: {one.what}" for one in question.choices)
        card = Choose(f"{title}. {question.asks}", names, tuple(parts))
        return (question.choices[chosen((yield card), card)].name,)
    how = "one a line; nothing ends the list" if question.is_list else "" if question.least else "may be left empty"
    found: tuple[str, ...] = ()
    complaint = ""
    while True:
        so_far = [Part(line, glyph="✓") for line in found]
        shown = (*parts, *so_far, *([Part(complaint, glyph="→")] if complaint else []))
        said = words((yield Write(title, f"{question.asks}{f' ({how})' if how else ''}", shown)))
        lines = said.splitlines() if question.is_list else [" ".join(said.split())]
        typed = tuple(filter(None, map(question.cleaned, lines)))
        complaint = next(filter(None, map(question.complaint, typed)), "")
        if not complaint and len(found) + len(typed) > question.most:
            complaint = f"That is more than the {question.most} there is room for."
        found = found if complaint else (*found, *typed)
        if not typed and len(found) < question.least:
            complaint = question.too_few(len(found))
        elif not complaint and (not typed or len(found) == question.most):
            return found


def _case(programme: Programme) -> Lesson:
    began = programme.seconds()
    customer = words(
        (yield Write("The customer", "What does the customer say? A line you have really heard, without names."))
    )
    reply = words((yield Write("The reply", "And what is answered? Not an example that stands in the rubric.")))
    if not reply:
        yield Tell("No case today", (Part("A case needs a reply."),))
        return
    criteria = programme.rubric.criteria
    card = Choose("Which criterion is it about?", tuple(one.title for one in criteria), (Part(reply, "The reply"),))
    criterion = criteria[chosen((yield card), card)]
    card = Choose(f"{criterion.title}: what must the rubric say?", SHOWN, (Part(reply, "The reply"),))
    shown = chosen((yield card), card) == 0
    found = landing_of(criterion, programme.sense.read(clean_line(reply)))
    agrees = (found is Landing.LANDED) == shown
    file = programme.board.written / "cases.jsonl"
    _keep(file, programme, clean_line(customer), clean_line(reply), criterion.id, shown=shown)
    programme.note(
        Deed.WRITTEN,
        "case",
        share=float(agrees),
        seconds=programme.seconds() - began,
        aims=(criterion.id,),
        words={"reply": reply},
    )
    says = (
        "The program reads it as you do."
        if agrees
        else ("The program reads it differently. Perhaps it is wrong: that is what cases are for. Show your trainer.")
    )
    where = KEPT.format(file=file, rubric=programme.rubric.id)
    yield Tell("Your case", (Part(says, glyph="✓" if agrees else "→"), Part(where)))


def _keep(file: Path, programme: Programme, customer: str, reply: str, criterion: str, *, shown: bool) -> None:
    """Adds a line to the file of cases. Raises ServiceUnavailable."""
    turns = [{"speaker": "customer", "text": customer}] if customer else []
    case = {
        "id": f"mine-{programme.now:%Y%m%d-%H%M%S}",
        "rubric": programme.rubric.id,
        "turns": [*turns, {"speaker": "trainee", "text": reply}],
        "expect": {"criteria": {criterion: "shown" if shown else "not_shown"}},
        "source": "written in the programme",
    }
    _put(file, json.dumps(case, ensure_ascii=False) + "\n", mode="a")


def _put(file: Path, text: str, *, mode: Literal["a", "w"] = "w") -> None:
    """Writes, or adds to, a file of the trainee's. Raises ServiceUnavailable."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open(mode, encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except OSError as error:
        raise ServiceUnavailable(f"{file} cannot be written: {error.strerror}") from error
