"""Small rubrics and hand-made histories: what was seen in each reply, and what the call had come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from roleplay.rubric import Criterion, Rubric
from roleplay.score import HeardReply, Landing, Reading, Sight, Verdict
from roleplay.scoring.due import results

YES = Sight("it", Verdict.SHOWN, contrast=0.9, clear=True)
MAYBE = Sight("it", Verdict.UNSURE, contrast=-0.3)
NO = Sight("it", Verdict.NOT_SHOWN, contrast=-0.9)
BREACH = Sight("it", Verdict.NOT_SHOWN, opposite=True, contrast=-0.9, clear=True)
SLIP = Sight("it", Verdict.NOT_SHOWN, opposite=True, contrast=-0.2)

LANDED, PARTLY, NOT_YET = Landing.LANDED, Landing.PARTLY, Landing.NOT_YET


def criterion(identifier: str = "it", **more: Any) -> Criterion:  # noqa: ANN401 - the keys of Criterion
    """A criterion named `it`, due once anywhere unless told otherwise."""
    keys: dict[str, Any] = {"id": identifier, "title": "It", "dimension": "listening", "due": {"at": "any"}}
    return Criterion.model_validate(keys | more)


def rubric(*criteria: Criterion, **more: Any) -> Rubric:  # noqa: ANN401 - the keys of Rubric
    """A rubric of these criteria."""
    keys: dict[str, Any] = {"format": 1, "id": "small", "title": "Small", "criteria": criteria}
    return Rubric.model_validate(keys | more)


def reply(number: int, *sights: Sight, **moment: Any) -> HeardReply:  # noqa: ANN401 - the fields of HeardReply
    """The reply with that number."""
    return HeardReply(number, Reading("Some words.", 2, {one.move: one for one in sights}), **moment)


def history(*sights: Sight, **moments: dict[int, Any]) -> list[HeardReply]:
    """One reply for each sight; `moments` gives fields of HeardReply by the reply's number."""
    return [
        reply(number, one, **{name: by_number[number] for name, by_number in moments.items() if number in by_number})
        for number, one in enumerate(sights, 1)
    ]


def decided(one: Criterion, replies: Sequence[HeardReply], *, ended: bool = True) -> list[tuple[int, Landing]]:
    """Which reply decided it, and how, each time."""
    return [(number, result.landing) for number, result in results(one, replies, ended=ended)]
