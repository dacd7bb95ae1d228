"""How far scores agree with people, in words and numbers that a trainer can act on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roleplay.rubric import Fit
from roleplay.scoring.graded.agreement import Agreed

SMALL_GAP = 3.0
"""Points up to which a gap between ways of writing passes."""


def agreement_lines(found: Sequence[Agreed], of_what: str) -> Iterator[str]:
    """A block of lines for each dimension."""
    for one in found:
        yield f"{one.dimension.replace('_', ' ')}: {one.calls} {of_what}"
        yield (f"  agreement (Spearman)      {one.spearman:5.2f}   95 % of samples: {one.low:.2f} to {one.high:.2f}")
        yield f"  beyond length and overlap {one.beyond:5.2f}"
        yield f"  same band (kappa)         {one.kappa:5.2f}   quadratic-weighted, on bands under 50, 75, 90, and above"
        if one.auc is not None:
            yield f"  yes above no (AUC)        {one.auc:5.2f}   0.50 is chance"
        simple = ", ".join(f"{name} {reached:.2f}" for name, reached in one.baselines.items())
        yield f"  simple counts reach              {simple}"
        yield from _panel(one)
        yield from _verdict(one)


def _panel(one: Agreed) -> Iterator[str]:
    if one.panel is None:
        return
    yield (
        f"  one grader against the others {one.panel.mean:.2f}; the scores agree better than {one.panel.better_than} "
        f"of your {one.panel.graders} graders"
    )


def _verdict(one: Agreed) -> Iterator[str]:
    name, reached = one.best_baseline
    if one.low <= 0:
        yield "  -> too little to go by: with these calls the scores may agree with nobody. Grade more calls."
    elif abs(reached) >= one.spearman:
        yield f"  -> counting {name} would agree as well ({reached:.2f}): do not rely on this score yet."


def trust_lines(fit: Fit) -> Iterator[str]:
    """For each dimension whether to use it, and its band of error."""
    for dimension, one in fit.agreement.items():
        name = dimension.replace("_", " ")
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
