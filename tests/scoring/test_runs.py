"""Runs of rows: the same as one run after the other, in any company."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from roleplay.scoring.graded.runs import Runs, compose, in_batches

TEXTS = ("", "Yes.", "I see.", "Nine days, that is long.", "I'll call you by four.")
ROWS = np.random.default_rng(1).normal(size=(len(TEXTS), 6))
RUNS = st.lists(st.lists(st.integers(0, len(TEXTS) - 1), min_size=1, max_size=20), min_size=1, max_size=6)


@given(RUNS)
def test_each_run_is_what_it_is_alone(chosen: list[list[int]]) -> None:
    runs = Runs(chosen)
    rows = ROWS[runs.places]
    for at, run in enumerate(chosen):
        assert np.allclose(runs.mean(rows)[at], ROWS[run].mean(0))
        assert np.array_equal(runs.most(rows)[at], ROWS[run].max(0))
        assert np.array_equal(runs.least(rows)[at], ROWS[run].min(0))
        assert np.array_equal(runs.last(rows)[at], ROWS[run[-1]])
        assert np.array_equal(compose(TEXTS, ROWS, runs)[at], compose(TEXTS, ROWS, Runs([run]))[0])


@given(RUNS)
def test_sentences_together_have_length_one_or_say_nothing(chosen: list[list[int]]) -> None:
    lengths = np.linalg.norm(compose(TEXTS, ROWS, Runs(chosen)), axis=1)
    assert np.allclose(lengths, [float(any(run)) for run in chosen])


@given(st.lists(st.integers(0, 9)), st.integers(1, 12))
def test_batches_keep_the_order_and_the_bound(sizes: list[int], most: int) -> None:
    batches = [list(batch) for batch in in_batches(sizes, sizes, most)]
    assert [size for batch in batches for size in batch] == sizes
    assert all(sum(batch) <= most or len(batch) == 1 for batch in batches)
