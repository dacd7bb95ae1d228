"""What a trainer reads first about agreement: one plain sentence, then whether fitting helped."""

from __future__ import annotations

import pytest

from roleplay.report.as_agreement import agreement_lines, gain_lines, in_a_sentence
from roleplay.scoring.graded.agreement import Agreed, Panel
from roleplay.scoring.graded.fitting import Before


def found(
    dimension: str = "smoothness",
    spearman: float = 0.5,
    *,
    within: float = 0.1,
    baseline: float = 0.1,
    panel: float | None = None,
) -> Agreed:
    simple = {"length": baseline, "?": 0.0}
    graders = None if panel is None else Panel(5, panel, 3)
    return Agreed(dimension, 140, spearman, spearman - within, spearman + within, 0.3, None, 0.2, simple, graders)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (found(spearman=0.7), "the scores rank smoothness closely as you do."),
        (found(), "the scores rank smoothness much as you do."),
        (found(spearman=0.25), "the scores rank smoothness somewhat as you do."),
        (found(panel=0.52), "much as you do, at about the level of one of your graders."),
        (found(panel=0.4), "much as you do, better than one of your graders."),
        (found(panel=0.6), "much as you do, below the level of one of your graders."),
        (found(within=0.45), "do not rely on smoothness yet: 140 calls are too few to tell"),
        (found(spearman=-0.2), "do not rely on smoothness yet: it does not rank calls as you do."),
        (found(baseline=-0.6), "do not rely on smoothness yet: counting length would agree with you as well (-0.60)."),
    ],
)
def test_the_first_line_is_one_plain_sentence(one: Agreed, said: str) -> None:
    sentence = in_a_sentence([one], 140)
    assert sentence.startswith("On 140 calls you graded, ")
    assert said in sentence


def test_several_dimensions_stand_in_one_sentence() -> None:
    dimensions = [found(), found("listening"), found("first_call_resolution", 0.05)]
    assert in_a_sentence(dimensions, 140) == (
        "On 140 calls you graded, the scores rank smoothness and listening much as you do; "
        "do not rely on first call resolution yet: 140 calls are too few to tell whether it ranks them as you do."
    )


@pytest.mark.parametrize(
    ("gain", "said"),
    [((0.05, 0.3), "fitting helped"), ((-0.1, 0.2), "fitting did not help"), ((-0.3, -0.1), "fitting did harm")],
)
def test_whether_fitting_helped_is_said_plainly(gain: tuple[float, float], said: str) -> None:
    before = [Before("smoothness", 0.4, *gain)]
    (line,) = gain_lines([found()], before)
    assert line.startswith(f"smoothness: {said}")
    assert line.endswith("(agreement 0.40 before, 0.50 now).")
    assert any(
        line.startswith("  before fitting             0.40") for line in agreement_lines([found()], "calls", before)
    )
