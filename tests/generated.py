"""Files made from the program: JSON Schemas for editors, and the command list in the README.

python -m tests.generated           writes them
python -m tests.generated --check   fails if any is out of date
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from roleplay.cli import cli
from roleplay.library.schema import KINDS, schema_text

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- commands: generated -->", "<!-- end of commands -->"


def wanted() -> dict[Path, str]:
    """Every generated file and what should stand in it."""
    files = {ROOT / "docs" / "schema" / f"{kind}.schema.json": schema_text(kind) + "\n" for kind in KINDS}
    readme = ROOT / "README.md"
    files[readme] = with_commands(readme.read_text(encoding="utf-8"))
    return files


def with_commands(text: str) -> str:
    """The README with today's commands between the marks."""
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{BEGIN}\n\n| command | does |\n|---|---|\n{rows(cli, 'roleplay')}\n{END}{after}"


def rows(command: click.Command, path: str) -> str:
    """A table row for a command and all below it."""
    found = []
    if not isinstance(command, click.Group) or command.invoke_without_command:
        context = click.Context(command, info_name=path)
        usage = " ".join(piece for piece in command.collect_usage_pieces(context) if not piece.startswith("COMMAND"))
        usage = usage.replace("|", r"\|")
        found.append(f"| `{path} {usage}` | {command.get_short_help_str(200)} |")
    if isinstance(command, click.Group):
        found += [rows(child, f"{path} {name}") for name, child in command.commands.items()]
    return "\n".join(found)


def main() -> None:
    """Writes or checks."""
    stale = [file for file, text in wanted().items() if not file.is_file() or file.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        sys.exit(f"out of date, run `python -m tests.generated`: {', '.join(map(str, stale))}" if stale else 0)
    for file, text in wanted().items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
