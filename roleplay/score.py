"""What was seen in a reply, and what it is worth; every number with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What the sense says of one move in one reply. `unsure` moves no mood and costs nothing."""

    SHOWN = "shown"
    UNSURE = "unsure"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, slots=True)
class Sight:
    """One move looked for in one reply."""

    move: str
    verdict: Verdict
    opposite: bool = False
    """A counterexample was recognised: a hollow line, a near miss, a breach."""
    sentence: str = ""
    """The trainee's words that decided the verdict."""
    nearest: str = ""
    """The example (or counterexample, if `opposite`) nearest to them."""
    similarity: float = 0.0
    """Cosine of the two, -1..1, to 1e-4."""
    contrast: float = 0.0
    """How far the words lean to the examples (towards 1) or the counterexamples (towards -1), to 1e-4."""
    threshold: float = 0.0
    """The contrast from which the move counts as shown."""
    clear: bool = False
    """Well beyond the threshold: only then may it be held against the trainee."""
    held: bool = False
    """The sentence is one that the program itself holds: the customer hears it, and it earns nothing."""

    @property
    def shown(self) -> bool:
        return self.verdict is Verdict.SHOWN

    @property
    def unsure(self) -> bool:
        return self.verdict is Verdict.UNSURE


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the sense saw in one reply."""

    text: str
    words: int
    """Words in the reply (characters / 2 in scripts without spaces)."""
    sights: Mapping[str, Sight] = field(default_factory=dict)
    """By move id; a part of a step is `STEP.PART`."""
    repeated: bool = False
    """Nearly the trainee's own earlier reply."""

    def shown_moves(self) -> frozenset[str]:
        """Every move that was clearly there."""
        return frozenset(move for move, sight in self.sights.items() if sight.shown)

    def shown(self, move: str) -> bool:
        """Whether the move was clearly there; False for a move nobody looks for."""
        return move in self.sights and self.sights[move].shown

    def unsure(self, move: str) -> bool:
        """Whether the move may have been there."""
        return move in self.sights and self.sights[move].unsure

    def clearly(self, move: str) -> bool:
        """Whether the move was there beyond doubt."""
        return self.shown(move) and self.sights[move].clear

    def clearly_opposite(self, move: str) -> bool:
        """Whether a counterexample of the move was said beyond doubt."""
        return self.opposite(move) and self.sights[move].clear

    def opposite(self, move: str) -> bool:
        """Whether a counterexample of the move was said."""
        return move in self.sights and self.sights[move].opposite


@dataclass(frozen=True, slots=True)
class HeardReply:
    """One reply as the scorer sees it: what was seen in it, and what the call had come to when it was typed."""

    number: int
    """1 for the first."""
    reading: Reading
    calm: bool = True
    """The customer was matter-of-fact, and had let no feeling through so far."""
    feeling_before: bool = False
    """The customer had let a feeling through in the turn it answers."""
    story_before: bool = False
    """The customer's story was first told in the turn it answers."""
    signal_before: bool = False
    """A complaint or vulnerability could first be heard in the turn it answers."""
    held_before: bool | None = None
    """The caller was on hold just before it; True: after it had been announced. None: no hold."""
    asked_again: bool = False
    """It asked for something the customer had already told."""
    answered: frozenset[str] = frozenset()
    """Moves whose question the customer had answered by then: a fact that they unlock was told."""
    disclosed: bool = False
    """It offered or did something that touches account details."""
    step_done: bool = False
    """It did a step of the resolution."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the steps say at the end: the measure of first-call resolution with a persona."""

    won: bool
    share_done: float
    """0..1"""
    abandoned: bool = False


