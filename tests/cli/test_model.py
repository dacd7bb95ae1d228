"""`roleplay practice --model`, as a script sees it: a good call, each way not to begin, and a stop in mid-sentence."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from roleplay.library.folder import Library
from roleplay.store.records import Records
from tests.chat.provider import (
    CANARY,
    Answer,
    Pause,
    Provider,
    Request,
    Script,
    echo,
    error,
    pieces,
)
from tests.cli.conftest import Ran, Roleplay, rehearsal
from tests.cli.test_interrupt import interrupted, started
from tests.session.builders import timeless

pytestmark = pytest.mark.slow
CALL = ("practice", "broadband-down", "--plain", "--seed", "5", "--model", "openai/x")
LINE = "Good morning Mr Pugh, I am Dana from Tamar Fibre. What was happened yesterday with engineer?"


def typed_turns(file: Path) -> list[str]:
    """The trainee's turns in a report."""
    turns = json.loads(file.read_text(encoding="utf-8"))["turns"]
    return [turn["text"] for turn in turns if turn["speaker"] == "trainee"]


def one_clear_message(ran: Ran, *words: str) -> None:
    """Exit 3, nothing on stdout, and on stderr what failed and what to do, once and without the key."""
    assert (ran.code, ran.out) == (3, "")
    lines = [line for line in ran.err.splitlines() if line]
    at = next(at for at, line in enumerate(lines) if line.startswith("roleplay: "))
    assert len(lines) == at + 2
    assert ran.tidy
    assert CANARY not in ran.err
    assert [word for word in words if word not in f"{lines[at]} {lines[at + 1]}"] == []


@pytest.mark.usefixtures("warm")
def test_a_model_speaks_the_customers_words_and_changes_nothing_else(
    roleplay: Roleplay, library: Library, tmp_path: Path, home: Path
) -> None:
    typed = rehearsal(library, "broadband-down", "learner")
    with Provider([echo]) as provider:
        ran = roleplay(*CALL, "--report", tmp_path / "m.json", typed=typed, **provider.environment)
    scripted = roleplay(*CALL[:-1], "scripted", "--report", tmp_path / "s.json", typed=typed)
    assert (ran.code, ran.tidy, scripted.code) == (0, True, 0)
    said = [line for line in ran.out.splitlines() if line.startswith("Gareth Pugh: ")]
    assert len(provider.requests) == len(said)
    assert "is sent to" not in ran.err
    model, other = (timeless(json.loads((tmp_path / f"{one}.json").read_text(encoding="utf-8"))) for one in "ms")
    assert model["model"] == "openai/x"
    for report in (model, other):
        report["model"] = report["usage"] = ""
        for turn in report["turns"]:
            turn["guarded"] = turn["text"] = ""
    assert model == other
    assert CANARY not in ran.out + ran.err
    assert CANARY.encode() not in b"".join(file.read_bytes() for file in home.glob("records.sqlite*"))


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (error(401, "invalid_api_key"), ("does not accept the key", "OPENAI_API_KEY")),
        (error(404, "model_not_found"), ("no model openai/x was found",)),
        (error(429, retry_after="3600"), ("takes no more requests now", "--model scripted")),
        (error(400), ("does not take the request",)),
    ],
    ids=["wrong_key", "unknown_model", "no_quota", "bad_request"],
)
def test_a_provider_that_refuses_is_exit_3_and_no_call(
    roleplay: Roleplay, home: Path, answer: Script, words: tuple[str, ...]
) -> None:
    with Provider([answer]) as provider:
        ran = roleplay(*CALL, typed="Hello.\n", **provider.environment)
    one_clear_message(ran, *words)
    records = Records(home)
    assert records.calls() == []
    records.close()


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("model", "variables", "words"),
    [
        ("openai/x", {"OPENAI_API_KEY": CANARY, "OPENAI_API_BASE": "http://127.0.0.1:9/v1"}, ("OPENAI_API_BASE",)),
        ("gpt-4o-mini", {"OPENAI_API_KEY": ""}, ("needs a key", "OPENAI_API_KEY")),
        ("no-such-provider/x", {}, ("no model no-such-provider/x was found",)),
        ("lm_studio/x", {"LM_STUDIO_API_BASE": ""}, ("cannot be reached", "LM_STUDIO_API_BASE")),
        ("gguf:/no/such/file.gguf", {}, ("gguf:/no/such/file.gguf",)),
    ],
    ids=["unreachable", "no_key", "unknown", "no_address", "no_weights"],
)
def test_a_model_that_is_not_there_is_exit_3(
    roleplay: Roleplay, model: str, variables: dict[str, str], words: tuple[str, ...]
) -> None:
    ran = roleplay(*CALL[:-1], model, typed="Hello.\n", **variables)
    one_clear_message(ran, *words)


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan", "inf", "1e400"])
def test_a_timeout_that_is_none_is_exit_2(roleplay: Roleplay, seconds: str) -> None:
    ran = roleplay(*CALL, f"--timeout={seconds}", typed="Hello.\n", OPENAI_API_KEY=CANARY)
    assert (ran.code, ran.tidy, ran.out) == (2, True, "")
    assert "--timeout" in ran.err


@pytest.mark.usefixtures("warm")
def test_a_model_that_is_late_says_which_flag_gives_it_more_time(roleplay: Roleplay) -> None:
    with Provider([Answer(lambda: [Pause(20)])]) as provider:
        ran = roleplay(*CALL, "--timeout", "1", typed="Hello.\n", **provider.environment)
    one_clear_message(ran, "took too long", "--timeout")


@pytest.mark.usefixtures("warm")
def test_a_provider_that_goes_away_is_no_reason_to_stop(roleplay: Roleplay, library: Library, tmp_path: Path) -> None:
    typed = rehearsal(library, "broadband-down", "terse")
    with Provider([echo, error(401)]) as provider:
        ran = roleplay(*CALL, "--report", tmp_path / "r.json", typed=typed, **provider.environment)
    assert (ran.code, ran.tidy) == (0, True)
    assert ran.err.count("Twice in a row") == 1
    assert len(provider.requests) == 3
    assert typed_turns(tmp_path / "r.json") == [line for line in typed.splitlines() if line != "/end"]
    assert CANARY not in ran.out + ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="another signal there")
def test_ctrl_c_in_the_middle_of_a_word_keeps_the_call(
    roleplay: Roleplay, warm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(request: Request) -> Answer:
        return Answer(lambda: [*pieces(request.meaning[:20]), Pause(25)])

    with Provider([echo, slow, echo]) as provider:
        for name, value in provider.environment.items():
            monkeypatch.setenv(name, value)
        process = started(*CALL)
        assert process.stdout is not None
        opening = process.stdout.readline()
        assert process.stdin is not None
        process.stdin.write(f"{LINE}\n")
        process.stdin.flush()
        assert provider.soon(lambda: len(provider.requests) == 2 and provider.open_answers == 1, 60)
        code, out, err = interrupted(process)
        assert (code, out) == (130, "")
        assert "Traceback" not in err
        assert CANARY not in err
        assert provider.soon_idle()
        command = next(line for line in err.splitlines() if "--resume" in line).split("roleplay ", 1)[1].split()
        ran = roleplay(*command, "--plain", "--report", tmp_path / "r.json", typed="/end\n")
    assert (ran.code, ran.tidy) == (0, True)
    assert opening.startswith("Gareth Pugh: ")
    assert typed_turns(tmp_path / "r.json") == [LINE]
    assert len(provider.requests) == 4
    records = Records(warm)
    assert [one.result is not None for one in records.calls()] == [True]
    records.close()
