"""Short turns, as people speak."""

from __future__ import annotations

import re
from collections.abc import Iterable

from roleplay.customer.voice.guards.scene import Scene

MOST_SENTENCES = 3
"""In a turn; as many as the mind has to say, where that is more."""
MOST_WORDS_SENTENCE = 45
MOST_WORDS = 60
"""In a turn; half as many again as the mind's own line where that is long."""
MOST_WORDS_TOGETHER = 80
"""With the mind's own line, which may have to follow."""
LONGEST_WORD = 60
"""Characters; longer than any address or link that is spoken of."""


class RunOn:
    """Refuses what is too long for one breath, or one sentence too many."""

    name = "run_on"

    def objects(self, sentence: str, scene: Scene) -> str:
        so_far, own = _words([*scene.spoken, sentence]), _words(scene.cue.lines)
        most = min(max(MOST_WORDS, own * 3 // 2), max(MOST_WORDS_TOGETHER - own, own))
        endless = any(len(word) > LONGEST_WORD for word in sentence.split())
        if endless or _words([sentence]) > MOST_WORDS_SENTENCE or so_far > most:
            return "Too long. One to three short sentences, as people speak."
        if _sentences([*scene.spoken, sentence]) > max(MOST_SENTENCES, _sentences(scene.cue.lines)):
            return "Enough was said."
        return ""


def _words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _sentences(texts: Iterable[str]) -> int:
    """Counted by their ends: "Hello? Hello?" is two."""
    return sum(len([part for part in re.split(r"[.!?…]+", text) if any(map(str.isalpha, part))]) for text in texts)
