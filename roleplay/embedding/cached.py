"""An embedder that asks memory first, then the cache file, and loads its model only for what is new."""

from __future__ import annotations

import threading
from itertools import islice
from typing import TYPE_CHECKING

from roleplay.embedding.cache import vector_key
from roleplay.embedding.text import embeddable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from roleplay.embedding.cache import VectorCache
    from roleplay.embedding.protocol import Embedder

    Vector = NDArray[np.float32]

REMEMBERED = 8192  # vectors in memory: 12 MiB of 384 numbers
TEXTS_AT_ONCE = 512  # embedded and then kept: an interrupted run over an archive loses no more than this


class CachedEmbedder:
    """The same vectors as the model that `make` gives, sooner. Safe to share between threads."""

    def __init__(self, make: Callable[[], Embedder], fingerprint: str, dimensions: int, cache: VectorCache) -> None:
        """Load nothing; `make` is called at most once, when the first text is not cached, and may raise then.

        A `make` that raised is called again for the next text.
        """
        self._make = make
        self.fingerprint = fingerprint
        self.dimensions = dimensions
        self._cache = cache
        self._model: Embedder | None = None
        self._loading = threading.Lock()
        self._remembered: dict[str, Vector] = {}
        self._remembering = threading.Lock()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give rows as `Embedder.embed` says; raises what `make` raises, only when a text is not cached."""
        import numpy as np

        wanted = [embeddable(text) for text in texts]
        vectors = self._vectors_of({text for text in wanted if text})
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for position, text in enumerate(wanted):
            if text:
                rows[position] = vectors[text]
        return rows

    def _vectors_of(self, texts: set[str]) -> dict[str, Vector]:
        """Collect from memory, file and model."""
        found = self._recall(texts)
        found |= self._look_up(texts - found.keys())
        # By length, so that what is embedded at once needs little padding; then by text, so that runs are alike.
        missing = sorted(texts - found.keys(), key=lambda text: (len(text), text))
        for start in range(0, len(missing), TEXTS_AT_ONCE):
            found |= self._compute(missing[start : start + TEXTS_AT_ONCE])
        return found

    def _recall(self, texts: Iterable[str]) -> dict[str, Vector]:
        with self._remembering:
            return {text: self._remembered[text] for text in texts if text in self._remembered}

    def _remember(self, vectors: Mapping[str, Vector]) -> None:
        """Keep the newest; the oldest leave, without regard to use: the file is right behind."""
        with self._remembering:
            self._remembered |= vectors
            surplus = len(self._remembered) - REMEMBERED
            for text in list(islice(self._remembered, max(surplus, 0))):
                del self._remembered[text]

    def _look_up(self, texts: Iterable[str]) -> dict[str, Vector]:
        """Ask the file; a row that cannot be one of ours is left out and so computed again."""
        by_key = {vector_key(self.fingerprint, text): text for text in texts}
        kept = self._cache.get_many(by_key) if by_key else {}
        found = {by_key[key]: vector for key, vector in kept.items() if self._is_sound(vector)}
        self._remember(found)
        return found

    def _is_sound(self, vector: Vector) -> bool:
        import numpy as np

        return vector.shape == (self.dimensions,) and bool(np.isfinite(vector).all())

    def _compute(self, texts: Sequence[str]) -> dict[str, Vector]:
        """Ask the model, and keep what it says."""
        found = dict(zip(texts, self._loaded().embed(texts), strict=True))
        self._remember(found)
        self._cache.put_many({vector_key(self.fingerprint, text): vector for text, vector in found.items()})
        return found

    def _loaded(self) -> Embedder:
        """Load the model once, however many threads ask."""
        with self._loading:
            if self._model is None:
                self._model = self._make()
            return self._model
