"""Sentences out of a stream of pieces, each given as soon as it is certain that it has ended."""

from __future__ import annotations

import re

LONGEST = 600
"""Characters without an end after which a piece is given anyway: nobody speaks like that, and the guards say so."""
_END = re.compile(r"[.!?…]+[\"'”’)\]*]*(?=\s)|\n")
_SHORT = re.compile(r"(?:^|\s)(?:mr|mrs|ms|dr|st|no|nr|prof|vs|etc|approx|e\.g|i\.e|a\.m|p\.m|[a-z])\.$", re.IGNORECASE)
LONGEST_SHORT = 12
"""Characters that hold any of them and what stands before it."""
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_OPENING_TAG = re.compile(r"<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?\Z", re.IGNORECASE)


class SentenceStream:
    """Takes pieces, gives sentences. What a model thinks aloud between <think> tags is left out."""

    def __init__(self) -> None:
        self._text = ""
        self._given = False
        self.thinks = False
        """A thought was begun and not ended yet."""
        self.ended = False
        """A new line after a sentence: nobody speaks in paragraphs, and what follows is another voice, or a comment."""

    def feed(self, piece: str) -> list[str]:
        """The sentences that have ended with this piece, stripped."""
        self._text += piece
        self.thinks = self._thinking()
        if self.thinks:
            return []
        found: list[str] = []
        while not self.ended and (end := self._end()) is not None:
            sentence, self._text = self._text[:end], self._text[end:]
            found += [sentence.strip()] if sentence.strip() else []
            self._given = self._given or bool(sentence.strip())
            self.ended = self._given and "\n" in (sentence[-1:], self._text.lstrip(" ")[:1])
        return found

    def rest(self) -> str:
        """What has come since the last sentence, stripped; "" if the model was still thinking."""
        text, self._text = _THOUGHT.sub("", self._text), ""
        return "" if self.ended else text.strip()

    def _thinking(self) -> bool:
        """Drops thoughts that are over; true while one goes on."""
        if "<" not in self._text:
            return False
        self._text = re.sub(r"<think(?:ing)?>.*?</think(?:ing)?>", "", self._text, flags=re.DOTALL | re.IGNORECASE)
        return bool(re.search(r"<think(?:ing)?>", self._text, re.IGNORECASE) or _OPENING_TAG.search(self._text))

    def _end(self) -> int | None:
        for found in _END.finditer(self._text):
            before = self._text[max(0, found.end() - LONGEST_SHORT) : found.end()]
            if found[0] == "\n" or not _SHORT.search(before):
                return found.end()
        return LONGEST if len(self._text) > LONGEST else None
