"""Short turns, as people speak."""

from __future__ import annotations

from roleplay.customer.voice.guards.scene import Scene

MOST_SENTENCES = 3
"""In a turn; more where the mind has more to say than that."""
MOST_WORDS_SENTENCE = 45
MOST_WORDS = 70
"""In a turn; half as many again as the mind's own line where that is long."""

LONGEST_WORD = 60
"""Characters; longer than any address or link that is spoken of."""


class RunOn:
    """Refuses what is too long for one breath, or one sentence too many."""

    name = "run_on"

    def objects(self, sentence: str, scene: Scene) -> str:
        words = len(sentence.split())
        own = sum(len(line.split()) for line in scene.cue.lines)
        so_far = sum(len(one.split()) for one in scene.spoken)
        endless = any(len(word) > LONGEST_WORD for word in sentence.split())
        if endless or words > MOST_WORDS_SENTENCE or so_far + words > max(MOST_WORDS, own * 3 // 2):
            return "Too long. One to three short sentences, as people speak."
        if len(scene.spoken) >= max(MOST_SENTENCES, _sentences(scene)):
            return "Enough was said."
        return ""


def _sentences(scene: Scene) -> int:
    return sum(max(1, sum(line.count(mark) for mark in ".!?")) for line in scene.cue.lines)
