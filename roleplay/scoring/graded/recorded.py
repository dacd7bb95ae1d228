"""Recorded calls to scores: every dimension estimated from graded calls, from the criteria and from the uptake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log
from typing import TYPE_CHECKING

from roleplay.embedding import Embedder
from roleplay.rubric import OVERALL, Rubric
from roleplay.score import CallScore, CriterionSeen, Influence, Uncounted, Verdict
from roleplay.scoring.due import ASKS_AGAIN
from roleplay.scoring.graded.asked import with_basis
from roleplay.scoring.graded.head import Example, Head, bounded
from roleplay.scoring.graded.reading import CallReader, ReadCall
from roleplay.scoring.graded.views import Seen, see
from roleplay.scoring.sense import Sense
from roleplay.scoring.verdicts import CLEAR_FROM, OPPOSITE_FROM, UNSURE_FROM, Verdicts
from roleplay.transcript import Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

LISTENING = "listening"
CRITERIA_SHARE = 0.2
"""What the criteria count beside the graded replies that ship with a rubric; without such they are all."""
UPTAKE_POINTS = 120.0
"""Points of listening for an uptake higher by 1; a grader's own fit needs none."""
SHORT_WORDS, LONG_WORDS = 20, 80
"""Up to the first number of words a customer's turn can be taken up whole, and all those points are given; from the
second on none are: after a long complaint, nearness to its sentences says little."""
USUAL_UPTAKE = 0.35
"""Uptake that adds nothing and takes nothing."""
COPY_POINTS = 30.0
"""Points of listening that a call loses whose every reply is the customer's own words."""
STUFFING_COSTS = 0.8
"""Share of its points that a call loses whose every reply is stuffed."""
STUFFED = "strings stock lines together that have little to do with this customer"
MOST_INFLUENCES = 2
"""Sentences named for each dimension and direction."""
LEAST_POINTS = 1.0
"""Points below which a sentence's influence is not worth a word."""
MIDDLE = 50.0
"""A graded reply explains a rise if it was graded at least so, and a fall if it was not."""
MOST_TRIED = 8
"""Sentences of a call that are left out in turn to see what they are worth."""
DECIMALS = 4


