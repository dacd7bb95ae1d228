"""Plain mode: a call line by line. stdout is data (the customer's words, the debrief), stderr is narration."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from textwrap import fill

import click

from roleplay.call_log import InputKind, NoteKind
from roleplay.cli.contesting import DISPUTE, PRAISE, Contest
from roleplay.cli.places import on_a_terminal, take_pastes_whole, typed_line
from roleplay.errors import UsageProblem
from roleplay.event import CallEnded, CustomerSpoke, Event, MoodChanged, Notice, ReplyScored
from roleplay.report.as_branches import branches_text
from roleplay.report.as_disputes import told_text
from roleplay.report.as_text import brief_text, debrief_text, facts_text, policy_text, words_text, written_text
from roleplay.report.debrief import whole_debrief
from roleplay.report.saving import write_report
from roleplay.sanitise import clean_line
from roleplay.score import Advice
from roleplay.session.call import LiveCall
from roleplay.session.opening import Switchboard

HELP = """\
Type your reply and press enter. Or:
  /hint      a nudge, then a shape, then an example line
  /policy    what you may look up
  /words     trade words and idioms, those just heard first
  /facts     what the customer has told so far, and what you wrote down
  /coach     all that the coach has to say of your last reply
  /hold      put the caller on hold, and take them back (ask first)
  /transfer  pass the caller on
  /note TEXT  write something down for yourself; /book TEXT: that you booked it. The customer must still be told
  /break     a pause; never scored
  /retry N   go back to your reply N (or the last one) and answer differently; what was said stays on record
  /dispute [N] [CRITERION] [WHY]  you see a verdict on your reply N (or the last) differently: your trainer reads it
  /praise [N] [WHY] [name: YOU]   you are proud of that reply: perhaps an example for others
  /end       end the call
  /help      this list
A reply that begins with a slash: type two of them."""
ACTIONS = {"/hold": InputKind.HOLD, "/transfer": InputKind.TRANSFER, "/end": InputKind.END, "/break": InputKind.BREAK}
AFTERWARDS = """\
Is a verdict wrong, or are you proud of a line? Your trainer reads it.
  /dispute [N] [CRITERION] [WHY]      /praise [N] [WHY] [name: YOU]
