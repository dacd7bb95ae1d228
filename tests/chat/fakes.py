"""A model that does as it is told, for what stands around models."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field

from roleplay.call_log import Usage
from roleplay.chat import ChatModel, Message, ModelFailed, Patience

SAY = (Message("user", "Say something."),)


@dataclass
class Scripted:
    """Gives its answers in order, a piece or a fault at a time; complains when it has no more."""

    answers: list[list[str | Usage | ModelFailed]]
    name: str = "x"
    provider: str = "nobody"
    leaves_machine: bool = False
    is_small: bool = False
    given: list[Patience] = field(default_factory=list)
    closed: int = 0
    warmed: int = 0

    def warm(self) -> None:
        self.warmed += 1

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:  # noqa: ARG002 - a model's signature
        self.given.append(patience)
        try:
            for piece in self.answers.pop(0):
                if isinstance(piece, ModelFailed):
                    raise piece
                yield piece
        finally:
            self.closed += 1


async def answer(model: ChatModel, patience: Patience | None = None) -> list[str | Usage]:
    """All that a model answers."""
    return [piece async for piece in model.stream(SAY, patience or Patience())]
