"""What the documents show works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from roleplay.cli import cli
from roleplay.embedding import CACHE_FOLDER
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


PAGES = ("README.md", *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md"))))
_COMMAND = re.compile(r"(?:^|&& |\| |; |run: |- |[/\\]|`)(roleplay(?: [^\n`|;&]*)?)", re.MULTILINE)
_ASIDE = re.compile(r"\s{2,}\S.*$|\s+#.*$|\s[<>].*$", re.MULTILINE)
"""What a command line in a document is followed by: a remark, a redirection."""


def shown_commands(page: str) -> list[str]:
    """Each `roleplay ...` that a page shows, in a block of code or between backticks."""
    text = (ROOT / page).read_text(encoding="utf-8").replace("\r", "")
    blocks = re.findall(r"^```(?:console|sh|powershell|yaml)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    inline = re.findall(r"`(roleplay [^`]*)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    found = [match for line in lines for match in _COMMAND.findall(_ASIDE.sub("", line))]
    return [*found, *(" ".join(one.split()) for one in inline if "[" not in one and "…" not in one)]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_flag_in_the_documents_exists(page: str) -> None:
    for shown in shown_commands(page):
        words = shlex.split(shown.replace("...", "").replace("'", ""))[1:]
        at: click.Command = cli
        flags: dict[str, click.Parameter] = {}
        for word in words:
            flags |= {name: one for one in at.params for name in (*one.opts, *one.secondary_opts)}
            if isinstance(at, click.Group) and word in at.commands:
                at = at.commands[word]
            elif word.startswith("-") and word != "-":
                flags |= {name: one for one in at.params for name in (*one.opts, *one.secondary_opts)}
                assert word.split("=")[0] in {*flags, "--help", "-h", "--version"}, f"{page}: {shown}: no {word}"
        assert isinstance(at, click.Command), shown
        if words and re.fullmatch(r"[a-z]+", words[0]):
            assert at is not cli, f"{page}: {shown}: there is no such command"


def test_the_documents_show_commands_to_check() -> None:
    assert sum(len(shown_commands(page)) for page in PAGES) > 60


def test_the_jobs_for_ci_are_yaml_and_keep_the_cache_where_it_is() -> None:
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    github, gitlab, hooks = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL))
    cached = next(
        step["with"]["path"] for step in github["jobs"]["rubrics"]["steps"] if "cache@" in step.get("uses", "")
    )
    assert cached == f".roleplay/{CACHE_FOLDER}" == gitlab["rubrics"]["cache"]["paths"][0]
    assert github["jobs"]["rubrics"]["env"]["ROLEPLAY_HOME"].endswith("/.roleplay")
    assert gitlab["rubrics"]["variables"]["ROLEPLAY_HOME"].endswith("/.roleplay")
    ours = {one["id"] for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert {one["id"] for one in hooks["repos"][0]["hooks"]} == ours
