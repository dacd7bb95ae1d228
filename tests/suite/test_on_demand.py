"""Asked case by case, the cases of a rubric come to what they come to in one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from roleplay.embedding import Embedder
from roleplay.errors import ServiceUnavailable
from roleplay.suite.on_demand import OnDemand
from roleplay.suite.result import CaseResult
from tests.fakes import WordHashEmbedder
from tests.suite.build import CASES, changed, found, house, run, write_cases

BETTER = """\
format: 1
rubric: house
cases:
  - id: greets-better
    turns:
      - {speaker: customer, text: "Hello?"}
      - {speaker: trainee, text: "Welcome to Acme, how may I help you today?"}
    expect: {better_than: no-blame-breach, on: smoothness}
  - id: blames-nobody
    turns:
      - {speaker: trainee, text: "Nobody here says hello."}
    expect: {criteria: {greets: not_shown}}
"""


class Counted:
    """Opens the fake, and remembers how often that was asked for."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def __call__(self, name: str) -> Embedder:
        self.opened.append(name)
        return WordHashEmbedder()


def without_time(one: CaseResult) -> CaseResult:
    return replace(one, seconds=0.0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(order=st.permutations(range(4)), at_once=st.one_of(st.none(), st.integers(1, 5)))
def test_order_and_number_at_once_change_no_result(tmp_path: Path, order: list[int], at_once: int | None) -> None:
    library = house(tmp_path)
    write_cases(tmp_path, BETTER, "more.yaml")
    known = found(library)
    expected = {one.id: without_time(one) for one in run(library, WordHashEmbedder()).result.cases}
    open_model = Counted()
    asked = OnDemand(open_model, at_once)
    wanted = [known[at] for at in order]
    assert {one.placed.case.id: without_time(asked.result(one, wanted, known)) for one in wanted} == expected
    assert len(open_model.opened) == 1


class Listening(WordHashEmbedder):
    """Remembers what it was asked to read."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.heard += texts
        return super().embed(texts)


def test_what_nobody_wants_is_not_read(tmp_path: Path) -> None:
    library = house(tmp_path)
    write_cases(tmp_path, changed(BETTER, "Nobody here says hello.", "Plums are in season."), "more.yaml")
    known = found(library)
    wanted = [one for one in known if one.placed.case.id in ("greets-plain", "no-blame-breach")]
    model = Listening()
    OnDemand(lambda _: model).result(wanted[0], wanted, known)
    assert "That is your own fault, you should have read the letter." in model.heard, "wanted next"
    assert "Plums are in season." not in model.heard
    alone = Listening()
    OnDemand(lambda _: alone, 1).result(known[-1], known, known)
    assert "Plums are in season." in alone.heard


def test_a_model_that_is_not_there_is_asked_for_once_and_told_for_every_case(tmp_path: Path) -> None:
    known = found(house(tmp_path))
    asked_for: list[str] = []

    def none(name: str) -> Embedder:
        asked_for.append(name)
        raise ServiceUnavailable("no model", "Install one.")

    asked = OnDemand(none)
    for one in known:
        with pytest.raises(ServiceUnavailable, match="no model"):
            asked.result(one, known, known)
    assert len(asked_for) == 1


def test_a_case_is_about_its_own_rubric(tmp_path: Path) -> None:
    first, second = (
        house(tmp_path / "one"),
        house(tmp_path / "two", changed(CASES, "greets: shown", "greets: not_shown")),
    )
    known = [*found(first), *found(second)]
    asked = OnDemand(Counted())
    bad = [asked.result(one, known, known).is_bad for one in known]
    assert (bad[0], bad[2]) == (False, True)
