"""Sentences out of a stream of pieces, each given as soon as it is certain that it has ended."""

from __future__ import annotations

import re

LONGEST = 600
"""Characters without an end after which a piece is given anyway: nobody speaks like that, and the guards say so."""
_NEW_LINE = "\n\r\v\f\x85\u2028\u2029"
_END = re.compile(rf"[.!?…]+[\"'”’)\]*]*(?=\s)|[{_NEW_LINE}]")
_SHORT = re.compile(r"(?:^|\s)(?:mr|mrs|ms|dr|st|nr|prof|vs|etc|approx|e\.g|i\.e|a\.m|p\.m|[a-z])\.$", re.IGNORECASE)
_NUMBER = re.compile(r"(?:^|\s)no\.$", re.IGNORECASE)
LONGEST_SHORT = 12
"""Characters that hold any of them and what stands before it."""
_THOUGHT = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_THOUGHT_OVER = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_PERHAPS_A_THOUGHT = re.compile(r"<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?\Z", re.IGNORECASE)


class SentenceStream:
    """Takes pieces, gives sentences. What a model thinks aloud between <think> tags is left out."""

    def __init__(self) -> None:
        self._coming = ""
        """What may still be thought, or a tag of which only a part has come."""
        self._text = ""
        """What is said for certain, and has not ended yet."""
        self._given = False
        self.ended = False
        """A new line after a sentence: nobody speaks in paragraphs, and what follows is another voice, or a comment."""

    @property
    def thinks(self) -> bool:
        """A thought was begun and not ended yet."""
        return _THOUGHT.match(self._coming) is not None

    def feed(self, piece: str) -> list[str]:
        """The sentences that have ended with this piece, stripped."""
        self._coming += piece
        self._text += self._said_aloud()
        found: list[str] = []
        while not self.ended and (end := self._end()) is not None:
            sentence, self._text = self._text[:end], self._text[end:]
            found += [sentence.strip()] if sentence.strip() else []
            self._given = self._given or bool(sentence.strip())
            self.ended = self._given and _begins_a_line(sentence[-1:], self._text)
        return found

    def rest(self) -> str:
        """What has come since the last sentence, stripped, without a thought that has not ended."""
        text = self._text if self.thinks else self._text + self._coming
        self._text = self._coming = ""
        return "" if self.ended else text.strip()

    def _said_aloud(self) -> str:
        """Takes from what is coming all that is certain to be no thought."""
        said = ""
        while opens := _THOUGHT.search(self._coming):
            said, self._coming = said + self._coming[: opens.start()], self._coming[opens.start() :]
            closes = _THOUGHT_OVER.search(self._coming)
            if closes is None:
                return said
            self._coming = self._coming[closes.end() :]
        half = _PERHAPS_A_THOUGHT.search(self._coming)
        sure = half.start() if half else len(self._coming)
        said, self._coming = said + self._coming[:sure], self._coming[sure:]
        return said

    def _end(self) -> int | None:
        for found in _END.finditer(self._text):
            before = self._text[max(0, found.end() - LONGEST_SHORT) : found.end()]
            after = self._text[found.end() :].lstrip(" ")
            if _NUMBER.search(before) and (not after or after[0].isdigit()):
                if after:
                    continue
                return None  # "No." or "no. 5": the next piece tells
            if found[0] in _NEW_LINE or not _SHORT.search(before):
                return min(found.end(), LONGEST)
        return LONGEST if len(self._text) > LONGEST else None


def _begins_a_line(last: str, after: str) -> bool:
    next_one = after.lstrip(" ")[:1]
    return (last != "" and last in _NEW_LINE) or (next_one != "" and next_one in _NEW_LINE)
