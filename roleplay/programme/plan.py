"""What to practise next, and why: what comes back first, then what is due again, then what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from roleplay.curriculum import CallSet, Case, Curriculum, ExerciseKind, Layer, Question
from roleplay.persona import Persona
from roleplay.programme.standing import ROUND, Standing, Trained
from roleplay.session.next_call import chances
from roleplay.training import Deed

SAME_AGAIN = 2
"""Calls that must lie between two with one customer, if there are others."""
EASY_CUSTOMERS = {1: 2, 2: 2, 3: 3, 4: 3}
"""By level, the most difficult persona that is called; from 5 on, any."""
HARDEST_PERSONA = 5


@dataclass(frozen=True, slots=True)
class Aim:
    """A criterion to practise now."""

    criterion: str
    why: str
    """A clause, as in "Names the feeling: ..."."""


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A customer to take."""

    persona: str
    theme: CallSet
    aim: Aim


def aims(standing: Standing, today: date, known: Iterable[str]) -> list[Aim]:
    """What to practise, the most urgent first. `known`: criteria that can be practised in the way at hand."""
    wanted = list(dict.fromkeys(known))
    recurring = [name for name in standing.recurring if name in wanted]
    recurring.sort(key=lambda name: (-standing.recurring[name].failed, name))
    due = [name for name in standing.due(today) if name in wanted and name not in recurring]
    new = [name for name in wanted if name not in standing.targets and name not in recurring]
    later = [name for name in wanted if name not in {*recurring, *due, *new}]
    later.sort(key=lambda name: (standing.targets[name].lately, standing.targets[name].due, name))
    return [
        *(Aim(name, _comes_back(standing, name)) for name in recurring),
        *(Aim(name, "due again today") for name in due),
        *(Aim(name, "new to you") for name in new),
        *(Aim(name, "ahead of its day: nothing is due") for name in later),
    ]


def next_kind(standing: Standing, layer: Layer, trained: Trained, today: date) -> ExerciseKind:
    """Which kind of exercise of the layer is next: they are taken in turn; a sheet needs a call of today."""
    turn = standing.units() % len(layer.exercises)
    in_turn = (*layer.exercises[turn:], *layer.exercises[:turn])
    for kind in in_turn:
        if kind != "sheet" or unread_today(trained, today):
            return kind
    return layer.exercises[0]


def unread_today(trained: Trained, today: date) -> list[str]:
    """Own calls of today that are on no tracking sheet yet, the oldest first."""
    on_sheets = {one.call for one in trained.entries if one.deed is Deed.SHEET}
    return [
        call.header.id
        for call in trained.calls
        if call.header.started_at.date() == today and call.header.id not in on_sheets
    ]


def next_questions(curriculum: Curriculum, standing: Standing, trained: Trained, today: date) -> tuple[Question, ...]:
    """A round: something that has landed before (or the easiest) to begin with, then what is most urgent."""
    asked = Counter(one.what for one in trained.entries if one.deed is Deed.QUESTION)
    landed = {one.what for one in trained.entries if one.deed is Deed.QUESTION and one.share == 1}
    order = {one.id: at for at, one in enumerate(curriculum.questions)}
    first = min(
        curriculum.questions, key=lambda one: (one.id not in landed and bool(landed), asked[one.id], order[one.id])
    )
    chosen = [first]
    known = [name for one in curriculum.questions for name in one.asks_for]
    for aim in aims(standing, today, known):
        fitting = [one for one in curriculum.questions if aim.criterion in one.asks_for and one not in chosen]
        if fitting and len(chosen) < ROUND:
            chosen.append(min(fitting, key=lambda one: (asked[one.id], order[one.id])))
    rest = sorted(curriculum.questions, key=lambda one: (asked[one.id], order[one.id]))
    chosen += [one for one in rest if one not in chosen][: ROUND - len(chosen)]
    return tuple(chosen)


def next_call(
    curriculum: Curriculum,
    standing: Standing,
    trained: Trained,
    personas: Mapping[str, Persona],
    today: date,
    theme: CallSet | None = None,
) -> PlannedCall:
    """The customer for the most urgent criterion: of the mood that went worst so far, called least.

    `personas`: those that can be played; `theme`: one of its calls only.
    """
    sets = [one for one in ((theme,) if theme else curriculum.sets) if any(name in personas for name in one.personas)]
    allowed = EASY_CUSTOMERS.get(standing.level, HARDEST_PERSONA)
    latest = [call.header.persona for call in trained.calls[-SAME_AGAIN:]]
    held = Counter(call.header.persona for call in trained.calls)
    moods = _moods(trained, personas)
    for aim in aims(standing, today, (name for one in sets for name in one.practises)):
        pairs = [
            (one, persona)
            for one in sets
            if aim.criterion in one.practises
            for persona in one.personas
            if persona in personas and personas[persona].difficulty <= allowed and persona not in latest
        ]
        if pairs:
            one, persona = min(
                pairs,
                key=lambda pair: (
                    held[pair[1]] > min(held[other] for _, other in pairs) + 1,
                    moods.get(personas[pair[1]].temperament or "", 0.5),
                    held[pair[1]],
                    -chances(aim.criterion, personas[pair[1]]),
                    pair[1],
                ),
            )
            return PlannedCall(persona, one, aim)
    one = sets[0]
    persona = min((name for name in one.personas if name in personas), key=lambda name: (held[name], name))
    return PlannedCall(persona, one, Aim(one.practises[0], "the theme's own"))


def next_case(curriculum: Curriculum, standing: Standing, trained: Trained, today: date) -> tuple[Case, Aim]:
    """The case for the most urgent criterion, the one that was read least."""
    read = Counter(one.what for one in trained.entries if one.deed is Deed.CASE)
    order = {one.id: at for at, one in enumerate(curriculum.cases)}
    fewest = min(read[one.id] for one in curriculum.cases)
    fresh = [one for one in curriculum.cases if read[one.id] == fewest]
    for aim in aims(standing, today, (name for one in fresh for name in one.practises)):
        fitting = [one for one in fresh if aim.criterion in one.practises]
        if fitting:
            return min(fitting, key=lambda one: order[one.id]), aim
    return fresh[0], Aim(fresh[0].practises[0], "the next one")


def plan_of_days(standing: Standing, today: date, days: int = 14) -> list[tuple[date, list[str]]]:
    """Which criteria fall due in the coming days, by day; what is overdue, today."""
    found: dict[date, list[str]] = {}
    for name, one in sorted(standing.targets.items()):
        day = max(one.due, today)
        if (day - today).days < days:
            found.setdefault(day, []).append(name)
    return sorted(found.items())


def _comes_back(standing: Standing, name: str) -> str:
    found = standing.recurring[name]
    if found.held_since:
        return f"it came back, and has held {found.held_since} of 3 times since"
    return f"it failed in {found.failed} of the last {found.looked_at} calls"


def _moods(trained: Trained, personas: Mapping[str, Persona]) -> dict[str, float]:
    """By temperament, the share of calls that succeeded."""
    found: dict[str, list[bool]] = {}
    for call in trained.calls:
        persona = personas.get(call.header.persona)
        if persona and call.result:
            found.setdefault(persona.temperament or "", []).append(call.result.passed)
    return {name: sum(values) / len(values) for name, values in found.items()}
