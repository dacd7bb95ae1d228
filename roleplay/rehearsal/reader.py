"""A reader of customers' lines who knows nothing of the guards: plain words and counting, to check what was shown.

It is meant to be simple enough to be believed, and shares no code with `customer.voice.guards`.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from roleplay.customer.voice.cue import Cue
from roleplay.persona import Fact

MOST_WORDS = 80
"""Of a turn; twice the mind's own line where that is long."""
MOST_SENTENCES = 6
FEWEST_WORDS = 5
"""Words in a row that are the same, from which a fact was told, or a sentence repeated."""
AGENT_SAYS = (
    "how can i help", "how may i help", "how can i assist", "how may i assist", "can i help you", "i can help you",
    "i'm here to help", "i am here to help", "happy to help", "glad to help", "help you with that", "assist you",
    "our team", "our company", "our policy", "our records", "our system", "thank you for calling",
    "thank you for contacting", "thank you for your patience", "thank you for reaching out", "for your patience",
    "we apologize", "we apologise", "i apologize for the inconvenience", "sorry for the inconvenience",
    "sorry to hear that you", "let me check that for you", "i'll look into", "i will look into", "we can offer you",
    "your satisfaction", "please provide your", "could you please provide", "can you provide your",
    "can i have your name", "what is your order number", "is there anything else i can",
)  # fmt: skip
OUT_OF_PART = (
    "as an ai", "language model", "i am an ai", "i'm an ai", "chatbot here", "roleplay", "role-play", "the persona",
    "system prompt", "my instructions", "as a customer,", "in this scenario",
)  # fmt: skip
PLEASED = (
    "that solves", "problem solved", "that's perfect", "that is perfect", "all sorted now", "thank you so much",
    "thanks so much", "i'm happy with that", "that works for me", "goodbye", "bye for now", "have a great day",
    "have a nice day",
)  # fmt: skip
_LABEL = re.compile(
    r"(?:^|\s)(?:agent|assistant|support|customer|caller|user|system|rep|representative) ?:", re.IGNORECASE
)
_NUMBER_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ENDS_WELL = frozenset({"thaw", "accept", "settled", "goodbye", "passed_on", "goodbye_unresolved", "hang_up"})


class Slip(StrEnum):
    """What a line may do that no customer's line should."""

    AGENT = "in_the_agents_part"
    OUT = "out_of_part"
    LEAK = "locked_fact"
    FIGURE = "invented_figure"
    RUN_ON = "run_on"
    REPEAT = "repeat"
    EARLY = "early_resolution"
    CONTROL = "control_character"


def read(line: str, cue: Cue) -> frozenset[Slip]:
    """All that is wrong with a customer's line in its turn."""
    said = " ".join(line.lower().replace("’", "'").split())
    own = " ".join(cue.persona.model_dump_json().lower().replace("’", "'").split())
    found = {
        Slip.AGENT: _any_of(AGENT_SAYS, said, own) or bool(_LABEL.search(line)),
        Slip.OUT: _any_of(OUT_OF_PART, said, own),
        Slip.LEAK: any(_told(fact, line, cue) for fact in cue.locked),
        Slip.FIGURE: not _numbers(line) <= _numbers(f"{cue.may_mention()} {cue.persona.brief}", every_word=True),
        Slip.RUN_ON: _runs_on(line, cue),
        Slip.REPEAT: _repeats(line, cue),
        Slip.EARLY: cue.plan.intent not in _ENDS_WELL and _any_of(PLEASED, said, " ".join(cue.lines).lower()),
        Slip.CONTROL: any(
            unicodedata.category(one) in ("Cc", "Cf", "Co", "Cs") and one not in "\n\u200d" for one in line
        ),
    }
    return frozenset(slip for slip, is_so in found.items() if is_so)


def _any_of(phrases: tuple[str, ...], said: str, own: str) -> bool:
    """Whether a phrase is in the line that the persona's file itself does not have."""
    return any(re.search(rf"\b{re.escape(phrase)}", said) and phrase not in own for phrase in phrases)


def _told(fact: Fact, line: str, cue: Cue) -> bool:
    """A number of the fact, or five of its words in a row, that nobody has said before."""
    open_words = f"{cue.may_mention()} {cue.persona.brief}"
    if (_numbers(fact.says) - _numbers(open_words, every_word=True)) & _numbers(line):
        return True
    return bool((_runs(fact.says) - _runs(open_words)) & _runs(line))


def _numbers(text: str, *, every_word: bool = False) -> set[str]:
    """Numbers in digits, without the zeros before them; number words up to twenty count, as they are met.

    `every_word`: also those that are said of anything, in a text from which numbers are known: who was told "two days"
    may say "2".
    """
    text = _COUNTS_NOTHING.sub(" ", text)
    digits = {found.lstrip("0") or "0" for found in re.findall(r"\d+", text)}
    least = 0 if every_word else _SAID_OF_ANYTHING + 1
    return digits | {str(at) for at, word in enumerate(_NUMBER_WORDS) if at >= least and _has(text, word)}


_COUNTS_NOTHING = re.compile(r"\b(?:(?:two|five|ten) (?:minutes|seconds)|24/7)\b", re.IGNORECASE)
"""Ways to say "a moment" and "always"."""
_SAID_OF_ANYTHING = 3
"""Number words up to here ("two", "three things") are in every talk."""


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{word}\b", text.lower()) is not None


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + FEWEST_WORDS]) for at in range(len(words) - FEWEST_WORDS + 1)}


def _runs_on(line: str, cue: Cue) -> bool:
    own = " ".join(cue.lines)
    return len(line.split()) > max(MOST_WORDS, 2 * len(own.split())) or _sentences(line) > max(
        MOST_SENTENCES, 2 * _sentences(own)
    )


def _sentences(text: str) -> int:
    return len([one for one in re.split(r"[.!?…]+", text) if one.strip()])


def _repeats(line: str, cue: Cue) -> bool:
    """A whole sentence said before, where the mind's own line is not the same again."""
    before = {tuple(_words(one)) for earlier in cue.earlier_lines for one in re.split(r"[.!?…]+", earlier)}
    own = {tuple(_words(one)) for mine in cue.lines for one in re.split(r"[.!?…]+", mine)}
    said = {tuple(_words(one)) for one in re.split(r"[.!?…]+", line)}
    return any(len(one) >= FEWEST_WORDS and one in before and one not in own for one in said)
