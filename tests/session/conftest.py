"""A switchboard on a disk of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roleplay.library.folder import Library
from roleplay.session.call import LiveCall
from roleplay.session.opening import Switchboard
from tests.session.builders import begin, switchboard


@pytest.fixture
def board(library: Library, home: Path) -> Iterator[Switchboard]:
    """The built-in library, empty records, a still clock and the word-hash embedder."""
    opened = switchboard(library, home)
    yield opened
    opened.records.close()


@pytest.fixture
def call(board: Switchboard) -> LiveCall:
    """A call whose line is open: Gareth Pugh, furious."""
    return begin(board)
