"""The one thing the rest of the program knows about language models."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, Self

from roleplay.call_log import Usage

Role = Literal["system", "user", "assistant"]
"""The roles of the chat APIs. Only `customer.voice.prompt` knows that the assistant plays the customer."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take, in seconds."""

    first: float = 20.0
    """To the first sign of life."""
    whole: float = 60.0
    """To the end of the answer, retries and waits between them included."""
    between: float = 15.0
    """Without a sign of life in the middle of an answer."""

    @classmethod
    def within(cls, seconds: float | None) -> Self:
        """For a turn that may take `seconds` in all; None: the defaults."""
        usual = cls()
        return usual if seconds is None else cls(min(seconds, usual.first), seconds, min(seconds, usual.between))


class ChatModel(Protocol):
    """Answers a prompt, piece by piece."""

    @property
    def name(self) -> str:
        """As the user asked for it: `gpt-4o-mini`, `ollama/llama3.1`, `gguf:PATH`, `smollm2`."""

    @property
    def provider(self) -> str:
        """Who runs it: `openai`, `ollama`, `this computer`."""

    @property
    def leaves_machine(self) -> bool:
        """Whether what is said in a call is sent to another computer."""

    @property
    def is_small(self) -> bool:
        """Too small for many instructions: it gets few, and lines to go by."""

    def warm(self) -> None:
        """Loads what the first answer needs (seconds); blocks, so call it in a thread. Raises ModelFailed."""

    def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:
        """The answer in pieces as they come, and what it took at the end, where the provider says.

        Raises ModelFailed, and nothing else. Closing the iterator lets go of the connection.
        """
