"""Any text as YAML that reads back as the same text, and that a trainer can go on editing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

_NOT_IN_YAML = re.compile("[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """The text without what no YAML file may hold, even in quotes: control codes, half characters."""
    return _NOT_IN_YAML.sub("", text)


def quoted(text: str) -> str:
    """The text in double quotes: colons, hashes, quotes and line ends in it are only text."""
    return json.dumps(allowed(text), ensure_ascii=False)


def listed(lines: Iterable[str], indent: int) -> str:
    """One line of YAML for each line of text, each with a line end."""
    return "".join(f"{' ' * indent}- {quoted(line)}\n" for line in lines)


def in_a_row(names: Sequence[str]) -> str:
    """Ids in brackets; ids need no quotes."""
    return f"[{', '.join(names)}]"


def comment(text: str, indent: int = 0) -> str:
    """Each line of the text as a comment, with a line end."""
    return "".join(f"{' ' * indent}# {line}".rstrip() + "\n" for line in allowed(text).splitlines())
