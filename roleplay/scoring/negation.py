"""Negation: what cosine similarity hardly sees. Whether a line negates is read from its words."""

from __future__ import annotations

import re

_ENGLISH = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|without|cannot|unable|refuse|nor|neither|hardly|\w+n't|"
    r"(?:ca|wo|do|does|did|is|are|was|would|could|should|have|has)nt)\b",
    re.IGNORECASE,
)


def negates(line: str, language: str) -> bool:
    """Whether the line holds a negating word. Only English is read; other languages give False."""
    return language.startswith("en") and bool(_ENGLISH.search(line.replace("’", "'")))
