"""What every test stands on: no network, a home of its own, the real sentence model, and a loud fake beside it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from roleplay.embedding import CACHE_FOLDER, Embedder, open_embedder
from roleplay.embedding.prepare import prepare
from roleplay.library.folder import Library
from roleplay.scoring.graded.heads import open_heads
from roleplay.scoring.graded.recorded import RecordedScorer
from tests.fakes import WordHashEmbedder

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_connect = socket.socket.connect


def _refuse_network(self: socket.socket, address: object) -> None:
    if self.family != socket.AF_UNIX and isinstance(address, tuple) and address[0] not in _LOOPBACK:
        message = f"a test reached for the network: {address}"
        raise AssertionError(message)
    _connect(self, address)  # type: ignore[arg-type] # passed through as it came


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    socket.socket.connect = _refuse_network  # type: ignore[assignment, method-assign] # the point of it
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign] # back to what it was


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Records and cache of this test alone."""
    folder = tmp_path / "home"
    monkeypatch.setenv("ROLEPLAY_HOME", str(folder))
    for name in (
        "ROLEPLAY_SHARED",
        "ROLEPLAY_LIBRARY",
        "ROLEPLAY_MODEL",
        "ROLEPLAY_RUBRIC",
        "ROLEPLAY_HINTS",
        "ROLEPLAY_PACE",
    ):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(scope="session")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose cache holds the prepared model: ROLEPLAY_TEST_CACHE if set, else made once in this run."""
    chosen = os.environ.get("ROLEPLAY_TEST_CACHE")
    return Path(chosen) if chosen else tmp_path_factory.getbasetemp().parent / "model-home"


@pytest.fixture(scope="session")
def minilm(model_home: Path) -> Embedder:
    """The real default embedder, with its cache."""
    return open_embedder("all-minilm-l6-v2", model_home, print)


@pytest.fixture(scope="session")
def library() -> Library:
    """The built-in library."""
    return Library.open()


@pytest.fixture(scope="session")
def shipped(library: Library, minilm: Embedder) -> RecordedScorer:
    """What scores recorded calls under the bundled rubric as it ships."""
    rubric = library.rubric("customer-care")
    return RecordedScorer(rubric, minilm, open_heads(rubric, library.fit_array("customer-care"), minilm.fingerprint))


@pytest.fixture
def word_hash() -> WordHashEmbedder:
    """A fake embedder that discriminates: texts are near when they share words."""
    return WordHashEmbedder()


@pytest.fixture(scope="session")
def prepared(model_home: Path) -> Path:
    """The cache folder that holds the prepared model, and vectors of earlier runs."""
    prepare(model_home / CACHE_FOLDER, print)
    return model_home / CACHE_FOLDER