class Landing(StrEnum):
    """A criterion in one reply, in the words a trainee reads."""

    LANDED = "landed"
    PARTLY = "partly"
    NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A criterion that was due, and how it went."""

    criterion: str
    landing: Landing
    sight: Sight

    @property
    def value(self) -> float:
        """1, 0.5 or 0."""
        return {Landing.LANDED: 1.0, Landing.PARTLY: 0.5, Landing.NOT_YET: 0.0}[self.landing]


@dataclass(frozen=True, slots=True)
class Advice:
    """What the coach says beside a reply: at most one thing that landed and one next step."""

    landed: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class TurnScore:
    """One reply, measured. A dimension with nothing due is None."""

    dimensions: Mapping[str, float | None]
    """0..100 by dimension."""
    results: tuple[CriterionResult, ...]
    advice: Advice = Advice()


@dataclass(frozen=True, slots=True)
class CriterionTally:
    """A criterion over the whole call."""

    criterion: str
    value: float | None
    """0..1; None when it was never due."""
    landing: Landing | None
    best: Sight | None = None
    best_turn: int | None = None
    worst: Sight | None = None
    worst_turn: int | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The call, measured."""

    dimensions: Mapping[str, float | None]
    """0..100 by dimension; None: nothing to score."""
    overall: float | None
    """0..100, weighted; None when the call was left before every dimension could be scored."""
    passed: bool
    """Overall at the pass mark or above, and no critical criterion failed."""
    critical_failed: tuple[str, ...]
    tallies: tuple[CriterionTally, ...]
    as_graders: CallScore | None = None
    """Where graders taught the rubric: what the dimensions they graded stand on."""


TOO_LITTLE = "too little to score"
"""What a person reads where a call or a dimension has no number."""
BANDS = ((90, "excellent"), (75, "good"), (50, "getting there"))
"""The points from which a band begins, the highest first."""


def band(points: float) -> str:
    """The band of a score: 90, 75 and 50 are the borders."""
    for border, word in BANDS:
        if points >= border:
            return word
    return "needs practice"


class Basis(StrEnum):
    """What a criterion in a recorded call stands on."""

    DUE = "due"
    """The call asked for it."""
    ESTIMATED = "estimated"
    """Nobody can tell from the words alone whether it did."""
    NOT_ASKED = "not asked for"
    """It did not: not to have shown it is no fault."""


@dataclass(frozen=True, slots=True)
class CriterionSeen:
    """A criterion in a recorded call, whether or not it was due."""

    criterion: str
    verdict: Verdict
    value: float
    """0..1: for `do` the best reply's, for `avoid` the worst's."""
    reply: int
    """The number of the reply that decided it, 1 for the first; 0 where nothing was said that counts."""
    sentence: str = ""
    nearest: str = ""
    """The example (or counterexample) nearest to the sentence."""
    similarity: float = 0.0
    """Cosine of the two, -1..1, to 1e-4."""
    near_miss: bool = False
    """`nearest` is a counterexample: the sentence says the opposite, or only sounds like it."""
    asked_before: bool = False
    """`nearest` is the trainee's own earlier question, which this sentence asks again."""
    basis: Basis = Basis.ESTIMATED

    @property
    def shown(self) -> bool:
        return self.verdict is Verdict.SHOWN

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say of it to a person."""
        return self.shown or self.basis is not Basis.NOT_ASKED


@dataclass(frozen=True, slots=True)
class Influence:
    """One sentence and what it did to a dimension's points."""

    dimension: str
    sentence: str
    reply: int
    """The number of the reply, 1 for the first."""
    points: float
    """The score with it less the score without it."""
    like: str = ""
    """The graded reply nearest to it, where that explains it: graded well if it raised, poorly if it lowered."""
    like_graded: float | None = None
    """What that reply was graded, 0..100; None where it was not graded on this dimension."""


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A sentence that counted for nothing."""

    sentence: str
    reply: int
    why: str


@dataclass(frozen=True, slots=True)
class CallScore:
    """A recorded call, measured. Every dimension is estimated from all criteria and graded calls, due or not."""

    id: str
    dimensions: Mapping[str, float | None]
    """0..100 by dimension; None where the trainee said too little to be measured."""
    overall: float | None
    bands: Mapping[str, float]
    """By dimension: points either side within which four of five graded calls lay when they were left out."""
    criteria: tuple[CriterionSeen, ...] = ()
    influences: tuple[Influence, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    uptake: float | None = None
    """How closely the replies take up what the customer said, 0..1; None where the customer said nothing."""
    taught: bool = False
    """The rubric was fitted on this very call: that the score agrees with its grade proves nothing."""
