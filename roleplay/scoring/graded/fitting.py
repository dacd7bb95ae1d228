"""`rubric fit`: from a trainer's graded calls to a rubric that grades as the trainer does, with the proof of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from roleplay.embedding import Embedder
from roleplay.errors import UsageProblem
from roleplay.rubric import LEAST_AGREEMENT, OVERALL, Agreement, Fit, MostWrong, Rubric
from roleplay.score import CallScore
from roleplay.scoring.graded.agreement import FEWEST, Agreed, agreed, interval, spearman
from roleplay.scoring.graded.head import Head, Shape, bounded, to_bytes
from roleplay.scoring.graded.learning import Learned, learn
from roleplay.scoring.graded.recorded import RecordedScorer
from roleplay.scoring.graded.teaching import CALLS_AT_ONCE, GradedCalls, digest, graded_calls, opening
from roleplay.scoring.graded.views import CUSTOMER_VIEWS, TRAINEE_VIEWS
from roleplay.transcript import Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

MOST_WRONG = 10
EXAMPLES = 400
RIDGES = (0.3, 1.0, 3.0)


@dataclass(frozen=True, slots=True)
class Before:
    """How the rubric that was fitted agreed with the same grades before, one dimension."""

    dimension: str
    spearman: float
    gain_low: float
    """The rank correlation that fitting adds, the lower"""
    gain_high: float
    """and the upper end of its 95 % interval, by bootstrap."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted rubric and what is said about it."""

    rubric: Rubric
    array: bytes
    agreed: tuple[Agreed, ...]
    """Of calls that were left out while it learnt."""
    before: tuple[Before, ...]
    """Of the same calls; only what the rubric measured before."""
    too_short: int
    """Graded calls left out because the trainee says next to nothing."""
    heads: tuple[Head, ...]

    @property
    def unlearnt(self) -> tuple[Agreed, ...]:
        """Dimensions on which too little was learnt to be used."""
        return tuple(one for one in self.agreed if one.low <= LEAST_AGREEMENT)


def fit(
    rubric: Rubric,
    base: Sequence[Head],
    transcripts: Sequence[Transcript],
    embedder: Embedder,
    name: str,
    *,
    whole_call: bool,
) -> Fitted:
    """Learns from graded calls.

    `base`: what the rubric had learnt before; it goes on measuring what nobody graded. `name`: the new rubric's id.
    Raises UsageProblem where there is too little to learn from.
    """
    dimensions = graded_dimensions(transcripts, rubric)
    chosen = [one for one in transcripts if any(name in one.labels for name in dimensions)]
    calls = graded_calls(chosen, rubric, embedder, dimensions, customer=whole_call, group=opening)
    check_enough(calls.transcripts, dimensions)
    learned = learn(
        calls.graded,
        _shapes(whole_call=whole_call),
        reads_customer=whole_call,
        by_graders=True,
        taught_by=[digest(one) for one in calls.transcripts],
        examples=calls.examples(EXAMPLES),
    )
    kept = tuple(head for head in base if not head.by_graders and not head.reads_customer)
    array = to_bytes([learned.head, *kept])
    agreements = tuple(_agreed(calls, learned, dimension) for dimension in dimensions)
    written = Fit(
        array=f"{name}.npz",
        sha256=sha256(array).hexdigest(),
        embedder=embedder.fingerprint,
        graded_by="graders",
        reads="whole_call" if whole_call else "trainee",
        calls=len(calls.transcripts),
        agreement={one.dimension: _agreement(one, learned.head) for one in agreements},
        most_wrong=_most_wrong(calls, learned),
    )
    fitted = rubric.plain.model_copy(update={"id": name, "title": f"{rubric.title}, fitted", "fit": written})
    before = _before(RecordedScorer(rubric, embedder, kept), calls, learned)
    return Fitted(fitted, array, agreements, before, calls.too_short, (learned.head, *kept))


def graded_dimensions(transcripts: Sequence[Transcript], rubric: Rubric) -> tuple[str, ...]:
    """What was graded, in the rubric's order. Raises UsageProblem if nothing was."""
    graded = tuple(name for name in rubric.measures if any(one.label(name) is not None for one in transcripts))
    if not graded:
        raise UsageProblem(
            "no call in the file is graded",
            'Write the grades (0 to 1) beside the turns: "labels": {"listening": 0.8, "smoothness": 0.5}.',
        )
    return graded


