"""The library that ships is clean."""

from __future__ import annotations

import pytest

from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from tests.audit.build import audited


@pytest.mark.parametrize("identifier", Library.open().persona_ids())
def test_nothing_is_found_in_a_bundled_persona(library: Library, minilm: Embedder, identifier: str) -> None:
    found = audited(library, identifier, minilm)
    assert [problem.text(found.file) for problem in (*found.errors, *found.warnings)] == []
    assert found.one_slip.won
