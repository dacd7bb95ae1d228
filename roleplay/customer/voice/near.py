"""How near texts are, for the guards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from roleplay.embedding import Embedder


class Nearness:
    """Cosine similarities by one embedder; each text is embedded once, and compared once with all that are known."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._places: dict[str, int] = {}
        self._rows: NDArray[np.float32] = np.empty((0, 0), np.float32)
        """One a text, in the order of `_places`."""
        self._last: tuple[str, NDArray[np.float32]] = ("", np.empty(0, np.float32))
        """The text that was compared last, and its cosines with every text known then."""
        self._lock = Lock()

    def learn(self, texts: Iterable[str]) -> None:
        """Embeds what is not known yet, all at once: far quicker than one by one."""
        with self._lock:
            self._learn(texts)

    def highest(self, text: str, others: Sequence[str]) -> float:
        """The cosine (-1..1) of `text` with the nearest of `others`; -1 where there are none."""
        if not others:
            return -1.0
        with self._lock:
            self._learn((text, *others))
            cosines = self._cosines(text)
            return float(cosines[[self._places[other] for other in others]].max())

    def _learn(self, texts: Iterable[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._places]
        if new:
            rows = self._embedder.embed(new)
            self._rows = np.concatenate([self._rows, rows]) if self._places else rows
            self._places.update((text, at) for at, text in enumerate(new, start=len(self._places)))

    def _cosines(self, text: str) -> NDArray[np.float32]:
        last, cosines = self._last
        if last != text or len(cosines) != len(self._rows):
            cosines = self._rows @ self._rows[self._places[text]]
            self._last = (text, cosines)
        return cosines
