"""A page as Markdown. Text from people, files and models has no meaning in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from roleplay.report.page import Block, Chart, Entries, Page, Paragraph, Said, Table, cells

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~&@$])")
"""What Markdown or HTML inside it, a mention or a formula could be made of."""
_LEADING = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-=:])(?=[-=:\s]|$)")
"""At the start of a line: a numbered list, a rule, a heading's underline, a definition."""


def markdown(page: Page) -> str:
    """The whole page."""
    parts = [f"# {plain(page.title)}", plain(page.subtitle)]
    for section in page.sections:
        parts.append(f"## {plain(section.title)}")
        parts += [part for block in section.blocks for part in _block(block)]
    return "\n\n".join(parts) + "\n"


def plain(text: str, longest: int | None = None) -> str:
    """Text without any meaning in Markdown, on one line; cut after `longest` characters."""
    line = " ".join(text.split())
    if longest is not None and len(line) > longest:
        line = f"{line[: longest - 1]}…"
    return _LEADING.sub(_harmless, _MARKUP.sub(r"\\\1", line))


def table(head: Sequence[str], rows: Sequence[Sequence[str]], longest: int | None = None) -> str:
    """Cells are text, whatever is in them."""
    lines = [head, ["---"] * len(head), *([plain(cell, longest) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _harmless(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[0]}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text, label=label):
            yield " ".join(filter(None, (f"**{plain(label)}**" if label else "", plain(text))))
        case Said(text=text, who=who):
            spoken = "\n> ".join(plain(line) for line in text.splitlines() if line.strip())
            yield f"> **{plain(who)}:** {spoken}" if who else f"> {spoken}"
        case Entries(entries=entries):
            yield "\n".join(f"- {glyph} {plain(text)}" for glyph, text in entries)
        case Table(head=head, rows=rows):
            yield table(head, rows)
        case Chart(title=title, lines=drawn):
            count = max(len(values) for _, values, *_ in drawn)
            yield f"**{plain(title)}**"
            yield table(
                ["reply", *map(str, range(count))],
                [[f"{name} ({low:g} to {high:g})", *cells(values)] for name, values, low, high in drawn],
            )
