"""`roleplay rubric diff`, by the real command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import REPOSITORY, Roleplay
from tests.library.build import changed

pytestmark = pytest.mark.usefixtures("warm")


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The bundled rubric less the first example of a criterion, as a trainer would save it under another name."""
    text = (REPOSITORY / "rubrics" / "customer-care.yaml").read_text(encoding="utf-8")
    lines = changed(text, "id: customer-care", "id: edited").splitlines()
    begin = lines.index("  - id: greets_and_asks")
    first = next(at for at in range(begin, len(lines)) if lines[at].strip() == "examples:") + 1
    file = tmp_path / "edited.yaml"
    file.write_text("\n".join(lines[:first] + lines[first + 6 :]) + "\n", encoding="utf-8")
    array = REPOSITORY / "rubrics" / "customer-care.npz"
    (tmp_path / array.name).write_bytes(array.read_bytes())
    return file


def test_both_sides_are_told_and_what_differs(roleplay: Roleplay, edited: Path) -> None:
    ran = roleplay("rubric", "diff", "customer-care", edited)
    assert (ran.code, ran.tidy) == (0, True)
    a, b, *_ = ran.out.splitlines()
    assert a.startswith("A  customer-care: ")
    assert b.startswith("B  edited: ")
    assert "greets_and_asks" in ran.out
    data = json.loads(roleplay("rubric", "diff", "customer-care", edited, "--json").out)
    assert [one["rubrics"][0]["id"] for one in (data["a"], data["b"])] == ["customer-care", "edited"]
    assert any(one["what"] == "criterion greets_and_asks" for one in data["changes"])


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("customer-care",), 2, "Missing argument"),
        (("customer-care", "customer-car"), 2, "did you mean customer-care?"),
        (("customer-care", "customer-care", "--cases", "nowhere.yaml"), 2, "no such file"),
    ],
)
def test_wrong_words_are_exit_2(roleplay: Roleplay, words: tuple[str, ...], code: int, says: str) -> None:
    ran = roleplay("rubric", "diff", *words)
    assert (ran.code, ran.out, ran.tidy) == (code, "", True)
    assert says in ran.err
