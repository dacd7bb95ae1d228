"""Any model that litellm knows, by litellm's own names. The only module that imports it."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from roleplay.call_log import Usage
from roleplay.chat.deadlines import within
from roleplay.chat.faults import Fault, ModelFailed
from roleplay.chat.protocol import Message, Patience
from roleplay.chat.size import is_small

if TYPE_CHECKING:
    from types import ModuleType

LONGEST_ANSWER = 300
"""Tokens: three or four spoken sentences in any language, and room to spare."""
LONGEST_OF_A_SMALL_ONE = 120
"""Tokens for a small model, which goes round in circles where a large one stops."""
LONGEST_THOUGHT = 3_000
"""Tokens for a model that thinks before it speaks; its thoughts are never shown."""
TEMPERATURE = 0.8
ON_THIS_COMPUTER = frozenset(
    {"ollama", "ollama_chat", "lm_studio", "llamafile", "hosted_vllm", "vllm", "docker_model_runner", "oobabooga"}
)
"""Providers whose server runs here unless its address says otherwise."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - compared with, not bound to


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server of our own answers."""

    address: str
    """`http://127.0.0.1:PORT/v1`"""
    key: str = "none"


class LiteLLMChat:
    """A model by its name for litellm, streamed. litellm itself is imported at first use: about 3 seconds."""

    def __init__(self, name: str, *, model: str = "", endpoint: Endpoint | None = None) -> None:
        """`name` as the user said it; `model` as litellm calls it; `endpoint`: of a server that we run ourselves."""
        self.name = name
        self._model = model or name
        self._endpoint = endpoint

    @property
    def is_small(self) -> bool:
        return is_small(self.name)

    @property
    def provider(self) -> str:
        return "this computer" if self._endpoint else self._provider(_litellm(self.name))[0]

    @property
    def leaves_machine(self) -> bool:
        if self._endpoint:
            return False
        provider, address = self._provider(_litellm(self.name))
        if address is None:
            return provider not in ON_THIS_COMPUTER
        return urlsplit(address).hostname not in _LOOPBACK

    def warm(self) -> None:
        """Imports litellm and looks at the name and the key. Raises ModelFailed."""
        litellm = _litellm(self.name)
        if self._endpoint:
            return
        provider, _ = self._provider(litellm)
        missing = litellm.validate_environment(self._model)["missing_keys"]
        keys = [one for one in missing if not one.endswith(("_BASE", "_VERSION", "_URL"))]
        if keys and provider not in ON_THIS_COMPUTER:
            raise ModelFailed(Fault.MISSING_KEY, self.name, fix=" or ".join(keys))

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:
        """The answer in pieces; what it took comes last. Raises ModelFailed, and nothing else."""
        litellm = _litellm(self.name)
        answer = _Answer(litellm, self._model)
        chunks = self._chunks(litellm, messages, patience)
        async with aclosing(within(chunks, patience, self.name)) as timed:
            try:
                async for chunk in timed:
                    if piece := answer.piece(chunk):
                        yield piece
            except (ModelFailed, GeneratorExit):
                raise
            except Exception as problem:  # noqa: BLE001 - whatever a library of many providers may raise
                raise self._failed(litellm, problem, begun=answer.begun) from None
            finally:
                await chunks.aclose()
        if answer.refused:
            raise ModelFailed(Fault.REFUSED, self.name)
        if not answer.begun:
            raise ModelFailed(Fault.EMPTY, self.name)
        yield answer.usage()

    async def _chunks(
        self, litellm: ModuleType, messages: Sequence[Message], patience: Patience
    ) -> AsyncGenerator[Any]:
        stream = await litellm.acompletion(**self._request(litellm, messages, patience))
        try:
            async for chunk in stream:
                yield chunk
        finally:
            if hasattr(stream, "aclose"):
                await stream.aclose()

    def _request(self, litellm: ModuleType, messages: Sequence[Message], patience: Patience) -> dict[str, Any]:
        thinks = self._endpoint is None and _thinks(litellm, self._model)
        request: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": one.role, "content": one.content} for one in messages],
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": LONGEST_THOUGHT if thinks else LONGEST_OF_A_SMALL_ONE if self.is_small else LONGEST_ANSWER,
            "timeout": patience.whole,
            # Retrying is ours: theirs would also repeat what was shown already.
            "max_retries": 0,
            "num_retries": 0,
            "drop_params": True,
        }
        if thinks:
            request["reasoning_effort"] = "low"
        else:
            request["temperature"] = TEMPERATURE
        if self._endpoint:
            request |= {"api_base": self._endpoint.address, "api_key": self._endpoint.key}
        return request

    def _provider(self, litellm: ModuleType) -> tuple[str, str | None]:
        """The provider and its address, where one is set. Raises ModelFailed for a name that nobody knows."""
        try:
            _, provider, _, address = litellm.get_llm_provider(self._model)
        except Exception:  # noqa: BLE001 - litellm raises what its provider's module raises
            raise ModelFailed(Fault.UNKNOWN_MODEL, self.name, fix="`gpt-4o-mini`, say, or PROVIDER/MODEL") from None
        set_by = (f"{provider.upper()}_API_BASE", f"{provider.upper()}_BASE_URL")
        return provider, next((os.environ[name] for name in set_by if os.environ.get(name)), address)

    def _failed(self, litellm: ModuleType, problem: Exception, *, begun: bool) -> ModelFailed:
        """What happened, by the kind of error alone: its words may quote a key."""
        provider = "server" if self._endpoint else self._provider(litellm)[0]
        fix = {
            Fault.REJECTED_KEY: f"{provider.upper()}_API_KEY",
            Fault.UNREACHABLE: f"{provider.upper()}_API_BASE",
            Fault.UNKNOWN_MODEL: "the provider's list of models has it",
        }
        kind = Fault.CUT if begun else _kind(litellm, problem)
        return ModelFailed(kind, self.name, fix=fix.get(kind, ""), retry_after=_retry_after(problem))


class _Answer:
    """What has come of one answer."""

    def __init__(self, litellm: ModuleType, model: str) -> None:
        self._litellm = litellm
        self._model = model
        self._tokens = (0, 0)
        self.begun = False
        self.refused = False

    def piece(self, chunk: Any) -> str:  # noqa: ANN401 - litellm's chunks have no type of their own
        """The text of a chunk; empty for one without."""
        if usage := getattr(chunk, "usage", None):
            self._tokens = (usage.prompt_tokens or 0, usage.completion_tokens or 0)
        choices = chunk.choices or ()
        if not choices:
            return ""
        self.refused = self.refused or choices[0].finish_reason == "content_filter"
        text = choices[0].delta.content if choices[0].delta else None
        self.begun = self.begun or bool(text)
        return text if isinstance(text, str) else ""

    def usage(self) -> Usage:
        """Tokens as the provider counted them, and the cost where litellm's price list has the model."""
        prompt, answer = self._tokens
        try:
            costs = self._litellm.cost_per_token(model=self._model, prompt_tokens=prompt, completion_tokens=answer)
        except Exception:  # noqa: BLE001 - a model without a price
            return Usage(prompt, answer)
        return Usage(prompt, answer, sum(costs))


