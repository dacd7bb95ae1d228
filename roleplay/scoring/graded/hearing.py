"""A recorded call as it is measured: who said what to whom, in sentences. Texts only; vectors come later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby

from roleplay.scoring.pieces import Piece, cut
from roleplay.scoring.sentences import WORD, count_words, sentences, without_filler
from roleplay.transcript import Speaker, Transcript

FEWEST_WORDS_SCORED = 3
"""Words of the trainee's in a whole call below which there is nothing to score."""
COPIED_RUN = 3
"""Words in a row, as the customer said them, that count as copied."""
_YOU = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "i'm": "you're", "i've": "you've", "we": "you", "us": "you",
    "our": "your", "am": "are", "was": "were", "myself": "yourself", "we're": "you're", "we've": "you've",
    "i'd": "you'd",
}  # fmt: skip
"""How a customer's words change in an agent's mouth; copying is copying all the same."""


@dataclass(frozen=True, slots=True)
class HeardTurn:
    """One reply of the trainee's."""

    text: str
    pieces: tuple[Piece, ...]
    answers: int | None
    """The number of the customer's turn just before it; None if none came before."""
    copied: tuple[float, ...]
    """For each piece the share of its words that stand in a run taken from that turn, 0..1."""


@dataclass(frozen=True, slots=True)
class HeardCall:
    """A recorded call."""

    id: str
    replies: tuple[HeardTurn, ...]
    customer: tuple[tuple[str, ...], ...]
    """The sentences of each of the customer's turns."""
    customer_words: tuple[int, ...]
    ends_with_customer: bool
    reactions: tuple[tuple[int, int], ...]
    """Reply and the customer's turn that followed it, by number."""

    @property
    def is_scored(self) -> bool:
        """Whether the trainee said enough to the customer to be measured."""
        said = (piece for reply in self.replies for piece in reply.pieces if piece.counts)
        return sum(count_words(piece.text) for piece in said) >= FEWEST_WORDS_SCORED

    def texts(self) -> Iterator[str]:
        """Every text that is embedded, repetitions included."""
        for reply in self.replies:
            yield from (piece.spoken for piece in reply.pieces if piece.counts)
        for turn in self.customer:
            yield from turn


def hear(transcript: Transcript, language: str, held: AbstractSet[str]) -> HeardCall:
    """Cut a call into what is measured. Several messages in a row make one turn."""
    replies: list[HeardTurn] = []
    customer: list[tuple[str, ...]] = []
    words: list[int] = []
    reactions: list[tuple[int, int]] = []
    said: list[frozenset[str]] = []
    last: Speaker | None = None
    spoken = [turn for turn in transcript.turns if turn.text.strip()]  # exports hold empty turns: nobody spoke
    for speaker, turns in groupby(spoken, key=lambda turn: turn.speaker):
        text = "\n".join(turn.text for turn in turns)
        if speaker is Speaker.CUSTOMER:
            if last is Speaker.TRAINEE:
                reactions.append((len(replies) - 1, len(customer)))
            customer.append(tuple(without_filler(one, language) for one in sentences(text, language)))
            words.append(count_words(text))
        else:
            pieces = cut(text, language, held, said)
            heard = " ".join(customer[-1]) if customer else ""
            replies.append(HeardTurn(text, pieces, len(customer) - 1 if customer else None, _copied(pieces, heard)))
        last = speaker
    return HeardCall(
        transcript.id, tuple(replies), tuple(customer), tuple(words), last is Speaker.CUSTOMER, tuple(reactions)
    )


def _copied(pieces: Sequence[Piece], heard: str) -> tuple[float, ...]:
    """Copied share of each piece, "my" and "your" being one word."""
    theirs = _words(heard)
    runs = {tuple(theirs[at : at + COPIED_RUN]) for at in range(len(theirs) - COPIED_RUN + 1)}
    return tuple(_share(_words(piece.spoken), runs) for piece in pieces)


def _share(words: Sequence[str], runs: AbstractSet[tuple[str, ...]]) -> float:
    if not words or not runs:
        return 0.0
    taken = [False] * len(words)
    for at in range(len(words) - COPIED_RUN + 1):
        if tuple(words[at : at + COPIED_RUN]) in runs:
            taken[at : at + COPIED_RUN] = [True] * COPIED_RUN
    return sum(taken) / len(taken)


def _words(text: str) -> list[str]:
    found = WORD.findall(text.casefold().replace("’", "'"))
    return [_YOU.get(word, word) for word in found]
