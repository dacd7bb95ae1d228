"""How near texts are, for the guards."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from roleplay.embedding import Embedder


class Nearness:
    """Cosine similarities by one embedder; each text is embedded once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._rows: dict[str, NDArray[np.float32]] = {}

    def highest(self, text: str, others: Sequence[str]) -> float:
        """The cosine (-1..1) of `text` with the nearest of `others`; -1 where there are none."""
        if not others:
            return -1.0
        rows = self._vectors([text, *others])
        return float((rows[1:] @ rows[0]).max())

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if new:
            self._rows.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._rows[text] for text in texts])
