"""A line, cut into its sentences for comparing. What is shown is cut by `stream`, which must also wait."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


def parts(line: str) -> list[str]:
    """The sentences of a line in order, stripped, none empty."""
    return [part.strip() for part in _SENTENCE.findall(line) if part.strip()]
