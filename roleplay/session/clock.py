"""The clock, the ids and the seeds of a session; passed in, so that tests hold them still."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything a session takes from the world around it."""

    now: Callable[[], datetime]
    """With its time zone."""
    seconds: Callable[[], float]
    """Only ever rising; for measuring spans."""
    new_id: Callable[[], str]
    new_seed: Callable[[], int]


def real_surroundings() -> Surroundings:
    """The machine's own clock and randomness."""
    return Surroundings(lambda: datetime.now(UTC), time.monotonic, _new_id, lambda: secrets.randbelow(2**31))


def _new_id() -> str:
    """`20261123-094501-k3f9`: sorts by time, short enough to type."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    tail = "".join(secrets.choice(letters) for _ in range(4))
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{tail}"
