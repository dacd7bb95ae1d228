"""The debrief's parts as text: each takes the debrief and gives what stands on screen, empty where there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from roleplay.tui.words import points

if TYPE_CHECKING:
    from roleplay.report.debrief import Debrief, DimensionLine, Quote

BAR = 20
"""Cells of a score's bar."""
LINE, BLOCK = Content("\n"), Content("\n\n")


def heading(told: Debrief) -> Content:
    """How it ended, and the overall number with how far it can be trusted."""
    lines = [Content.styled(told.outcome_words, "bold $primary")]
    if told.overall is not None:
        verdict = ("✓ passed", "bold $success") if told.passed else ("→ not passed yet", "bold $warning")
        number = f"{points(told.overall)} of 100, {told.overall_band}  "
        trust = f"  {told.trust}" if told.trust else ""
        lines.append(Content.assemble(number, verdict, (trust, "$text-muted")))
    return LINE.join(lines)


def scores(told: Debrief) -> Content:
    """Each dimension: title, number, band, bar and what it stands on."""
    blocks = [_dimension(one) for one in told.dimensions]
    blocks += [Content.assemble(("✗ must not be missed: ", "bold $error"), one) for one in told.critical]
    if told.hints:
        blocks.append(Content.styled(f"with hints: {told.hints}", "$text-muted"))
    return BLOCK.join(blocks)


def _dimension(one: DimensionLine) -> Content:
    title = Content.styled(one.title, "bold")
    if one.points is None:
        number: Content = Content.styled("nothing to score", "$text-muted")
    else:
        number = Content.assemble(_bar(one.points), f" {points(one.points):>3} ", (one.band, "bold"))
    meaning = Content.styled(one.meaning, "$text-muted")
    return LINE.join([Content.assemble(title, "  ", meaning), number, Content.styled(one.evidence, "$text-muted")])


def _bar(value: float) -> Content:
    full = round(value / 100 * BAR)
    return Content.assemble(("━" * full, "$primary"), ("─" * (BAR - full), "$text-disabled"))


def moments(told: Debrief) -> Content:
    """The best moment, and the one to work on with a better line."""
    blocks = []
    if told.best:
        blocks.append(_quoted("✓ Best moment", "$success", told.best))
    if told.weakest:
        blocks.append(_quoted("→ To work on", "$warning", told.weakest))
    return BLOCK.join(blocks)


def _quoted(title: str, colour: str, quote: Quote) -> Content:
    where = f"  reply {quote.turn}" if quote.turn else ""
    lines = [Content.assemble((title, f"bold {colour}"), (where, "$text-muted"))]
    if quote.words:
        lines.append(Content.styled(f"“{quote.words}”", "italic"))
    lines.append(Content(quote.about))
    if quote.better:
        lines.append(Content.assemble(("A better line: ", "bold"), quote.better))
    return LINE.join(lines)


def drill(told: Debrief) -> Content:
    """The one thing to practise next."""
    if told.drill is None:
        return Content("")
    lines = [("Practise next", "bold $accent"), "\n", (told.drill.title, "bold"), f": {told.drill.how}"]
    return Content.assemble(*lines, "\n", (told.drill.why, "$text-muted"))


def customer(told: Debrief, name: str) -> Content:
    """The customer's own mark, and what they found out later."""
    mark = "★" * told.mark + "☆" * (5 - told.mark)
    lines = [
        Content.assemble((f"{name} gave you {told.mark} of 5", "bold $accent"), "  ", (mark, "$secondary")),
        Content.styled(f"“{told.mark_words}”", "italic"),
    ]
    lines += [Content.assemble(("Found out later: ", "bold"), one) for one in told.found_out_later]
    return LINE.join(lines)


def steps(told: Debrief) -> Content:
    """What was done and what was missed."""
    lines = [Content.styled("Steps", "bold $accent")]
    lines += [_step(what, turn) for what, turn in told.steps]
    return LINE.join(lines)


def _step(what: str, turn: int | None) -> Content:
    if turn is None:
        return Content.assemble(("✗ ", "$error"), what)
    return Content.assemble(("✓ ", "$success"), what, (f"  reply {turn}" if turn else "", "$text-muted"))


def held_back(told: Debrief) -> Content:
    """What the customer never told."""
    if not told.held_back:
        return Content("")
    lines = [Content.styled("Never told to you", "bold $accent")]
    return LINE.join([*lines, *(Content(f"• {one}") for one in told.held_back)])
