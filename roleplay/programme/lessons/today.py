"""The programme's own page: where one stands, what is next and why, and everything else there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from roleplay.curriculum import LAYERS, ExerciseKind, LayerName
from roleplay.errors import UsageProblem
from roleplay.library.validated import did_you_mean
from roleplay.programme.goals import HOURS, SHARES, Goal
from roleplay.programme.lesson import Choose, Lesson, Part, chosen
from roleplay.programme.lessons.calls import REST, planned_call
from roleplay.programme.lessons.case import case_work
from roleplay.programme.lessons.grade import grading
from roleplay.programme.lessons.placement import placement, programme_way
from roleplay.programme.lessons.questions import round_of
from roleplay.programme.lessons.sheet import tracking_sheet
from roleplay.programme.lessons.shift import shift
from roleplay.programme.lessons.writing import writing
from roleplay.programme.plan import aims, next_case, next_kind, next_questions, plan_of_days
from roleplay.programme.programme import Programme
from roleplay.programme.standing import Standing, Trained

KINDS: dict[ExerciseKind, str] = {
    "questions": "A round of questions: one line, one reply",
    "set": "A call",
    "case": "Case work: two calls, told apart",
    "sheet": "The tracking sheet of today's calls",
    "grade": "Grade a colleague's call",
    "write": "Write a case or a customer",
}
PLACEMENT, SHIFT = "placement", "shift"
STOP = "Stop for today"
MOST_AIMS, MOST_NAMES = 4, 3


def today(programme: Programme) -> Lesson:
    """The page, what is chosen from it, and the page again, until the trainee stops."""
    if programme.standing().layer is None:
        yield from placement(programme)
        if programme.standing().layer is None:
            return
    while True:
        trained = programme.trained()
        stands = programme.standing(trained)
        layer = programme.layer(stands)
        usual = next_kind(stands, layer, trained, programme.today)
        others = [kind for kind in KINDS if kind != usual]
        options = [f"Next: {KINDS[usual]}", *(KINDS[kind] for kind in others), "A shift: three to five calls", STOP]
        card = Choose(
            f"{layer.title} · {programme.curriculum.title}",
            tuple(options),
            tuple(standing_parts(programme, trained, stands)),
            usual=len(options) - 1 if stands.needs_rest else 0,
        )
        at = chosen((yield card), card)
        if options[at] == STOP:
            return
        if at == len(options) - 2:
            yield from shift(programme)
        else:
            yield from of_kind(programme, (usual, *others)[at])


def of_kind(programme: Programme, kind: ExerciseKind) -> Lesson:
    """An exercise of that kind: whatever of it is due."""
    trained = programme.trained()
    stands = programme.standing(trained)
    if kind == "questions":
        return round_of(programme, next_questions(programme.curriculum, stands, trained, programme.today))
    if kind == "case":
        return case_work(programme, next_case(programme.curriculum, stands, trained, programme.today)[0])
    plain: dict[ExerciseKind, Callable[[Programme], Lesson]] = {
        "set": planned_call,
        "sheet": tracking_sheet,
        "grade": grading,
        "write": writing,
    }
    return plain[kind](programme)


def lesson(programme: Programme, what: str | None) -> Lesson:
    """A lesson by name: a layer, a kind of exercise, a question, a set, a case, `placement` or `shift`; None: the page.

    Raises UsageProblem for a name that there is not.
    """
    curriculum = programme.curriculum
    named: dict[str, Callable[[], Lesson]] = {
        **{one.id: lambda one=one: round_of(programme, (one,)) for one in curriculum.questions},  # type: ignore[misc]
        **{one.id: lambda one=one: planned_call(programme, one) for one in curriculum.sets},  # type: ignore[misc]
        **{one.id: lambda one=one: case_work(programme, one) for one in curriculum.cases},  # type: ignore[misc]
        **{kind: lambda kind=kind: of_kind(programme, kind) for kind in KINDS},  # type: ignore[misc]
        **{name: lambda name=name: in_layer(programme, name) for name in LAYERS},  # type: ignore[misc]
        PLACEMENT: lambda: placement(programme),
        SHIFT: lambda: shift(programme),
    }
    if what is None:
        return today(programme)
    if what not in named:
        raise UsageProblem(
            f"there is no layer or drill {what}{did_you_mean(what, list(named))}",
            f"Layers: {', '.join(LAYERS)}. Exercises: {', '.join(KINDS)}, {SHIFT}, {PLACEMENT}; or the id of a "
            "question, a set or a case of the curriculum.",
        )
    return named[what]()


def in_layer(programme: Programme, name: LayerName) -> Lesson:
    """What would be next in a layer, whether or not one is in it; it counts for the layer that one is in."""
    trained = programme.trained()
    kind = next_kind(programme.standing(trained), programme.curriculum.layer(name), trained, programme.today)
    return of_kind(programme, kind)


def standing_parts(programme: Programme, trained: Trained, stands: Standing) -> Iterator[Part]:
    """Where one stands, in words that say what to do."""
    if stands.needs_rest:
        yield Part(REST, "A stop")
    now = aims(stands, programme.today, [*stands.recurring, *stands.due(programme.today)])
    for aim in now[:MOST_AIMS]:
        yield Part(f"{programme.title(aim.criterion)}: {aim.why}", "Today", glyph="→")
    for day, names in plan_of_days(stands, programme.today):
        if day > programme.today:
            yield Part(_some([programme.title(name) for name in names]), f"{day:%d %B}", glyph="·")
    for goal in programme.goals(trained, stands):
        title = "Your own goal" if goal.wanted.own else "Goal"
        yield Part(goal_words(programme, goal), title, glyph="✓" if goal.is_met else "·")
    yield Part(_hours(programme, stands), "Hours")
    if stands.layer is not None:
        yield Part(programme_way(programme, stands.layer), "Moving up")


def goal_words(programme: Programme, goal: Goal) -> str:
    """A goal: where it stands, what is next, and why it was missed if it was."""
    wanted = goal.wanted
    name = measure_title(programme, wanted.measure)
    way = "at most" if wanted.at_most else "at least"
    far = f"{name} {way} {_number(wanted.measure, wanted.target)}"
    if wanted.by:
        far += f" by {wanted.by:%d %B %Y}"
    if goal.now is None:
        return f"{far}. Nothing to measure yet."
    now = _number(wanted.measure, goal.now)
    if goal.is_met:
        return f"{far}: met, you are at {now}."
    near = "" if goal.near is None or goal.near == wanted.target else f" Next: {_number(wanted.measure, goal.near)}."
    grown = f" {goal.grown} {'step' if goal.grown == 1 else 'steps'} reached so far." if goal.grown else ""
    late = ""
    if goal.is_late:
        late = " It takes longer than planned"
        late += f": most often “{programme.title(goal.missed_for)}” stands in the way." if goal.missed_for else "."
    return f"{far}; now {now}.{near}{grown}{late} {wanted.why}".strip()


def measure_title(programme: Programme, measure: str) -> str:
    """What is measured, in words."""
    return {
        "overall": "A call's points",
        "passed": "Calls passed",
        HOURS: "Hours a month",
        "mean_reply_seconds": "Seconds to a reply",
        "slow_reply_seconds": "Seconds to nine of ten replies",
        "longest_seconds": "Longest silence in seconds",
        "talk_share": "Your share of the words",
        "seconds": "Seconds of handling",
        "holds": "Holds in a call",
        "transfers": "Transfers in a call",
        "promises": "Promises with a time in a call",
        "refusals": "Refusals without a way on in a call",
        "listening": "Listening",
        "smoothness": "Smoothness",
        "first_call_resolution": "First-call resolution",
    }.get(measure) or programme.title(measure)


def _number(measure: str, value: float) -> str:
    if measure in SHARES:
        return f"{100 * value:.0f} %"
    return f"{value:.1f}" if measure in (HOURS, "holds", "transfers", "promises", "refusals") else f"{value:.0f}"


def _some(names: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _hours(programme: Programme, stands: Standing) -> str:
    plan = programme.curriculum.hours
    if stands.since is None:
        return f"A year holds {plan.least:.0f} to {plan.most:.0f} hours of training: half an hour to an hour a week."
    weeks = (programme.today - stands.since).days / 7
    wanted = plan.least * min(weeks, 52) / 52
    pace = "on plan" if stands.hours >= wanted else f"{wanted - stands.hours:.1f} less than planned by now"
    return f"{stands.hours:.1f} so far, {pace} ({plan.least:.0f} to {plan.most:.0f} a year)."
