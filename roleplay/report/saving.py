"""A debrief that is kept: as Markdown, JSON and HTML, by the ending of the file, or all three beside each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from roleplay.errors import ServiceUnavailable, UsageProblem
from roleplay.report.as_html import html
from roleplay.report.as_json import report
from roleplay.report.as_markdown import markdown
from roleplay.report.debrief import Debrief
from roleplay.report.page import debrief_page
from roleplay.report.writing import write_whole
from roleplay.session.held import HeldCall

FORMATS: dict[str, Callable[[HeldCall, Debrief], str]] = {
    ".json": lambda call, told: json.dumps(report(call, told), ensure_ascii=False, indent=2) + "\n",
    ".md": lambda call, told: markdown(debrief_page(call, told)),
    ".html": lambda call, told: html(debrief_page(call, told)),
}
"""By the ending of a file."""


def write_report(call: HeldCall, told: Debrief, file: Path) -> None:
    """Writes the report whole or not at all: JSON, unless the file ends in .md or .html.

    Raises ServiceUnavailable if the disk refuses.
    """
    write_whole(file, FORMATS.get(file.suffix.lower(), FORMATS[".json"])(call, told))


def save_debrief(call: HeldCall, told: Debrief, folder: Path) -> Path:
    """Writes all three formats to `folder`; the HTML page's place. Raises ServiceUnavailable, UsageProblem."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ServiceUnavailable(
            f"{folder} cannot be made: {error.strerror}", "Make some room; the call itself is in the records."
        ) from error
    if not call.ended:
        raise UsageProblem("the call is not over", "Its debrief can be kept when it is.")
    for ending in FORMATS:
        write_report(call, told, folder / f"{call.header.id}{ending}")
    return folder / f"{call.header.id}.html"
