"""A small library, records on tmp_path, and an embedder that is quick, loud and tells texts apart."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from roleplay.library.folder import Library, builtin_folder
from roleplay.session.clock import real_surroundings
from roleplay.session.opening import Choices, Switchboard
from roleplay.store.records import Records
from roleplay.tui.app import RoleplayApp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from textual.pilot import Pilot

PERSONAS = ("moving-house", "wrong-weekend", "parking-fine")
SIZES = [(80, 24), (120, 36), (40, 10)]
GREETING = "Good morning, this is Alex. What happened, and how can I help you today?"

Until = Callable[[Callable[[], bool]], Awaitable[None]]


class WordHash:
    """Words as directions: texts that share words are near, others are not. Raises when asked for nothing."""

    fingerprint = "word-hash"
    dimensions = 256

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            raise AssertionError("asked to embed no text at all")
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimensions] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A library folder with three of the built-in personas."""
    source, folder = builtin_folder(), tmp_path / "house"
    shutil.copytree(source / "rubrics", folder / "rubrics")
    shutil.copytree(source / "personas" / "temperaments", folder / "personas" / "temperaments")
    for persona in PERSONAS:
        shutil.copy(source / "personas" / f"{persona}.yaml", folder / "personas")
    return folder


@pytest.fixture
def switchboard(house: Path, tmp_path: Path) -> Switchboard:
    """Opened by the test, so that it can look at the records, too."""
    home = tmp_path / "home"
    return Switchboard(Library((house,)), Records(home), home, real_surroundings(), print, lambda *_: WordHash())


@pytest.fixture
def app(switchboard: Switchboard) -> RoleplayApp:
    """The whole app."""
    return RoleplayApp(lambda _: switchboard, lambda persona: Choices(persona, seed=1))


async def until(pilot: Pilot[None], is_so: Callable[[], bool]) -> None:
    """Waits for what the screen comes to; fails after twenty seconds."""
    for _ in range(400):
        await pilot.pause()
        if is_so():
            return
        await pilot.pause(0.05)
    raise AssertionError("it never happened")


def text_of(app: RoleplayApp) -> str:
    """Everything on screen, as a reader sees it."""
    # Textual has no public way to read the screen as text but a whole SVG.
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())  # noqa: SLF001
