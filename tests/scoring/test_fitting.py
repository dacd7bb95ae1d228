"""Learning from graded calls: what is learnt, how it is kept, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from roleplay.embedding import Embedder
from roleplay.errors import BadFile, UsageProblem
from roleplay.library.folder import Library
from roleplay.rubric import Rubric
from roleplay.scoring.graded.agreement import spearman
from roleplay.scoring.graded.fitting import Fitted, fit
from roleplay.scoring.graded.head import DamagedArray, bounded, from_bytes, to_bytes
from roleplay.scoring.graded.heads import open_heads
from roleplay.scoring.graded.learning import BORROWED
from roleplay.scoring.graded.recorded import RecordedScorer
from roleplay.transcript import Speaker, Transcript, Turn
from tests.scoring.calls import ASKED, GOOD, POOR, call, graded

Fit = Callable[..., Fitted]


@pytest.fixture(scope="module")
def rubric(library: Library) -> Rubric:
    return library.rubric("customer-care")


@pytest.fixture(scope="module")
def fitting(rubric: Rubric, minilm: Embedder) -> Fit:
    def run(calls: list[Transcript], *, whole_call: bool = False) -> Fitted:
        return fit(rubric, (), calls, minilm, "ours", whole_call=whole_call)

    return run


@pytest.fixture(scope="module")
def fitted(fitting: Fit) -> Fitted:
    return fitting(graded(60, "listening", "smoothness"))


def test_it_grades_unseen_calls_as_the_trainer_does(fitted: Fitted, minilm: Embedder) -> None:
    unseen = graded(40, "listening", seed=9)
    scorer = RecordedScorer(fitted.rubric, minilm, fitted.heads)
    scores = np.array([one.dimensions["listening"] or 0.0 for one in scorer.score(unseen)])
    grades = np.array([one.label("listening") or 0.0 for one in unseen])
    assert spearman(scores, grades) > 0.6
    assert abs(scores.mean() - 100 * grades.mean()) < 10


def test_what_nobody_graded_is_still_measured(fitted: Fitted, minilm: Embedder) -> None:
    score = RecordedScorer(fitted.rubric, minilm, fitted.heads).score([call("c", ASKED[0], GOOD[0])])[0]
    assert score.dimensions["first_call_resolution"] is not None
    assert set(score.bands) == {"listening", "smoothness"}


def test_the_rubric_says_what_it_learnt_from(fitted: Fitted, minilm: Embedder) -> None:
    written = fitted.rubric.fit
    assert written is not None
    assert fitted.rubric.was_fitted
    assert (written.calls, written.embedder, written.reads) == (60, minilm.fingerprint, "trainee")
    assert set(written.agreement) == {"listening", "smoothness"}
    for agreement in written.agreement.values():
        assert agreement.low <= agreement.spearman <= agreement.high
        assert agreement.best_baseline
        assert 0 < agreement.band < 60
    assert len({one.id for one in written.most_wrong}) == len(written.most_wrong) == 10
    off = [abs(one.graded - one.scored) for one in written.most_wrong]
    assert off == sorted(off, reverse=True)


def test_it_says_how_the_rubric_agreed_before(library: Library, shipped: RecordedScorer, minilm: Embedder) -> None:
    calls = graded(40, "listening", "smoothness")
    rubric = library.rubric("customer-care")
    heads = open_heads(rubric, library.fit_array("customer-care"), minilm.fingerprint)
    scores = shipped.score(calls)
    as_scored = [
        replace(one, labels={"listening": ((score.dimensions["listening"] or 0.0) / 100,), **by_chance(at)})
        for at, (one, score) in enumerate(zip(calls, scores, strict=True))
    ]
    before = {one.dimension: one for one in fit(rubric, heads, as_scored, minilm, "ours", whole_call=False).before}
    assert before["listening"].spearman == pytest.approx(1.0)
    assert before["listening"].gain_low <= before["listening"].gain_high <= 0.0
    assert abs(before["smoothness"].spearman) < 0.6
    assert before["smoothness"].gain_low < before["smoothness"].gain_high


def by_chance(at: int) -> dict[str, tuple[float, ...]]:
    return {"smoothness": ((7 * at % 40) / 40,)}


def test_the_customers_turns_move_nothing_unless_asked(fitted: Fitted, fitting: Fit, minilm: Embedder) -> None:
    thanks = "Oh thank you so much, that settles it!"
    calls = [call("a", ASKED[0], GOOD[0]), call("b", ASKED[0], GOOD[0], thanks)]
    first, second = RecordedScorer(fitted.rubric, minilm, fitted.heads).score(calls)
    assert first.dimensions == second.dimensions
    both = fitting(graded(60, "listening"), whole_call=True)
    assert both.rubric.fit is not None
    assert both.rubric.fit.reads == "whole_call"
    first, second = RecordedScorer(both.rubric, minilm, both.heads).score(calls)
    assert first.dimensions["listening"] != second.dimensions["listening"]


def test_the_same_calls_teach_the_same_in_any_order(fitting: Fit, fitted: Fitted, minilm: Embedder) -> None:
    again = fitting(list(reversed(graded(60, "listening", "smoothness"))))
    calls = [call(f"c{at}", *pair) for at, pair in enumerate(zip(ASKED, GOOD, strict=True))]
    one, other = (RecordedScorer(each.rubric, minilm, each.heads).score(calls) for each in (fitted, again))
    for first, second in zip(one, other, strict=True):
        assert first.dimensions["listening"] == pytest.approx(second.dimensions["listening"], abs=0.5)


def test_yes_and_no_will_do(fitting: Fit, minilm: Embedder) -> None:
    calls = [
        call(f"c{at}", f"{ASKED[at % 4]} ({at})", (GOOD if at % 2 else POOR)[at % 4], labels={"overall": float(at % 2)})
        for at in range(40)
    ]
    found = fitting(calls)
    assert found.agreed[0].auc is not None
    assert found.agreed[0].auc > 0.8
    score = RecordedScorer(found.rubric, minilm, found.heads).score([call("c", ASKED[0], GOOD[0])])[0]
    assert score.overall is not None
    assert score.overall > 50


def test_calls_that_all_open_with_the_agents_greeting_teach_as_well(fitting: Fit) -> None:
    greeting = Turn(Speaker.TRAINEE, "Thank you for calling Acme, this is Sam.")
    calls = [Transcript(one.id, (greeting, *one.turns), one.labels) for one in graded(60, "listening")]
    assert fitting(calls).agreed[0].spearman > 0.4


def test_chance_teaches_nothing_and_is_called_so(fitting: Fit) -> None:
    calls = graded(40, "listening")
    chance = np.random.RandomState(2)
    shuffled = [
        Transcript(one.id, one.turns, {"listening": (float(grade),)})
        for one, grade in zip(calls, chance.uniform(0, 1, len(calls)), strict=True)
    ]
    assert [one.dimension for one in fitting(shuffled).unlearnt] == ["listening"]


@pytest.mark.parametrize(
    ("calls", "what"),
    [
        (graded(19, "listening"), "at least 20"),
        ([call(f"c{at}", "Hi.", f"Hello number {at}.", labels={"listening": 1.0}) for at in range(30)], "same grade"),
        ([call(f"c{at}", "Hi.", f"Hello number {at}.") for at in range(30)], "no call in the file is graded"),
        (
            [
                call(f"c{at}", "Hi.", "Hello there.", "Yes?", "All of it.", labels={"listening": at / 30})
                for at in range(30)
            ],
            "all graded calls say the same",
        ),
        (
            [call(f"c{at}", "Hi.", "ok", labels={"listening": at / 30}) for at in range(30)],
            "graded in 0 calls that can be read",
        ),
    ],
    ids=["too few", "one class", "no label", "one call", "nothing said"],
)
def test_too_little_is_refused(fitting: Fit, calls: list[Transcript], what: str) -> None:
    with pytest.raises(UsageProblem, match=what):
        fitting(calls)


def test_the_array_comes_back_as_it_was(fitted: Fitted, minilm: Embedder) -> None:
    heads = from_bytes(fitted.array)
    assert to_bytes(heads) == fitted.array == to_bytes(fitted.heads)
    calls = [call("c", ASKED[1], GOOD[1])]
    kept = RecordedScorer(fitted.rubric, minilm, heads).score(calls)[0]
    assert kept.dimensions["listening"] == pytest.approx(
        RecordedScorer(fitted.rubric, minilm, fitted.heads).score(calls)[0].dimensions["listening"], abs=1e-3
    )
    assert kept.influences == () or all(one.like for one in kept.influences)


@pytest.mark.parametrize("spoil", [lambda data: data[:-50], lambda _: b"", lambda data: b"x" + data[1:]])
def test_a_damaged_array_is_refused(fitted: Fitted, minilm: Embedder, spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(DamagedArray):
        from_bytes(spoil(fitted.array))
    with pytest.raises(BadFile, match="not an array"):
        open_heads(fitted.rubric, spoil(fitted.array), minilm.fingerprint)


def test_another_embedder_is_refused(fitted: Fitted) -> None:
    with pytest.raises(UsageProblem, match="another embedder"):
        open_heads(fitted.rubric, fitted.array, "word-hash-256")


def test_points_stay_in_bounds_and_in_order() -> None:
    values = [bounded(at) for at in range(-200, 300)]
    assert all(0 <= value <= 100 for value in values)
    assert values == sorted(values)
    assert [bounded(float(at)) for at in (5, 50, 95)] == [5, 50, 95]
    assert BORROWED[0] == 0.0
