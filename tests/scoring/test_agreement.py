"""Measures of agreement against what they must be by hand, and by scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import cohen_kappa_score, roc_auc_score

from roleplay.scoring.graded.agreement import agreed, auc, interval, partial, spearman, surface, weighted_kappa
from roleplay.transcript import Transcript
from tests.scoring.calls import call, graded

NUMBERS = st.lists(st.integers(0, 20), min_size=5, max_size=40)


@given(NUMBERS)
def test_spearman_is_scipys(values: list[int]) -> None:
    one = np.array(values, dtype=float)
    other = np.random.RandomState(len(values)).permutation(one)
    expected = stats.spearmanr(one, other).statistic if len(set(values)) > 1 else 0.0
    assert spearman(one, other) == pytest.approx(expected, abs=1e-9)


def test_auc_and_kappa_are_sklearns() -> None:
    chance = np.random.RandomState(3)
    scores, grades = chance.uniform(0, 100, 200), chance.uniform(0, 100, 200)
    borders = (50.0, 75.0, 90.0)
    assert auc(scores, grades > 50) == pytest.approx(roc_auc_score(grades > 50, scores))
    expected = cohen_kappa_score(np.digitize(scores, borders), np.digitize(grades, borders), weights="quadratic")
    assert weighted_kappa(scores, grades) == pytest.approx(expected)


def test_the_interval_holds_the_measure_and_is_the_same_every_time() -> None:
    chance = np.random.RandomState(5)
    one = chance.uniform(0, 1, 60)
    other = one + chance.uniform(0, 1, 60)
    low, high = interval(one, other)
    assert low < spearman(one, other) < high
    assert interval(one, other) == (low, high)


def test_what_is_left_beyond_a_control_that_explains_all_is_nothing() -> None:
    length = np.arange(30.0)
    assert partial(length * 2, length + 1, (length,)) == pytest.approx(0.0, abs=1e-9)
    chance = np.random.RandomState(7)
    apart = chance.uniform(0, 30, 30)
    assert partial(length + apart, apart, (length,)) > 0.8


def test_simple_counts_are_counted_over_the_trainees_turns() -> None:
    counts = surface(call("c", "My parcel never came, where is it?", "Sorry, the parcel? Please hold. Is it late?"))
    assert counts == {"length": 8.0, "?": 2.0, "polite words": 2.0, "overlap": pytest.approx(1 / 4)}


def test_a_panel_is_held_against_itself() -> None:
    calls = [
        Transcript(f"c{at}", one.turns, {"listening": (at / 40, at / 40 + 0.02 * (at % 3), 1 - at / 80)})
        for at, one in enumerate(graded(40))
    ]
    found = agreed("listening", calls, [float(at) for at in range(40)])
    assert found.panel is not None
    assert found.panel.graders == 3
    assert 0 <= found.panel.better_than <= 3
    assert found.auc is None


def test_yes_and_no_have_a_curve() -> None:
    calls = [call(f"c{at}", "Hello?", f"Reply number {at}.", labels={"listening": float(at >= 20)}) for at in range(40)]
    found = agreed("listening", calls, [float(at) for at in range(40)])
    assert found.auc == 1.0
    assert found.spearman > 0.8
    assert found.best_baseline[0] in found.baselines
