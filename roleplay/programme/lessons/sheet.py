"""The tracking sheet: own calls of today, one's own list of mistakes first, then the program's; and what came back."""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.programme.lesson import Choose, Lesson, Part, Tell, Write, chosen, words
from roleplay.programme.lessons.reading import transcript_parts
from roleplay.programme.plan import unread_today
from roleplay.programme.programme import Programme
from roleplay.programme.standing import Trained
from roleplay.session.held import HeldCall
from roleplay.training import Deed, TrainingEntry

MOST_CALLS, FEWEST_CALLS = 5, 3
MISTAKES = "Which mistakes do you hear? In your own words, before the program says anything."
REMEDY = "And what would you say or do instead?"
NO_CALLS = "A sheet is written about calls of today, and there is none that is not on one yet. Take a call first."
FEW = "The sheet is for three to five calls a day; it can be begun with fewer."


def tracking_sheet(programme: Programme) -> Lesson:
    """Yesterday's watch first, then each call."""
    trained = programme.trained()
    calls = unread_today(trained, programme.today)[-MOST_CALLS:]
    watched = tuple(_watched(programme, trained))
    if watched:
        yield Tell("What you set out to watch", watched)
    if not calls:
        yield Tell("Nothing for the sheet yet", (Part(NO_CALLS),))
        return
    if len(calls) < FEWEST_CALLS:
        yield Tell("Today's sheet", (Part(f"{_count(len(calls))} so far today. {FEW}"),))
    for number, identifier in enumerate(calls, start=1):
        call = programme.board.read(identifier)
        yield from _one(programme, trained, call, f"Call {number} of {len(calls)}: {call.course.persona.name}")


def _one(programme: Programme, trained: Trained, call: HeldCall, title: str) -> Lesson:
    began = programme.seconds()
    yield Tell(title, transcript_parts(call))
    mistakes = words((yield Write(title, MISTAKES)))
    remedy = words((yield Write(title, REMEDY))) if mistakes else ""
    missed = missed_in(trained, call.header.id)
    parts = (
        *([Part(mistakes, "You")] if mistakes else []),
        *([Part(remedy, "Your remedy")] if remedy else []),
        *_programs_list(programme, call, missed),
    )
    watch = ""
    if missed:
        options = (*(programme.title(name) for name in missed), "None of these")
        card = Choose("Which one will you watch in your next calls?", options, parts)
        at = chosen((yield card), card)
        watch = missed[at] if at < len(missed) else ""
    else:
        yield Tell(title, parts)
    programme.note(
        Deed.SHEET,
        call.header.persona,
        share=None,
        seconds=programme.seconds() - began,
        call=call.header.id,
        aims=missed,
        words={"mistakes": mistakes, "remedy": remedy, "watch": watch},
    )


def missed_in(trained: Trained, call: str) -> list[str]:
    """Criteria that failed in a call, the worst first."""
    details = trained.of(call)
    return sorted((name for name in details.criteria if details.failed(name)), key=lambda name: details.criteria[name])


def came_back(trained: Trained, entry: TrainingEntry) -> tuple[int, int]:
    """Of what a sheet set out to watch: in how many calls begun after it the criterion was due, and failed."""
    watch = entry.words.get("watch", "")
    later = [trained.of(call.header.id) for call in trained.calls if call.header.started_at > entry.at]
    due = [one for one in later if watch in one.criteria]
    return len(due), sum(one.failed(watch) for one in due)


def _watched(programme: Programme, trained: Trained) -> Iterator[Part]:
    """The latest day's sheets, and whether the mistakes came back since."""
    sheets = [one for one in trained.entries if one.deed is Deed.SHEET and one.words.get("watch")]
    latest = [one for one in sheets if sheets and one.at.date() == sheets[-1].at.date()]
    for watch, one in {one.words["watch"]: one for one in latest}.items():
        due, failed = came_back(trained, one)
        title = programme.title(watch)
        remedy = f" You meant to: {one.words['remedy']}" if one.words.get("remedy") else ""
        if not due:
            yield Part(f"{title}: no call has asked for it since.{remedy}", glyph="·")
        elif failed:
            yield Part(f"{title}: it came back in {failed} of {_count(due)} since.{remedy}", glyph="→")
        else:
            yield Part(f"{title}: it held in {_count(due)} since. That is how a mistake ends.", glyph="✓")


def _programs_list(programme: Programme, call: HeldCall, missed: list[str]) -> Iterator[Part]:
    tallies = {one.criterion: one for one in call.course.scorecard().tallies}
    known = {one.id: one for one in call.course.rubric.criteria}
    for name in missed:
        tally, criterion = tallies.get(name), known.get(name)
        where = f" (reply {tally.worst_turn})" if tally and tally.worst_turn else ""
        yield Part(
            f"{programme.title(name)}{where}. {criterion.next_step if criterion else ''}", "The program", glyph="→"
        )
    if not missed:
        yield Part("No criterion was missed in this call.", "The program", glyph="✓")


def _count(number: int) -> str:
    return "1 call" if number == 1 else f"{number} calls"
