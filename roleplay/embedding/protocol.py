"""The one thing the rest of the program knows about embedding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their cosine similarity."""

    @property
    def fingerprint(self) -> str:
        """Model id and sha256 of its weights: equal text, equal vectors (to 1e-6), whatever library computes them."""

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give one row for each text, in the order given.

        Returns an array of shape (len(texts), dimensions); rows have length 1, or are all zero where the text
        is blank (see `text.embeddable`). Never NaN. A row does not depend on the other texts.
        """
