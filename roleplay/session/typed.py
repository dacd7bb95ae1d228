"""Lines as they are typed, as the inputs of a call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roleplay.call_log import Input, InputKind
from roleplay.persona import ACTIONS


def entries(lines: Iterable[str]) -> Iterator[Input]:
    """Lines as inputs: actions begin with a slash, a reply that does with two."""
    for line in lines:
        if line in ACTIONS:
            yield Input(InputKind(line.removeprefix("/")))
        else:
            yield Input(InputKind.REPLY, line.removeprefix("/") if line.startswith("//") else line)
