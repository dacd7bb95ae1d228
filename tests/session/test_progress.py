"""Trends, what comes back, and what is counted apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.call_log import FAILED_BELOW, CallDetails, CallHeader, CallResult, CallSummary
from roleplay.report.as_progress import ALL_WELL, NO_CALLS, bars, progress_json, progress_text, titles
from roleplay.session.progress import Progress, Share, progress_of, recurring
from roleplay.session.recurring import HOLDS_TO_CURE, LOOKED_AT, recurrence

BEGAN = datetime(2026, 11, 1, 9, tzinfo=UTC)
TITLES = titles({"owns_it": "Takes it on"})


def call(at: int, overall: float | None = 80.0, *, retry_of: str | None = None, over: bool = True) -> CallSummary:
    header = CallHeader(
        id=f"c{at}", persona="p", persona_name="P", persona_sha256="", mind_rubric_sha256="", rubric="r",
        rubric_sha256="", embedder="e", model="scripted", seed=1, pace="off", hints=True,
        started_at=BEGAN + timedelta(hours=at), branched_from_call=retry_of, branched_from_turn=1 if retry_of else None,
    )  # fmt: skip
    result = CallResult("resolved", overall, (overall or 0) >= 75, 5) if over else None
    return CallSummary(header, 5, result, BEGAN if over else None)


def of(*values: float, hinted: tuple[int, ...] = (), retries: tuple[int, ...] = ()) -> Progress:
    """Calls with these values of one criterion, the oldest first."""
    calls = [call(at, 100 * value, retry_of="x" if at in retries else None) for at, value in enumerate(values)]
    details = {
        one.header.id: CallDetails(
            {"listening": 100 * value}, {"owns_it": value}, {"seconds": 360.0, "hints": float(at in hinted)}
        )
        for at, (one, value) in enumerate(zip(calls, values, strict=True))
    }
    return progress_of(calls[::-1], details, 360.0 * len(calls), len(calls))


@pytest.mark.parametrize(
    ("values", "recurs", "held"),
    [
        ((), False, 0),
        ((0,), False, 0),
        ((0, 0), True, 0),
        ((0, 1, 1, 1, 0), True, 0),
        ((0, 1, 1, 1, 1, 0), False, 0),
        ((0, 0, 1, 1), True, 2),
        ((0, 0, 1, 1, 1), False, 0),
        ((0, 0, 1, 1, 0, 1), True, 1),
        ((0, 0, 1, 1, 1, 0), False, 0),
        ((0.5, 0.5, 0.5), False, 0),
    ],
)
def test_what_failed_twice_in_five_comes_back_until_it_held_three_times(
    values: tuple[float, ...],
    recurs: object,
    held: int,
) -> None:
    found = recurrence(value < FAILED_BELOW for value in values)
    assert (found.is_recurring, found.held_since) == (recurs, held)


@given(st.lists(st.booleans(), max_size=30))
def test_three_in_a_row_always_cure_and_two_fails_in_five_always_recur(mistakes: list[bool]) -> None:
    assert not recurrence([*mistakes, *[False] * HOLDS_TO_CURE]).is_recurring
    assert recurrence([*mistakes, True, True]).is_recurring
    assert recurrence(mistakes).looked_at <= LOOKED_AT


def test_one_clear_breach_is_a_mistake_although_it_costs_little() -> None:
    """What to avoid is weighed by breaches: one leaves more than half, and is a mistake all the same."""
    breached = CallDetails({}, {"does_not_argue": 0.67}, {}, frozenset({"does_not_argue"}))
    assert breached.failed("does_not_argue")
    assert "does_not_argue" in recurring([breached, breached])
    assert not CallDetails({}, {"does_not_argue": 0.67}).failed("does_not_argue"), "calls of the first versions"


def test_lately_stands_beside_the_five_before() -> None:
    found = of(*[0.2] * 5, *[0.8] * 5)
    assert found.overall is not None
    assert (found.overall.lately, found.overall.before, found.overall.change) == pytest.approx((80, 20, 60))
    (listening,) = found.dimensions
    assert listening.values[:1] == (20.0,)
    assert of(0.5).criteria[0].before is None


def test_retries_hints_and_hours_are_counted_apart() -> None:
    found = of(1.0, 0.0, 1.0, 1.0, hinted=(2,), retries=(1,))
    assert (found.unaided, found.hinted, found.retries) == (Share(2, 2, 100), Share(1, 1, 100), 1)
    assert found.hours == pytest.approx(0.4)
    assert found.criteria[0].values == (100.0, 100.0, 100.0), "a retry is in no trend"


def test_unfinished_calls_and_calls_without_details_are_no_trouble() -> None:
    found = progress_of([call(1, None), call(0)], {}, 0.0, 2)
    assert found.overall is not None
    assert (len(found.overall.values), found.criteria, found.unaided.calls) == (1, (), 2)


def test_progress_in_words() -> None:
    assert progress_text(progress_of([], {}, 0.0, 0), TITLES) == NO_CALLS
    text = progress_text(of(0.0, 0.0, 1.0), TITLES)
    assert "Takes it on: missed in 2 of the last 3; held 1 since, 2 more in a row and it is done" in text
    assert "without hints: 1 of 3 calls passed" in text
    assert ALL_WELL in progress_text(of(1.0, 1.0), TITLES)
    assert "up 60" in progress_text(of(*[0.2] * 5, *[0.8] * 5), TITLES)
    assert progress_json(of(0.0, 0.0))["recurring"]["owns_it"]["is_recurring"]


@given(st.lists(st.floats(-50, 150), min_size=1, max_size=40))
def test_bars_are_as_many_as_fit(values: list[float]) -> None:
    assert len(bars(tuple(values))) == min(len(values), 20)
