"""From a name in a rubric to an embedder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from roleplay.embedding import minilm, multilingual
from roleplay.embedding.cache import VectorCache
from roleplay.embedding.cached import CachedEmbedder
from roleplay.embedding.prepare import discard, prepare
from roleplay.embedding.sentence_transformer import SentenceTransformerEmbedder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from roleplay.embedding.protocol import Embedder

DEFAULT_EMBEDDER = minilm.MODEL_ID
MULTILINGUAL_EMBEDDER = multilingual.MODEL_ID

CACHE_FOLDER = "cache"
CACHE_FILE = "vectors-1.sqlite"  # 1 is the table's layout: another layout is another file, never a migration


def open_embedder(name: str, home: Path, say: Callable[[str], None]) -> Embedder:
    """Give the embedder a rubric asks for; `home` holds its cache, `say` gets notices, a sentence each.

    The default and the multilingual one load nothing until a text is new. Any other name is a sentence-transformers
    name or a local folder and is loaded at once, without a cache: only a loaded model can tell its weights.
    Raises ServiceUnavailable when the name is unknown or its package is missing.
    """
    cache_folder = home / CACHE_FOLDER
    if _short(name) == DEFAULT_EMBEDDER:
        minilm.minilm_folder()  # a missing package is reported now, not at the first new reply
        return CachedEmbedder(
            lambda: open_minilm(cache_folder, say), minilm.FINGERPRINT, minilm.DIMENSIONS, _cache(cache_folder, say)
        )
    if _short(name) == MULTILINGUAL_EMBEDDER:
        multilingual.multilingual_folder()
        return CachedEmbedder(
            multilingual.MultilingualUSE, multilingual.FINGERPRINT, multilingual.DIMENSIONS, _cache(cache_folder, say)
        )
    say(f'Loading the embedder "{name}" (about 10 seconds; a new name is downloaded first).')
    return SentenceTransformerEmbedder(name)


def open_minilm(cache_folder: Path, say: Callable[[str], None]) -> Embedder:
    """Give MiniLM by the fast path, or by sentence-transformers with a notice where that cannot be taken.

    Both have the same fingerprint: their vectors are equal to 1e-6.
    """
    folder = minilm.minilm_folder()
    try:
        return _fast_minilm(cache_folder, folder, say)
    except minilm.OnnxUnavailable as problem:
        say(f"Using sentence-transformers, which is slower to start and gives the same scores. {problem.message}")
    return SentenceTransformerEmbedder(str(folder), fingerprint=minilm.FINGERPRINT)


def _fast_minilm(cache_folder: Path, model_folder: Path, say: Callable[[str], None]) -> Embedder:
    """Load the prepared file; one that looks whole and does not load is made again, once."""
    try:
        return minilm.OnnxMiniLM(prepare(cache_folder, say), model_folder)
    except minilm.UnusableModelFile:
        discard(cache_folder)
        return minilm.OnnxMiniLM(prepare(cache_folder, say), model_folder)


def _short(name: str) -> str:
    """Know the default by its name on the hub, too."""
    return name.strip().lower().removeprefix("sentence-transformers/")


def _cache(cache_folder: Path, say: Callable[[str], None]) -> VectorCache:
    return VectorCache(cache_folder / CACHE_FILE, say)
