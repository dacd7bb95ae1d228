"""The debrief as a page: sections of a few kinds of blocks, which Markdown and HTML each render in their own way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roleplay.call_log import CallHeader, NoteKind
from roleplay.report.debrief import NOT_FITTED, Debrief, DimensionLine, Quote
from roleplay.score import TOO_LITTLE, Landing
from roleplay.session.figures import CallFigures
from roleplay.session.held import HeldCall
from roleplay.session.shown import ShownTurn
from roleplay.transcript import Speaker

LANDING_GLYPHS = {Landing.LANDED: "✓", Landing.PARTLY: "~", Landing.NOT_YET: "→"}
LANDING_WORDS = {Landing.LANDED: "landed", Landing.PARTLY: "partly", Landing.NOT_YET: "not yet"}
MOOD, LANDED = "Mood", "Landed so far"
REFLECTION = {NoteKind.WENT_WELL: "What went well, you said", NoteKind.DIFFERENTLY: "Differently, you said"}
ABOUT = (
    "For practice, not for personnel decisions. The scores are a coach's opinion of one call, measured by comparing "
    "sentences; each stands on the evidence beside it."
)
SLOWEST_OF_TEN = "nine of ten replies within"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, with a word in bold before it."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's own words."""

    text: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """A list; each entry has a glyph that carries its meaning."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; numbers are ready to be shown."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines over the replies of a call, from the opening (0) on."""

    title: str
    lines: tuple[tuple[str, tuple[float | None, ...], float, float], ...]
    """Of each its name, its values, and the lowest and highest that there can be."""


Block = Paragraph | Said | Entries | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A title and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole debrief, to be kept."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


def debrief_page(call: HeldCall, told: Debrief) -> Page:
    """What a trainee keeps of a call."""
    persona = call.course.persona
    sections = [
        Section("How it went", tuple(_outcome(told))),
        Section("What you thought of it", tuple(_reflection(told))),
        Section("Scores", tuple(_scores(told))),
        Section("Moments", tuple(_moments(told))),
        Section("Over the call", (chart(told),) if len(told.moods) > 1 else ()),
        Section("All that was due", tuple(_criteria(told))),
        Section("The customer", tuple(_customer(told, persona.name))),
        Section("Steps", (Entries(tuple(_steps(told))),)),
        Section("Time and talk", tuple(_figures(told.figures, told.usual_seconds))),
        Section("Practise next", tuple(_drill(told))),
        Section("From your trainer", tuple(_review(told))),
        Section("The conversation", tuple(_turn(one, persona.name) for one in call.shown_turns())),
        Section("About this page", (Paragraph(ABOUT), Paragraph(_origin(call.header)))),
    ]
    return Page(
        f"Debrief: {persona.name}, {persona.company}",
        f"{call.header.started_at.astimezone():%d %B %Y, %H:%M} · {persona.channel} · call {call.header.id}",
        tuple(section for section in sections if section.blocks),
    )


def chart(told: Debrief) -> Chart:
    """Mood and what landed, over the call."""
    moods = tuple(float(mood) for mood in told.moods)
    return Chart("Mood and score over the call", ((MOOD, moods, -100, 100), (LANDED, told.landed, 0, 100)))


def figure_lines(figures: CallFigures | None, usual_seconds: float | None = None) -> Iterator[tuple[str, str]]:
    """Time and talk as labels and texts: coaching, never points. `usual_seconds`: of passed calls with the customer."""
    if figures is None or not figures.replies:
        return
    if round(figures.longest_seconds):  # else nobody typed: the replies came from a file
        longest = f"the longest took {_span(figures.longest_seconds)}"
        yield "Your time", f"{_span(figures.seconds)} in all, {_span(figures.mean_reply_seconds)} a reply"
        yield "Pace", f"{SLOWEST_OF_TEN} {_span(figures.slow_reply_seconds)}, {longest}"
        if usual_seconds is not None:
            yield "For comparison", f"calls with this customer that you passed took about {_span(usual_seconds)}"
    yield "Talk", f"{figures.talk_share:.0%} of the words were yours"
    counted = [
        f"{number} {_plural(noun) if number > 1 else noun}"
        for number, noun in (
            (figures.holds, "hold"),
            (figures.transfers, "transfer"),
            (figures.hints, "hint"),
            (figures.promises, "promise with a time"),
            (figures.refusals, "refusal without a way on"),
        )
        if number
    ]
    if counted:
        yield "With", ", ".join(counted)


def _plural(noun: str) -> str:
    first, _, rest = noun.partition(" ")
    return f"{first}s {rest}".strip()


