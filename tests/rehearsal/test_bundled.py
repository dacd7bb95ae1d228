"""Every bundled persona, played by trainees of seven kinds: who wins, who does not, and how the scores stand."""

from __future__ import annotations

from functools import cache
from statistics import fmean

import pytest

from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.persona import RunName
from roleplay.rehearsal.figures import RunFigures, call_figures
from roleplay.rehearsal.playing import Rehearsal, Rehearsed
from roleplay.transcript import Outcome

PERSONAS = Library.open().persona_ids()
GOOD: tuple[RunName, ...] = ("competent", "competent_one_slip", "terse", "learner")
DIMENSIONS = ("smoothness", "listening", "first_call_resolution")
SEEDS = (1, 2, 3)


class Played:
    """Rehearsals, each played once in a run of the tests."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.call = cache(rehearsal.play)

    def scores(self, persona: str, run: RunName, seed: int) -> dict[str, float]:
        dimensions = self.call(persona, run, seed).card.dimensions
        return {name: value for name, value in dimensions.items() if value is not None}

    def mean(self, persona: str, run: RunName) -> dict[str, float]:
        calls = [self.scores(persona, run, seed) for seed in SEEDS]
        return {name: fmean(call[name] for call in calls) for name in DIMENSIONS}

    def overall(self, persona: str, run: RunName, seed: int) -> float:
        return self.call(persona, run, seed).card.overall or 0.0


@pytest.fixture(scope="session")
def played(library: Library, minilm: Embedder) -> Played:
    return Played(Rehearsal(library, minilm))


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("run", GOOD)
@pytest.mark.parametrize("seed", SEEDS)
def test_good_faith_wins(played: Played, persona: str, run: RunName, seed: int) -> None:
    call = played.call(persona, run, seed)
    assert call.outcome.is_win, story(call)
    assert 4 <= len(call.course.history) <= 14, story(call)


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("seed", SEEDS)
def test_lazy_never_wins(played: Played, persona: str, seed: int) -> None:
    call = played.call(persona, "lazy", seed)
    assert not call.outcome.is_win, story(call)


@pytest.mark.parametrize("persona", PERSONAS)
def test_rude_is_hung_up_on_or_escalated(played: Played, persona: str) -> None:
    for seed in SEEDS:
        call = played.call(persona, "rude", seed)
        assert call.outcome in (Outcome.HUNG_UP, Outcome.ESCALATED), story(call)


@pytest.mark.parametrize("persona", PERSONAS)
def test_an_average_trainee_says_other_things_with_another_seed(played: Played, persona: str) -> None:
    calls = [played.call(persona, "average", seed).course for seed in SEEDS]
    assert len({tuple(reply.reading.text for reply in call.history) for call in calls}) == len(SEEDS)


@pytest.mark.slow
@pytest.mark.parametrize("persona", PERSONAS)
def test_of_fifty_calls_each_kind_wins_its_share(played: Played, persona: str) -> None:
    shares = {run: fifty(played, persona, run) for run in ("competent", "average", "lazy", "rude")}
    assert shares["competent"] >= 0.9
    assert 0.3 <= shares["average"] <= 0.9
    assert shares["lazy"] == shares["rude"] == 0


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("run", ["terse", "learner"])
def test_few_words_and_a_learners_english_score_like_many(played: Played, persona: str, run: RunName) -> None:
    many = [played.overall(persona, "competent", seed) for seed in SEEDS]
    assert min(many) - 5 <= played.overall(persona, run, 1) <= max(many) + 5


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("other", ["lazy", "rude"])
@pytest.mark.parametrize("seed", SEEDS)
def test_competent_is_above_on_every_dimension(played: Played, persona: str, other: RunName, seed: int) -> None:
    good, poor = played.scores(persona, "competent", seed), played.scores(persona, other, seed)
    assert all(good[name] > poor[name] for name in DIMENSIONS), (good, poor)


@pytest.mark.parametrize("persona", PERSONAS)
def test_lazy_is_smoother_than_rude_and_solves_no_less(played: Played, persona: str) -> None:
    lazy, rude = played.mean(persona, "lazy"), played.mean(persona, "rude")
    assert lazy["smoothness"] > rude["smoothness"]
    assert lazy["first_call_resolution"] >= rude["first_call_resolution"]


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("run", ["competent", "terse", "learner"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_good_call_passes(played: Played, persona: str, run: RunName, seed: int) -> None:
    call = played.call(persona, run, seed)
    assert call.card.passed, (call.card.overall, call.card.critical_failed)


def fifty(played: Played, persona: str, run: RunName) -> float:
    """The share won of fifty calls."""
    calls = tuple(call_figures(played.call(persona, run, seed)) for seed in range(1, 51))
    return RunFigures(persona, run, stands_in=False, steps=(), calls=calls).won / len(calls)


def story(call: Rehearsed) -> str:
    """What happened, for the one who mends it."""
    course = call.course
    return (
        f"{call.outcome} after {len(course.history)} replies, mood {course.state.mood}, done {dict(course.state.done)}"
    )
