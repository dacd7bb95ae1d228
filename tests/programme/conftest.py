"""A programme with a clock of the test's, without a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.library.folder import Library
from roleplay.programme.programme import Programme, open_programme
from roleplay.session.opening import Choices, Switchboard
from roleplay.store.records import Records
from tests.programme.year import Clock
from tests.session.builders import RememberingWordHash


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def programme(tmp_path: Path, clock: Clock) -> Programme:
    home, model = tmp_path / "home", RememberingWordHash()
    board = Switchboard(Library.open(), Records(home), home, clock.around(), print, open_model=lambda *_anything: model)
    return open_programme(board, Choices(""))
