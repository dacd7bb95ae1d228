"""A call as it is read on a card."""

from __future__ import annotations

from roleplay.programme.lesson import Part
from roleplay.session.held import HeldCall
from roleplay.transcript import Speaker


def transcript_parts(call: HeldCall) -> tuple[Part, ...]:
    """Every turn, the replies numbered."""
    parts, reply = [], 0
    for turn in call.shown_turns():
        if turn.speaker is Speaker.TRAINEE:
            reply += 1
            parts.append(Part(turn.text, f"Reply {reply}"))
        else:
            parts.append(Part(turn.text, call.course.persona.name))
    return tuple(parts)


def around_reply(call: HeldCall, reply: int) -> tuple[Part, ...]:
    """A reply between what the customer said before and after it."""
    parts = transcript_parts(call)
    at = next(place for place, part in enumerate(parts) if part.title == f"Reply {reply}")
    return parts[max(0, at - 1) : at + 2]
