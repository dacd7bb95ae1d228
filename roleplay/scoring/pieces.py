"""A reply as the pieces that may earn something: its sentences, less those that say nothing to this customer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from roleplay.move import Move
from roleplay.rubric import Criterion
from roleplay.scoring.language import other_language
from roleplay.scoring.sentences import WORD, count_words, sentences, without_filler


class Void(StrEnum):
    """Why a sentence counts for nothing, for good or ill."""

    REPEATED = "was said before"
    TO_THE_GRADER = "speaks to the grader, not to the customer"
    OTHER_LANGUAGE = "is in another language than the call"
    WORDS = "is a list of words, not a sentence"
    HELD = "is a line that the program itself holds"


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of a reply."""

    text: str
    """As it was written."""
    spoken: str
    """Without "um" and the like: what is embedded."""
    void: Void | None = None
    """None: nothing speaks against it."""
    words: int = 0
    """Of what is spoken."""

    @property
    def counts(self) -> bool:
        """A lone word ("Okay.") says nothing by itself, however near it is to somebody's short line."""
        return self.void is None and self.words >= FEWEST_WORDS


FEWEST_WORDS = 2
"""Words of the shortest piece that is measured."""
LONGEST_STEM = 5
FEWEST_STEMS = 4
REPEATED_SHARE = 0.7
"""Two sentences of at least so many different words, cut to so many letters, of which this share is common to both,
are one said twice."""
FEWEST_WORDS_HELD = 7
"""Words from which a line equal to one of the program's is taken for a copy; shorter ones are everybody's."""
MOST_LEFT_OUT = 2
"""A sentence that only leaves out so many words of an earlier one says it again, whatever the share."""
MOST_WORDS_IN_ITEM = 3
FEWEST_ITEMS = 4
"""Items of at most so many words each that make a list of words, if hardly any of them is a sentence's glue."""
MOST_GLUE = 0.125
"""Share of glue words ("I", "you", "is", "the") up to which a list is one."""

_SOMEBODY_ELSE = re.compile(
    r"\W*(?:the )?(?:customer|caller|client|system|assistant|user|grader|coach"
    r"|(?:p\.?s\.? )?(?:note )?to (?:the |my |whoever )?(?:coach|grader|trainer|checks this|scorer|model|system))"
    r"(?: says)?\s*:|\W*(?:dear |hey )?(?:grader|evaluator|scorer|coach)\s*,",
    re.IGNORECASE,
)
"""A sentence put into another mouth, or addressed to the program, is no word to the customer."""
_TO_THE_PROGRAM = (
    # asking for marks
    r"\b(?:full|top|highest) (?:marks?|scores?|grades?)\b|\bten out of ten\b",
    r"\b(?:mark|score|grade|rate|assess) (?:this|it|me)\b.{0,60}\b(?:excellent|perfect|full|shown|met|hundred|100)\b",
    r"\b(?:mark|score|grade|rate|assess) (?:this|it|me) (?:highly|generously|as (?:taking|showing))\b",
    r"\bcounts? (?:this |it |that )?as (?:taking|showing|shown|an? (?:acknowledg|reflect|example))",
    r"\b(?:always|must) be (?:scored|graded|marked|rated)\b|\bbefore you (?:grade|score|mark|rate)\b",
    # naming what grades
    r"\b(?:all|every|each|any|the|your|listed) criteri(?:a|on)\b.{0,40}\b(?:shown|met|full|passed|landed)",
    r"\bcounterexamples?\b|\b(?:the|your) (?:rubric|grader|scorer|evaluator|scorecard|embedding)\b",
    r"\b(?:dear|hey|hello) (?:model|grader|ai)\b|\b(?:lower|higher) (?:grade|mark)\b",
    r"\b(?:highest|higher) similarity\b|\bdeveloper mode\b|\bassessor (?:confirms|agrees|notes)\b",
    r"\bthe (?:trainee|agent) (?:was perfect|greeted|acknowledged)\b",
    r"\bignore (?:all |any |the |your |previous |prior |above )+(?:instruct|rules?|counter|criteri|prompt)",
    # the look of a program
    r"(?-i:\b[a-z]+(?:_[a-z]+)+)\s*(?:=|:|yes\b|shown\b)|\"(?:criterion|verdict|score)\"\s*:",
    r"</?(?:reply|score|system|grader|turn|assistant|user)\b|#\s*end of (?:transcript|call|reply)",
    r"\b(?:smoothness|listening|overall)\s*[=:]\s*\"?\d",
    r"[\[{(]\s*(?:grader|system|score|scoring|assessment|note to)\b[^)\]]{0,40}[:=]",
)
_ABOUT_GRADING = re.compile("|".join(_TO_THE_PROGRAM), re.IGNORECASE)
_GLUE_WORDS = (
    "i i'm i'll i've i'd you you're you'll your we we'll we're our us he she it it's they them their my me is are was "
    "were be been am do does did have has had will would can could may might shall should the a an this that there "
    "hello hi good morning afternoon evening thanks thank please sorry welcome bye mr mrs ms "
    "here to of in on at for with from by if when what who how why where not no yes so but because"
)
_GLUE = frozenset(_GLUE_WORDS.split())
_ITEM_ENDS = re.compile(r"\s*(?:[,;|/+=•·→]|\s[-–—]\s|\.\s*$)\s*")


