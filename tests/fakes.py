"""Fakes that can fail."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from roleplay.call_log import Usage
from roleplay.chat import Message, ModelFailed, Patience

DIMENSIONS = 256


class WordHashEmbedder:
    """Bag of hashed words: no meaning, but texts that share words are near and others are not."""

    fingerprint = "word-hash-256"
    dimensions = DIMENSIONS

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        for at, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                rows[at, int.from_bytes(sha256(word.encode()).digest()[:4], "big") % DIMENSIONS] += 1
            rows[at] /= float(np.linalg.norm(rows[at])) or 1.0
        return rows


class ScriptedChat:
    """A model that gives the answers it was given, in order, in small pieces; one too many asked for is an error."""

    name, provider, leaves_machine = "scripted/model", "nobody", False

    def __init__(self, *answers: str | Sequence[str | Usage | ModelFailed], is_small: bool = False) -> None:
        """An answer: its text, or its pieces, among them what it took, and the fault that ends it."""
        self._answers = list(answers)
        self.is_small = is_small
        self.asked: list[Sequence[Message]] = []
        """The prompts, in order."""
        self.let_go = 0
        """Answers whose stream was closed, ended or failed."""

    def warm(self) -> None:
        """There is nothing to load."""

    async def stream(self, messages: Sequence[Message], patience: Patience) -> AsyncGenerator[str | Usage]:  # noqa: ARG002 - a model's
        self.asked.append(messages)
        if not self._answers:
            raise AssertionError("the model was asked once more than it has answers")
        answer = self._answers.pop(0)
        pieces = [answer[at : at + 3] for at in range(0, len(answer), 3)] if isinstance(answer, str) else answer
        try:
            for piece in pieces:
                if isinstance(piece, ModelFailed):
                    raise piece
                yield piece
        finally:
            self.let_go += 1
