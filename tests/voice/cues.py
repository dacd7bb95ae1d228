"""What a voice is given, turn by turn, in whole calls."""

from __future__ import annotations

from roleplay.call_log import InputKind
from roleplay.customer.voice.cue import Cue
from roleplay.session.course import Course
from roleplay.transcript import Speaker, Turn


def cues_of(course: Course) -> list[Cue]:
    """One cue for each turn of the customer in the call, as a live call with the scripted voice builds them."""
    cues: list[Cue] = []
    turns: list[Turn] = []
    for moment in course.moments:
        if moment.entry is not None and moment.entry.kind is InputKind.REPLY:
            turns.append(Turn(Speaker.TRAINEE, moment.entry.text))
        if moment.plan is not None:
            state = moment.state
            told = frozenset(state.told)
            cues.append(Cue(course.persona, moment.plan, state.mood, moment.said, told, tuple(turns)))
            turns.append(Turn(Speaker.CUSTOMER, moment.line))
    return cues
