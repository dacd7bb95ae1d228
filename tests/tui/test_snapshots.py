"""Every screen looks as it did when it was last reviewed: `python -m tests.tui.snapshots` writes what is to be."""

from __future__ import annotations

import pytest

from tests.tui.conftest import SIZES
from tests.tui.snapshots import FOLDER, shots


@pytest.mark.parametrize("size", SIZES)
def test_every_screen_is_as_it_was_reviewed(size: tuple[int, int]) -> None:
    seen = {f"{name}-{size[0]}x{size[1]}.txt": text for name, text in shots(size).items()}
    kept = {name: (FOLDER / name).read_text(encoding="utf-8") for name in seen}
    assert seen == kept
