"""The guards on lines that nobody tunes them on: they are measured, never read to mend a guard."""

from __future__ import annotations

from collections import Counter

import pytest

from roleplay.customer.voice.near import Nearness
from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from tests.voice.lines import bad_lines, good_lines, is_caught, is_guarded

MOST_GOOD_GUARDED = 0.08
FEWEST_BAD_CAUGHT = 0.55


@pytest.fixture(scope="module")
def near(minilm: Embedder) -> Nearness:
    return Nearness(minilm)


def test_few_good_lines_that_were_never_seen_are_guarded(
    library: Library, near: Nearness, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = good_lines(library, "unseen_good_lines.yaml")
    guarded = sum(is_guarded(one, library, near) for one in lines)
    with capsys.disabled():
        print(f"\nunseen good lines guarded: {guarded} of {len(lines)}")  # noqa: T201 - the measure itself
    assert len(lines) >= 50
    assert guarded <= MOST_GOOD_GUARDED * len(lines)


def test_most_bad_lines_that_were_never_seen_are_caught(
    library: Library, near: Nearness, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = bad_lines(library, "unseen_bad_lines.yaml")
    of_each = Counter(one.fault for one in lines)
    caught = Counter(one.fault for one in lines if is_caught(one, library, near))
    with capsys.disabled():
        shares = ", ".join(f"{fault} {caught[fault]} of {of_each[fault]}" for fault in sorted(of_each))
        print(f"\nunseen bad lines caught: {caught.total()} of {len(lines)} ({shares})")  # noqa: T201 - the measure itself
    assert len(lines) >= 50
    assert caught.total() >= FEWEST_BAD_CAUGHT * len(lines)
