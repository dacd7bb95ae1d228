"""How far scores agree with people, in words and numbers that a trainer can act on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roleplay.rubric import Fit, doubt
from roleplay.scoring.graded.agreement import Agreed
from roleplay.scoring.graded.fitting import Before

CLOSENESS = ((0.6, "closely as you do"), (0.35, "much as you do"), (-1.0, "somewhat as you do"))
"""From which rank correlation on which words hold, the highest first."""
SAME_LEVEL = 0.05
"""Difference of two rank correlations up to which they are about one level."""
SMALL_GAP = 3.0
"""Points up to which a gap between ways of writing passes."""


def in_a_sentence(found: Sequence[Agreed], calls: int) -> str:
    """What the figures come to, for someone who reads nothing else; `calls`: how many were graded and read."""
    relied = [one for one in found if not _doubt(one)]
    parts = [f"the scores rank {_listed(names)} {how}" for how, names in _by_closeness(relied).items()]
    parts += [f"do not rely on {_name(one.dimension)} yet: {_doubt(one)}" for one in found if _doubt(one)]
    return f"On {calls} calls you graded, {'; '.join(parts)}."


def _by_closeness(found: Sequence[Agreed]) -> dict[str, list[str]]:
    closeness: dict[str, list[str]] = {}
    for one in found:
        closeness.setdefault(_closeness(one), []).append(_name(one.dimension))
    return closeness


def _closeness(one: Agreed) -> str:
    words = next(words for border, words in CLOSENESS if one.spearman >= border)
    if one.panel is None:
        return words
    level = one.spearman - one.panel.mean
    beside = (
        "at about the level of" if abs(level) <= SAME_LEVEL else "better than" if level > 0 else "below the level of"
    )
    return f"{words}, {beside} one of your graders"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _name(dimension: str) -> str:
    return dimension.replace("_", " ")


def _doubt(one: Agreed) -> str:
    return doubt(one.calls, (one.spearman, one.low, one.high), one.best_baseline)


def agreement_lines(found: Sequence[Agreed], of_what: str, before: Sequence[Before] = ()) -> Iterator[str]:
    """A block of lines for each dimension; `before`: what the rubric reached before it was fitted."""
    earlier = {one.dimension: one for one in before}
    for one in found:
        yield f"{_name(one.dimension)}: {one.calls} {of_what}"
        yield (f"  agreement (Spearman)      {one.spearman:5.2f}   95 % of samples: {one.low:.2f} to {one.high:.2f}")
        if was := earlier.get(one.dimension):
            yield f"  before fitting            {was.spearman:5.2f}   the rubric it started from, on the same calls"
        yield f"  beyond length and overlap {one.beyond:5.2f}"
        yield f"  same band (kappa)         {one.kappa:5.2f}   quadratic-weighted, on bands under 50, 75, 90, and above"
        if one.auc is not None:
            yield f"  yes above no (AUC)        {one.auc:5.2f}   0.50 is chance"
        simple = ", ".join(f"{name} {reached:.2f}" for name, reached in one.baselines.items())
        yield f"  simple counts reach              {simple}"
        yield from _panel(one)
        yield from _verdict(one)


def gain_lines(found: Sequence[Agreed], before: Sequence[Before]) -> Iterator[str]:
    """For each dimension whether fitting helped."""
    now = {one.dimension: one.spearman for one in found}
    for was in before:
        figures = f"agreement {was.spearman:.2f} before, {now[was.dimension]:.2f} now"
        yield f"{_name(was.dimension)}: {_gain(was)} ({figures})."


def _gain(was: Before) -> str:
    if was.gain_low > 0:
        return "fitting helped"
    if was.gain_high < 0:
        return "fitting did harm: go on with the rubric you started from, and grade more calls"
    return (
        "fitting did not help, as far as these calls can tell: grade more of them, or go on with the rubric as it was"
    )


def _panel(one: Agreed) -> Iterator[str]:
    if one.panel is None:
        return
    yield (
        f"  one grader against the others {one.panel.mean:.2f}; the scores agree better than {one.panel.better_than} "
        f"of your {one.panel.graders} graders"
    )


def _verdict(one: Agreed) -> Iterator[str]:
    if why := _doubt(one):
        yield f"  -> do not rely on this score yet: {why}."


def trust_lines(fit: Fit) -> Iterator[str]:
    """For each dimension whether to use it, and its band of error."""
    for dimension, one in fit.agreement.items():
        name = _name(dimension)
        yield (
            f"{name}: do not rely on it yet: {one.doubt}."
            if one.doubt
            else f"{name}: may be used; four of five calls lie within {one.band:.0f} points of your grade."
        )


def gap_lines(gaps: dict[str, float]) -> Iterator[str]:
    """How ways of writing are scored against the same acts in standard English."""
    if not gaps:
        return
    yield "ways of writing, against the same acts in standard English (mean points):"
    for kind, gap in sorted(gaps.items(), key=lambda item: item[1]):
        note = "  <- graders' habits are learnt with the rest: look at your grades" if abs(gap) > SMALL_GAP else ""
        yield f"  {kind:<10} {gap:+5.1f}{note}"


def wrong_lines(fit: Fit) -> Iterator[str]:
    """The graded calls to read next."""
    if fit.most_wrong:
        yield "furthest from your grades; read these next:"
    for one in fit.most_wrong:
        yield f"  {one.id[:40]:<40} {one.dimension.replace('_', ' ')}: graded {one.graded:.0f}, scored {one.scored:.0f}"
