"""The debrief's parts: each takes the debrief and gives what stands on screen, nothing where there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Button, Static

from roleplay.call_log import NoteKind
from roleplay.report.as_disputes import answer_words, subject
from roleplay.report.page import LANDING_GLYPHS, LANDING_WORDS, REFLECTION, band_of_error, figure_lines
from roleplay.score import TOO_LITTLE, Landing
from roleplay.tui.widgets.item import Item
from roleplay.tui.words import points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

    from roleplay.dispute import RaisedDispute
    from roleplay.report.debrief import Debrief, DimensionLine, Quote

BAR = 10
"""Cells of a score's bar."""
LINE = Content("\n")
LANDING_COLOURS = {Landing.LANDED: "$success", Landing.PARTLY: "$warning", Landing.NOT_YET: "$warning"}


def heading(told: Debrief) -> Content:
    """How it ended, and the overall number with how far it can be trusted."""
    lines = [Content.styled(told.outcome_words, "bold $primary")]
    if told.overall is not None:
        verdict = ("✓ passed", "bold $success") if told.passed else ("→ not passed yet", "bold $warning")
        trust = f"  {told.trust}" if told.trust else ""
        overall = f"{points(told.overall)} of 100, {told.overall_band}  "
        lines.append(Content.assemble((overall, "bold"), verdict, (trust, "$quiet")))
    else:
        lines.append(Content.styled(f"Overall: {told.no_overall}", "bold"))
    return LINE.join(lines)


def scores(told: Debrief) -> Iterator[Widget]:
    """Each dimension: title, bar, number, band and what it stands on."""
    width = max((len(one.title) for one in told.dimensions), default=0)
    for one in told.dimensions:
        yield Static(_dimension(one, width), classes="paragraph")
    for critical in told.critical:
        yield Item(
            Content.assemble(("must not be missed: ", "bold"), critical), "✗", "bold $error", classes="paragraph"
        )
    if told.hints:
        yield Static(f"With hints: {told.hints}", classes="paragraph quiet")


def _dimension(one: DimensionLine, width: int) -> Content:
    title = Content.styled(f"{one.title.ljust(width)}  ", "bold")
    if one.points is None:
        number = Content.styled(TOO_LITTLE, "$quiet")
    else:
        error = band_of_error(one)
        number = Content.assemble(
            _bar(one.points),
            (f" {points(one.points):>3} ", "bold"),
            one.band,
            (f"  {error}" if error else "", "$quiet"),
        )
    lines = [
        Content.assemble(title, number),
        Content.styled(one.meaning, "$quiet"),
        Content.styled(one.evidence, "$quiet"),
    ]
    return LINE.join(line for line in lines if line)


def _bar(value: float) -> Content:
    full = round(value / 100 * BAR)
    return Content.assemble(("━" * full, "$primary"), ("─" * (BAR - full), "$faint"))


def moments(told: Debrief) -> Iterator[Widget]:
    """The best moment, and the one to work on with a better line."""
    if told.best:
        yield Static(_quoted("✓ Best moment", "$success", told.best), classes="paragraph")
    if told.weakest:
        better = (
            Content.assemble(("\nA better line: ", "bold"), told.weakest.better) if told.weakest.better else Content("")
        )
        yield Static(_quoted("→ To work on", "$warning", told.weakest) + better, classes="paragraph")


def _quoted(title: str, colour: str, quote: Quote) -> Content:
    where = f"  reply {quote.turn}" if quote.turn else ""
    lines = [Content.assemble((title, f"bold {colour}"), (where, "$quiet"))]
    if quote.words:
        lines.append(Content.styled(f"“{quote.words}”", "italic"))
    return LINE.join([*lines, Content(quote.about)])


def raised(disputes: Sequence[RaisedDispute]) -> Iterator[Widget]:
    """What the trainee told their trainer, and what was answered."""
    if disputes:
        yield Static("What you told your trainer", classes="title")
        yield from (raised_item(one) for one in disputes)


