"""Both ways of answering, in words: what a retry did beside the call it goes back into."""

from __future__ import annotations

from textwrap import fill

from roleplay.call_log import InputKind
from roleplay.report.debrief import OUTCOME_WORDS
from roleplay.score import Landing, band
from roleplay.session.comparing import Branches, Exchange, Side

WIDTH = 78
BEFORE, NOW = "Before", "This time"
ACTION_WORDS = {
    InputKind.HOLD: "hold",
    InputKind.TRANSFER: "passed the caller on",
    InputKind.END: "ended the call",
}
LANDING_WORDS = ((Landing.LANDED, "Landed"), (Landing.PARTLY, "Partly"), (Landing.NOT_YET, "Not yet"))
NOT_THERE = "No reply here."
NOT_OVER = "Not over yet."
NO_OVERALL = "Too little to score."


def facets(exchange: Exchange | None, customer: str) -> list[tuple[str, str]]:
    """A reply and what it did, as labels and texts; what does not apply is left out."""
    if exchange is None:
        return [("", NOT_THERE)]
    found = [("You", exchange.words)] if exchange.words else []
    if exchange.actions:
        found.append(("You", f"({', then '.join(ACTION_WORDS[kind] for kind in exchange.actions)})"))
    found += [(customer, answer) for answer in exchange.answers]
    found.append(("Mood", mood_words(exchange)))
    found += [("Step done", step) for step in exchange.steps]
    for landing, label in LANDING_WORDS:
        titles = [title for title, went in exchange.landings if went is landing]
        found += [(label, "; ".join(titles))] if titles else []
    if exchange.advice.next_step:
        found.append(("Next step", exchange.advice.next_step))
    return found


def mood_words(exchange: Exchange) -> str:
    """Where the mood is after a reply, and how far it moved."""
    how = f"{exchange.moved:+d}" if exchange.moved else "unchanged"
    return f"{exchange.mood}, {exchange.band.replace('_', ' ')} ({how})"


def ending(side: Side) -> list[tuple[str, str]]:
    """How a call ended and what it came to."""
    if side.outcome is None:
        return [("End", NOT_OVER)]
    if side.overall is None:
        return [("End", OUTCOME_WORDS[side.outcome]), ("Overall", NO_OVERALL)]
    passed = "passed" if side.passed else "not passed yet"
    return [
        ("End", OUTCOME_WORDS[side.outcome]),
        ("Overall", f"{side.overall:.0f} of 100, {band(side.overall)}; {passed}"),
    ]


def branches_text(branches: Branches, customer: str, *, whole: bool) -> str:
    """Plain text. `whole`: every reply and both ends; else the reply that was answered anew, alone."""
    title = f"Two ways to answer, from reply {branches.reply}"
    blocks = [f"{title}\n{'-' * len(title)}", _wrapped(f"{customer} had said: {branches.asked}")]
    for before, after in branches.rows[: None if whole else 1]:
        blocks.append("\n".join([*_block(BEFORE, facets(before, customer)), *_block(NOW, facets(after, customer))]))
    if whole:
        blocks.append("\n".join([*_block(BEFORE, ending(branches.before)), *_block(NOW, ending(branches.after))]))
    blocks.append(f"What you said before is kept as {branches.before.call}.")
    return "\n\n".join(blocks)


def _block(title: str, said: list[tuple[str, str]]) -> list[str]:
    return [f"{title}:", *(_wrapped(f"{label}: {text}" if label else text, "  ") for label, text in said)]


def _wrapped(text: str, indent: str = "") -> str:
    return fill(" ".join(text.split()), WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")
