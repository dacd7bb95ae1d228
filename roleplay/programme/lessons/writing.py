"""Writing a case: a customer's line, a reply, and what the rubric must say of it. The program says whether it does."""

from __future__ import annotations

import json
from pathlib import Path

from roleplay.errors import ServiceUnavailable
from roleplay.programme.lesson import Choose, Lesson, Part, Tell, Write, chosen, words
from roleplay.programme.lessons.questions import landing_of
from roleplay.programme.programme import Programme
from roleplay.sanitise import clean_line
from roleplay.score import Landing
from roleplay.training import Deed

CASE, PERSONA, STOP = "A case: one reply, and what it must count as", "A customer: how to begin", "Not today"
HOW_TO_WRITE = (
    "A customer is a file. `roleplay persona new` asks you what it needs to know, one question after another, and "
    "writes it into your house library; `roleplay persona check` says what is missing, and `roleplay persona simulate` "
    "how seven kinds of trainee fare with it. docs/authoring.md shows a whole one."
)
SHOWN = ("It shows it", "It does not, though it sounds like it")
KEPT = "Kept in {file}. Run it with: roleplay test {file} --rubric {rubric}"


def writing(programme: Programme) -> Lesson:
    """A case of one's own, or the way to a customer of one's own."""
    card = Choose("What will you write?", (CASE, PERSONA, STOP))
    at = chosen((yield card), card)
    if at == 1:
        began = programme.seconds()
        yield Tell("A customer of your own", (Part(HOW_TO_WRITE),))
        programme.note(Deed.WRITTEN, "persona", seconds=programme.seconds() - began)
    elif at == 0:
        yield from _case(programme)


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
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8", newline="\n") as opened:
            opened.write(json.dumps(case, ensure_ascii=False) + "\n")
    except OSError as error:
        raise ServiceUnavailable(f"{file} cannot be written: {error.strerror}") from error