def raised_item(one: RaisedDispute) -> Item:
    """One dispute and its answer."""
    glyph = "·" if one.answer is None else "✓" if one.answer.accepted else "→"
    return Item(Content.assemble(f"{subject(one)}: ", (answer_words(one), "bold" if one.answer else "$quiet")), glyph)


def reflection(told: Debrief) -> Iterator[Widget]:
    """What the trainee thought before reading this."""
    for one in told.notes:
        if one.kind in REFLECTION:
            title = Content.styled(f"{REFLECTION[one.kind]}  ", "bold $secondary")
            yield Static(title + Content.styled(f"“{one.text}”", "italic"), classes="paragraph")


def review(told: Debrief) -> Iterator[Widget]:
    """What a trainer wrote beside the call."""
    written = [one for one in told.notes if one.kind is NoteKind.REVIEW]
    if written:
        yield Static("From your trainer", classes="title")
        for one in written:
            where = "" if one.reply is None else f"reply {one.reply}  "
            yield Item(Content.assemble((where, "$quiet"), one.text), "✎", "$secondary")


def criteria(told: Debrief) -> Iterator[Widget]:
    """All that was due, and how it went."""
    if told.criteria:
        yield Static("All that was due", classes="title")
        for one in told.criteria:
            said = Content.assemble(one.title, (f"  {LANDING_WORDS[one.landing]}", "$quiet"))
            yield Item(said, LANDING_GLYPHS[one.landing], LANDING_COLOURS[one.landing])


def figures(told: Debrief) -> Iterator[Widget]:
    """Time and talk."""
    lines = list(figure_lines(told.figures, told.usual_seconds))
    if lines:
        yield Static("Time and talk", classes="title spaced")
        yield from (Item(Content.assemble((f"{label}: ", "bold"), text)) for label, text in lines)
        yield Static("Coaching, never points.", classes="quiet")


def drill(told: Debrief) -> Iterator[Widget]:
    """The one thing to practise next, and a button that starts it."""
    if told.drill is not None:
        one = told.drill
        title = Content.assemble(("Practise next: ", "bold $accent"), (one.title, "bold"))
        yield Static(LINE.join([title, Content(one.how), Content.styled(one.why, "$quiet")]), classes="drill")
        if told.next_call is not None:
            yield Static(told.next_call.why, classes="drill", markup=False)
            yield Button(f"Call {told.next_call.name}", id="debrief-drill", compact=True)


def customer(told: Debrief, name: str) -> Iterator[Widget]:
    """The customer's own mark, and what they found out later; nothing where the call was left."""
    if not told.mark_words:
        return
    mark = "★" * told.mark + "☆" * (5 - told.mark)
    title = Content.assemble((f"{name} gave you {told.mark} of 5", "bold $accent"), "  ", (mark, "$secondary"))
    later = [Content.assemble(("Found out later: ", "bold"), one) for one in told.found_out_later]
    words = Content.styled(f"“{told.mark_words}”", "italic")
    yield Static(LINE.join([title, words, *later]), classes="paragraph")


def steps(told: Debrief) -> Iterator[Widget]:
    """What was done and what was missed."""
    yield Static("Steps", classes="title")
    for what, turn in told.steps:
        if turn is None:
            yield Item(what, "✗", "$error")
        else:
            yield Item(Content.assemble(what, (f"  reply {turn}" if turn else "", "$quiet")), "✓", "$success")


def voice(told: Debrief) -> Iterator[Widget]:
    """Who lent the customer their words, where that was a model."""
    if told.voice:
        yield Static(f"Voice: {told.voice}", classes="paragraph quiet spaced", markup=False)


def held_back(told: Debrief) -> Iterator[Widget]:
    """What the customer never told."""
    if told.held_back:
        yield Static("Never told to you", classes="title spaced")
        yield from (Item(one) for one in told.held_back)
