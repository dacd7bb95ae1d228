"""The debrief: what a call came to, as one value that every front end words in its own way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from roleplay.call_log import Note
from roleplay.rubric import Criterion, Rubric
from roleplay.score import TOO_LITTLE, CallScore, CriterionTally, Landing, Scorecard, Sight, band
from roleplay.session.course import Course, Moment
from roleplay.session.figures import CallFigures, figures_of
from roleplay.session.held import HeldCall
from roleplay.session.next_call import NextCall
from roleplay.session.opening import SCRIPTED, Switchboard
from roleplay.transcript import Outcome, Speaker

OUTCOME_WORDS = {
    Outcome.RESOLVED: "Resolved: the matter is settled.",
    Outcome.DECLINED_WELL: "Ended well: this call could not be won, and it was closed with respect.",
    Outcome.HANDED_OVER_WELL: "Handed over well: the right people have it now.",
    Outcome.UNRESOLVED: "Not resolved yet: the call ended before all was settled.",
    Outcome.ESCALATED: "Escalated: the customer asked for somebody else.",
    Outcome.HUNG_UP: "The customer hung up.",
    Outcome.ABANDONED: "Left before the end.",
}
DIMENSION_WORDS = {
    "smoothness": ("Smoothness", "clear, friendly and easy to follow"),
    "listening": ("Listening", "the customer could tell that they were heard"),
    "first_call_resolution": ("Solved at first contact", "how much of the matter was settled in this call"),
}
LEFT_EARLY = "the call was left before the end, and what was not seen is neither good nor bad"
NOT_FITTED = "not yet checked against your graders"


@dataclass(frozen=True, slots=True)
class Quote:
    """A moment in the trainee's own words."""

    turn: int
    words: str
    about: str
    """What it showed, or what was missing."""
    better: str = ""
    """How a better line is built."""


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """A dimension as a line of the debrief."""

    name: str
    title: str
    meaning: str
    points: float | None
    """0..100"""
    band: str
    evidence: str
    """What the number stands on, in a sentence."""
    give_or_take: float | None = None
    """Points within which four of five unseen calls were graded; None: nobody has checked."""


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion that was due in the call."""

    id: str
    title: str
    dimension: str
    """Its title."""
    landing: Landing


@dataclass(frozen=True, slots=True)
class Drill:
    """The one thing to practise next."""

    criterion: str
    title: str
    how: str
    why: str


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything a debrief says."""

    outcome: Outcome
    outcome_words: str
    passed: bool
    overall: float | None
    overall_band: str
    no_overall: str
    """Why there is no overall number; empty where there is one."""
    trust: str
    """How far the number has been checked."""
    dimensions: tuple[DimensionLine, ...]
    critical: tuple[str, ...]
    """Critical criteria that failed, in the trainee's words."""
    best: Quote | None
    weakest: Quote | None
    mark: int
    """The customer's own, 1..5."""
    mark_words: str
    """Empty where the call was left: nobody is asked then, and nothing is given away."""
    found_out_later: tuple[str, ...]
    moods: tuple[int, ...]
    """Mood after the opening and after each reply."""
    steps: tuple[tuple[str, int | None], ...]
    """What each step is, and the reply that did it."""
    held_back: tuple[str, ...]
    """What the customer never told."""
    drill: Drill | None
    hints: int
    voice: str
    """Who spoke, what that took, and how much of it was replaced; empty for the scripted voice."""
    written: tuple[tuple[str, str], ...] = ()
    """Notes and bookings of the trainee: "Noted" or "Booked", and the words."""
    criteria: tuple[CriterionLine, ...] = ()
    """All that was due, in the rubric's order."""
    landed: tuple[float | None, ...] = ()
    """Beside `moods`: of the acts that had been due by then, the share that landed, 0..100; None while none was."""
    figures: CallFigures | None = None
    usual_seconds: float | None = None
    """How long your other calls with this customer took that were passed; None: there is none."""
    """None where nothing was said."""
    notes: tuple[Note, ...] = ()
    """What the trainee thought of it before reading this, and what a trainer wrote beside it."""
    next_call: NextCall | None = None
    """Where the drill can be practised."""


