"""Chance that can be replayed: drawn from the seed, the turn and the purpose, never from a running generator."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

Choice = TypeVar("Choice")


def choose(options: Sequence[Choice], seed: int, turn: int, purpose: str) -> Choice:
    """One of `options` (at least one), the same for the same seed, turn and purpose on every machine."""
    digest = sha256(f"{seed}/{turn}/{purpose}".encode()).digest()
    return options[int.from_bytes(digest[:8], "big") % len(options)]
