"""A process of its own that plays a call reply by reply and says every event: `python -m tests.store.player HOME`."""

from __future__ import annotations

import sys
from pathlib import Path

from roleplay.event import Event, ReplyRecorded
from roleplay.library.folder import Library
from roleplay.session.opening import Choices, Switchboard
from roleplay.session.typed import entries
from tests.session.builders import collect, stream_of, switchboard

PERSONA = "broadband-down"
SEED = 11


def open_board(home: Path) -> Switchboard:
    """The same switchboard in the player and in the test that goes on with its call."""
    return switchboard(Library.open(), home)


def lines() -> tuple[str, ...]:
    """What the trainee types."""
    found = Library.open().rehearsal(PERSONA)
    assert found is not None
    return found.plainest("learner")


def say(event: Event) -> None:
    """A line per event; a reply with its words."""
    words = f"\t{event.text}" if isinstance(event, ReplyRecorded) else ""
    print(f"{type(event).__name__}{words}", flush=True)  # noqa: T201 - read by the test


def main(home: Path) -> None:
    """The whole call."""
    call = open_board(home).start(Choices(PERSONA, seed=SEED))
    collect(call.start(), say)
    for entry in entries(lines()):
        if not call.ended:
            collect(stream_of(call, entry), say)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
