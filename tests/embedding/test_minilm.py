"""The default embedder: what its vectors promise."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.embedding.export import CHECK_TEXTS
from roleplay.embedding.minilm import DIMENSIONS, FINGERPRINT, OnnxMiniLM, UnusableModelFile, batches, minilm_folder
from roleplay.embedding.sentence_transformer import SentenceTransformerEmbedder
from roleplay.errors import ServiceUnavailable

if TYPE_CHECKING:
    from pathlib import Path

REPLIES = [
    *CHECK_TEXTS,
    "",
    "I can hear how upsetting this has been.",
    "You must have entered the wrong address.",
    "Let me check that for you now; it will take about two minutes.",
    "Your call is important to us. " * 30,
]
SAME = 1e-6  # of any number; measured 0


def test_rows_have_length_one(minilm: OnnxMiniLM) -> None:
    vectors = minilm.embed(["Hello", "I am sorry about the delay."])
    assert vectors.shape == (2, DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_no_texts_no_rows(minilm: OnnxMiniLM) -> None:
    assert minilm.embed([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("blank", ["", "  \n", "\u200b", "\ud800"])
def test_blank_is_a_zero_row(minilm: OnnxMiniLM, blank: str) -> None:
    assert not minilm.embed([blank, "Hello"])[0].any()


@pytest.mark.parametrize(
    "odd",
    ["👍", "👩‍👩‍👧‍👦" * 20, "a" * 20_000, "word " * 4_000, "broken \ud83d half", "\x1b[31mred", "ﷺ", "नमस्ते", "\x00a"],
)
def test_odd_texts_give_numbers(minilm: OnnxMiniLM, odd: str) -> None:
    vector = minilm.embed([odd])[0]
    assert np.isfinite(vector).all()
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-6)


def test_meaning_is_nearer_than_words(minilm: OnnxMiniLM) -> None:
    sorry, apology, invoice = minilm.embed(
        ["I'm sorry for the trouble.", "My apologies for the inconvenience.", "The invoice is for 49 pounds."]
    )
    assert sorry @ apology > sorry @ invoice + 0.3


def test_company_and_order_do_not_matter(minilm: OnnxMiniLM) -> None:
    together = minilm.embed(REPLIES)
    alone = np.concatenate([minilm.embed([reply]) for reply in REPLIES])
    order = random.Random(7).sample(range(len(REPLIES)), len(REPLIES))  # noqa: S311  no secret
    shuffled = minilm.embed([REPLIES[position] for position in order])
    np.testing.assert_allclose(together, alone, atol=SAME)
    np.testing.assert_allclose(shuffled, together[order], atol=SAME)


def test_threads_do_not_matter(minilm: OnnxMiniLM, prepared_file: Path) -> None:
    one_thread = OnnxMiniLM(prepared_file, minilm_folder(), threads=1)
    np.testing.assert_allclose(one_thread.embed(REPLIES), minilm.embed(REPLIES), atol=SAME)


def test_one_model_serves_several_threads(minilm: OnnxMiniLM) -> None:
    expected = minilm.embed(REPLIES)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(minilm.embed, [REPLIES] * 4):
            np.testing.assert_allclose(vectors, expected, atol=SAME)


def test_words_beyond_the_limit_are_not_read(minilm: OnnxMiniLM) -> None:
    read = "late " * 254
    short, long = minilm.embed([read, read + "refund " * 50])
    np.testing.assert_allclose(short, long, atol=SAME)


@given(st.lists(st.integers(0, 300), max_size=60))
def test_batches_cover_every_text_once_within_bounds(lengths: list[int]) -> None:
    made = list(batches(lengths, rows=8, tokens=256))
    covered = sorted(position for batch in made for position in batch)
    assert covered == [position for position, length in enumerate(lengths) if length]
    for batch in made:
        assert len(batch) <= 8
        assert len(batch) == 1 or len(batch) * max(lengths[position] for position in batch) <= 256


def test_a_damaged_file_is_told_apart(tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"\x08\x08garbage")
    with pytest.raises(UnusableModelFile, match=r"broken\.onnx"):
        OnnxMiniLM(broken, minilm_folder())


def test_another_tokenizer_is_refused(tmp_path: Path, prepared_file: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ServiceUnavailable, match="tokenizer") as refusal:
        OnnxMiniLM(prepared_file, tmp_path)
    assert "pip install" in refusal.value.next_step


@pytest.mark.slow
def test_equal_to_sentence_transformers(minilm: OnnxMiniLM) -> None:
    original = SentenceTransformerEmbedder(str(minilm_folder()), fingerprint=FINGERPRINT)
    assert (original.fingerprint, original.dimensions) == (minilm.fingerprint, minilm.dimensions)
    np.testing.assert_allclose(minilm.embed(REPLIES), original.embed(REPLIES), atol=1e-5)
