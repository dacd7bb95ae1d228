"""A certificate: refused, taken, signed, verified; and what no longer verifies."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import asdict
from pathlib import Path
from statistics import fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.errors import BadFile, UsageProblem
from roleplay.library.folder import Library, builtin_folder
from roleplay.programme.certificate import (
    T_95,
    Certificate,
    CertifiedCall,
    NotVerified,
    certificate_text,
    lower_bound,
    result,
    signed_text,
    verify_file,
)
from roleplay.programme.keys import new_key
from roleplay.programme.lesson import Take, Tell
from roleplay.programme.lessons.certification import attempts_used, certification
from roleplay.programme.programme import Programme, open_programme
from roleplay.rubric import Rubric
from roleplay.session.opening import Choices, Switchboard
from roleplay.store.records import Records
from roleplay.training import Deed
from tests.programme.year import Clock
from tests.session.builders import RememberingWordHash, begin, play

CALL = CertifiedCall("water-bill", "a" * 64, 20, "scripted", "resolved", 90.0, (), "b" * 64)


def certificate(**changes: object) -> Certificate:
    values: dict[str, object] = {
        "trainee": "Zoë Ng", "curriculum": "contact-centre", "rubric": "ours", "rubric_sha256": "c" * 64,
        "embedder": "e", "program": "0.1.0", "program_sha256": "d" * 64, "taken_at": "2026-11-27T09:00:00+00:00",
        "attempt": 1, "attempts": 3, "mark": 75.0, "calls": (CALL,) * 5, "mean": 90.0, "lower_bound": 88.0,
        "passed": True,
    }  # fmt: skip
    return Certificate(**{**values, **changes})  # type: ignore[arg-type] # of the names above


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trainer's key and a stranger's."""
    folder = tmp_path_factory.mktemp("keys")
    new_key(folder / "trainer.pem")
    new_key(folder / "stranger.pem")
    return folder


@pytest.fixture(scope="module")
def signed(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("signed") / "zoe.json"
    file.write_text(certificate_text(certificate(), keys / "trainer.pem"), encoding="utf-8", newline="\n")
    return file


def test_it_verifies_with_the_trainer_s_key_among_others(signed: Path, keys: Path) -> None:
    found, by = verify_file(signed, [keys / "stranger.pem.pub", keys / "trainer.pem.pub"])
    assert found["trainee"] == "Zoë Ng"
    assert by.name == "trainer.pem.pub"


def test_it_does_not_verify_under_another_key(signed: Path, keys: Path) -> None:
    with pytest.raises(NotVerified, match="another key"):
        verify_file(signed, [keys / "stranger.pem.pub"])


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_no_byte_can_be_changed(
    signed: Path, keys: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = signed.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    changed = tmp_path_factory.getbasetemp() / "changed.json"
    changed.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])
    with pytest.raises((NotVerified, BadFile)):
        verify_file(changed, [keys / "trainer.pem.pub"])


@pytest.mark.parametrize("more", [b"\n", b" ", b"{}"])
def test_nothing_can_be_added(signed: Path, keys: Path, tmp_path: Path, more: bytes) -> None:
    longer = tmp_path / "longer.json"
    longer.write_bytes(signed.read_bytes() + more)
    with pytest.raises(NotVerified):
        verify_file(longer, [keys / "trainer.pem.pub"])


def test_an_unsigned_one_says_so_and_can_be_signed_later(keys: Path, tmp_path: Path) -> None:
    file = tmp_path / "unsigned.json"
    file.write_text(certificate_text(certificate()), encoding="utf-8", newline="\n")
    with pytest.raises(NotVerified, match="not signed"):
        verify_file(file, [keys / "trainer.pem.pub"])
    file.write_text(signed_text(file, keys / "trainer.pem"), encoding="utf-8", newline="\n")
    assert verify_file(file, [keys / "trainer.pem.pub"])[0] == json.loads(json.dumps(asdict(certificate())))


def test_keys_are_never_overwritten_and_are_for_their_owner_alone(keys: Path) -> None:
    assert (keys / "trainer.pem").stat().st_mode & 0o077 == 0
    with pytest.raises(UsageProblem, match="already"):
        new_key(keys / "trainer.pem")


