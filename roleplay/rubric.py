"""The rubric: what a reply is measured against."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from roleplay.move import Frozen, Identifier, Lines, Move, Value

Opportunity = Literal[
    "customer_shows_feeling",
    "customer_tells_story",
    "customer_gives_signal",
    "hold",
]
"""Something in the call that makes a criterion due in the next replies."""


class Due(Frozen):
    """When a criterion is asked of a reply. Exactly one of `at`, `after` and `before` is given."""

    at: Literal["opening", "any", "every", "closing"] | None = None
    """`opening`: the first replies; `any`: once, anywhere; `every`: each reply; `closing`: at the end."""
    after: Opportunity | None = None
    """After each time this happens, within `within_replies`."""
    before: Literal["disclosing", "hold", "closing"] | None = None
    """Some time before this; a call without it never asks for the criterion."""
    within_replies: Annotated[int, Field(ge=1, le=20)] = 2
    """How many replies the trainee has for it, counted from the moment it becomes due."""
    when: Literal["customer_is_calm", "customer_shows_feeling"] | None = None
    """Only while the customer is so."""

    @property
    def is_about_hold(self) -> bool:
        """Whether only a call with a hold asks for it."""
        return "hold" in (self.after, self.before)

    @property
    def is_sure(self) -> bool:
        """Whether every call asks for it, whatever happens in it."""
        return (self.at is not None or self.before == "closing") and self.when is None


class Criterion(Move):
    """A scored move."""

    title: str
    """Two to five plain words, shown to the trainee."""
    dimension: Identifier
    """smoothness, listening, first_call_resolution, or another that the rubric weighs."""
    mode: Literal["do", "avoid"] = "do"
    """`do`: a reply earns it by an example; `avoid`: a reply loses it by a counterexample (a breach)."""
    critical: bool = False
    """A call that fails it is not passed, whatever the number."""
    weight: Annotated[float, Field(gt=0, le=10)] = 1
    """Its share in the dimension."""
    due: Due
    """When it is asked of a reply."""
    breached_by: tuple[Identifier, ...] = ()
    """For `avoid`: unscored moves of this rubric that breach it as a counterexample does."""
    value: Value | None = None
    """A value that shows it as well, read by code."""
    landed: str = ""
    """What the coach says when it was shown."""
    next_step: str = ""
    """What the coach suggests when it was missed; at most 15 words a sentence."""
    better_line: str = ""
    """How a better line is built; names no case."""
    why: str = ""
    """Why it matters, for the trainee."""


OVERALL = "overall"
"""The whole of a call, beside its dimensions."""
LEAST_AGREEMENT = 0.1
"""Rank correlation above which its lower bound must lie for something to have been learnt."""


class Agreement(Frozen):
    """How a fit agrees with the graders on one dimension, on calls that were left out while it learnt."""

    calls: int
    """Calls that were graded on it."""
    spearman: float
    """Rank correlation, -1..1,"""
    low: float
    """and the lower"""
    high: float
    """and upper end of its 95 % interval, by bootstrap."""
    band: float
    """Points either side of a score within which four of five left-out calls were graded."""
    best_baseline: str = ""
    """The simple count (length, question marks, polite words, word overlap) that agrees most with the graders,"""
    baseline_spearman: float = 0.0
    """and how far it does."""

    @property
    def doubt(self) -> str:
        """Why not to rely on the score yet; nothing where it may be relied on."""
        return doubt(self.calls, (self.spearman, self.low, self.high), (self.best_baseline, self.baseline_spearman))


def doubt(calls: int, agreement: tuple[float, float, float], baseline: tuple[str, float]) -> str:
    """Why not to rely on a score, in words; nothing where it may be relied on.

    `agreement`: rank correlation with the grades and the ends of its interval; `baseline`: the best simple count's.
    """
    spearman, low, high = agreement
    name, reached = baseline
    if high <= LEAST_AGREEMENT:
        return "it does not rank calls as you do"
    if low <= LEAST_AGREEMENT:
        return f"{calls} calls are too few to tell whether it ranks them as you do"
    if abs(reached) >= spearman:
        return f"counting {name} would agree with you as well ({reached:.2f})"
    return ""


class MostWrong(Frozen):
    """A graded call on which the fit and the graders are furthest apart: what to read next."""

    id: str
    dimension: Identifier
    graded: float
    """0..100"""
    scored: float
    """0..100, when the call was left out."""


class Fit(Frozen):
    """What graded calls taught; the numbers stand in an array beside the file."""

    array: Annotated[str, Field(pattern=r"^[^/\\]+\.npz$")]
    """The array's file name, in the same folder."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Of the array's bytes."""
    embedder: str
    """Fingerprint of the embedder it was learnt with; under another one it means nothing."""
    graded_by: Literal["graders", "authors"]
    """`graders`: a trainer's own graded calls; `authors`: graded replies that were written with the rubric."""
    reads: Literal["trainee", "whole_call"] = "trainee"
    """`whole_call`: it reads the customer's turns as well, so it foretells outcomes and grades no person."""
    calls: int
    """Graded calls it learnt from."""
    agreement: dict[Identifier, Agreement] = Field(default_factory=dict)
    """By dimension, or `overall`."""
    gaps: dict[Identifier, float] = Field(default_factory=dict)
    """By way of writing the mean points above (or, below 0, under) the same acts in standard English."""
    most_wrong: tuple[MostWrong, ...] = ()
    seal: str = ""
    """sha256 of everything else in this file, for a fit by graders: what was fitted is not edited by hand."""


class Rubric(Frozen):
    """A whole rubric. `id` equals the file's stem."""

    format: Literal[1]
    id: Identifier
    title: str
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    """BCP 47 language of the lines."""
    embedder: str = "all-minilm-l6-v2"
    """The embedder that reads replies under this rubric; also any sentence-transformers name."""
    about: str = ""
    pass_mark: Annotated[float, Field(ge=0, le=100)] = 75
    """Overall points (0..100) from which a call counts as passed, if no critical criterion failed."""
    weights: dict[Identifier, Annotated[float, Field(gt=0)]] = Field(
        default_factory=lambda: {"first_call_resolution": 40.0, "listening": 30.0, "smoothness": 30.0}
    )
    """Each dimension's share in the overall score."""
    review_by: date | None = None
    """`check` warns after this day."""
    criteria: tuple[Criterion, ...]
    moves: tuple[Move, ...] = ()
    """Seen, not scored; personas may react to them."""

    fit: Fit | None = None
    """Written by `roleplay rubric fit`; None: scores are estimated from the criteria alone."""

    def all_moves(self) -> tuple[Move, ...]:
        """Criteria and unscored moves together, in file order."""
        return (*self.criteria, *self.moves)

    def criterion(self, identifier: str) -> Criterion:
        """The criterion of that id. Raises KeyError."""
        return next((one for one in self.criteria if one.id == identifier), None) or _missing(identifier)

    @property
    def was_fitted(self) -> bool:
        """Whether graders' own calls have taught this rubric; what its authors graded does not count."""
        return self.fit is not None and self.fit.graded_by == "graders"

    @property
    def measures(self) -> tuple[str, ...]:
        """What a call can be graded and scored on: the dimensions, and the whole."""
        return (*self.weights, OVERALL)

    @property
    def plain(self) -> Rubric:
        """The rubric without what was learnt."""
        return self.model_copy(update={"fit": None})


def _missing(identifier: str) -> Criterion:
    raise KeyError(identifier)


__all__ = ["Agreement", "Criterion", "Due", "Fit", "Identifier", "Lines", "MostWrong", "Move", "Opportunity", "Rubric"]
