"""A reply, cut into the pieces that are measured: its sentences, and windows of two."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from roleplay.scoring.spelling import usual_spelling

LONGEST_REPLY_SENTENCES = 60
"""Sentences measured in one reply; a 20,000-character paste has no more to say than that."""
LONGEST_SENTENCE = 600
"""Characters of one sentence that are measured; the embedder reads no further anyway."""
_RUN_ON = re.compile(r"(?<=[a-z0-9])\s*([.!?])\s*(?=[a-z])", re.IGNORECASE)
_FILLER = re.compile(r"(?:,\s*)?(?<![\w'’-])(?:u+m+|u+h+m*|e+r+m*|h+m+|you know)(?![\w'’-])[,… ]*", re.IGNORECASE)
_ASIDES = (
    "honestly|basically|literally|frankly|to be (?:fair|honest)(?: with you)?|at the end of the day|(?:like|as) i said"
    "|so to (?:say|speak)|as it were|if you (?:will|like|don't mind)|as they say|kind of|sort of|i mean|in a manner of "
    "speaking|when all's said and done|what can i say|really|obviously|like|right|well|look|so|okay|yeah"
)
_ASIDE = re.compile(rf"(?<=[\w'’])\s*,\s*(?:{_ASIDES})(?=\s*[,.!?]|\s*$)", re.IGNORECASE)
"""What is said between commas and says nothing."""
_TAG = re.compile(r",?\s*you know\s*\?$", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:who|what|when|where|why|how|which|can|could|would|will|do|does|did|is|are|may|have|has)\b", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:(?:well|so|look|i mean|basically|actually)[,…]+\s*)+", re.IGNORECASE)
FEWEST_WORDS_RUN_ON = 14
"""Words without punctuation from which several sentences may have run together;"""
FEWEST_WORDS_CLAUSE = 4
"""and the words of the shortest that is then cut off."""
_PUNCTUATED = re.compile(r"[,;:.!?–—()]")
_NEW_CLAUSE = re.compile(
    r"(?<=\S)\s+(?=(?:(?:and|so|but|then|because|okay|now|also) )"
    r"(?:i|i'm|i'll|ill|im|you|we|we'll|it|that|that's|there|what|when|can|could|do|is|are|if|let|please)\b)",
    re.IGNORECASE,
)
_CASUAL_CLAUSE = re.compile(
    r"(?<=\S)(?:,\s*(?=(?:(?:and|so|but|then)\s+)?(?:i|i'm|i'll|i've|im|ill|ive|you|you're|you'll|we|we'll|we're|it|it's"
    r"|its|that|that's|there|they|what|which|when|where|who|how|let|please|thanks|sorry"
    r"|would|could|can|is|are|do|did|does|shall|may|will)\b)"
    r"|\s+(?=(?:(?:would|could|can|will|shall|may|is|are)\s+(?:you|i|we|it|that|there)|(?:do|did|does)\s+(?:you|i|we))\b))",
    re.IGNORECASE,
)
"""Where a new clause begins for those who type without capitals and full stops: after a comma, or with a question."""
_LEADS_ON = re.compile(
    r"\b(?:(?:which|what|whose|how)(?:\s\w+){0,5}|(?:and|so|but|or|that|whatever|who|where|when|why)(?:\s\w+)?)$",
    re.IGNORECASE,
)
"""... unless the question began before ("which trip would you like")."""
FEWEST_WORDS_CASUAL = 8
FEWEST_WORDS_CASUAL_CLAUSE = 3
_LINK = re.compile(r"@\w|www\.|://|\w\.(?:com|org|net|co|uk|eu|de)\b", re.IGNORECASE)
WORD = re.compile(r"\w+(?:['’-]\w+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")


def sentences(text: str, language: str) -> tuple[str, ...]:
    """The sentences of a reply in order, stripped, none empty; at most LONGEST_REPLY_SENTENCES."""
    from sentencex import segment  # noqa: PLC0415 - a native module, not needed before the first reply

    found: list[str] = []
    for line in text.splitlines():
        found += [piece for one in segment(language, line) for piece in _clauses(one)]
    return tuple(piece[:LONGEST_SENTENCE] for piece in found[:LONGEST_REPLY_SENTENCES])


@lru_cache(maxsize=16384)  # asked of one piece a few times, and of a rubric's lines; about 5 MiB when full
def without_filler(piece: str, language: str = "en") -> str:
    """The piece as it is embedded: without "um" and the like, which say nothing, and spelt the usual way."""
    kept = _FILLER.sub(" ", _TAG.sub("?" if _ASKS.match(piece) else ".", piece)).strip()
    kept = _ASIDE.sub("", _LEADING.sub("", kept)) if "," in kept else _LEADING.sub("", kept)
    return " ".join((usual_spelling(kept) if language.startswith("en") else kept).split())


def windows(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Each two neighbours as one piece: an act is often said over two sentences."""
    return tuple(f"{one} {other}" for one, other in pairwise(pieces))


@lru_cache(maxsize=4096)  # of one sentence it is asked for every move
def count_words(text: str) -> int:
    """Words; in scripts without spaces two characters count as one."""
    if text.isascii():
        return len(WORD.findall(text))
    unspaced = len(_UNSPACED.findall(text))
    return len(WORD.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2


def _clauses(sentence: str) -> list[str]:
    """Quick typists forget the space or the capital after a full stop, and who dictates says none at all."""
    if _LINK.search(sentence):
        return [sentence.strip()]
    marked = (
        _RUN_ON.sub(r"\1\n", sentence) if " ." in sentence or re.search(r"[a-z][.!?][a-z]{2}", sentence) else sentence
    )
    pieces = [piece.strip() for piece in marked.split("\n") if piece.strip().strip(" .!?,;-")]
    return [clause for piece in pieces for part in _casual(piece) for clause in _unpunctuated(part)]


def _casual(piece: str) -> list[str]:
    """What was typed without capital and full stop, cut where its commas and questions begin a new clause."""
    if piece[:1] != piece[:1].lower() or piece[-1:] in ".!?" or len(piece.split()) < FEWEST_WORDS_CASUAL:
        return [piece]
    clauses: list[str] = []
    begin = 0
    for found in _CASUAL_CLAUSE.finditer(piece):
        before = piece[begin : found.start()]
        leads_on = not found[0].startswith(",") and _LEADS_ON.search(before)
        shorter = min(len(before.split()), len(piece[found.end() :].split()))
        if not leads_on and shorter >= FEWEST_WORDS_CASUAL_CLAUSE:
            clauses.append(before)
            begin = found.end()
    return [*clauses, piece[begin:]]


def _unpunctuated(piece: str) -> list[str]:
    """A long run of words without a single comma is cut where a new clause begins."""
    if len(piece.split()) < FEWEST_WORDS_RUN_ON or _PUNCTUATED.search(piece.rstrip(" .!?")):
        return [piece]
    clauses: list[str] = []
    for clause in _NEW_CLAUSE.split(piece):
        if clauses and min(len(clause.split()), len(clauses[-1].split())) < FEWEST_WORDS_CLAUSE:
            clauses[-1] += f" {clause}"
        else:
            clauses.append(clause)
    return clauses
