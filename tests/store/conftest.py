"""Records on a disk of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from roleplay.store.records import Records


@pytest.fixture
def records(home: Path) -> Iterator[Records]:
    """Empty records."""
    opened = Records(home)
    yield opened
    opened.close()
