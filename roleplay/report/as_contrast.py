"""Two calls side by side, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from textwrap import fill
from typing import Any

from roleplay.recording import RecordedCall
from roleplay.report.debrief import OUTCOME_WORDS
from roleplay.report.page import LANDING_GLYPHS, LANDING_WORDS, figure_lines
from roleplay.score import Landing
from roleplay.session.contrasting import AlignedMoment, CallSide, Contrast, MomentPair, Spot

SCHEMA_VERSION = 1
WIDTH = 78
HEADINGS = (
    ("missed in both", "The same mistakes"),
    ("new", "Landed in A, not in B"),
    ("mended", "Not in A, landed in B"),
    ("landed in both", "Landed in both"),
    ("only in A", "Due in A alone"),
    ("only in B", "Due in B alone"),
)
NO_SAME = "No mistake is in both."


def contrast_text(found: Contrast) -> str:
    """The whole: both calls, then every moment under what became of it, then the steps."""
    blocks = ["\n".join(_side("A", found.a)), "\n".join(_side("B", found.b))]
    for words, heading in HEADINGS:
        moments = found.those(words)
        if moments:
            blocks.append("\n".join([heading, *map(_moment, moments)]))
        elif words == "missed in both":
            blocks.append(NO_SAME)
    if found.same_customer:
        blocks.append("\n".join(["Steps", *_steps(found)]))
    if found.aligned:
        blocks.append("\n".join(["Moment by moment", *(line for one in found.aligned for line in _aligned(one))]))
    return "\n\n".join(blocks)


def contrast_json(found: Contrast) -> dict[str, Any]:
    """The same for other programs: schema_version 1."""
    return {
        "schema_version": SCHEMA_VERSION,
        "a": asdict(found.a),
        "b": asdict(found.b),
        "moments": [{**asdict(one), "in_words": one.in_words} for one in found.moments],
        "same_customer": found.same_customer,
        "aligned": [asdict(one) for one in found.aligned],
    }


def marks_text(call: str, recorded: RecordedCall, title: Callable[[str], str]) -> str:
    """What a trainer marked in a recorded call. `title`: of a criterion."""
    lines = [_wrapped(recorded.what)]
    for mark in recorded.marks:
        glyph = LANDING_GLYPHS[Landing.LANDED if mark.landed else Landing.NOT_YET]
        lines.append(_wrapped(f"{glyph} reply {mark.reply}, {title(mark.criterion)}: {mark.why}"))
    return "\n".join([f"The trainer on {call}", *lines])


def _side(name: str, side: CallSide) -> Iterator[str]:
    yield f"{name}  {side.customer}, call {side.call}"
    outcome = OUTCOME_WORDS[side.outcome] if side.outcome else "Not over yet."
    overall = "" if side.overall is None else f" {side.overall:.0f} of 100{', passed' if side.passed else ''}."
    yield _wrapped(f"{outcome}{overall}")
    yield _wrapped(f"Mood: {' → '.join(map(str, side.moods))}")
    yield from (_wrapped(f"{label}: {text}") for label, text in figure_lines(side.figures))


def _moment(one: MomentPair) -> str:
    return _wrapped(f"{one.title}: A {_spot(one.a)}; B {_spot(one.b)}")


def _spot(spot: Spot | None) -> str:
    if spot is None:
        return "not due"
    where = f" (reply {spot.reply})" if spot.reply else ""
    return f"{LANDING_GLYPHS[spot.landing]} {LANDING_WORDS[spot.landing]}{where}"


def _aligned(one: AlignedMoment) -> Iterator[str]:
    yield _wrapped(one.what)
    for name, said in (("A", one.a), ("B", one.b)):
        if said is None:
            yield f"    {name}  did not come to it"
            continue
        missed = f" Missed: {', '.join(said.missed)}." if said.missed else ""
        text = f"{name}  reply {said.reply}: “{said.words}” Mood {said.mood}.{missed}"
        yield fill(" ".join(text.split()), WIDTH, initial_indent="    ", subsequent_indent="       ")


def _steps(found: Contrast) -> Iterator[str]:
    for what, reply in found.a.steps.items():
        yield _wrapped(f"{what} A {_done(reply)}; B {_done(found.b.steps[what])}")


def _done(reply: int | None) -> str:
    return "✗" if reply is None else f"✓ reply {reply}"


def _wrapped(text: str) -> str:
    return fill(" ".join(text.split()), WIDTH, initial_indent="  ", subsequent_indent="    ")
