"""Ids: what makes one, and how a sentence becomes one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_ID = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
_GLUE = (
    " a an and are as at be been but by for from had has have he her his i in is it its me my no not of on or our she "
    "so some that the their them then they this to up us was we were what when which who with you your "
)
NOT_TEXT = ("null", "true", "false")
"""Words that YAML reads as something else."""
MOST_WORDS = 3
LONGEST_ID = 40
"""Characters; it is a file's name and a word on the command line."""


def id_problem(name: str) -> str:
    """Why a name cannot be an id, in one sentence; nothing, if it can."""
    if len(name) > LONGEST_ID:
        return f"That is {len(name)} characters; {LONGEST_ID} at most."
    if name in NOT_TEXT:
        return f"In YAML {name} is no text; choose another name."
    if _ID.fullmatch(name):
        return ""
    better = as_id(name)
    hint = f", such as {better}" if better else ""
    return f"Use lower-case letters, digits and '-', beginning with a letter{hint}."


def as_id(text: str) -> str:
    """The text with its letters made plain and joined by `-`; empty where none can be."""
    return "-".join(_words(text))[:LONGEST_ID].strip("-")


def name_for(sentence: str, otherwise: str, taken: Iterable[str]) -> str:
    """An id from the sentence's first telling words, unlike all `taken`; `otherwise`, where it has no Latin letters."""
    telling = [word for word in _words(sentence) if f" {word} " not in _GLUE][:MOST_WORDS]
    name = "_".join(telling)[:LONGEST_ID].strip("_") or otherwise
    used = {*taken, *NOT_TEXT}
    numbered = (f"{name}_{number}" for number in range(2, len(used) + 2))
    return next(one for one in (name, *numbered) if one not in used)


def _words(text: str) -> list[str]:
    """Lower-case words of plain letters and digits; accents go, other scripts are left out."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    first = next((at for at, word in enumerate(words) if word[0].isalpha()), len(words))
    return words[first:]
