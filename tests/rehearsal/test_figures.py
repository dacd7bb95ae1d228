"""Many calls in a few figures."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.rehearsal.figures import CallFigures, RunFigures, Spread, wilson
from roleplay.report.as_simulation import run_line, simulation_json
from roleplay.transcript import Outcome


@pytest.mark.parametrize(
    ("won", "of", "low", "high"),
    # As printed in Newcombe (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_bounds_are_wilsons(won: int, of: int, low: float, high: float) -> None:
    assert wilson(won, of) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_lies_within_its_bounds(counts: tuple[int, int]) -> None:
    won, of = counts
    low, high = wilson(won, of)
    assert 0 <= low <= won / of + 1e-9
    assert won / of - 1e-9 <= high <= 1


def call(outcome: Outcome, overall: float | None, *, turns: int = 5, done: tuple[str, ...] = ()) -> CallFigures:
    return CallFigures(1, outcome, turns, -40, 20, overall, {"listening": overall}, passed=False, done=done)


RUN = RunFigures(
    "caller",
    "competent",
    stands_in=True,
    steps=("sends_it", "sums_up"),
    calls=(
        call(Outcome.RESOLVED, 80.0, done=("sends_it", "sums_up")),
        call(Outcome.UNRESOLVED, 50.0, turns=9, done=("sends_it",)),
        call(Outcome.RESOLVED, 90.0, turns=6, done=("sends_it", "sums_up")),
        call(Outcome.ABANDONED, None, done=("sends_it",)),
    ),
)


def test_a_run_in_figures() -> None:
    assert RUN.won == 2
    assert RUN.outcomes == {Outcome.RESOLVED: 2, Outcome.UNRESOLVED: 1, Outcome.ABANDONED: 1}
    assert RUN.turns == Spread(5, 5.5, 9)
    assert RUN.overall == Spread(50.0, 80.0, 90.0)
    assert RUN.done == {"sends_it": 4, "sums_up": 2}


def test_a_line_for_a_trainer_has_all_of_it_and_says_that_examples_stood_in() -> None:
    line = run_line(RUN)
    for part in ("caller", "competent*", "50%", "(15 to 85)", "5/5.5/9", "-40..20", "80 (50 to 90)", "resolved 2"):
        assert part in line
    assert line.splitlines()[1].strip() == "not recognised: sums_up in 2"


def test_json_is_for_machines() -> None:
    [run] = json.loads(json.dumps(simulation_json([RUN])))["runs"]
    assert run["won_share"] == 0.5
    assert run["won_95"] == [0.15, 0.85]
    assert run["examples_stand_in"] is True
    assert run["outcomes"] == {"resolved": 2, "unresolved": 1, "abandoned": 1}
    assert run["turns"] == {"min": 5, "median": 5.5, "max": 9}
    assert run["overall"] == {"min": 50.0, "median": 80.0, "max": 90.0}
    assert len(run["calls"]) == 4
