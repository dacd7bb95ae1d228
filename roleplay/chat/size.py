"""How much a model can be told, guessed from its name: providers say no more."""

from __future__ import annotations

import re

SMALL_BELOW = 10.0
"""Billions of parameters from which a model follows a page of instructions. A rule of thumb."""
_PARAMETERS = re.compile(r"(?<![a-z0-9.])(\d+(?:\.\d+)?)\s*([bm])(?![a-z0-9])", re.IGNORECASE)


def is_small(name: str) -> bool:
    """Whether the name tells of a small model: its parameters (`llama3.2:3b`), or a family that has no others."""
    if found := _PARAMETERS.search(name):
        billions = float(found[1]) / (1 if found[2].lower() == "b" else 1_000)
        return billions < SMALL_BELOW
    return name.lower().rpartition("/")[2].startswith("smollm")