def _litellm(name: str) -> ModuleType:
    """litellm, quiet and without its own network calls. Raises ModelFailed."""
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    try:
        import litellm  # noqa: PLC0415 - about 3 seconds
    except ImportError:
        raise ModelFailed(Fault.NOT_INSTALLED, name, detail="litellm", fix="pip install litellm") from None
    litellm.suppress_debug_info = True
    litellm.telemetry = False
    # aiohttp's sessions outlive a call and complain at exit.
    litellm.disable_aiohttp_transport = True
    _silence()
    module: ModuleType = litellm
    return module


def _silence() -> None:
    """Its loggers print prompts and keys."""
    import logging  # noqa: PLC0415 - beside litellm, which has it

    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "httpx", "openai"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _thinks(litellm: ModuleType, model: str) -> bool:
    try:
        return bool(litellm.supports_reasoning(model))
    except Exception:  # noqa: BLE001 - a model that litellm has no facts about
        return False


def _kind(litellm: ModuleType, problem: Exception) -> Fault:
    errors = litellm.exceptions
    if _in_chain(problem, "ConnectError", "ConnectTimeout", "gaierror", "ConnectionRefusedError"):
        return Fault.UNREACHABLE
    kinds: tuple[tuple[type[Exception], Fault], ...] = (
        (errors.AuthenticationError, Fault.REJECTED_KEY),
        (errors.PermissionDeniedError, Fault.REJECTED_KEY),
        (errors.NotFoundError, Fault.UNKNOWN_MODEL),
        (errors.RateLimitError, Fault.RATE_LIMITED),
        (errors.ContentPolicyViolationError, Fault.REFUSED),
        (errors.Timeout, Fault.SLOW),
    )
    for kind, fault in kinds:
        if isinstance(problem, kind):
            return fault
    if isinstance(problem, errors.BadRequestError):
        return Fault.REFUSED if "content" in str(problem) and "filter" in str(problem) else Fault.REJECTED
    status = getattr(problem, "status_code", None)
    if isinstance(status, int) and status >= _SERVER_ERRORS:
        return Fault.UNREACHABLE if "Connection error" in str(problem) else Fault.SERVER
    return Fault.MALFORMED


_SERVER_ERRORS = 500


def _in_chain(problem: BaseException | None, *names: str) -> bool:
    """Whether an error of one of these kinds is behind this one."""
    seen = 0
    while problem is not None and seen < len(names) + 10:
        if type(problem).__name__ in names:
            return True
        problem, seen = problem.__cause__ or problem.__context__, seen + 1
    return False


def _retry_after(problem: Exception) -> float | None:
    """Seconds the provider asked to wait; None if it did not, or in words we do not read (a date)."""
    headers = getattr(getattr(problem, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None
