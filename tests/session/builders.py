"""A switchboard with a still clock and a fake embedder, and the few words that play a call through it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roleplay.call_log import Input, InputKind
from roleplay.embedding import Embedder
from roleplay.event import Event, Notice
from roleplay.library.folder import Library
from roleplay.report.as_json import report
from roleplay.session.call import LiveCall
from roleplay.session.clock import Surroundings
from roleplay.session.opening import Choices, Switchboard
from roleplay.session.typed import entries
from roleplay.store.records import Records
from tests.fakes import WordHashEmbedder

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class RememberingWordHash(WordHashEmbedder):
    """The same vectors as `WordHashEmbedder`, hashed once a process: a rubric has thousands of lines."""

    _rows: dict[str, NDArray[np.float32]] = {}  # noqa: RUF012 - shared on purpose

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = sorted(set(texts) - self._rows.keys())
        self._rows.update(zip(new, super().embed(new), strict=True))
        return np.stack([self._rows[text] for text in texts])


def still_world(seconds: Callable[[], float] | None = None) -> Surroundings:
    """Calls are named call-1, call-2 ...; a reply takes a second; the seed is 7."""
    ids, ticks = count(1), count()
    return Surroundings(lambda: NOW, seconds or (lambda: float(next(ticks))), lambda: f"call-{next(ids)}", lambda: 7)


def switchboard(
    library: Library, home: Path, around: Surroundings | None = None, embedder: Embedder | None = None
) -> Switchboard:
    """Everything a call needs, without a model."""
    model = embedder or RememberingWordHash()
    return Switchboard(
        library, Records(home), home, around or still_world(), print, open_model=lambda *_anything: model
    )


def begin(board: Switchboard, persona: str = "broadband-down", **choices: Any) -> LiveCall:  # noqa: ANN401 - of Choices
    """A call whose line is open."""
    call = board.start(Choices(persona, **choices))
    heard(call.start())
    return call


def collect(events: AsyncIterator[Event], listener: Callable[[Event], None]) -> None:
    """Gives each event to `listener` as it comes."""

    async def listen() -> None:
        async for event in events:
            listener(event)

    asyncio.run(listen())


def heard(events: AsyncIterator[Event]) -> list[Event]:
    """All events, in order."""
    found: list[Event] = []
    collect(events, found.append)
    return found


def notices(events: Iterable[Event]) -> list[str]:
    """The words of the notices among `events`."""
    return [event.text for event in events if isinstance(event, Notice)]


def stream_of(call: LiveCall, entry: Input) -> AsyncIterator[Event]:
    """One input, as a front end sends it."""
    if entry.kind is InputKind.REPLY:
        return call.reply(entry.text)
    return call.hint() if entry.kind is InputKind.HINT else call.act(entry.kind)


def take(call: LiveCall, entry: Input) -> list[Event]:
    """All that follows from one input."""
    return heard(stream_of(call, entry))


def play(call: LiveCall, lines: Iterable[str]) -> list[Event]:
    """Rehearsal lines until the call is over."""
    events: list[Event] = []
    for entry in entries(tuple(lines)):
        if call.ended:
            break
        events += take(call, entry)
    return events


def timeless(value: Any) -> Any:  # noqa: ANN401 - JSON
    """A report without `timing`, `seconds` and keys ending in `_at`."""
    if isinstance(value, list):
        return [timeless(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: timeless(one) for key, one in value.items() if key not in ("timing", "seconds") and not key.endswith("_at")
    }


def timeless_report(call: LiveCall) -> Any:  # noqa: ANN401 - JSON
    """What the report says whatever the clock."""
    return timeless(report(call))
