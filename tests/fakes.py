"""Fakes that can fail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

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
