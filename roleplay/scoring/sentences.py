"""A reply, cut into the pieces that are measured: its sentences, and windows of two."""

from __future__ import annotations

import re
from itertools import pairwise

LONGEST_REPLY_SENTENCES = 60
"""Sentences measured in one reply; a 20,000-character paste has no more to say than that."""
LONGEST_SENTENCE = 600
"""Characters of one sentence that are measured; the embedder reads no further anyway."""
_RUN_ON = re.compile(r"(?<=[a-z0-9])\s*([.!?])\s*(?=[a-z])", re.IGNORECASE)
_FILLER = re.compile(r"(?:,\s*)?(?<![\w'’-])(?:u+m+|u+h+m*|e+r+m*|h+m+|you know)(?![\w'’-])[,… ]*", re.IGNORECASE)
_TAG = re.compile(r",?\s*you know\s*\?$", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:who|what|when|where|why|how|which|can|could|would|will|do|does|did|is|are|may|have|has)\b", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:(?:well|so|look|i mean|basically|actually)[,…]+\s*)+", re.IGNORECASE)
_LINK = re.compile(r"@\w|www\.|://|\w\.(?:com|org|net|co|uk|eu|de)\b", re.IGNORECASE)
_WORDS = re.compile(r"\w+(?:['’-]\w+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")


def sentences(text: str, language: str) -> tuple[str, ...]:
    """The sentences of a reply in order, stripped, none empty; at most LONGEST_REPLY_SENTENCES."""
    from sentencex import segment  # noqa: PLC0415 - a native module, not needed before the first reply

    found: list[str] = []
    for line in text.splitlines():
        found += [piece for one in segment(language, line) for piece in _clauses(one)]
    return tuple(piece[:LONGEST_SENTENCE] for piece in found[:LONGEST_REPLY_SENTENCES])


def without_filler(piece: str) -> str:
    """The piece without "um", "you know" and the like, which say nothing."""
    return " ".join(_FILLER.sub(" ", _TAG.sub("?" if _ASKS.match(piece) else ".", _LEADING.sub("", piece))).split())


def windows(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Each two neighbours as one piece: an act is often said over two sentences."""
    return tuple(f"{one} {other}" for one, other in pairwise(pieces))


def count_words(text: str) -> int:
    """Words; in scripts without spaces two characters count as one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORDS.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2


def _clauses(sentence: str) -> list[str]:
    """Quick typists forget the space or the capital after a full stop; the library then sees one sentence."""
    if _LINK.search(sentence):
        return [sentence.strip()]
    marked = (
        _RUN_ON.sub(r"\1\n", sentence) if " ." in sentence or re.search(r"[a-z][.!?][a-z]{2}", sentence) else sentence
    )
    return [piece.strip() for piece in marked.split("\n") if piece.strip().strip(" .!?,;-")]
