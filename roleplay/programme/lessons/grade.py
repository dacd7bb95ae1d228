"""Grading a colleague's call: three grades, held against a trainer's."""

from __future__ import annotations

from collections import Counter
from statistics import fmean

from roleplay.customer.chance import choose
from roleplay.programme.lesson import Choose, Lesson, Part, Tell, Write, chosen, words
from roleplay.programme.lessons.reading import transcript_parts
from roleplay.programme.programme import Programme
from roleplay.score import band
from roleplay.training import Deed

GRADES = (
    (95, "Excellent: I would play it to new colleagues"),
    (82, "Good: it does what it should"),
    (62, "Getting there: something is missing that matters"),
    (30, "Needs practice"),
)
"""Points in the middle of each band (90, 75, 50), and what a grader means by it."""
ADVICE = "What would you tell this colleague? First what landed, then one thing to try."


def grading(programme: Programme) -> Lesson:
    """One call, graded on every dimension."""
    graded = Counter(one.what for one in programme.trained().entries if one.deed is Deed.GRADE)
    known = [f"{name}:{quality}" for name in programme.board.library.recorded_ids() for quality in ("good", "poor")]
    known = [one for one in known if one.split(":")[0] in programme.personas]
    fewest = min(graded[one] for one in known)
    which = choose([one for one in known if graded[one] == fewest], sum(graded.values()), 0, "call to grade")
    recorded = programme.board.teaching(which)
    assert recorded is not None  # noqa: S101 - chosen among them
    call = programme.board.read(which)
    began = programme.seconds()
    yield Tell(f"A colleague and {call.course.persona.name}", transcript_parts(call))
    given: dict[str, int] = {}
    for dimension in recorded.graded:
        name = dimension.replace("_", " ")
        card = Choose(f"{name[:1].upper()}{name[1:]}", tuple(text for _, text in GRADES), usual=1)
        given[dimension] = GRADES[chosen((yield card), card)][0]
    advice = words((yield Write("To your colleague", ADVICE)))
    apart = {name: abs(points - recorded.graded[name]) for name, points in given.items()}
    same = sum(band(given[name]) == band(recorded.graded[name]) for name in given)
    programme.note(
        Deed.GRADE,
        which,
        share=same / len(given),
        seconds=programme.seconds() - began,
        words={"advice": advice, **{name: str(points) for name, points in given.items()}},
    )
    yield Tell(
        f"You and the trainer: the same band in {same} of {len(given)}",
        (
            *(
                Part(
                    f"{name.replace('_', ' ')}: you {band(given[name])}, the trainer {band(recorded.graded[name])}.",
                    glyph="✓" if band(given[name]) == band(recorded.graded[name]) else "→",
                )
                for name in given
            ),
            Part(f"{fmean(apart.values()):.0f} points apart on average.", "Distance"),
            Part(" ".join(recorded.what.split()), "The trainer on this call"),
            *(Part(mark.why, f"Reply {mark.reply}", glyph="✓" if mark.landed else "→") for mark in recorded.marks),
        ),
    )
