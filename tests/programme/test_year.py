"""A simulated year: four trainees of known quality, 120 days, with the scripted voice and the real sentence model."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from roleplay.embedding import Embedder
from roleplay.programme.spacing import Seen, spaced
from roleplay.training import Deed
from tests.programme.year import CURED_ON, FIRST_DAY, PROFILES, SETTLED, Profile, Simulated

CURED = (FIRST_DAY + timedelta(days=CURED_ON)).date()
SOON, A_FORTNIGHT = 10, timedelta(days=14)


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
def test_a_year(profile: Profile, tmp_path: Path, minilm: Embedder) -> None:
    trainee = Simulated(profile, tmp_path / "home", minilm, profile.seed)
    trainee.live()
    _is_in_the_right_layer(trainee)
    _succeeds_in_four_of_five(trainee)
    _names_the_planted_mistake_and_drops_it_when_cured(trainee)
    _spaces_as_planned(trainee)
    trainee.close()


def _is_in_the_right_layer(trainee: Simulated) -> None:
    layers = [day.layer for day in trainee.days]
    assert layers[0] == trainee.profile.layer, "placed"
    assert layers[-1] == trainee.profile.layer, "and still there: nobody moves up by time"


def _succeeds_in_four_of_five(trainee: Simulated) -> None:
    passed = [one for day in trainee.days[SETTLED:] for one in day.passed]
    assert len(passed) >= 25
    assert 0.7 <= sum(passed) / len(passed) <= 0.9


def _names_the_planted_mistake_and_drops_it_when_cured(trainee: Simulated) -> None:
    habit = trainee.profile.habit
    before = [habit in day.recurring for day in trainee.days if day.on < CURED]
    after = [habit in day.recurring for day in trainee.days if day.on >= CURED + A_FORTNIGHT]
    assert any(before[:SOON]), "named within two weeks"
    assert sum(before) > len(before) / 2
    assert not any(after)
    sheets = [one for one in trainee.programme.trained().entries if one.deed is Deed.SHEET]
    named = [habit in one.aims for one in sheets if one.at.date() < CURED]
    assert not named or any(named)
    assert not any(habit in one.aims for one in sheets if one.at.date() >= CURED)


def _spaces_as_planned(trainee: Simulated) -> None:
    """Each criterion that a call was chosen for was due by then, new, or coming back; hardly ever ahead of its day."""
    programme = trainee.programme
    trained = programme.trained()
    evidence: list[Seen] = []
    events = [(one.at, one) for one in trained.entries if one.deed in (Deed.QUESTION, Deed.CALL)]
    chosen = ahead = 0
    for at, entry in sorted(events, key=lambda pair: (pair[0], pair[1].id)):
        if entry.deed is Deed.QUESTION:
            evidence += [Seen(name, at.date(), entry.share == 1) for name in entry.aims]
            continue
        stands = spaced(evidence, programme.curriculum.spacing_days)
        recurring = next((day.recurring for day in reversed(trainee.days) if day.on < at.date()), ())
        for name in entry.aims:
            chosen += 1
            ahead += name in stands and stands[name].due > at.date() and name not in recurring
        details = trained.of(entry.call)
        evidence += [Seen(name, at.date(), not details.failed(name)) for name in details.criteria]
    assert chosen >= 30
    assert ahead / chosen <= 0.2, f"{ahead} of {chosen} ahead of their day"
