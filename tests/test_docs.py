"""What the documents show works."""

from __future__ import annotations

import re
from pathlib import Path

from roleplay.library.folder import Library
from roleplay.suite.discovery import Discovery

ROOT = Path(__file__).parents[1]


def test_the_customer_in_the_authors_guide_is_whole(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    example = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)[0]
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "late-bouquet.yaml").write_text(example, encoding="utf-8")
    persona = Library.open(tmp_path).persona("late-bouquet")
    assert persona.temperament == "anxious"
    assert persona.lines["push_back"]


def test_the_cases_in_the_authors_guide_can_be_run(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    section = guide.partition("## Test your rubric")[2]
    file = tmp_path / "flowers.yaml"
    file.write_text(re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)[0], encoding="utf-8")
    lines = tmp_path / "machine.jsonl"
    lines.write_text(re.findall(r"```json\n(.*?)```", section, re.DOTALL)[0], encoding="utf-8")
    found = Discovery(Library.open()).find([file, lines])
    assert len(found) == 5
    assert found[0].place.line == 5, "as the output below it says"


def test_the_readme_opens_with_its_two_commands_in_one_line_each() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    fences = re.findall(r"^```(\w*)\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    assert [language for language, _ in fences[:2]] == ["sh", "sh"]
    assert all(body.count("\n") == 1 for _, body in fences[:2])
    assert "roleplay practice" in fences[0][1]
    assert "pytest" in fences[1][1]