def test_what_is_no_key_is_said_plainly(signed: Path, keys: Path, tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.pub"
    nonsense.write_text("hello")
    for key in (nonsense, keys / "trainer.pem", tmp_path / "missing"):
        with pytest.raises(BadFile):
            verify_file(signed, [key])


def test_the_quantiles_are_student_s() -> None:
    stats = pytest.importorskip("scipy.stats")
    assert [round(float(stats.t.ppf(0.95, df)), 3) for df in range(4, 20)] == pytest.approx(list(T_95), abs=6e-4)


@given(st.lists(st.floats(0, 100), min_size=5, max_size=40))
def test_the_lower_bound_lies_below_the_mean(scores: list[float]) -> None:
    low = lower_bound(scores)
    assert low <= fmean(scores) + 1e-9
    assert (low < fmean(scores)) == (stdev(scores) > 0) or stdev(scores) < 1e-6


def test_five_high_scores_that_differ_much_do_not_pass() -> None:
    scores = [100.0, 100.0, 100.0, 100.0, 40.0]
    mean, low, passed = result([CALL.__class__(**{**asdict(CALL), "overall": one}) for one in scores], 75)
    assert mean == 88
    assert low is not None
    assert low < 75
    assert not passed


def test_a_critical_failure_or_a_call_without_a_score_never_passes() -> None:
    critical = CertifiedCall(**{**asdict(CALL), "critical_failed": ("verifies",)})
    empty = CertifiedCall(**{**asdict(CALL), "overall": None})
    assert result([CALL] * 5, 75)[2]
    assert not result([CALL] * 4 + [critical], 75)[2]
    assert result([CALL] * 4 + [empty], 75) == (None, None, False)
    assert not result([CALL] * 4, 75)[2], "at least five calls"


def test_a_rubric_that_was_never_fitted_certifies_nobody(programme: Programme) -> None:
    with pytest.raises(UsageProblem, match="never checked against graders"):
        certification(programme, "Zoë", lambda _: "")


@pytest.fixture
def fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programme:
    """A house library whose rubric counts as taught by graders. What they taught is beside the point here."""
    house = tmp_path / "house"
    bundled = (builtin_folder() / "rubrics" / "customer-care.yaml").read_text(encoding="utf-8")
    (house / "rubrics").mkdir(parents=True)
    plain = re.sub(r"^fit:.*?^criteria:", "criteria:", bundled, flags=re.DOTALL | re.MULTILINE)
    (house / "rubrics" / "customer-care.yaml").write_text(plain, encoding="utf-8")
    shutil.copytree(builtin_folder() / "personas" / "curricula", house / "personas" / "curricula")
    library, model = Library.open(house), RememberingWordHash()
    monkeypatch.setattr(Rubric, "was_fitted", property(lambda _: True))
    board = Switchboard(
        library, Records(tmp_path / "home"), tmp_path / "home", Clock().around(), print, open_model=lambda *_: model
    )
    return open_programme(board, Choices(""))


def attempt(programme: Programme, *, leave_at: int | None = None) -> list[Certificate]:
    written: list[Certificate] = []

    def keep(found: Certificate) -> str:
        written.append(found)
        return "kept"

    lesson, taken = certification(programme, "Zoë", keep), 0
    card, answer = next(lesson), None
    while True:
        if isinstance(card, Take):
            assert card.choices.hints is False
            taken += 1
            answer = None
            if taken != leave_at:
                call = begin_with(programme, card.choices)
                answer = call
        else:
            assert isinstance(card, Tell)
        try:
            card = lesson.send(answer)
        except StopIteration:
            return written


def begin_with(programme: Programme, choices: Choices) -> str:
    call = begin(
        programme.board, choices.persona, seed=choices.seed, hints=choices.hints, rubric=choices.rubric,
        guidance=choices.guidance,
    )  # fmt: skip
    play(call, ["Good morning, how can I help you?", "/end"])
    return call.header.id


def test_an_attempt_names_all_that_its_score_depends_on(fitted: Programme) -> None:
    (found,) = attempt(fitted)
    assert [one.persona for one in found.calls] == list(fitted.curriculum.certification.personas)
    assert {one.seed for one in found.calls} == {20}
    assert all(len(one.persona_sha256) == 64 and len(one.log_sha256) == 64 for one in found.calls)
    assert len(found.rubric_sha256) == len(found.program_sha256) == 64
    assert found.embedder
    assert (found.attempt, found.attempts, found.passed) == (1, 3, False)
    again = attempt(fitted)[0]
    assert [one.log_sha256 for one in again.calls] == [one.log_sha256 for one in found.calls]


def test_attempts_are_limited_and_one_that_is_left_counts(fitted: Programme) -> None:
    assert attempt(fitted, leave_at=2) == []
    attempt(fitted)
    attempt(fitted)
    assert attempts_used(fitted, "Zoë") == 3
    with pytest.raises(UsageProblem, match="used all 3 attempts"):
        attempt(fitted)
    assert attempts_used(fitted, "Ada") == 0
    deeds = [one.deed for one in fitted.board.records.training.entries()]
    assert deeds.count(Deed.CERTIFICATE) == 3


def test_an_attempt_needs_a_name(fitted: Programme) -> None:
    with pytest.raises(UsageProblem, match="name"):
        certification(fitted, " \x1b ", lambda _: "")
