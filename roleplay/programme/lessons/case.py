"""Case work: read two calls, mark the moments, say which is better and why; measured against a trainer's marking."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from roleplay.curriculum import Case
from roleplay.customer.chance import choose
from roleplay.programme.lesson import Answer, Card, Choose, Lesson, Part, Tell, Write, chosen, words
from roleplay.programme.lessons.reading import around_reply, transcript_parts
from roleplay.programme.programme import Programme
from roleplay.recording import Mark, Quality, RecordedCall
from roleplay.session.held import HeldCall
from roleplay.training import Deed

MOMENTS = 3
"""Moments of each call that are marked."""
OTHER_WAYS = 2
"""Answers beside the trainer's that could be meant."""
NOTHING = "Nothing in particular"
FIRST, SECOND = "The first call", "The second call"
WHY = "Why? In a sentence or two, as you would tell a colleague."


@dataclass(frozen=True, slots=True)
class Marked:
    """A moment that was marked by both."""

    quality: Quality
    mark: Mark
    said: str
    """What the trainee chose."""
    agrees: bool


def case_work(programme: Programme, case: Case) -> Lesson:
    """Both calls, which one is better, and how far it agrees with the trainer."""
    recordings = programme.board.library.recordings(case.persona)
    began = programme.seconds()
    turned = choose((False, True), len(programme.trained().entries), 0, f"order of {case.id}")
    order: tuple[Quality, Quality] = ("poor", "good") if turned else ("good", "poor")
    yield Tell(case.title, (Part(" ".join(case.about.split())), Part("You read two calls, one after the other.")))
    marked: list[Marked] = []
    for number, quality in enumerate(order, start=1):
        call = programme.board.read(f"{case.persona}:{quality}")
        yield Tell(f"{(FIRST, SECOND)[number - 1]}, as it went", transcript_parts(call))
        marked += yield from _mark(programme, call, recordings.call(quality), quality, number)
    card = Choose("Which of the two would you rather have had, as the customer?", (FIRST, SECOND))
    better = order[chosen((yield card), card)]
    why = words((yield Write("What makes the difference", WHY)))
    agreed = sum(one.agrees for one in marked) + (better == "good")
    asked = len(marked) + 1
    programme.note(
        Deed.CASE,
        case.id,
        share=agreed / asked,
        seconds=programme.seconds() - began,
        aims=case.practises,
        words={"why": why, "better": better},
    )
    yield Tell(
        f"You and the trainer: {agreed} of {asked}",
        tuple(_compared(programme, marked, better, why, recordings.better_because)),
    )


def _mark(
    programme: Programme, call: HeldCall, recorded: RecordedCall, quality: Quality, number: int
) -> Generator[Card, Answer, list[Marked]]:
    found = []
    for place, mark in enumerate(_moments(recorded)):
        options = _options(programme, mark, recorded, place)
        title = f"{(FIRST, SECOND)[number - 1]}, reply {mark.reply}: what do you hear?"
        card = Choose(title, tuple(options), around_reply(call, mark.reply), usual=len(options) - 1)
        said = options[chosen((yield card), card)]
        found.append(Marked(quality, mark, said, said == _in_words(programme, mark.criterion, landed=mark.landed)))
    return found


def _moments(recorded: RecordedCall) -> list[Mark]:
    """The trainer's marks, one a reply, spread over the call."""
    by_reply = {mark.reply: mark for mark in reversed(recorded.marks)}
    marks = [by_reply[reply] for reply in sorted(by_reply)]
    if len(marks) <= MOMENTS:
        return marks
    step = (len(marks) - 1) / (MOMENTS - 1)
    return [marks[round(at * step)] for at in range(MOMENTS)]


def _options(programme: Programme, mark: Mark, recorded: RecordedCall, place: int) -> list[str]:
    """What could be heard in a reply: the trainer's answer, its opposite, others of this call, and nothing."""
    there = {one.criterion for one in recorded.mark_at(mark.reply)}
    others = list(dict.fromkeys(one.criterion for one in recorded.marks if one.criterion not in there))
    more = [one.id for one in programme.rubric.criteria if one.id not in {*there, *others}]
    others = [*others, *more][:OTHER_WAYS]
    ways = [
        _in_words(programme, mark.criterion, landed=True),
        _in_words(programme, mark.criterion, landed=False),
        *(_in_words(programme, name, landed=mark.landed) for name in others),
    ]
    turn = choose(range(len(ways)), len(recorded.typed), place, f"order of {mark.criterion}")
    return [*ways[turn:], *ways[:turn], NOTHING]


def _in_words(programme: Programme, criterion: str, *, landed: bool) -> str:
    return f"{programme.title(criterion)}: {'landed' if landed else 'missed'}"


def _compared(programme: Programme, marked: list[Marked], better: Quality, why: str, because: str) -> Generator[Part]:
    yield Part(
        "the good one, as the trainer says" if better == "good" else "not the one the trainer means",
        "Better",
        glyph="✓" if better == "good" else "→",
    )
    if why:
        yield Part(why, "You")
    yield Part(" ".join(because.split()), "The trainer")
    for one in marked:
        trainers = _in_words(programme, one.mark.criterion, landed=one.mark.landed)
        heard = "as you heard it" if one.agrees else f"you heard: {one.said}"
        call = "good call" if one.quality == "good" else "poor call"
        yield Part(
            f"{trainers} ({heard}). {one.mark.why}",
            f"{call}, reply {one.mark.reply}",
            glyph="✓" if one.agrees else "→",
        )
