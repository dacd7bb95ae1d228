"""A shift: three to five calls in a row, notes after each, a break; and what a hard call does to the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from roleplay.programme.challenge import terms
from roleplay.programme.lesson import Choose, Lesson, Part, Take, Tell, Write, chosen, words
from roleplay.programme.lessons.calls import record_call
from roleplay.programme.plan import next_call
from roleplay.programme.programme import Programme
from roleplay.session.figures import own_seconds
from roleplay.session.held import HeldCall
from roleplay.training import Deed

LENGTHS = ("Three calls", "Four calls", "Five calls")
WRAP_UP = "Wrap up: what was agreed, and what is to be done? As short as the next colleague needs it."
BREAK = "A break. Get up, drink something. The next call waits until you are back; this time is not counted."
HARD_MOOD = -25
"""A customer below this mood at some time, or a call that was not passed, was a hard call."""


@dataclass(frozen=True, slots=True)
class ShiftCall:
    """One call of a shift."""

    call: str
    customer: str
    passed: bool
    hard: bool
    seconds: float
    wrap_up: float
    """Seconds for the notes."""
    first_reply: float | None
    """How the first reply went, 0..1 by the criteria it decided; None where it decided none."""


@dataclass(frozen=True, slots=True)
class ShiftFigures:
    """A shift in numbers: coaching, never points."""

    calls: int
    passed: int
    contacts_per_hour: float
    """Handling and wrap-up time; the break is not counted."""
    handling: float
    """Mean seconds of a call."""
    wrap_up: float
    """Mean seconds of notes after a call."""
    after_hard: float | None
    """The first reply of calls right after a hard one, 0..1; None where there was none."""
    after_others: float | None
    """... and of all other calls but the first."""

    @property
    def carried_over(self) -> bool:
        """Whether the first replies after hard calls went clearly worse."""
        if self.after_hard is None:
            return False
        usual = 1.0 if self.after_others is None else self.after_others
        return self.after_hard < usual - 0.2


def shift(programme: Programme) -> Lesson:
    """The calls, then what they came to together."""
    card = Choose("How long is the shift?", LENGTHS, (Part("Calls one after another, with notes between them."),))
    number = chosen((yield card), card) + 3
    held: list[ShiftCall] = []
    for place in range(1, number + 1):
        trained = programme.trained()
        stands = programme.standing(trained)
        plan = next_call(programme.curriculum, stands, trained, programme.personas, programme.today)
        parts = (
            Part(f"{programme.title(plan.aim.criterion)}: {plan.aim.why}.", "What to try"),
            *([] if terms(stands.level).hints else [Part("No hints in this one.")]),
        )
        take = Take(f"Call {place} of {number}", programme.choices(plan.persona, stands.position), parts, debrief=False)
        answer = yield take
        if not isinstance(answer, str):
            break
        record_call(programme, answer, plan.theme.id, stands.position, (plan.aim.criterion,))
        began = programme.seconds()
        notes = words((yield Write(f"After call {place} of {number}", WRAP_UP)))
        seconds = programme.seconds() - began
        programme.note(Deed.WRAP_UP, plan.persona, seconds=seconds, call=answer, words={"notes": notes})
        held.append(shift_call(programme.board.read(answer), seconds))
        if place == (number + 1) // 2 and place < number:
            yield Tell("Half of it", (Part(BREAK),))
    if held:
        figures = shift_figures(held)
        programme.note(Deed.SHIFT, f"{len(held)}", share=figures.passed / figures.calls)
        yield Tell("The shift", tuple(_told(held, figures)))


def shift_call(call: HeldCall, wrap_up: float) -> ShiftCall:
    """What counts of a call in a shift."""
    card = call.course.scorecard()
    first = next((one.score for one in call.course.moments if one.score), None)
    values = [one.value for one in first.results] if first else []
    return ShiftCall(
        call.header.id,
        call.course.persona.name,
        card.passed,
        not card.passed or min(one.state.mood for one in call.course.moments) < HARD_MOOD,
        own_seconds(call.course.moments),
        wrap_up,
        fmean(values) if values else None,
    )


def shift_figures(held: Sequence[ShiftCall]) -> ShiftFigures:
    """`held`: at least one call, in order."""
    seconds = sum(one.seconds + one.wrap_up for one in held)
    later = list(pairwise(held))
    after_hard = [now.first_reply for before, now in later if before.hard and now.first_reply is not None]
    others = [now.first_reply for before, now in later if not before.hard and now.first_reply is not None]
    return ShiftFigures(
        len(held),
        sum(one.passed for one in held),
        len(held) * 3600 / seconds if seconds else 0.0,
        fmean(one.seconds for one in held),
        fmean(one.wrap_up for one in held),
        fmean(after_hard) if after_hard else None,
        fmean(others) if others else None,
    )


def _told(held: Sequence[ShiftCall], figures: ShiftFigures) -> list[Part]:
    parts = [
        Part(
            f"{one.customer}: {'passed' if one.passed else 'not this time'}{', a hard one' if one.hard else ''}",
            glyph="✓" if one.passed else "·",
        )
        for one in held
    ]
    parts += [
        Part(f"{figures.contacts_per_hour:.1f} an hour, with {_span(figures.handling)} a call on average.", "Contacts"),
        Part(f"{_span(figures.wrap_up)} on average.", "Wrap-up"),
    ]
    if figures.after_hard is None:
        parts.append(Part("No call followed a hard one.", "After a hard call"))
    elif figures.carried_over:
        parts.append(
            Part(
                "Your first reply after a hard call landed less than your others. A breath, and the next "
                "customer gets a fresh start.",
                "After a hard call",
            )
        )
    else:
        parts.append(Part("Your first replies were as good as ever: the mood stayed behind.", "After a hard call"))
    return parts


def _span(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"  # noqa: PLR2004 - a minute
