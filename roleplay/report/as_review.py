"""A call as a trainer reads it: every turn with its number, what was measured there, and the notes beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from roleplay.call_log import Note, NoteKind
from roleplay.report.as_branches import LANDING_WORDS, mood_words
from roleplay.report.debrief import OUTCOME_WORDS
from roleplay.session.comparing import Exchange
from roleplay.session.held import HeldCall

WIDTH = 78


def review_text(call: HeldCall, notes: Sequence[Note]) -> str:
    """The whole call as plain text."""
    name = call.course.persona.name
    title = f"{name}, call {call.header.id}"
    blocks = [f"{title}\n{'-' * len(title)}", _wrapped(f"{name}: {call.shown_turns()[0].text}")]
    blocks += [
        "\n".join(_exchange(one, name, [note for note in notes if note.reply == one.reply]))
        for one in call.side().exchanges
    ]
    outcome = call.course.state.outcome
    blocks.append(OUTCOME_WORDS[outcome] if outcome else "Not over yet.")
    of_all = [_note(one) for one in notes if one.kind is NoteKind.REVIEW and one.reply is None]
    return "\n\n".join([*blocks, *of_all])


def _exchange(one: Exchange, customer: str, notes: Sequence[Note]) -> Iterator[str]:
    if one.words:
        yield _wrapped(f"{one.reply}  You: {one.words}")
    for landing, label in LANDING_WORDS:
        found = [title for title, went in one.landings if went is landing]
        if found:
            yield _wrapped(f"     {label}: {'; '.join(found)}", "     ")
    yield _wrapped(f"     Mood: {mood_words(one)}", "     ")
    yield from (_wrapped(f"     Step done: {step}", "     ") for step in one.steps)
    yield from (_note(note) for note in notes if note.kind is NoteKind.REVIEW)
    yield from (_wrapped(f"{customer}: {answer}") for answer in one.answers)


def _note(note: Note) -> str:
    return _wrapped(f"   ✎ {note.author or 'Trainer'}: {note.text}", "     ")


def _wrapped(text: str, indent: str = "   ") -> str:
    lead = len(text) - len(text.lstrip())
    return fill(" ".join(text.split()), WIDTH, initial_indent=" " * lead, subsequent_indent=indent)