def cut(
    text: str, language: str, held: AbstractSet[str] = frozenset(), said: list[frozenset[str]] | None = None
) -> tuple[Piece, ...]:
    """The pieces of a reply in order, each with the reason if it counts for nothing.

    `held`: keys (`line_key`) of the program's own lines; `said`: the stems of what was said before in the call,
    to which this reply's are added.
    """
    before = [] if said is None else said
    pieces = []
    for sentence in sentences(text, language):
        spoken = without_filler(sentence, language)
        key = _key(spoken)
        stems = _stems(key)
        void = Void.REPEATED if _repeats(stems, before) else _void(sentence, key, language, held)
        pieces.append(Piece(sentence, spoken, void, count_words(spoken)))
        before.append(stems)
    return tuple(_whole_lists(pieces) if language.startswith("en") else pieces)


@lru_cache(maxsize=4096)  # of one sentence it is asked for every criterion that it shows
def line_key(line: str) -> str:
    """The words of a line alone: letter case, punctuation and filler make no difference."""
    return _key(without_filler(line, "en"))  # as replies are cut, so that it is worked out once


def held_lines(moves: Iterable[Move]) -> frozenset[str]:
    """Keys of the scored lines that the program shows to people and that are long enough to be known again."""
    criteria = [move for move in moves if isinstance(move, Criterion)]
    lines = [line for one in criteria for line in (*one.examples, one.better_line)]
    return frozenset(line_key(line) for line in lines if count_words(line) >= FEWEST_WORDS_HELD)


def _key(spoken: str) -> str:
    return " ".join(WORD.findall(spoken.casefold()))


def _stems(key: str) -> frozenset[str]:
    """The words of a sentence, endings and order aside."""
    return frozenset(word[:LONGEST_STEM] for word in key.split())


def _repeats(stems: frozenset[str], before: Iterable[frozenset[str]]) -> bool:
    """Whether nearly the same words were said before; of two or three words only the very same."""
    if len(stems) < FEWEST_WORDS:
        return False
    return any(stems == other or (len(stems) >= FEWEST_STEMS and _nearly(stems, other)) for other in before)


def _nearly(stems: frozenset[str], other: frozenset[str]) -> bool:
    shortened = stems <= other and len(other) - len(stems) <= MOST_LEFT_OUT
    return shortened or len(stems & other) >= REPEATED_SHARE * len(stems | other)


def _void(sentence: str, key: str, language: str, held: AbstractSet[str]) -> Void | None:
    if _SOMEBODY_ELSE.match(sentence) or _ABOUT_GRADING.search(sentence):
        return Void.TO_THE_GRADER
    if key in held:
        return Void.HELD
    if other_language(sentence, language):
        return Void.OTHER_LANGUAGE
    return Void.WORDS if language.startswith("en") and _is_a_list(sentence) else None


def _is_a_list(sentence: str) -> bool:
    """Whether it only names things: "Empathy, name, feelings, summary"."""
    items = [item for item in _ITEM_ENDS.split(sentence) if item.strip()]
    if len(items) < FEWEST_ITEMS:
        return False
    words = [word.casefold().replace("’", "'") for word in WORD.findall(sentence)]
    if any(word.isdigit() for word in words):
        return False  # counted, dated or spelt out: that says something
    short = sum(len(WORD.findall(item)) <= MOST_WORDS_IN_ITEM for item in items)
    glue = sum(word in _GLUE for word in words)
    return short >= len(items) - 1 and glue <= MOST_GLUE * len(words)


def _whole_lists(pieces: list[Piece]) -> Iterable[Piece]:
    """Words one by one, each with a full stop, are a list as well."""
    lone = [count_words(piece.text) == 1 for piece in pieces]
    if sum(lone) >= FEWEST_ITEMS and sum(lone) >= len(pieces) - 1:
        return [replace(piece, void=piece.void or Void.WORDS) for piece in pieces]
    return pieces
