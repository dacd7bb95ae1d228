"""What a case expects, held against what was seen.

An *unsure* verdict is neither: it fails where `shown` is expected and passes where `not_shown` is. In a call, too, it
earns nothing and costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from roleplay.case import Bounds, Case
from roleplay.rubric import Criterion, Rubric
from roleplay.score import CallScore, Influence, Sight, Verdict
from roleplay.scoring.due import credited
from roleplay.suite.result import NEAR_CONTRAST, NEAR_POINTS, Check
from roleplay.transcript import Outcome

WORDS = {Verdict.SHOWN: "shown", Verdict.UNSURE: "unsure", Verdict.NOT_SHOWN: "not shown"}
NOTHING = "nothing to score"


def criterion_checks(case: Case, rubric: Rubric, sights: Mapping[str, Sight]) -> Iterator[Check]:
    """`sights`: what was seen in the case's reply, by move, as `Sense.look` gives it."""
    criteria = {one.id: one for one in rubric.criteria}
    for name, wanted in case.expect.criteria.items():
        seen = _sight(criteria.get(name), name, sights)
        yield Check(
            what=criterion_key(name),
            wanted=WORDS[Verdict(wanted)],
            got=WORDS[seen.verdict],
            passed=seen.shown == (wanted == Verdict.SHOWN.value),
            value=seen.contrast if seen.nearest else None,
            threshold=seen.threshold if seen.nearest else None,
            sentence=seen.sentence,
            nearest=seen.nearest,
            nearest_is=_kind_of_line(seen),
            near_boundary=bool(seen.nearest) and abs(seen.contrast - seen.threshold) <= NEAR_CONTRAST,
        )


def criterion_key(name: str) -> str:
    """How a check of a criterion is named."""
    return f"criterion {name}"


def score_checks(case: Case, card: CallScore) -> Iterator[Check]:
    """`card`: what the whole case scores."""
    for name, bounds in case.expect.scores.items():
        points = points_of(card, name)
        below = points is not None and bounds.min is not None and points < bounds.min
        above = points is not None and bounds.max is not None and points > bounds.max
        threshold = _nearest_bound(bounds, points)
        influence = _influence(card, name, raised=above)
        yield Check(
            what=f"score {name}",
            wanted=_in_words(bounds),
            got=_number(points),
            passed=points is not None and not below and not above,
            value=points,
            threshold=threshold,
            sentence=influence.sentence if influence else "",
            nearest=influence.like if influence else "",
            nearest_is="graded reply" if influence and influence.like else "",
            near_boundary=points is not None and threshold is not None and abs(points - threshold) <= NEAR_POINTS,
        )


def better_check(case: Case, card: CallScore, other: CallScore) -> Check:
    """`other`: what the case that this one must be better than scores."""
    name, least = case.expect.compared_on, case.expect.by
    points, others = points_of(card, name), points_of(other, name)
    ahead = None if points is None or others is None else round(points - others, 4)
    influence = _influence(card, name, raised=False)
    return Check(
        what=f"better than {case.expect.better_than} on {name}",
        wanted=f"by at least {least:g}" if least else "higher",
        got=NOTHING if ahead is None else f"{ahead:+.1f} ({_number(points)} against {_number(others)})",
        passed=ahead is not None and (ahead >= least if least else ahead > 0),
        value=ahead,
        threshold=least or 0.0,
        sentence=influence.sentence if influence else "",
        nearest=influence.like if influence else "",
        nearest_is="graded reply" if influence and influence.like else "",
        near_boundary=ahead is not None and abs(ahead - (least or 0.0)) <= NEAR_POINTS,
    )


def outcome_check(case: Case, outcome: Outcome, last_reply: str) -> Check:
    """`last_reply`: what the trainee said last before the call was over."""
    wanted = case.expect.outcome
    assert wanted is not None  # noqa: S101 - only such cases are played
    return Check("outcome", wanted.value, outcome.value, wanted is outcome, sentence=last_reply)


def points_of(card: CallScore, name: str) -> float | None:
    """0..100 on a dimension or `overall`; None where there is nothing to score."""
    return card.overall if name == "overall" else card.dimensions.get(name)


def _sight(criterion: Criterion | None, name: str, sights: Mapping[str, Sight]) -> Sight:
    """As it counts in practice; who says nothing that is measured breaches nothing."""
    if criterion is None:
        return sights.get(name, Sight(name, Verdict.NOT_SHOWN))
    if criterion.mode == "avoid" and name not in sights:
        return Sight(name, Verdict.SHOWN)
    return credited(criterion, sights)


def _kind_of_line(seen: Sight) -> str:
    if not seen.nearest:
        return ""
    return "counterexample" if seen.opposite else "example"


def _influence(card: CallScore, name: str, *, raised: bool) -> Influence | None:
    """The sentence that lowered the score most, or raised it most."""
    sign = 1 if raised else -1
    of_dimension = [one for one in card.influences if one.dimension == name and sign * one.points > 0]
    return max(of_dimension, key=lambda one: sign * one.points, default=None)


def _nearest_bound(bounds: Bounds, points: float | None) -> float | None:
    known = [one for one in (bounds.min, bounds.max) if one is not None]
    return min(known, key=lambda one: abs(one - (points or 0.0)), default=None)


def _in_words(bounds: Bounds) -> str:
    if bounds.max is None:
        return f"at least {bounds.min:g}"
    return f"at most {bounds.max:g}" if bounds.min is None else f"{bounds.min:g} to {bounds.max:g}"


def _number(points: float | None) -> str:
    return NOTHING if points is None else f"{points:.1f}"
