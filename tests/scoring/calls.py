"""Recorded calls for tests, made up here."""

from __future__ import annotations

from random import Random

from roleplay.transcript import Speaker, Transcript, Turn

ASKED = (
    "My parcel should have come on Monday and nobody can tell me where it is.",
    "I was charged twice for the same ticket and I want it back.",
    "The heating has been off for nine days and I've a baby here.",
    "How do I change the address on my policy?",
)
GOOD = (
    "So Monday came and went and the parcel didn't. I'm ringing the depot now and I'll call you back by four.",
    "Two charges for one ticket, I can see both. I've refunded the second, and it's with you by Thursday.",
    "Nine days without heating, with a baby, that must be hard. An engineer comes today between two and four.",
    "I can change it right now. What's the new address, and from which day?",
)
POOR = (
    "You should have read the terms.",
    "That's not my department, ring somebody else.",
    "Nothing I can do about it.",
    "As I said, it's on the website.",
)


def call(identifier: str, *texts: str, labels: dict[str, float] | None = None) -> Transcript:
    """Customer and trainee in turn, the customer first."""
    turns = tuple(Turn(Speaker.TRAINEE if at % 2 else Speaker.CUSTOMER, text) for at, text in enumerate(texts))
    return Transcript(identifier, turns, {name: (value,) for name, value in (labels or {}).items()})


def graded(count: int, *dimensions: str, seed: int = 1) -> list[Transcript]:
    """Calls with good replies graded well and poor ones badly, with some noise; no two alike."""
    chance = Random(seed)  # noqa: S311 - calls, not secrets
    found = []
    for at in range(count):
        good = at % 2 == 0
        customer, reply = chance.choice(ASKED), chance.choice(GOOD if good else POOR)
        grade = min(max((0.8 if good else 0.2) + chance.uniform(-0.15, 0.15), 0.0), 1.0)
        labels = {name: round(grade, 2) for name in dimensions}
        found.append(call(f"call-{at}", f"{customer} It is about order {at}.", f"{reply} ({at})", labels=labels))
    return found
