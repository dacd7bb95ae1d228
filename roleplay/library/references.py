"""Names in a file that must name something: moves, facts, steps, bands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from roleplay.case import Bounds, Case
from roleplay.library.fits import fit_problems
from roleplay.library.strict_yaml import Document, Place, Problem, place_in_words
from roleplay.library.validated import did_you_mean
from roleplay.move import Move
from roleplay.persona import ACTIONS, SKIP, Persona, Reaction, RehearsalLines, Requirement, Speech, When, alternatives
from roleplay.rubric import Criterion, Due, Rubric

Found = Iterator[tuple[Place, str]]
"""A place and what is wrong there."""


def rubric_problems(rubric: Rubric, document: Document) -> list[Problem]:
    """What is wrong with a rubric that is well-formed."""
    return _placed(_rubric(rubric), document)


def persona_problems(persona: Persona, rubric: Rubric, document: Document, *, own_reactions: int) -> list[Problem]:
    """What is wrong with a well-formed, resolved persona under the rubric it names.

    Of its reactions only the first `own_reactions` are its own; the others stand in its temperament's file.
    """
    own = reaction_places(persona.reactions[:own_reactions], persona, rubric)
    return _placed(chain(_persona(persona, rubric), own), document)


def reaction_places(reactions: Iterable[Reaction], persona: Persona, rubric: Rubric) -> Found:
    """What is wrong with reactions, in the file where they are the list `reactions`."""
    known = _names(persona, rubric)
    for at, reaction in enumerate(reactions):
        yield from _when(reaction.when, known, ("reactions", at, "when"))


def case_problems(case: Case, rubric: Rubric, ids: Collection[str], personas: Collection[str]) -> Found:
    """What is wrong with a well-formed case; places are within the case.

    `ids`: of all cases of the rubric; `personas`: of all customers there are.
    """
    yield from _turns(case)
    expect, path = case.expect, ("expect",)
    moves = [move.id for move in rubric.all_moves()] if expect.criteria else []
    if not (expect.criteria or expect.needs_scores or expect.outcome):
        yield path, "is empty, so the case tests nothing; give criteria, scores, better_than or outcome"
    for name in expect.criteria:
        yield from unknown_name(name, moves, "criterion or move", (*path, "criteria", name))
    for name, bounds in expect.scores.items():
        yield from unknown_name(name, list(rubric.measures), "dimension", (*path, "scores", name))
        yield from _bounds(bounds, (*path, "scores", name))
    yield from _better(case, rubric, ids, path)
    if case.persona is not None and case.persona not in personas:
        yield ("persona",), f"no persona is named {case.persona}{did_you_mean(case.persona, sorted(personas))}"
    if expect.outcome and case.persona is None:
        yield (*path, "outcome"), "wants a `persona`: the customer that the trainee's turns are said to"
    if expect.outcome:
        for at, turn in enumerate(case.turns):
            if turn.speaker == "trainee":
                yield from unknown_action(turn.text, ("turns", at))


def _turns(case: Case) -> Found:
    if not any(turn.speaker == "trainee" for turn in case.turns):
        yield ("turns",), "no turn of the trainee's, so there is nothing to judge"
    elif case.expect.criteria and case.turns[-1].speaker != "trainee":
        yield (
            ("turns", len(case.turns) - 1),
            "`criteria` are read from the last turn, so that must be the trainee's; leave out what follows it",
        )


def _bounds(bounds: Bounds, path: Place) -> Found:
    if bounds.min is None and bounds.max is None:
        yield path, "wants min, max or both"
    elif bounds.min is not None and bounds.max is not None and bounds.min > bounds.max:
        yield path, f"min {bounds.min:g} is above max {bounds.max:g}"


def _better(case: Case, rubric: Rubric, ids: Collection[str], path: Place) -> Found:
    expect = case.expect
    if expect.better_than is None:
        for key in ("on", "by"):
            if getattr(expect, key) is not None:
                yield (*path, key), "says nothing without `better_than`"
    elif expect.better_than == case.id:
        yield (*path, "better_than"), "is this case itself"
    elif expect.better_than not in ids:
        near = did_you_mean(expect.better_than, sorted(ids))
        yield (*path, "better_than"), f"no case of {rubric.id} is named {expect.better_than}{near}"
    yield from unknown_name(expect.on, list(rubric.measures), "dimension", (*path, "on"))


def rehearsal_problems(lines: RehearsalLines) -> Found:
    """What is wrong with well-formed rehearsal lines."""
    for kind, script in lines.runs.items():
        if not any(not one.startswith("/") for entry in script for one in alternatives(entry)):
            yield ("runs", kind), "says nothing; write a reply a line"
        for at, entry in enumerate(script):
            for number, one in enumerate(alternatives(entry)):
                place: Place = ("runs", kind, at) if isinstance(entry, str) else ("runs", kind, at, number)
                if not (one == SKIP and not isinstance(entry, str)):
                    yield from unknown_action(one, place)


def unknown_action(line: str, place: Place) -> Found:
    """A line that begins with one slash and is no action; two slashes begin a reply with one."""
    if line.startswith("/") and not line.startswith("//") and line not in ACTIONS:
        known = [*ACTIONS, SKIP] if len(place) > len(("runs", "KIND", 0)) else list(ACTIONS)
        yield place, f"no action is named {line}{did_you_mean(line, known)}; `//` begins a reply with a slash"


def _placed(found: Found, document: Document) -> list[Problem]:
    return [Problem(document.line_of(path), place_in_words(path), what) for path, what in found]


def _rubric(rubric: Rubric) -> Found:
    yield from _twice((("criteria", at, "id"), one.id) for at, one in enumerate(rubric.criteria))
    yield from fit_problems(rubric)
    known = {one.id for one in rubric.criteria}
    for at, move in enumerate(rubric.moves):
        if move.id in known:
            yield ("moves", at, "id"), f"{move.id} is a criterion already"
        yield from _needs_examples(move, ("moves", at))
    yield from _twice((("moves", at, "id"), one.id) for at, one in enumerate(rubric.moves))
    for at, criterion in enumerate(rubric.criteria):
        if criterion.dimension not in rubric.weights:
            hint = did_you_mean(criterion.dimension, list(rubric.weights))
            yield ("criteria", at, "dimension"), f"{criterion.dimension} has no weight under `weights`{hint}"
        if criterion.value is None:
            yield from _needs_examples(criterion, ("criteria", at))
        yield from _due(criterion.due, ("criteria", at, "due"))
        yield from _breached_by(criterion, [move.id for move in rubric.moves], ("criteria", at, "breached_by"))


def _due(due: Due, path: Place) -> Found:
    if sum(one is not None for one in (due.at, due.after, due.before)) != 1:
        yield path, "wants exactly one of at, after, before"


def _breached_by(criterion: Criterion, moves: list[str], path: Place) -> Found:
    if criterion.breached_by and criterion.mode != "avoid":
        yield path, "is for criteria with `mode: avoid`"
    for name in criterion.breached_by:
        yield from unknown_name(name, moves, "unscored move", path)


def _needs_examples(move: Move, path: Place) -> Found:
    if not move.examples:
        yield (*path, "examples"), f"{move.id} has no example, so nothing can show it"


def _twice(named: Iterable[tuple[Place, str]]) -> Found:
    counts: Counter[str] = Counter()
    for path, name in named:
        counts[name] += 1
        if counts[name] == 2:  # noqa: PLR2004 - reported once, at the second place
            yield path, f"{name} is used twice"


def _persona(persona: Persona, rubric: Rubric) -> Found:
    yield from _own_names(persona, rubric)
    moves, facts, steps = _names(persona, rubric)
    for at, fact in enumerate(persona.facts):
        for key in ("reveal_when", "asked_by"):
            for name in getattr(fact, key):
                yield from unknown_name(name, moves, "move", ("facts", at, key))
        yield from _requirements(fact.after, (moves, facts, steps), ("facts", at, "after"))
        if not fact.reveal_when and not fact.told_at_start and not fact.after:
            yield ("facts", at), f"{fact.id} can never be told; give it `reveal_when`, `after` or `told_at_start: true`"
    for at, step in enumerate(persona.steps):
        yield from _requirements(step.after, (moves, facts, steps), ("steps", at, "after"))
    yield from _outcome_steps(persona, steps)
    yield from _bands(persona)


def _names(persona: Persona, rubric: Rubric) -> tuple[list[str], list[str], list[str]]:
    """Every move, fact and step that may be named."""
    steps = [one.id for one in persona.steps]
    moves = [*(one.id for one in rubric.all_moves()), *(one.id for one in persona.moves), *steps]
    return moves, [one.id for one in persona.facts], steps


def _own_names(persona: Persona, rubric: Rubric) -> Found:
    yield from _twice((("facts", at, "id"), one.id) for at, one in enumerate(persona.facts))
    yield from _twice((("moves", at, "id"), one.id) for at, one in enumerate(persona.moves))
    yield from _twice((("steps", at, "id"), one.id) for at, one in enumerate(persona.steps))
    # A persona may say in its own words what one of the rubric's unscored moves is here; a criterion stays as it is.
    criteria = {one.id for one in rubric.criteria}
    for kind, group, taken in (
        ("moves", persona.moves, criteria),
        ("steps", persona.steps, criteria | {one.id for one in rubric.moves}),
    ):
        for at, move in enumerate(group):
            if move.id in taken:
                yield (kind, at, "id"), f"{move.id} is a name of the rubric's; choose another"
    for at, move in enumerate(persona.moves):
        yield from _needs_examples(move, ("moves", at))
    for at, step in enumerate(persona.steps):
        if not step.examples and not step.parts and step.value is None and step.by is None:
            yield ("steps", at), f"{step.id} has no examples, parts or value, so it can never be done"
        for number, part in enumerate(step.parts):
            if not part.examples and part.value is None:
                yield ("steps", at, "parts", number), f"{part.id} has no examples and no value, so it can never be said"


def _requirements(
    requirements: tuple[Requirement, ...], known: tuple[list[str], list[str], list[str]], path: Place
) -> Found:
    moves, facts, steps = known
    for requirement in requirements:
        if sum(one is not None for one in (requirement.fact, requirement.step, requirement.shown)) != 1:
            yield path, "each entry wants exactly one of fact, step, shown"
        yield from unknown_name(requirement.fact, facts, "fact", path)
        yield from unknown_name(requirement.step, steps, "step", path)
        yield from unknown_name(requirement.shown, moves, "move", path)


def _when(when: When, known: tuple[list[str], list[str], list[str]], path: Place) -> Found:
    moves, facts, steps = known
    causes = (when.shown, when.opposite, when.asked_again, when.step, when.stalled, when.repeated, when.hold)
    if not any(causes):
        yield path, "wants a cause: one of shown, opposite, asked_again, step, stalled, repeated, hold"
    for name in (*when.shown, *when.opposite, *((when.before,) if when.before else ())):
        yield from unknown_name(name, moves, "move", path)
    yield from unknown_name(when.asked_again, [*facts, "any"], "fact", path)
    yield from unknown_name(when.step, [*steps, "any"], "step", path)


def unknown_name(name: str | None, known: Collection[str], what: str, path: Place) -> Found:
    """A name that is not among those there are, with the nearest one."""
    if name is not None and name not in known:
        yield path, f"no {what} is named {name}{did_you_mean(name, list(known))}"


def _outcome_steps(persona: Persona, steps: list[str]) -> Found:
    outcomes = persona.outcomes
    if not (outcomes.resolved or outcomes.declined_well or outcomes.handed_over_well):
        yield ("outcomes",), "no way to win: give one of resolved, declined_well, handed_over_well (`steps: all`)"
    for name in ("resolved", "declined_well", "handed_over_well"):
        rule = getattr(outcomes, name)
        if rule is not None and not rule.steps:
            yield ("outcomes", name), "wants `steps: all` or a list of steps, else nothing or anything would win it"
    if not persona.lines.get("opening"):
        yield ("lines",), "no `opening` lines, so the customer would say nothing; write two or three"
    for name in type(outcomes).model_fields:
        rule = getattr(outcomes, name)
        if rule is not None and isinstance(rule.steps, tuple):
            for step in rule.steps:
                yield from unknown_name(step, steps, "step", ("outcomes", name, "steps"))


def _bands(speech: Speech) -> Found:
    names = [band.name for band in speech.bands]
    if [band.below for band in speech.bands] != sorted({band.below for band in speech.bands}):
        yield ("bands",), "list the bands from the lowest to the highest"
    if speech.bands and speech.bands[-1].below <= 100:  # noqa: PLR2004 - the highest mood
        yield ("bands",), "the last band needs `below: 101`, so that every mood has a name"
    for intent, by_band in speech.lines.items():
        for name in by_band:
            if name != "any":
                yield from unknown_name(name, names, "mood band", ("lines", intent, name))