An empty line leaves."""


REFLECT = "Before the debrief, two questions for yourself. An empty line skips one."
QUESTIONS = {NoteKind.WENT_WELL: "What went well?", NoteKind.DIFFERENTLY: "What would you say differently?"}
WRITING = {"/note": InputKind.NOTE, "/book": InputKind.BOOKED}
NO_ADVICE = "The coach has nothing to add."
ELSE = "/help lists what there is. Nothing was sent."


class PlainCall:
    """Runs one call over stdin, stdout and stderr."""

    def __init__(self, call: LiveCall, report: Path | None, board: Switchboard, *, debrief: bool = True) -> None:
        """`board` put the call through, and puts retries through; `debrief`: say it when the call is over."""
        self._debrief = debrief
        self._call = call
        self._board = board
        self._contest = Contest(board.disputes)
        self._to_compare = call.header.is_retry and not call.has_parted
        self._report = report
        if sys.stdin and sys.stdin.isatty():
            take_pastes_whole()

    def run(self) -> LiveCall:
        """The whole call, to its debrief; gives the call that ended, which may be a retry of the one that began.

        Raises KeyboardInterrupt on ctrl+c, after saying how to go on.
        """
        persona = self._call.course.persona
        narrate(brief_text(persona))
        try:
            with asyncio.Runner() as runner:
                runner.run(self._show(self._call.start()))
                while not self._call.ended:
                    runner.run(self._take(typed_line()))
        except KeyboardInterrupt:
            self._call.leave()
            narrate(f"\nThe call is kept. Go on with: roleplay practice --resume {self._call.header.id}")
            raise
        if self._debrief:
            self._close()
        return self._call

    async def _take(self, line: str | None) -> None:
        if line is None:
            await self._show(self._call.act(InputKind.ABANDON))
        elif line.lstrip().startswith("//"):
            await self._show(self._call.reply(line.lstrip()[1:]))
        elif line.lstrip().startswith("/"):
            await self._command(line.strip())
        else:
            await self._show(self._call.reply(line))
        if self._to_compare and self._call.has_parted:
            self._to_compare = False
            if not self._call.ended:
                await asyncio.to_thread(self._compare, narrate, whole=False)

    async def _command(self, command: str) -> None:
        name, _, rest = command.partition(" ")
        name, rest = name.lower(), rest.strip()
        if name == "/retry":
            await self._go_back(rest)
        elif name in (DISPUTE, PRAISE):
            narrate(self._contest.take(self._call, name, rest))
        elif name in WRITING:
            await self._write(WRITING[name], rest)
        elif rest or name not in (*ACTIONS, *self._look_ups, "/hint"):
            narrate(f"There is no {clean_line(command)}. {ELSE}")
        elif name in ACTIONS:
            await self._show(self._call.act(ACTIONS[name]))
        elif name == "/hint":
            await self._show(self._call.hint())
        else:
            narrate(self._look_ups[name]())

    @property
    def _look_ups(self) -> dict[str, Callable[[], str]]:
        """What only shows something."""
        call, persona = self._call, self._call.course.persona
        return {
            "/policy": lambda: policy_text(persona, call.last_line()),
            "/words": lambda: words_text(persona, call.last_line()),
            "/facts": lambda: "\n".join(filter(None, (facts_text(call.facts_told()), written_text(call.written())))),
            "/coach": lambda: _advice_text(call.full_advice()) or NO_ADVICE,
            "/help": lambda: HELP,
        }

    async def _write(self, kind: InputKind, words: str) -> None:
        if words:
            await self._show(self._call.write(kind, words))
        else:
            narrate(written_text(self._call.written()) or "You have written nothing down yet.")

    async def _go_back(self, number: str) -> None:
        """Goes on in a call of its own from before a reply; one that is not there costs nothing."""
        left = self._call
        if number and not number.isdecimal():
            narrate("/retry wants the number of a reply, as in /retry 2. Nothing was sent.")
            return
        reply = int(number) if number else len(left.course.history)
        try:
            self._call = await asyncio.to_thread(self._board.retry, left.header.id, reply)
        except UsageProblem as problem:
            narrate(f"{problem.message}. Nothing was sent.")
            return
        left.leave()
        self._to_compare = True
        narrate(f"Back before your reply {reply}. What you said before is kept as {left.header.id}.")
        await self._show(self._call.start())

    async def _show(self, events: AsyncIterator[Event]) -> None:
        async for event in events:
            self._show_one(event)

    def _show_one(self, event: Event) -> None:
        match event:
            case CustomerSpoke(text=text):
                click.echo(self._laid_out(f"{self._call.course.persona.name}: {text}"))
            case MoodChanged(mood=mood, band=band, changes=changes):
                causes = "; ".join(f"{change.delta:+d}: {change.because}" for change in changes)
                narrate(self._laid_out(f"  [mood {mood}, {band.replace('_', ' ')}] {causes}"))
            case ReplyScored(advice=advice):
                for line in _advice_text(advice).splitlines():
                    narrate(self._laid_out(line))
            case Notice(text=text):
                for line in text.splitlines():
                    narrate(self._laid_out(f"  {line}"))
            case CallEnded():
                narrate("The call is over.")
            case _:
                pass

    def _laid_out(self, text: str) -> str:
        """Wrapped between words for a person; as one line for a program."""
        if not on_a_terminal():
            return text
        return fill(text, shutil.get_terminal_size().columns - 1, subsequent_indent="  ")

    def _close(self) -> None:
        click.echo("")
        if on_a_terminal():
            self._reflect()
        told = whole_debrief(self._call, self._board)
        click.echo(debrief_text(told, self._call.course.persona))
        self._compare(click.echo, whole=True)
        if self._report:
            write_report(self._call, told, self._report)
            narrate(f"Report: {self._report}")
        if raised := self._board.disputes.of(self._call.header.id):
            click.echo(f"\n{told_text(raised)}")
        if on_a_terminal():
            self._afterwards()

    def _reflect(self) -> None:
        """Two questions before the debrief, each of which an empty line skips."""
        narrate(REFLECT)
        thoughts = {}
        for kind, question in QUESTIONS.items():
            narrate(question)
            thoughts[kind] = typed_line() or ""
        self._board.reflect(self._call, thoughts)

    def _afterwards(self) -> None:
        """On a terminal, where the debrief can be answered. In a pipe nothing is waited for once the call is over."""
        narrate(AFTERWARDS)
        while line := (typed_line() or "").strip():
            name, _, rest = line.partition(" ")
            if name.lower() in (DISPUTE, PRAISE):
                narrate(self._contest.take(self._call, name.lower(), rest))
            else:
                narrate(AFTERWARDS)

    def _compare(self, say: Callable[[str], None], *, whole: bool) -> None:
        """Both ways of answering; nothing for a call that goes back into no other."""
        branches = self._board.branches(self._call)
        if branches is not None:
            say(f"\n{branches_text(branches, self._call.course.persona.name, whole=whole)}\n")


def narrate(text: str, *, new_line: bool = True) -> None:
    """Says something to the person, beside the data."""
    click.echo(text, err=True, nl=new_line)


def _advice_text(advice: Advice | None) -> str:
    said = (("✓", advice.landed), ("→", advice.next_step)) if advice else ()
    return "\n".join(f"  {glyph} {text}" for glyph, text in said if text)
