"""Whether the rubric's own cases notice when a criterion is spoilt.

python -m tests.mutants HOME   (two minutes)

Four mutants of every criterion: without every other example, without counterexamples, and with the contrast from which
it counts as shown (where something is to be avoided: as breached) a quarter higher or lower. A mutant is killed when a
case that holds for the rubric as it ships fails for the mutant. Prints those that lived, and the share killed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from roleplay.case import Case
from roleplay.embedding import Embedder, open_embedder
from roleplay.library.folder import Library
from roleplay.rubric import Criterion, Rubric
from roleplay.score import Sight, Verdict
from roleplay.scoring.sense import Sense
from roleplay.scoring.verdicts import CRITICAL_FROM, OPPOSITE_FROM, SHOWN_FROM
from tests.calibration import RUBRIC, holds, own_cases

QUARTER = 0.25
SPOILT: dict[str, Callable[[Criterion], Criterion]] = {
    "half the examples": lambda one: one.model_copy(update={"examples": one.examples[::2]}),
    "no counterexamples": lambda one: one.model_copy(update={"counterexamples": ()}),
}


def mutants(rubric: Rubric, cases: tuple[Case, ...], embedder: Embedder) -> Iterator[tuple[str, str, bool]]:
    """Criterion, what was done to it, and whether a case noticed."""
    sense = Sense((rubric.all_moves(),), embedder, rubric.language)
    for criterion in rubric.criteria:
        seen = [
            (case, expected, sight)
            for case in cases
            if (expected := case.expect.criteria.get(criterion.id)) is not None
            and holds(expected, sight := _sight(sense, case, criterion.id))
        ]
        for what, spoil in SPOILT.items():
            mutant = Sense((_with(rubric, spoil(criterion)).all_moves(),), embedder, rubric.language)
            yield (
                criterion.id,
                what,
                not all(holds(wanted, _sight(mutant, case, criterion.id)) for case, wanted, _ in seen),
            )
        for step in (QUARTER, -QUARTER):
            noticed = any(_shown_from(criterion, sight, step) != (wanted == "shown") for _, wanted, sight in seen)
            yield criterion.id, f"threshold {step:+}", noticed


def _with(rubric: Rubric, mutant: Criterion) -> Rubric:
    criteria = tuple(mutant if one.id == mutant.id else one for one in rubric.criteria)
    return rubric.model_copy(update={"criteria": criteria})


def _sight(sense: Sense, case: Case, name: str) -> Sight:
    return sense.read(case.reply).sights.get(name, Sight(name, Verdict.NOT_SHOWN))


def _shown_from(criterion: Criterion, sight: Sight, step: float) -> bool:
    """Whether it would be shown if that (or a breach) took `step` more; a near miss that was recognised stays one."""
    if not sight.sentence:
        return sight.shown
    if criterion.mode == "avoid":
        return -sight.contrast < (CRITICAL_FROM if criterion.critical else OPPOSITE_FROM) + step
    return not sight.opposite and sight.contrast >= SHOWN_FROM + step


def main() -> None:
    """Prints what lived, and the share that was killed."""
    library = Library.open()
    embedder = open_embedder("all-minilm-l6-v2", Path(sys.argv[1]), print)
    found = list(mutants(library.rubric(RUBRIC), own_cases(library).cases, embedder))
    for name, what, noticed in found:
        if not noticed:
            print(f"lived: {name}, {what}")
    killed = sum(noticed for *_, noticed in found)
    print(f"killed {killed} of {len(found)} ({killed / len(found):.0%})")


if __name__ == "__main__":
    main()
