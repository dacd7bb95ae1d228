"""A copy of a customer or a rubric under another name: the file as it stands, comments and all."""

from __future__ import annotations

import re

from roleplay.drafting.yaml_text import quoted

TITLES = frozenset({"Mr", "Mrs", "Ms", "Mx", "Miss", "Dr"})
"""No part of a name, so they stay."""


def name_problem(name: str) -> str:
    """Why a name cannot take another's place in every line of a file; nothing, if it can."""
    if re.fullmatch(r"[^\W\d_](?:[^\W_]|[ .'’-])*", name):
        return ""
    return "Use letters, spaces, full stops, hyphens and apostrophes only."


def copied_persona(text: str, new_id: str, old_name: str, new_name: str) -> str:
    """A persona's file under a new id; the customer's name is changed wherever it stands."""
    text = _own_schema(_top_level(text, "id", new_id))
    return _top_level(renamed(text, old_name, new_name), "name", quoted(new_name))


def copied_rehearsal(text: str, new_id: str, old_name: str, new_name: str) -> str:
    """A rehearsal file for the copied persona."""
    return _own_schema(renamed(_top_level(text, "persona", new_id), old_name, new_name))


def copied_rubric(text: str, new_id: str, title: str) -> str:
    """A rubric's file under a new id and title, without what was learnt for the old one."""
    without_fit = re.sub(r"^fit:.*\n(?:(?:[ \t#].*)?\n)*", "", text, count=1, flags=re.MULTILINE)
    return _own_schema(_top_level(_top_level(without_fit, "id", new_id), "title", quoted(title)))


def renamed(text: str, old: str, new: str) -> str:
    """The text with the old name replaced: in full, then the last name, then the first, as whole words."""
    spoken = new.replace("'", "’")  # an apostrophe could end a quoted line of YAML
    (first, last), (new_first, new_last) = _ends(old), _ends(spoken)
    words = ({} if first.rstrip(".") in TITLES else {first: new_first}) | {last: new_last, old: spoken}
    pattern = "|".join(re.escape(word) for word in reversed(words))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda found: words[found[0]], text)


def _ends(name: str) -> tuple[str, str]:
    words = name.split()
    return words[0], words[-1]


def _top_level(text: str, key: str, value: str) -> str:
    """The text with the value of a key at the left margin replaced; a comment behind it goes with the old value."""
    return re.sub(rf"^{key}:.*$", lambda _: f"{key}: {value}", text, count=1, flags=re.MULTILINE)


def _own_schema(text: str) -> str:
    """Editors find the schema in the house library itself."""
    return re.sub(r"(\A# yaml-language-server: \$schema=(?:\.\./)+)\S*?(\w+\.schema\.json)", r"\1schema/\2", text)
