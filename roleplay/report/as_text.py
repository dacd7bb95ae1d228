"""Briefs and debriefs as plain text, for terminals, pipes and screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from roleplay.call_log import Note, NoteKind
from roleplay.persona import Fact, Persona
from roleplay.report.debrief import Debrief, Quote
from roleplay.report.page import LANDING_WORDS, REFLECTION, cells, figure_lines
from roleplay.score import TOO_LITTLE
from roleplay.session.glossary import heard_first

WIDTH = 78


def brief_text(persona: Persona) -> str:
    """What the trainee sees before the call."""
    lines = [
        f"{persona.name} — {persona.company} — {persona.channel} call, difficulty {persona.difficulty} of 5",
        _wrapped(f"Trains: {'; '.join(persona.trains)}"),
    ]
    if persona.content:
        lines.append(_wrapped(f"Please note: {'; '.join(persona.content)}"))
    brief = [_wrapped(line) for line in persona.brief.strip().splitlines()]
    lines += ["", *brief, "", "/policy shows the rules, /help the commands, /break pauses.", ""]
    return "\n".join(lines)


def policy_text(persona: Persona, line: str = "") -> str:
    """The rules the trainee may look up, and the trade words; those in the customer's `line` first."""
    rules = [_wrapped(f"{rule.title}: {rule.text.strip()}") for rule in persona.policy] or ["There are no rules here."]
    return "\n".join([*rules, "", words_text(persona, line)] if persona.gloss else rules)


def words_text(persona: Persona, line: str) -> str:
    """Trade words and idioms of this customer; those in `line`, their latest, first."""
    if not persona.gloss:
        return "There are no special words in this call."
    heard, others = heard_first(persona.gloss, line)
    blocks = [("Words they just used", heard), ("Words" if not heard else "Other words of this call", others)]
    return "\n".join(
        "\n".join([title, *(_wrapped(f"{word}: {meaning}") for word, meaning in words.items())])
        for title, words in blocks
        if words
    )


def facts_text(facts: list[Fact]) -> str:
    """What the customer has told."""
    return "\n".join(_wrapped(f"- {fact.says}") for fact in facts) or "The customer has told nothing yet."


def written_text(written: Sequence[tuple[str, str]]) -> str:
    """What the trainee noted and booked, as pairs of "Noted" or "Booked" and the words."""
    return "\n".join(_wrapped(f"{label}: {words}") for label, words in written)


def debrief_text(told: Debrief, persona: Persona) -> str:
    """The whole debrief."""
    blocks = [
        _heading("Debrief", told.outcome_words),
        notes_text(told.notes),
        _scores(told),
        _moments(told),
        _customer(told, persona),
        _moods(told),
        _criteria(told),
        _steps(told),
        _figures(told),
        _drill(told),
        written_text(told.written),
        f"Voice: {told.voice}" if told.voice else "",
    ]
    return "\n\n".join(block for block in blocks if block)


def _heading(title: str, text: str) -> str:
    return f"{title}\n{'-' * len(title)}\n{text}"


def notes_text(notes: Sequence[Note]) -> str:
    """What the trainee thought before the debrief, and what a trainer wrote."""
    lines = [_wrapped(f"{REFLECTION[one.kind]}: {one.text}") for one in notes if one.kind in REFLECTION]
    for one in notes:
        if one.kind is NoteKind.REVIEW:
            where = "the whole call" if one.reply is None else f"reply {one.reply}"
            lines.append(_wrapped(f"{one.author or 'Your trainer'}, on {where}: {one.text}"))
    return "\n".join(lines)


def _criteria(told: Debrief) -> str:
    """All that was due, by how it went."""
    lines = []
    for landing, words in LANDING_WORDS.items():
        titles = [one.title for one in told.criteria if one.landing is landing]
        lines += [_wrapped(f"{words.capitalize()}: {'; '.join(titles)}")] if titles else []
    return "\n".join(["All that was due", *lines]) if lines else ""


def _figures(told: Debrief) -> str:
    lines = [_wrapped(f"{label}: {text}") for label, text in figure_lines(told.figures, told.usual_seconds)]
    return "\n".join(["Time and talk (coaching, never points)", *lines]) if lines else ""


def _scores(told: Debrief) -> str:
    lines = []
    for one in told.dimensions:
        number = TOO_LITTLE if one.points is None else f"{one.points:5.1f} of 100, {one.band}"
        lines.append(f"{one.title}: {number}")
        lines.append(_wrapped(f"({one.meaning}) {one.evidence}.", "    "))
    if told.overall is not None:
        verdict = "passed" if told.passed else "not passed yet"
        lines.append(f"Overall: {told.overall:.1f} of 100, {told.overall_band}; {verdict}")
    else:
        lines.append(_wrapped(f"Overall: {told.no_overall}"))
    if told.trust:
        lines.append(f"(These numbers are {told.trust}.)")
    lines += [_wrapped(f"Must not be missed: {one}") for one in told.critical]
    if told.hints:
        lines.append(f"With hints: {told.hints}")
    return "\n".join(lines)


def _moments(told: Debrief) -> str:
    lines = []
    if told.best:
        lines.append(_quoted("Best moment", told.best))
    if told.weakest:
        lines.append(_quoted("To work on", told.weakest))
        if told.weakest.better:
            lines.append(_wrapped(f"A better line: {told.weakest.better}", "    "))
    return "\n".join(lines)


def _quoted(title: str, quote: Quote) -> str:
    words = f' "{quote.words}"' if quote.words else ""
    return _wrapped(f"{title} (reply {quote.turn}):{words} - {quote.about}")


def _customer(told: Debrief, persona: Persona) -> str:
    if not told.mark_words:
        return ""
    lines = [_wrapped(f'{persona.name} gave you {told.mark} of 5: "{told.mark_words}"')]
    lines += [_wrapped(f"Later they found out: {one}") for one in told.found_out_later]
    lines += [_wrapped(f'Never told you: "{one}"') for one in told.held_back]
    return "\n".join(lines)


def _moods(told: Debrief) -> str:
    lines = [f"Mood over the call (-100 to 100): {' → '.join(str(mood) for mood in told.moods)}"]
    if any(value is not None for value in told.landed):
        lines.append(f"Of what was due, landed so far (0 to 100): {' → '.join(cells(told.landed))}")
    return "\n".join(_wrapped(line) for line in lines)


def _steps(told: Debrief) -> str:
    lines = [
        _wrapped(f"{'✓' if turn is not None else '✗'} {what}" + (f" (reply {turn})" if turn else ""))
        for what, turn in told.steps
    ]
    return "\n".join(["Steps", *lines])


def _drill(told: Debrief) -> str:
    if told.drill is None:
        return ""
    lines = ["Practise next", _wrapped(f"{told.drill.title}: {told.drill.how} {told.drill.why}")]
    if told.next_call is not None:
        lines += [_wrapped(told.next_call.why), f"  roleplay practice {told.next_call.persona}"]
    return "\n".join(lines)


def _wrapped(text: str, indent: str = "") -> str:
    return fill(" ".join(text.split()), WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")