class RecordedScorer:
    """Scores recorded calls under one rubric. Loads nothing until the first call."""

    def __init__(self, rubric: Rubric, embedder: Embedder, heads: Sequence[Head], sense: Sense | None = None) -> None:
        """`heads`: what graded calls taught; the first that knows a dimension measures it.

        `sense`: of this very rubric and embedder, where one has been made already.
        """
        self.rubric = rubric
        self.embedder = embedder.fingerprint
        self._heads = tuple(heads)
        self._reader = CallReader(rubric, embedder, sense)
        self._views = tuple(dict.fromkeys(view for head in heads for view in head.shape.views))
        measured = [(grade, head, at) for head in reversed(heads) for at, grade in enumerate(head.grades)]
        self._measured_by = {grade.dimension: (head, at) for grade, head, at in measured}
        self._bands = {grade.dimension: grade.band for grade, _, _ in measured if grade.dimension in rubric.measures}
        self._acts = [at for at, one in enumerate(rubric.criteria) if one.mode == "do"]
        self._again = [at for at, one in enumerate(rubric.criteria) if one.id == ASKS_AGAIN]
        self._avoid = [one.mode == "avoid" for one in rubric.criteria]  # the first of the rubric's moves

    @property
    def taught_by(self) -> frozenset[str]:
        """Digests of the graded calls that a trainer taught this rubric with."""
        return frozenset(one for head in self._heads for one in head.taught_by)

    def score(self, transcripts: Sequence[Transcript]) -> list[CallScore]:
        """The calls in order; what stands beside a call changes nothing in it."""
        calls = self._reader.read(transcripts)
        measured = [call for call in calls if call.call.is_scored]
        criteria = [self._criteria(call) for call in measured]
        stuffed = [call.stuffed(self._acts) for call in measured]
        left = [
            1 - STUFFING_COSTS * len(places) / max(len(call.call.replies), 1)
            for call, places in zip(measured, stuffed, strict=True)
        ]
        shown = [self._by_criteria(of_call) for of_call in criteria]
        tried = [(at, place) for at, call in enumerate(measured) for place in self._tried(call)]
        whole_and_less = [*((at, None) for at in range(len(measured))), *tried]
        seen = see([measured[at].told(place) for at, place in whole_and_less], self._views)
        points = self._points(seen, [shown[at] for at, _ in whole_and_less], [left[at] for at, _ in whole_and_less])
        influences = self._influences(measured, points, tried)
        cards = map(self._card, measured, criteria, seen, points, influences, stuffed)  # of the whole calls
        return [next(cards) if call.call.is_scored else self._unscored(call) for call in calls]

    def _points(
        self, calls: Sequence[Seen], shown: Sequence[Mapping[str, float]], left: Sequence[float]
    ) -> list[dict[str, float]]:
        """0..100 by dimension for each call, not rounded; `left`: the share of its points that each keeps."""
        by_head = {id(head): head.points(calls).T.tolist() for head in self._heads}
        learnt = {name: by_head[id(head)][at] for name, (head, at) in self._measured_by.items()}
        return [
            self._mixed(call, of_call, {name: column[at] for name, column in learnt.items()}, share)
            for at, (call, of_call, share) in enumerate(zip(calls, shown, left, strict=True))
        ]

    def _mixed(
        self, call: Seen, shown: Mapping[str, float], learnt: Mapping[str, float], left: float
    ) -> dict[str, float]:
        values = {name: self._value(name, call, shown.get(name), learnt.get(name)) for name in self.rubric.measures}
        return {name: left * bounded(value) for name, value in values.items() if value is not None}

    def _value(self, dimension: str, call: Seen, shown: float | None, learnt: float | None) -> float | None:
        if learnt is not None and self._measured_by[dimension][0].by_graders:
            return learnt
        if shown is None or learnt is None:
            value = shown if learnt is None else learnt
        else:
            value = (1 - CRITERIA_SHARE) * learnt + CRITERIA_SHARE * shown
        if value is not None and dimension == LISTENING and call.uptake is not None:
            value += UPTAKE_POINTS * _weight_of_uptake(call) * (call.uptake - USUAL_UPTAKE)
            value -= COPY_POINTS * call.copied
        return value

    def _by_criteria(self, criteria: tuple[CriterionSeen, ...]) -> dict[str, float]:
        """0..100 by dimension, for those that have criteria."""
        weights: dict[str, float] = {}
        sums: dict[str, float] = {}
        for one, seen in zip(self.rubric.criteria, criteria, strict=True):
            weights[one.dimension] = weights.get(one.dimension, 0.0) + one.weight
            sums[one.dimension] = sums.get(one.dimension, 0.0) + one.weight * seen.value
        return {name: 100 * total / weights[name] for name, total in sums.items()}

    def _criteria(self, call: ReadCall) -> tuple[CriterionSeen, ...]:
        """Every criterion as the reply shows it that decides: the best for `do`, the worst for `avoid`."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        read = [(number, reply) for number, reply in enumerate(call.replies, start=1) if reply is not None]
        if not read:
            return tuple(CriterionSeen(one.id, Verdict.NOT_SHOWN, 0.0, 0) for one in self.rubric.criteria)
        values = np.array([self._values(reply.verdicts) for _, reply in read])
        again = call.asked_again() if self._again else None
        if again is not None:
            values[[number for number, _ in read].index(again.reply), self._again] = 0.0
        deciding = np.where(self._avoid, values.argmin(0), values.argmax(0)).tolist()
        found = {place: self._reader.evidence(read[place][1]) for place in set(deciding)}
        seen = []
        for at, (criterion, place) in enumerate(zip(self.rubric.criteria, deciding, strict=True)):
            number, reply = read[place]
            verdict, sentence, nearest, similarity = found[place][at]
            value = float(values[place, at])
            if again is not None and at in self._again:
                verdict, number, sentence, nearest, similarity = (Verdict.NOT_SHOWN, *again.evidence)
            asked_before = again is not None and at in self._again
            opposite = bool(reply.verdicts.opposite[at]) and not asked_before
            seen.append(
                CriterionSeen(
                    criterion.id, verdict, value, number, sentence, nearest, similarity, opposite, asked_before
                )
            )
        return tuple(seen)

    def _values(self, verdicts: Verdicts) -> Numbers:
        """0..1 for each criterion.

        For `do` nothing below "unsure" or where a near miss was said, all from "beyond doubt"; for `avoid` nothing
        left where a counterexample was said beyond doubt.
        """
        import numpy as np  # noqa: PLC0415 - loaded long before

        count = len(self.rubric.criteria)
        lean, against, said = verdicts.lean[:count], verdicts.against[:count], verdicts.opposite[:count]
        shown = np.where(said, 0.0, np.clip((lean - UNSURE_FROM) / (CLEAR_FROM - UNSURE_FROM), 0.0, 1.0))
        kept = 1 - np.clip((against - OPPOSITE_FROM) / (CLEAR_FROM - OPPOSITE_FROM), 0.0, 1.0)
        values: Numbers = np.where(self._avoid, kept, shown)
        return values

    def _influences(
        self,
        calls: Sequence[ReadCall],
        points: Sequence[dict[str, float]],
        tried: Sequence[tuple[int, tuple[int, int]]],
    ) -> list[tuple[Influence, ...]]:
        """What each sentence did: the score with it less the score without it, by what was learnt and by the uptake.

        `points`: of all calls, then of those in `tried`, each less the piece that is named.
        """
        found: list[list[Influence]] = [[] for _ in calls]
        vectors: dict[str, Numbers] = {}
        for (at, (reply, number)), less in zip(tried, points[len(calls) :], strict=True):
            piece = calls[at].call.replies[reply].pieces[number]
            vectors[piece.text] = calls[at].vector(piece.spoken)
            found[at] += [
                Influence(dimension, piece.text, reply + 1, round(points[at][dimension] - value, DECIMALS))
                for dimension, value in less.items()
            ]
        like = self._examples_like(vectors)
        return [tuple(self._explained(one, like) for one in _strongest(of_call)) for of_call in found]

    def _examples_like(self, vectors: Mapping[str, Numbers]) -> dict[int, dict[str, Example | None]]:
        """For each head and sentence the graded reply that is nearest."""
        import numpy as np  # noqa: PLC0415 - loaded long before

        rows = np.array([*vectors.values()])
        heads = self._heads if vectors else ()
        return {id(head): dict(zip(vectors, head.nearest_examples(rows), strict=True)) for head in heads}

    def _explained(self, influence: Influence, like: Mapping[int, Mapping[str, Example | None]]) -> Influence:
        """With the graded reply that the sentence is nearest to, if that was graded as the sentence worked."""
        head = self._measured_by[influence.dimension][0] if influence.dimension in self._measured_by else None
        example = like[id(head)][influence.sentence] if head else None
        graded = example.grades.get(influence.dimension) if example else None
        if example is None or graded is None or (graded >= MIDDLE) != (influence.points > 0):
            return influence
        return replace(influence, like=example.text, like_graded=graded)

    def _tried(self, call: ReadCall) -> list[tuple[int, int]]:
        """Places of sentences worth leaving out: all of a short call's, those that lean most of a long one's."""
        if not self._heads:
            return []
        places = [
            (number, piece)
            for number, reply in enumerate(call.call.replies)
            for piece, one in enumerate(reply.pieces)
            if one.counts
        ]
        if len(places) == 1:
            return []  # without it there is no call
        if len(places) <= MOST_TRIED:
            return places
        leaning = [float(abs(row).max()) for rows in call.moves for row in rows]
        order = sorted(range(len(places)), key=lambda at: (-leaning[at], at))
        return [places[at] for at in sorted(order[:MOST_TRIED])]

    def _card(
        self,
        call: ReadCall,
        criteria: tuple[CriterionSeen, ...],
        seen: Seen,
        points: dict[str, float],
        influences: tuple[Influence, ...],
        stuffed: tuple[int, ...],
    ) -> CallScore:
        dimensions = {name: _rounded(points.get(name)) for name in self.rubric.weights}
        return CallScore(
            call.call.id,
            dimensions,
            _rounded(points.get(OVERALL, self._weighed(dimensions))),
            self._bands,
            with_basis(self.rubric.criteria, criteria, call.call),
            influences,
            (*_uncounted(call), *(Uncounted(call.call.replies[at].text, at + 1, STUFFED) for at in stuffed)),
            _rounded(seen.uptake),
        )

    def _weighed(self, dimensions: Mapping[str, float | None]) -> float | None:
        known = [(self.rubric.weights[name], value) for name, value in dimensions.items() if value is not None]
        total = sum(weight for weight, _ in known)
        return sum(weight * value for weight, value in known) / total if total else None

    def _unscored(self, call: ReadCall) -> CallScore:
        return CallScore(call.call.id, dict.fromkeys(self.rubric.weights), None, {}, uncounted=_uncounted(call))


def _weight_of_uptake(call: Seen) -> float:
    """1 for short turns of the customer's, 0 for long ones, in between by the logarithm of their words."""
    log_words = float(call.situation[1])
    return min(max((log(LONG_WORDS) - log_words) / (log(LONG_WORDS) - log(SHORT_WORDS)), 0.0), 1.0)


def _strongest(influences: Sequence[Influence]) -> tuple[Influence, ...]:
    """For each dimension the few sentences that raised it most and that lowered it most."""
    kept: list[Influence] = []
    for dimension in dict.fromkeys(one.dimension for one in influences):
        of_dimension = sorted((one for one in influences if one.dimension == dimension), key=lambda one: -one.points)
        raised = [one for one in of_dimension if one.points >= LEAST_POINTS][:MOST_INFLUENCES]
        lowered = [one for one in of_dimension if one.points <= -LEAST_POINTS][-MOST_INFLUENCES:]
        kept += [*raised, *lowered]
    return tuple(kept)


def _uncounted(call: ReadCall) -> tuple[Uncounted, ...]:
    return tuple(
        Uncounted(piece.text, number, piece.void.value)
        for number, reply in enumerate(call.call.replies, start=1)
        for piece in reply.pieces
        if piece.void is not None
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
