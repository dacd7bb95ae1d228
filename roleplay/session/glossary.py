"""Trade words and idioms of a customer, those just heard first."""

from __future__ import annotations

import re
from collections.abc import Mapping


def heard_first(gloss: Mapping[str, str], line: str) -> tuple[dict[str, str], dict[str, str]]:
    """The words of `gloss` that stand in `line`, in the order they are heard, and all others in the file's."""
    places = {word: found for word in gloss if (found := _place(word, line)) is not None}
    heard = {word: gloss[word] for word in sorted(places, key=places.__getitem__)}
    return heard, {word: meaning for word, meaning in gloss.items() if word not in heard}


def _place(word: str, line: str) -> int | None:
    """Where the word begins in the line, whatever its case and typographic marks; with a common ending, too."""
    plain = re.escape(_straight(word).removeprefix("to "))
    found = re.search(rf"(?<!\w){plain}(?:s|es|d|ed|ing)?(?!\w)", _straight(line), re.IGNORECASE)
    return found.start() if found else None


def _straight(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")
