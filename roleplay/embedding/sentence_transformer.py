"""Any sentence-transformers model, by name or folder: the way for everything that has no path of its own."""

from __future__ import annotations

import hashlib
import logging
import threading
import warnings
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roleplay.embedding.text import embeddable
from roleplay.embedding.weights import sha256_of
from roleplay.errors import ServiceUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

_WEIGHT_FILES = ("*.safetensors", "*.bin", "*.onnx")
_BATCH_ROWS = 16
_HUB_SECONDS = 15


class SentenceTransformerEmbedder:
    """A model loaded by sentence-transformers, on the CPU or whatever device torch prefers."""

    def __init__(self, name_or_folder: str, fingerprint: str | None = None) -> None:
        """Load the model: 6 to 8 s and 440 MB for the library, more for the model, a download when it is a new name.

        `fingerprint` overrides our own where the caller knows the weights.
        Raises ServiceUnavailable when the library is missing or the model cannot be loaded.
        """
        self._model = _load(name_or_folder)
        self._turn = threading.Lock()  # its tokenizer raises "Already borrowed" when two threads encode at once
        self.fingerprint = fingerprint or _fingerprint(name_or_folder)
        self.dimensions = int(self._model.encode(["dimensions"], show_progress_bar=False).shape[1])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give rows as `Embedder.embed` says; a text is cut at the model's own longest length."""
        import numpy as np

        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        wanted = [embeddable(text) for text in texts]
        visible = [position for position, text in enumerate(wanted) if text]
        if visible:
            vectors[visible] = self._vectors([wanted[position] for position in visible])
        return vectors

    def _vectors(self, texts: list[str]) -> NDArray[np.float32]:
        """Encode texts that are not blank: (len(texts), dimensions)."""
        import numpy as np

        with self._turn:
            raw = self._model.encode(
                texts, batch_size=_BATCH_ROWS, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
        return np.nan_to_num(np.asarray(raw, np.float32))


def _load(name_or_folder: str) -> Any:  # noqa: ANN401  a SentenceTransformer, imported only here
    """Import and load without a word on stdout or stderr; the import alone costs 6 to 8 s."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _silence()
            return _from_disk(name_or_folder) or _from_hub(name_or_folder)
    except ImportError as problem:
        message = f"sentence-transformers cannot be imported: {problem}"
        raise ServiceUnavailable(message, "pip install sentence-transformers") from problem
    except Exception as problem:  # the hub, the disk and the model's own code raise whatever they like
        message = f'The embedder "{name_or_folder}" cannot be loaded: {_first_line(problem)}'
        raise ServiceUnavailable(message, _NEXT_STEP) from problem


def _silence() -> None:
    """Keep logs and progress bars of the libraries out of our streams; a bar would tear the screen."""
    hub: Any = import_module("huggingface_hub.utils")
    transformers: Any = import_module("transformers.utils")
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    hub.logging.set_verbosity_error()
    hub.disable_progress_bars()
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()


def _from_disk(name_or_folder: str) -> Any:  # noqa: ANN401
    """Load a folder, or what the hub's own cache holds; None for a name that was never downloaded."""
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name_or_folder, local_files_only=True)
    except OSError:
        if Path(name_or_folder).is_dir():
            raise
        return None


def _from_hub(name: str) -> Any:  # noqa: ANN401
    """Download a model; asks for its page first, because loading an unknown name without a network takes 75 s."""
    import huggingface_hub
    from sentence_transformers import SentenceTransformer

    huggingface_hub.model_info(name if "/" in name else f"sentence-transformers/{name}", timeout=_HUB_SECONDS)
    return SentenceTransformer(name)


_NEXT_STEP = (
    "Check the name (all-minilm-l6-v2, use-multilingual, a sentence-transformers name or a local folder); "
    "a new name needs the network once, and HF_HUB_OFFLINE unset."
)


def _first_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0]


def _fingerprint(name_or_folder: str) -> str:
    """Name a model by its weight files where they are local, else by its name.

    Of a folder only its last part is shown: reports travel, and a path tells the reader's name.
    """
    folder = Path(name_or_folder)
    if not folder.is_dir():
        return name_or_folder
    weights = hashlib.sha256()
    for file in sorted({path for pattern in _WEIGHT_FILES for path in folder.rglob(pattern)}):
        weights.update(f"{file.relative_to(folder).as_posix()} {sha256_of(file)}\n".encode())
    return f"{folder.resolve().name}@sha256:{weights.hexdigest()}"
