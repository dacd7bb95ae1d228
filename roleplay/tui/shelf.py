"""What the home screen shows, read once in a worker: personas with your results, unfinished calls, broken files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roleplay.call_log import CallSummary
    from roleplay.dispute import RaisedDispute
    from roleplay.library.folder import Listing
    from roleplay.persona import Persona
    from roleplay.session.opening import Switchboard


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A persona that can be played."""

    persona: Persona
    best: CallSummary | None
    """Your finished call with the most points."""
    last: CallSummary | None
    """Your latest finished call."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything on the home screen."""

    rows: tuple[ShelfRow, ...]
    """The suggested one first, then from easy to hard."""
    unfinished: tuple[CallSummary, ...]
    broken: tuple[Listing, ...]
    read_at: datetime
    answers: tuple[RaisedDispute, ...] = ()
    """What a trainer has answered and you have not read yet."""
    why_first: str = ""
    """Why the first row is suggested."""
    is_whole: bool = True
    """Nothing was left out by a search."""


def fill(switchboard: Switchboard) -> Shelf:
    """Reads the library and the records. Raises ServiceUnavailable."""
    from roleplay.session.opening import to_try_next, why_next  # beside the first frame: that module is heavy

    listings, calls = list(switchboard.library.listings()), switchboard.records.calls()
    playable = [one.persona for one in listings if one.persona]
    suggested = to_try_next(playable, calls) if playable else None
    ordered = sorted(playable, key=lambda one: (one is not suggested, one.difficulty, one.id))
    finished: dict[str, list[CallSummary]] = {}
    for one in calls:
        if one.result and not one.header.is_retry:
            finished.setdefault(one.header.persona, []).append(one)
    return Shelf(
        rows=tuple(_row(persona, finished.get(persona.id, [])) for persona in ordered),
        unfinished=tuple(switchboard.records.unfinished()),
        broken=tuple(one for one in listings if one.persona is None),
        read_at=datetime.now(UTC),
        answers=tuple(switchboard.disputes.unread()),
        why_first=why_next(suggested, calls) if suggested else "",
    )


def _row(persona: Persona, finished: Sequence[CallSummary]) -> ShelfRow:
    best = max(finished, key=_points, default=None)
    return ShelfRow(persona, best, finished[0] if finished else None)


def _points(call: CallSummary) -> float:
    return -1 if call.result is None or call.result.overall is None else call.result.overall
