"""A lesson line by line. stdout is data (what is taught, customers' words), stderr is narration and prompts."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from textwrap import fill

import click

from roleplay.cli.places import on_a_terminal, take_pastes_whole, typed_line
from roleplay.cli.plain import PlainCall, narrate
from roleplay.programme.lesson import Answer, Card, Choose, Lesson, Part, Take, Tell, Write
from roleplay.session.opening import Switchboard
from roleplay.transcript import Outcome

HOW = "A number chooses, an empty line takes {usual}. /stop leaves: what you did is kept."
STOP = "/stop"
SKIP = "Type your words and press enter; an empty line skips it."


class PlainLesson:
    """Shows cards and reads answers; the end of input ends the lesson."""

    def __init__(self, lesson: Lesson, board: Switchboard) -> None:
        self._lesson = lesson
        self._board = board
        self._told_how = False
        self._over = False
        if sys.stdin and sys.stdin.isatty():
            take_pastes_whole()

    def run(self) -> None:
        """To its end, or until there is no more input."""
        try:
            card = next(self._lesson)
            while True:
                answer = self._answer(card)
                if self._over:
                    self._lesson.close()
                    return
                card = self._lesson.send(answer)
        except StopIteration:
            return

    def _answer(self, card: Card) -> Answer:
        self._show(card.title, card.parts)
        match card:
            case Tell():
                return None
            case Take():
                return self._take(card)
            case Write():
                return self._write(card)
            case Choose():
                return self._choose(card)

    def _show(self, title: str, parts: Sequence[Part]) -> None:
        click.echo(f"\n{title}")
        for part in parts:
            click.echo(_laid_out(part))

    def _write(self, card: Write) -> str:
        narrate(_wrapped(card.asks))
        if not self._told_how:
            self._told_how = True
            narrate(SKIP)
        return self._line() or ""

    def _choose(self, card: Choose) -> int:
        for number, option in enumerate(card.options, start=1):
            click.echo(f"  {number}  {option}")
        narrate(HOW.format(usual=card.usual + 1))
        while (line := self._line()) is not None:
            if not line.strip():
                return card.usual
            if line.strip().isdecimal() and 1 <= int(line) <= len(card.options):
                return int(line) - 1
            narrate(f"A number from 1 to {len(card.options)}, please.")
        return card.usual

    def _take(self, card: Take) -> str | None:
        held = PlainCall(self._board.start(card.choices), None, self._board, debrief=card.debrief).run()
        return None if held.course.state.outcome is Outcome.ABANDONED else held.header.id

    def _line(self) -> str | None:
        """A typed line; None at the end of input, or to leave."""
        line = typed_line()
        if line is None or line.strip().lower() == STOP:
            self._over = True
            return None
        return line


def _wrapped(text: str) -> str:
    return fill(text, _width(), subsequent_indent="  ") if on_a_terminal() else text


def _laid_out(part: Part) -> str:
    glyph, title = f"{part.glyph} " if part.glyph else "", f"{part.title}: " if part.title else ""
    whole = f"  {glyph}{title}{' '.join(part.text.split())}"
    return fill(whole, _width(), subsequent_indent="    ") if on_a_terminal() else whole


def _width() -> int:
    return shutil.get_terminal_size().columns - 1
