"""Texts to vectors: one Protocol, the models behind it, and the cache in front of them.

    open_embedder(name, home, say) -> Embedder

    opening                 which model a name means, and what to do when it cannot be had
    cached                  asks memory, then the cache file, then the model
    cache                   the SQLite file of vectors
    minilm  multilingual  sentence_transformer      the models, each behind `Embedder`
    prepare  export         all-MiniLM-L6-v2 as an ONNX file, made once in a child process; `prepare.is_prepared`
    protocol  text  weights

Importing this package imports neither numpy nor any model library; each is paid for at first use.
"""

from __future__ import annotations

from roleplay.embedding.cache import VectorCache
from roleplay.embedding.cached import CachedEmbedder
from roleplay.embedding.opening import CACHE_FILE, CACHE_FOLDER, DEFAULT_EMBEDDER, MULTILINGUAL_EMBEDDER, open_embedder
from roleplay.embedding.protocol import Embedder

__all__ = [
    "CACHE_FILE",
    "CACHE_FOLDER",
    "DEFAULT_EMBEDDER",
    "MULTILINGUAL_EMBEDDER",
    "CachedEmbedder",
    "Embedder",
    "VectorCache",
    "open_embedder",
]
