"""A provider of language models on loopback, in a thread: OpenAI's protocol, and every way in which it goes wrong.

Each request takes the next of the scripted answers; the last one is given again. An answer is a status, headers and
steps: bytes to send (each one chunk of the transfer), a pause, or a way to break off. Every request is kept.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Literal, Self

CANARY = "sk-canary-5f1c0ffee9d24b7e"
"""The key in the environment of these tests. Providers quote it in their errors, as real ones do."""
LITELLMS_OWN_WARNINGS = "ignore::pydantic.warnings.PydanticDeprecatedSince211"
"""litellm looks at every attribute of pydantic's models; as an error the warning of it would be a fault of its own."""
STREAM = "text/event-stream"
LONGEST_PAUSE = 30.0
"""Seconds: no answer holds its thread for longer."""


@dataclass(frozen=True)
class Pause:
    """Nothing comes for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class BreakOff:
    """The connection ends here: `reset`, `dropped` (closed within the body) or `closed` (the body ends properly)."""

    how: Literal["reset", "dropped", "closed"]


Step = bytes | Pause | BreakOff
Steps = Iterable[Step]


@dataclass(frozen=True)
class Answer:
    """What happens to one request. `steps` are made anew for each, as they may never end."""

    steps: Callable[[], Steps]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = STREAM
    silent: bool = False
    """No status and no headers are sent: the steps begin at once."""
    closes_shop: bool = False
    """Afterwards nothing listens any more: the next request is refused."""


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: Any

    @property
    def meaning(self) -> str:
        """What the customer is to say, as the prompt gives it."""
        last = str(self.body["messages"][-1]["content"])
        found = re.search(r'to be said in your own words: "(.*?)"(?: Your last try|</do>)', last, re.DOTALL)
        return found[1] if found else last.rpartition("Say in your own words: ")[2]


Script = Answer | Callable[[Request], Answer]


class Provider:
    """The server. Use it as a context manager; `answers` may be changed at any time."""

    def __init__(self, answers: Sequence[Script]) -> None:
        self.answers = answers
        self.requests: list[Request] = []
        self.open_answers = 0
        """Answers being given now."""
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._port = self._listening.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve, daemon=True)]

    @property
    def base(self) -> str:
        """For OPENAI_API_BASE."""
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def environment(self) -> dict[str, str]:
        """What makes litellm's `openai/…` talk to this server."""
        return {"OPENAI_API_KEY": CANARY, "OPENAI_API_BASE": self.base, "OPENAI_BASE_URL": ""}

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self.close_shop()
        for thread in self._threads:
            thread.join(5)

    def soon(self, is_so: Callable[[], bool], seconds: float = 5.0) -> bool:
        """Whether something is so within so many seconds."""
        ends = time.monotonic() + seconds
        while not is_so() and time.monotonic() < ends:
            time.sleep(0.01)
        return is_so()

    def soon_idle(self) -> bool:
        """Whether all answers are over within five seconds."""
        return self.soon(lambda: self.open_answers == 0)

    def close_shop(self) -> None:
        """Nothing listens any more; answers being given go on."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._answer, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            request = _read(connection)
            if request is None:
                return
            with self._lock:
                script = self.answers[min(len(self.requests), len(self.answers) - 1)]
                self.requests.append(request)
                self.open_answers += 1
            try:
                answer = script if isinstance(script, Answer) else script(request)
                if answer.closes_shop:
                    self.close_shop()
                _give(connection, answer, self._over)
            finally:
                with self._lock:
                    self.open_answers -= 1


def _read(connection: socket.socket) -> Request | None:
    with connection.makefile("rb") as incoming:
        first = incoming.readline().split()
        if len(first) < 2:
            return None
        headers = {}
        while (line := incoming.readline().strip()) != b"":
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        body = incoming.read(int(headers.get("content-length", "0")))
    return Request(first[1].decode(), headers, json.loads(body or b"{}"))


def _give(connection: socket.socket, answer: Answer, over: threading.Event) -> None:
    if not answer.silent:
        sent = {"content-type": answer.content_type, "transfer-encoding": "chunked", "connection": "close"}
        lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in (sent | dict(answer.headers)).items()]
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
    for step in answer.steps():
        match step:
            case bytes():
                if over.is_set():
                    return
                connection.sendall(b"%x\r\n%s\r\n" % (len(step), step) if step else b"")
            case Pause(seconds):
                _wait(connection, min(seconds, LONGEST_PAUSE), over)
            case BreakOff("closed"):
                break
            case BreakOff(how):
                if how == "reset":
                    time.sleep(0.02)  # a reset takes with it what has not been read yet
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
    if not answer.silent:
        connection.sendall(b"0\r\n\r\n")


def _wait(connection: socket.socket, seconds: float, over: threading.Event) -> None:
    """Waits, unless the other side hangs up. Raises ConnectionError then."""
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0 and not over.is_set():
        connection.settimeout(min(left, 0.05))
        try:
            if connection.recv(1) == b"":
                raise ConnectionResetError
        except TimeoutError:
            continue
        finally:
            connection.settimeout(None)


# What is sent.


def event(data: Any, end: str = "\n\n") -> bytes:  # noqa: ANN401 - JSON, or a string that is none
    """One event of the stream."""
    return f"data: {data if isinstance(data, str) else json.dumps(data)}{end}".encode()


def chunk(delta: Any, finish: str | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON, in wrong shapes too
    """One piece of an answer; a string is its content."""
    delta = {"content": delta} if isinstance(delta, str) else delta
    choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
    return {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": "x", "choices": choices, **more}


DONE = event("[DONE]")
USAGE = {"prompt_tokens": 300, "completion_tokens": 12, "total_tokens": 312}


def pieces(text: str, size: int = 6) -> Iterator[bytes]:
    """The text in pieces of so many characters."""
    for at in range(0, len(text), size):
        yield event(chunk(text[at : at + size]))


def ending(finish: str | None = "stop") -> list[bytes]:
    """What comes after the last word."""
    return [event(chunk({}, finish)), event(chunk({}) | {"choices": [], "usage": USAGE}), DONE]


def says(text: str, size: int = 6, *, finish: str | None = "stop") -> Answer:
    """A good answer."""
    return Answer(lambda: [*pieces(text, size), *ending(finish)])


def echo(request: Request) -> Answer:
    """A good customer: says what the prompt asks for."""
    return says(request.meaning)


def sends(*steps: Step, content_type: str = STREAM) -> Answer:
    """These steps, whatever they are."""
    return Answer(lambda: steps, content_type=content_type)


def error(status: int, code: str = "", **headers: str) -> Answer:
    """An error as OpenAI words it. It quotes the key."""
    message = f"Incorrect API key provided: {CANARY}. Your request was refused ({code or status})."
    body = json.dumps({"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}})
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(lambda: [body.encode()], status, sent, "application/json")


Position = Literal["headers", "first_piece", "mid_word", "after_sentence", "before_done"]
POSITIONS: tuple[Position, ...] = ("headers", "first_piece", "mid_word", "after_sentence", "before_done")
"""Of a fault in an answer: before the headers, before the first piece, in a word, after a sentence, before [DONE]."""


def until(text: str, position: Position) -> list[Step]:
    """What is sent of an answer up to a position."""
    if position in ("headers", "first_piece"):
        return []
    if position == "mid_word":
        return [*pieces(text[: max(2, len(text) // 2)])]
    if position == "after_sentence":
        return [*pieces(f"{text} ")]
    return [*pieces(text), event(chunk({}, "stop"))]


def breaks(position: Position, *fault: Step, then: bool = False) -> Callable[[Request], Answer]:
    """A good answer up to the position, then the fault; `then`: and the ending after it."""

    def answer(request: Request) -> Answer:
        before = until(request.meaning, position)
        after = ending() if then else []
        return Answer(lambda: [*before, *fault, *after], silent=position == "headers")

    return answer
