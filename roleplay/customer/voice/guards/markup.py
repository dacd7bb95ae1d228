"""No tags, code, lists or special tokens: a customer speaks, and a chat customer types words."""

from __future__ import annotations

import re

from roleplay.customer.voice.guards.scene import Scene

_MARKUP = re.compile(
    r"<\|[^|>]*\|?>|</?[a-z][\w-]*(?:\s[^<>]*)?/?>|\[/?(?:INST|SYS|END|USER|ASSISTANT)[^\]]*\]|<</?SYS>>|`"
    r"|^\s*(?:#{1,6}\s|[-*•/|]\s|\d+[.)]\s)|\*\*|__\w|^\s*[{\[]\s*[\"'{\[]|[\"'}]\s*[}\]]\s*$|^\s*[\w-]+_[\w-]+\s*[:=]",
    re.IGNORECASE,
)


class Markup:
    """Refuses what is for machines."""

    name = "markup"

    def objects(self, sentence: str, scene: Scene) -> str:  # noqa: ARG002 - a guard's signature
        return "Say it in plain words, without tags, lists or marks." if _MARKUP.search(sentence) else ""