def check_enough(transcripts: Sequence[Transcript], dimensions: Sequence[str]) -> None:
    """Raises UsageProblem where a dimension has fewer than 20 graded calls, or only one grade."""
    for dimension in dimensions:
        grades = [grade for one in transcripts if (grade := one.label(dimension)) is not None]
        if len(grades) < FEWEST:
            raise UsageProblem(
                f"{dimension} is graded in {len(grades)} calls that can be read; at least {FEWEST} are needed",
                "30 are enough to start. Grade more calls, or leave this label out.",
            )
        if len(set(grades)) == 1:
            raise UsageProblem(
                f"every call has the same grade for {dimension} ({grades[0]:g}), so there is nothing to tell apart",
                "Grade poor calls as well as good ones, or leave this label out.",
            )


def _shapes(*, whole_call: bool) -> list[Shape]:
    views = (*TRAINEE_VIEWS, *CUSTOMER_VIEWS) if whole_call else TRAINEE_VIEWS
    return [Shape(kept, ridge=ridge) for kept in (views, (*views, "moves")) for ridge in RIDGES]


def _agreed(calls: GradedCalls, learned: Learned, dimension: str) -> Agreed:
    column = learned.unseen[:, calls.graded.dimensions.index(dimension)]
    known = [at for at, points in enumerate(column) if points == points]  # noqa: PLR0124 - not NaN
    return agreed(dimension, [calls.transcripts[at] for at in known], [bounded(float(column[at])) for at in known])


def _before(scorer: RecordedScorer, calls: GradedCalls, learned: Learned) -> tuple[Before, ...]:
    scored: list[CallScore] = []
    for begin in range(0, len(calls.transcripts), CALLS_AT_ONCE):
        scored += scorer.score(calls.transcripts[begin : begin + CALLS_AT_ONCE])
    found = []
    for at, dimension in enumerate(calls.graded.dimensions):
        points = [one.overall if dimension == OVERALL else one.dimensions[dimension] for one in scored]
        if None not in points:
            found.append(_compared(dimension, points, learned.unseen[:, at], calls.graded.grades[:, at]))
    return tuple(found)


def _compared(dimension: str, before: Sequence[float | None], after: Numbers, grades: Numbers) -> Before:
    import numpy as np  # noqa: PLC0415 - loaded long before

    def gain(both: Numbers, graded: Numbers) -> float:
        return spearman(both[:, 1], graded) - spearman(both[:, 0], graded)

    known = ~np.isnan(grades)
    both = np.stack([np.array(before, dtype=np.float64), after], axis=1)[known]
    return Before(dimension, spearman(both[:, 0], grades[known]), *interval(both, grades[known], gain))


def _agreement(one: Agreed, head: Head) -> Agreement:
    baseline, reached = one.best_baseline
    band = next(grade.band for grade in head.grades if grade.dimension == one.dimension)
    return Agreement(
        calls=one.calls,
        spearman=round(one.spearman, 3),
        low=round(one.low, 3),
        high=round(one.high, 3),
        band=band,
        best_baseline=baseline,
        baseline_spearman=round(reached, 3),
    )


def _most_wrong(calls: GradedCalls, learned: Learned) -> tuple[MostWrong, ...]:
    """The graded calls that were missed by most when left out, each once."""
    found = [
        MostWrong(
            id=transcript.id, dimension=name, graded=round(100 * grade, 1), scored=round(bounded(float(points)), 1)
        )
        for transcript, row in zip(calls.transcripts, learned.unseen, strict=True)
        for name, points in zip(calls.graded.dimensions, row, strict=True)
        if (grade := transcript.label(name)) is not None
    ]
    found.sort(key=lambda one: (-abs(one.graded - one.scored), one.id, one.dimension))
    once = {one.id: one for one in reversed(found)}
    return tuple(sorted(once.values(), key=lambda one: (-abs(one.graded - one.scored), one.id))[:MOST_WRONG])