def debrief(call: HeldCall, notes: Sequence[Note] = (), next_call: NextCall | None = None) -> Debrief:
    """The debrief of a call that has ended. `notes`: written beside the call; `next_call`: for the drill."""
    course = call.course
    card = course.scorecard()
    outcome = course.state.outcome or Outcome.ABANDONED
    mark = course.mark()
    return Debrief(
        outcome=outcome,
        outcome_words=OUTCOME_WORDS[outcome],
        passed=card.passed,
        overall=card.overall,
        overall_band="" if card.overall is None else band(card.overall),
        no_overall="" if card.overall is not None else _no_overall(outcome),
        trust="" if course.rubric.was_fitted else NOT_FITTED,
        dimensions=tuple(_dimension(course, card, name) for name in course.rubric.weights),
        critical=tuple(course.rubric.criterion(name).next_step for name in card.critical_failed),
        best=_best(course, card),
        weakest=_weakest(course, card),
        mark=mark,
        mark_words="" if outcome is Outcome.ABANDONED else course.persona.asked_afterwards.get(mark, ""),
        found_out_later=tuple(change.because for change in course.state.found_out_later),
        moods=tuple(one.state.mood for one in course.moments if one.plan is not None),
        steps=tuple((step.what, course.state.done.get(step.id)) for step in course.persona.steps),
        held_back=() if outcome is Outcome.ABANDONED else _held_back(course),
        drill=_drill(course.rubric, card),
        hints=call.hints_used,
        voice=_voice(call),
        written=tuple(call.written()),
        criteria=tuple(_criteria(course.rubric, card)),
        landed=tuple(_landed(course, card)),
        figures=figures_of(course) if course.history else None,
        notes=tuple(notes),
        next_call=next_call,
    )


def whole_debrief(call: HeldCall, board: Switchboard) -> Debrief:
    """With all that the records and the library add. Raises ServiceUnavailable where they cannot be read."""
    drill = _drill(call.course.rubric, call.course.scorecard())
    following = board.next_call(call, drill.criterion, drill.title) if drill else None
    told = debrief(call, board.records.notes(call.header.id), following)
    return replace(told, usual_seconds=board.records.usual_seconds(call.header))


def _criteria(rubric: Rubric, card: Scorecard) -> Iterator[CriterionLine]:
    for one in card.tallies:
        if one.landing is not None:
            criterion = rubric.criterion(one.criterion)
            yield CriterionLine(criterion.id, criterion.title, dimension_title(criterion.dimension), one.landing)


def dimension_title(name: str) -> str:
    """A dimension as a person reads it."""
    return DIMENSION_WORDS.get(name, (name.replace("_", " ").capitalize(), ""))[0]


def _landed(course: Course, card: Scorecard) -> Iterator[float | None]:
    """For each moment in which the customer spoke, weighed as the rubric weighs its criteria.

    Only acts count: that nothing went wrong is no news. At the end what never came counts, too.
    """
    weights = {one.id: one.weight for one in course.rubric.criteria if one.mode == "do"}
    spoken = [one for one in course.moments if one.plan is not None]
    decided: list[tuple[float, float]] = []
    for moment in spoken:
        results = moment.score.results if moment.score else ()
        decided += [(weights[one.criterion], one.value) for one in results if one.criterion in weights]
        if moment is spoken[-1] and moment.state.ended:
            known = [one for one in card.tallies if one.value is not None and one.criterion in weights]
            decided = [(weights[one.criterion], one.value or 0.0) for one in known]
        due = sum(weight for weight, _ in decided)
        yield round(100 * sum(weight * value for weight, value in decided) / due, 1) if due else None


def _voice(call: HeldCall) -> str:
    if call.header.model == SCRIPTED:
        return ""
    lines = [turn for turn in call.shown_turns() if turn.speaker is Speaker.CUSTOMER]
    guarded = sum(turn.guarded for turn in lines)
    took = call.usage()
    words = f"{call.header.model}; the scripted voice stepped in for {guarded} of {len(lines)} turns"
    if took.prompt_tokens + took.answer_tokens:
        words += f"; at least {took.prompt_tokens:,} tokens read and {took.answer_tokens:,} written"
    return words if took.cost is None else f"{words}, about ${took.cost:.4f}"


def _no_overall(outcome: Outcome) -> str:
    return f"{TOO_LITTLE}: {LEFT_EARLY}" if outcome is Outcome.ABANDONED else TOO_LITTLE


def _held_back(course: Course) -> tuple[str, ...]:
    return tuple(fact.says for fact in course.persona.facts if fact.id not in course.state.told)


def _dimension(course: Course, card: Scorecard, name: str) -> DimensionLine:
    title, meaning = dimension_title(name), DIMENSION_WORDS.get(name, ("", ""))[1]
    points = card.dimensions[name]
    return DimensionLine(
        name,
        title,
        meaning,
        points,
        "" if points is None else band(points),
        _evidence(course, card, name),
        card.as_graders.bands.get(name) if card.as_graders and _was_taught(course, card, name) else None,
    )


