"""Every bundled persona, played by trainees of seven kinds: who wins, who does not, and how the scores stand."""

from __future__ import annotations

from functools import cache

import pytest

from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.persona import RunName
from roleplay.rehearsal import Rehearsal, Rehearsed
from roleplay.transcript import Outcome

PERSONAS = Library.open().persona_ids()
GOOD: tuple[RunName, ...] = ("competent", "competent_one_slip", "terse", "learner")
DIMENSIONS = ("smoothness", "listening", "first_call_resolution")


class Played:
    """Rehearsals, each played once in a run of the tests."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.call = cache(rehearsal.play)

    def scores(self, persona: str, run: RunName) -> dict[str, float]:
        dimensions = self.call(persona, run, 1).card.dimensions
        return {name: value for name, value in dimensions.items() if value is not None}

    def overall(self, persona: str, run: RunName) -> float:
        return self.call(persona, run, 1).card.overall or 0.0


@pytest.fixture(scope="session")
def played(library: Library, minilm: Embedder) -> Played:
    return Played(Rehearsal(library, minilm))


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("run", GOOD)
@pytest.mark.parametrize("seed", [1, 2])
def test_good_faith_wins(played: Played, persona: str, run: RunName, seed: int) -> None:
    call = played.call(persona, run, seed)
    assert call.outcome.is_win, story(call)
    assert 4 <= len(call.course.history) <= 14, story(call)


@pytest.mark.parametrize("persona", PERSONAS)
def test_lazy_never_wins(played: Played, persona: str) -> None:
    call = played.call(persona, "lazy", 1)
    assert not call.outcome.is_win, story(call)


@pytest.mark.parametrize("persona", PERSONAS)
def test_rude_is_hung_up_on_or_escalated(played: Played, persona: str) -> None:
    call = played.call(persona, "rude", 1)
    assert call.outcome in (Outcome.HUNG_UP, Outcome.ESCALATED), story(call)


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("run", ["terse", "learner"])
def test_few_words_and_a_learners_english_score_like_many(played: Played, persona: str, run: RunName) -> None:
    assert abs(played.overall(persona, run) - played.overall(persona, "competent")) <= 5


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("other", ["lazy", "rude"])
def test_competent_is_above_on_every_dimension(played: Played, persona: str, other: RunName) -> None:
    good, poor = played.scores(persona, "competent"), played.scores(persona, other)
    assert all(good[name] > poor[name] for name in DIMENSIONS), (good, poor)


@pytest.mark.parametrize("persona", PERSONAS)
def test_lazy_is_smoother_than_rude_and_never_below(played: Played, persona: str) -> None:
    lazy, rude = played.scores(persona, "lazy"), played.scores(persona, "rude")
    assert lazy["smoothness"] > rude["smoothness"]
    assert lazy["listening"] >= rude["listening"]
    assert lazy["first_call_resolution"] >= rude["first_call_resolution"]


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("run", ["competent", "terse", "learner"])
def test_a_good_call_passes(played: Played, persona: str, run: RunName) -> None:
    call = played.call(persona, run, 1)
    assert call.card.passed, (call.card.overall, call.card.critical_failed)


def story(call: Rehearsed) -> str:
    """What happened, for the one who mends it."""
    course = call.course
    return (
        f"{call.outcome} after {len(course.history)} replies, mood {course.state.mood}, done {dict(course.state.done)}"
    )