def band_of_error(one: DimensionLine) -> str:
    """How far a number may be off, where that is known."""
    return "" if one.give_or_take is None else f"give or take {one.give_or_take:.0f}"


def _outcome(told: Debrief) -> Iterator[Block]:
    yield Paragraph(told.outcome_words)
    if told.overall is None:
        yield Paragraph(told.no_overall, "Overall:")
    else:
        verdict = "passed" if told.passed else "not passed yet"
        yield Paragraph(f"{told.overall:.0f} of 100, {told.overall_band}; {verdict}", "Overall:")
    yield from (Paragraph(one, "Must not be missed:") for one in told.critical)
    if told.trust == NOT_FITTED:
        yield Paragraph(f"These numbers are {told.trust}.")
    if told.hints:
        yield Paragraph(str(told.hints), "With hints:")


def _reflection(told: Debrief) -> Iterator[Block]:
    yield from (Said(one.text, REFLECTION[one.kind]) for one in told.notes if one.kind in REFLECTION)


def _scores(told: Debrief) -> Iterator[Block]:
    rows = tuple(
        (
            one.title,
            TOO_LITTLE if one.points is None else f"{one.points:.0f}",
            " ".join(filter(None, (one.band, band_of_error(one)))),
            one.evidence,
        )
        for one in told.dimensions
    )
    yield Table(("what", "of 100", "", "what it stands on"), rows)


def _moments(told: Debrief) -> Iterator[Block]:
    if told.best is not None:
        yield from _quote("Best moment", told.best)
    if told.weakest is not None:
        yield from _quote("To work on", told.weakest)
        if told.weakest.better:
            yield Paragraph(told.weakest.better, "A better line:")


def _quote(title: str, quote: Quote) -> Iterator[Block]:
    where = f" (reply {quote.turn})" if quote.turn else ""
    yield Paragraph(quote.about, f"{title}{where}:")
    if quote.words:
        yield Said(quote.words, "You")


def _criteria(told: Debrief) -> Iterator[Block]:
    rows = tuple(
        (f"{LANDING_GLYPHS[one.landing]} {LANDING_WORDS[one.landing]}", one.title, one.dimension)
        for one in told.criteria
    )
    if rows:
        yield Table(("how it went", "what", "part of"), rows)


def _customer(told: Debrief, name: str) -> Iterator[Block]:
    if told.mark_words:
        yield Paragraph(f"{name} gave you {told.mark} of 5.")
        yield Said(told.mark_words, name)
    yield from (Paragraph(one, "Found out later:") for one in told.found_out_later)
    if told.held_back:
        yield Paragraph("", "Never told to you:")
        yield Entries(tuple(("•", one) for one in told.held_back))
    yield from (Paragraph(words, f"{label}:") for label, words in told.written)
    if told.voice:
        yield Paragraph(told.voice, "Voice:")


def _steps(told: Debrief) -> Iterator[tuple[str, str]]:
    for what, turn in told.steps:
        yield ("✗", what) if turn is None else ("✓", f"{what} (reply {turn})" if turn else what)


def _figures(figures: CallFigures | None, usual_seconds: float | None) -> Iterator[Block]:
    yield from (Paragraph(text, f"{label}:") for label, text in figure_lines(figures, usual_seconds))


def _drill(told: Debrief) -> Iterator[Block]:
    if told.drill is not None:
        yield Paragraph(f"{told.drill.how} {told.drill.why}".strip(), f"{told.drill.title}:")
    if told.next_call is not None:
        yield Paragraph(told.next_call.why, "With whom:")


def _review(told: Debrief) -> Iterator[Block]:
    for one in told.notes:
        if one.kind is NoteKind.REVIEW:
            where = "the whole call" if one.reply is None else f"reply {one.reply}"
            yield Said(one.text, f"{one.author or 'Your trainer'}, on {where}")


def _turn(turn: ShownTurn, customer: str) -> Said:
    return Said(turn.text, "You" if turn.speaker is Speaker.TRAINEE else customer)


def _origin(header: CallHeader) -> str:
    retry = (
        f" A retry of {header.branched_from_call} from reply {header.branched_from_turn}." if header.is_retry else ""
    )
    return f"Persona {header.persona}, rubric {header.rubric}, voice {header.model}, seed {header.seed}.{retry}"


def _span(seconds: float) -> str:
    """`8 s`, `2 min 5 s`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def cells(values: Sequence[float | None]) -> list[str]:
    """Values of a chart as a table shows them."""
    return ["–" if value is None else f"{value:.0f}" for value in values]