def _evidence(course: Course, card: Scorecard, name: str) -> str:
    if name == "first_call_resolution":
        done = len(course.state.done)
        when = " when the call was left" if card.dimensions[name] is None else ""
        return f"{done} of {len(course.persona.steps)} steps done{when}"
    if card.dimensions[name] is None:
        return "nothing that counts here was due yet"
    if card.as_graders and _was_taught(course, card, name):
        return _as_graders(card.as_graders, name)
    due = [
        (course.rubric.criterion(one.criterion).title, one) for one in card.tallies if _counts(course.rubric, one, name)
    ]
    landed = [title for title, one in due if one.landing is Landing.LANDED and _is_act(course.rubric, one)]
    missed = [title for title, one in due if one.landing is not Landing.LANDED]
    said = [f"landed: {', '.join(landed).lower()}"] if landed else []
    said += [f"partly or not yet: {', '.join(missed).lower()}"] if missed else []
    return "; ".join(said) or "nothing went wrong"


def _was_taught(course: Course, card: Scorecard, name: str) -> bool:
    """Whether a dimension's number is the graders'."""
    taught = course.rubric.fit.agreement if course.rubric.fit else {}
    return name in taught and card.as_graders is not None and card.as_graders.dimensions.get(name) is not None


def _as_graders(score: CallScore, dimension: str) -> str:
    """What a number that graders taught stands on."""
    said = [f"scored as your graders would, give or take {score.bands[dimension]:.0f}"]
    of_dimension = [one for one in score.influences if one.dimension == dimension]
    if raised := max((one for one in of_dimension if one.points > 0), key=lambda one: one.points, default=None):
        said.append(f"“{raised.sentence}” raised it by {raised.points:.0f}")
    if lowered := min((one for one in of_dimension if one.points < 0), key=lambda one: one.points, default=None):
        said.append(f"“{lowered.sentence}” lowered it by {-lowered.points:.0f}")
    return "; ".join(said)


def _counts(rubric: Rubric, tally: CriterionTally, dimension: str) -> bool:
    return tally.value is not None and rubric.criterion(tally.criterion).dimension == dimension


def _is_act(rubric: Rubric, tally: CriterionTally) -> bool:
    return rubric.criterion(tally.criterion).mode == "do"


def _best(course: Course, card: Scorecard) -> Quote | None:
    """The act that weighs most among those that landed; else the reply that lifted the mood most."""
    landed = [
        (course.rubric.criterion(one.criterion), one)
        for one in card.tallies
        if one.landing is Landing.LANDED and one.best and one.best.sentence and _is_act(course.rubric, one)
    ]
    if landed:
        criterion, tally = max(landed, key=lambda one: (one[0].weight, one[1].best.contrast if one[1].best else 0))
        return _quote(criterion, tally.best, tally.best_turn, criterion.landed or criterion.title)
    lifts = [one for one in course.moments if one.score and sum(change.delta for change in one.changes) > 0]
    if not lifts:
        return None
    best = max(lifts, key=lambda one: sum(change.delta for change in one.changes))
    return Quote(best.state.reply, _words(best), best.changes[0].because)


def _weakest(course: Course, card: Scorecard) -> Quote | None:
    """The miss that weighs most."""
    missed = _missed(course.rubric, card)
    if not missed:
        return None
    criterion, tally = missed[0]
    quote = _quote(criterion, tally.worst, tally.worst_turn, f"{criterion.title}: {criterion.next_step}")
    if criterion.mode == "avoid" and quote.words:
        return quote  # the sentence that breached it; an act that is missing has none, so the reply is quoted
    moment = next((one for one in course.moments if one.score and one.state.reply == tally.worst_turn), None)
    return Quote(quote.turn, _words(moment) if moment else "", quote.about, quote.better)


def _missed(rubric: Rubric, card: Scorecard) -> list[tuple[Criterion, CriterionTally]]:
    """What was due and did not land, what weighs most first."""
    found = [(rubric.criterion(one.criterion), one) for one in card.tallies if one.value is not None and one.value < 1]
    return sorted(found, key=lambda one: (-one[0].critical, -one[0].weight * (1 - (one[1].value or 0))))


def _quote(criterion: Criterion, sight: Sight | None, turn: int | None, about: str) -> Quote:
    return Quote(turn or 0, sight.sentence if sight else "", about, criterion.better_line)


def _words(moment: Moment) -> str:
    text = moment.entry.text if moment.entry else ""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"


LONGEST_QUOTE = 200
"""Characters of a reply that a debrief quotes."""


def _drill(rubric: Rubric, card: Scorecard) -> Drill | None:
    missed = _missed(rubric, card)
    if not missed:
        return None
    criterion = missed[0][0]
    return Drill(criterion.id, criterion.title, criterion.next_step or criterion.what, criterion.why)
