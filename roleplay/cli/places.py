"""What a command is given: the terminal, and the library that was named before it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from roleplay.library.folder import Library


def on_a_terminal() -> bool:
    """Whether a person sits at both ends; a closed stdin is nobody."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


def take_pastes_whole() -> None:
    """With readline a bracketed paste of many lines is one reply, and no line is cut at 4,096 characters."""
    try:
        import readline
    except ImportError:  # Windows; its console has no such limit
        return
    readline.parse_and_bind("set enable-bracketed-paste on")


def typed_line(prompt: str = "> ") -> str | None:
    """A line of input without its end; None at the end of input. Prompts stand beside the data, on stderr."""
    try:
        if on_a_terminal():
            return input(prompt)
        if sys.stdin and sys.stdin.isatty():
            click.echo(prompt, err=True, nl=False)
        line = sys.stdin.readline() if sys.stdin else ""
    except EOFError:
        return None
    return line.rstrip("\r\n") if line else None


def open_library(context: click.Context) -> Library:
    """The built-in library, under the house library that was named. Raises UsageProblem."""
    from roleplay.library.folder import Library

    return Library.open(context.find_root().obj)
