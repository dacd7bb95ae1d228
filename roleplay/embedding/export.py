"""Turn the MiniLM weights into an ONNX file: `python -m roleplay.embedding.export MODEL_FOLDER TARGET`.

A program of its own, started by `prepare`: torch and its 700 MB, its warnings and its progress bars stay in a child
process, and a terminal interface that waits for it does not stall.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roleplay.embedding.minilm import OnnxMiniLM, OnnxUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LARGEST_DIFFERENCE = 1e-5  # of any number in a vector; measured 2e-7

INPUT_NAMES = ("input_ids", "attention_mask", "token_type_ids")
OUTPUT_NAME = "token_vectors"
OPSET = 17

CHECK_TEXTS = (
    "Hello.",
    "?",
    "ok",
    "I'm sorry your parcel hasn't arrived; that must be frustrating.",
    "Can you give me the order number, please?",
    "There is nothing I can do about that.",
    "An engineer will come on Tuesday between 8 and 12, and I'll call you on Monday to confirm.",
    "No. That is not what I said.",
    "REFUND £49.99 TO CARD ENDING 1234, REF. AB-77/3",
    "Žal mi je, da paket še ni prispel.",
    "Мне очень жаль, что посылка не пришла.",
    "很抱歉您的包裹还没有到",
    "¿Me puede decir qué ha pasado?",
    "👍🏽 thx 🙏",
    "https://example.com/track?id=12345&lang=en",
    "line one\nline two\ttabbed",
    "supercalifragilisticexpialidocious " * 4,
    "Let me read that back to you. " * 8,
    "We will look into it. " * 60,
    "long " * 400,
)


class ExportedFileDiffers(OnnxUnavailable):
    """The exported file gives other vectors than the original model."""


def export(model_folder: Path, target: Path) -> float:
    """Write `target` and return the largest difference of any number on CHECK_TEXTS.

    Raises ExportedFileDiffers above LARGEST_DIFFERENCE, and whatever torch, onnx or the disk raise.
    """
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(model_folder), device="cpu", local_files_only=True)
    _write(model, target)
    _check_graph(target)
    return _check_vectors(model, OnnxMiniLM(target, model_folder))


def _write(model: SentenceTransformer, target: Path) -> None:
    """Trace the transformer alone; pooling and scaling are ours."""
    import torch

    class TokenVectors(torch.nn.Module):  # type: ignore[misc]  # torch's types do not reach mypy
        """Only the output we need, with inputs in a fixed order."""

        def __init__(self, transformer: Any) -> None:  # noqa: ANN401  a transformers model
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:  # noqa: ANN401  tensors
            return self.transformer(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state

    # Two rows of unequal length, so that neither axis nor the mask can be traced as a constant.
    sample = model.tokenizer(["Hello there, how are you?", "Hi"], padding=True, return_tensors="pt")
    transformer: Any = model[0]
    torch.onnx.export(
        TokenVectors(transformer.auto_model).eval(),
        tuple(sample[name] for name in INPUT_NAMES),
        str(target),
        input_names=list(INPUT_NAMES),
        output_names=[OUTPUT_NAME],
        dynamic_axes={name: {0: "rows", 1: "tokens"} for name in (*INPUT_NAMES, OUTPUT_NAME)},
        opset_version=OPSET,
        dynamo=False,  # the newer exporter needs onnxscript and fixes the sequence length here
    )


def _check_graph(target: Path) -> None:
    """Let onnx read the file as a stranger would."""
    import onnx

    onnx.checker.check_model(str(target))


def _check_vectors(original: SentenceTransformer, exported: OnnxMiniLM) -> float:
    """Compare both on CHECK_TEXTS."""
    expected = original.encode(list(CHECK_TEXTS), normalize_embeddings=True, show_progress_bar=False)
    largest = float(abs(exported.embed(CHECK_TEXTS) - expected).max())
    if not largest <= LARGEST_DIFFERENCE:  # so written, NaN fails too
        message = f"vectors of the exported file differ by {largest:.1e}, more than {LARGEST_DIFFERENCE:.0e}"
        raise ExportedFileDiffers(message)
    return largest


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # the tracer warns of constants; _check_vectors is the proof that they do no harm
    export(Path(sys.argv[1]), Path(sys.argv[2]))
