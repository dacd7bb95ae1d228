"""What keeps practice within reach: the staircase, the customer made easier or harder, spacing, goals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.call_log import CallDetails, CallHeader, CallResult, CallSummary
from roleplay.curriculum import Layer
from roleplay.customer.steps import won
from roleplay.library.folder import Library
from roleplay.persona import Persona
from roleplay.programme.challenge import SUCCEEDS, adapted, level_of, staircase, terms
from roleplay.programme.goals import Goal, goals
from roleplay.programme.spacing import Seen, spaced
from roleplay.programme.standing import Trained
from roleplay.session.fading import Guidance
from roleplay.training import Deed, TrainingEntry

LIBRARY = Library.open()
CURRICULUM = LIBRARY.curriculum("contact-centre")
PERSONAS = [LIBRARY.persona(name) for name in LIBRARY.persona_ids()]
LEVELS = range(1, 10)
DAYS = (1, 3, 7, 14, 30)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@given(st.floats(1, 9), st.lists(st.booleans(), max_size=200))
def test_the_staircase_stays_on_its_steps(start: float, results: list[bool]) -> None:
    assert 1 <= staircase(start, results) < 10
    assert level_of(staircase(start, results)) in LEVELS


def test_the_staircase_comes_to_rest_where_four_of_five_succeed() -> None:
    """A trainee for whom each level costs a tenth: wherever it starts, it ends where the success is .8."""
    for start in (1, 5, 9):
        chance, results = Random(7), list[bool]()  # noqa: S311 - a trainee, not a key
        for _ in range(600):
            level = staircase(start, results)
            results.append(chance.random() < 1.2 - 0.1 * level)
        assert sum(results[100:]) / 500 == pytest.approx(SUCCEEDS, abs=0.05)


def test_the_first_failure_ends_the_quick_rise() -> None:
    assert staircase(2, [True, True, True]) == 5
    assert staircase(2, [True, True, True, False]) == 4
    assert staircase(2, [True, True, True, False, True]) == 4.25


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda one: one.id)
def test_every_level_of_every_customer_is_a_whole_one_that_can_be_won(persona: Persona) -> None:
    moods = []
    for level in LEVELS:
        made = adapted(persona, level, CURRICULUM.twists, seed=3)
        assert Persona.model_validate_json(made.model_dump_json()) == made
        assert won(made, {step.id for step in made.steps}) is not None
        hung_up = made.outcomes.hung_up
        if hung_up and hung_up.mood_below is not None and made.mood.start is not None:
            assert made.mood.start >= hung_up.mood_below, "nobody hangs up before a word is said"
        assert len(made.twists) == (2 if level >= 8 else 1 if level >= 6 else 0)
        moods.append(made.mood.start or 0)
    assert moods == sorted(moods, reverse=True)
    assert adapted(persona, 5, CURRICULUM.twists) is persona


def test_what_is_beside_the_trainee_fades() -> None:
    assert [terms(level).hints for level in LEVELS] == [True] * 7 + [False] * 2
    assert terms(1).guidance is Guidance.FULL
    assert terms(9).guidance is Guidance.RESTING
    policy = adapted(LIBRARY.persona("water-bill"), 9).policy
    assert all("memory" in rule.text for rule in policy)
    easy, hard = adapted(PERSONAS[0], 1), adapted(PERSONAS[0], 9)
    assert all(not fact.reveal_when for fact in easy.facts), "told of their own accord"
    assert [fact.reveal_when for fact in hard.facts] == [fact.reveal_when for fact in PERSONAS[0].facts]


def test_the_same_seed_has_the_same_surprises() -> None:
    persona = LIBRARY.persona("wrong-sofa")
    first, again, other = (adapted(persona, 8, CURRICULUM.twists, seed) for seed in (4, 4, 5))
    assert first == again
    assert first.twists != other.twists or first == other
    assert len({one.says for one in first.twists}) == 2


seen = st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=40).map(
    lambda pairs: [Seen("x", date(2026, 1, 1) + timedelta(days=day), landed) for day, landed in sorted(pairs)]
)


@given(seen)
def test_spacing_is_never_shorter_than_the_plan(evidence: list[Seen]) -> None:
    found = spaced(evidence, DAYS)
    if not evidence:
        assert found == {}
        return
    last, stands = evidence[-1], found["x"]
    assert 0 <= stands.box <= len(DAYS)
    if not last.landed:
        assert (stands.box, stands.due) == (0, last.on + timedelta(days=1))
    assert (stands.due - last.on).days <= DAYS[-1]


def test_what_lands_on_its_day_waits_longer_each_time() -> None:
    day, evidence, waits = date(2026, 1, 1), list[Seen](), list[int]()
    for _ in range(7):
        evidence.append(Seen("x", day, landed=True))
        due = spaced(evidence, DAYS)["x"].due
        waits.append((due - day).days)
        day = due
    assert waits == [1, 3, 7, 14, 30, 30, 30]


def test_landing_ahead_of_its_day_moves_nothing() -> None:
    early = [Seen("x", date(2026, 1, 1), True), Seen("x", date(2026, 1, 2), True), Seen("x", date(2026, 1, 3), True)]  # noqa: FBT003
    found = spaced(early, DAYS)["x"]
    assert (found.box, found.due) == (2, date(2026, 1, 5))


def trained(*listening: float, gap: int = 1, entries: tuple[TrainingEntry, ...] = ()) -> Trained:
    calls, details = [], {}
    for at, value in enumerate(listening):
        name = f"c{at}"
        header = CallHeader(
            id=name, persona="p", persona_name="P", persona_sha256="", mind_rubric_sha256="", rubric="r",
            rubric_sha256="", embedder="e", model="scripted", seed=1, pace="off", hints=True,
            started_at=START + timedelta(days=gap * at),
        )  # fmt: skip
        calls.append(CallSummary(header, 5, CallResult("resolved", value, value >= 75, 5), header.started_at))
        details[name] = CallDetails({"listening": value}, {"owns_it": value / 100, "verifies": 1.0}, {"seconds": 600.0})
    return Trained(entries, tuple(calls), details)


def listening(found: Trained, now: datetime) -> Goal:
    layer: Layer = CURRICULUM.layer("starter")
    return next(one for one in goals(layer, found, now) if one.wanted.measure == "listening")


def test_a_goal_starts_within_reach_and_grows_when_met() -> None:
    first = listening(trained(30), START)
    assert (first.now, first.near, first.grown) == (30, 40, 0)
    later = listening(trained(30, 60, 60, 60, 60, 60, 60), START + timedelta(days=7))
    assert later.grown >= 1
    assert later.near is not None
    assert later.now is not None
    assert later.now < later.near <= 70
    assert listening(trained(*[90] * 6), START).is_met


def test_a_goal_that_is_missed_says_what_stands_in_the_way() -> None:
    stuck = listening(trained(*[30] * 6, gap=4), START + timedelta(days=24))
    assert stuck.is_late
    assert stuck.missed_for == "owns_it"
    assert not listening(trained(*[30] * 6), START + timedelta(days=6)).is_late, "there is time yet"


def test_one_s_own_goal_stands_in_place_of_the_layer_s() -> None:
    own = TrainingEntry("g", START, Deed.GOAL, "listening", words={"target": "55", "way": "at_least"})
    found = listening(trained(30, entries=(own,)), START)
    assert (found.wanted.target, found.wanted.own) == (55, True)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40))
def test_a_near_goal_is_always_beyond_here_and_never_beyond_the_far_one(values: list[float]) -> None:
    found = listening(trained(*values), START + timedelta(days=50))
    assert found.now is not None
    if found.near is not None:
        assert found.now < found.near + 1e-6 <= found.wanted.target + 1e-5
