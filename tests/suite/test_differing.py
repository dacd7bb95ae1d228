"""The same cases under two rubrics."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from roleplay.embedding import Embedder
from roleplay.errors import NothingToTest
from roleplay.report.as_difference import difference_json, difference_lines
from roleplay.suite.differing import Difference, Side, differ
from roleplay.suite.running import Runner
from tests.suite.build import CASES, RUBRIC, changed, found, house

WITHOUT = changed(
    changed(RUBRIC, "      - That is your own fault, you should have read the letter.\n", ""),
    "      - You did this to yourself.\n",
    "      - Nobody ever helps.\n",
)


def compared(folder: Path, embedder: Embedder, other: str) -> Difference:
    """The house rubric (A) against another one in a file (B)."""
    library = house(folder, CASES)
    file = folder / "other.yaml"
    file.write_text(changed(other, "id: house", "id: other"), encoding="utf-8")
    a, b = (Side(library.rubric(name), name) for name in ("house", str(file)))
    clock = itertools.count().__next__
    return differ(Runner(lambda _: embedder, lambda: float(clock())), a, b, found(library))


def test_a_rubric_does_not_differ_from_its_copy(tmp_path: Path, minilm: Embedder) -> None:
    difference = compared(tmp_path, minilm, RUBRIC)
    assert (difference.changes, difference.left_out, difference.gained) == ((), (), 0)
    assert [one.id for side in (difference.a, difference.b) for one in side.rubrics] == ["house", "other"]
    assert list(difference_lines(difference))[-1] == "no verdict differs"


def test_what_a_lost_line_does_is_named(tmp_path: Path, minilm: Embedder) -> None:
    difference = compared(tmp_path, minilm, WITHOUT)
    (flip,) = difference.flipped
    assert (flip.case, flip.what, flip.was, flip.now) == ("no-blame-breach", "criterion no_blame", "not shown", "shown")
    assert difference.gained == 0
    told = "\n".join(difference_lines(difference))
    assert "1 verdict differs: 0 hold under B only, 1 under A only" in told
    assert "no-blame-breach: criterion no_blame: A not shown, B shown" in told
    a, b = next((one, other) for one, other in difference.of_criteria() if one.criterion == "no_blame")
    assert (a.false_positives, b.false_positives) == (0, 1)
    data = json.loads(difference_json(difference))
    assert (data["a"]["hold"], data["b"]["hold"], data["b"]["expectations"]) == (3, 2, 3)


def test_what_one_of_them_has_not_is_left_out_and_said(tmp_path: Path, minilm: Embedder) -> None:
    begin, end = WITHOUT.index("  - id: no_blame"), WITHOUT.index("moves:")
    difference = compared(tmp_path, minilm, WITHOUT[:begin] + WITHOUT[end:])
    assert difference.left_out == ("no-blame-breach",)
    assert "left out" in list(difference_lines(difference))[-1]


def test_nothing_in_common_is_nothing_to_test(tmp_path: Path, minilm: Embedder) -> None:
    other = changed(RUBRIC[: RUBRIC.index("  - id: no_blame")], "id: greets", "id: waves")
    with pytest.raises(NothingToTest, match="both house and other"):
        compared(tmp_path, minilm, other)


def test_no_more_verdicts_are_listed_than_are_read(tmp_path: Path, minilm: Embedder) -> None:
    difference = compared(tmp_path, minilm, WITHOUT)
    many = replace(difference, changes=difference.flipped * 30)
    assert "  ... and 10 more (-v shows them)" in list(difference_lines(many))
    assert len(list(difference_lines(many, everything=True))) > 30
