"""How well the sense reads unseen replies, and how the weights in `roleplay/scoring/contrast.py` were found.

python -m tests.calibration HOME             the verdicts on both sets of cases
python -m tests.calibration HOME --weights   the weights that today's lines would give

*Unseen* are `tests/unseen/customer-care.yaml`: written from the criteria's one sentence each, before the rubric's lines
were mended, and never looked at miss by miss. *Own* are `rubrics/cases/customer-care.yaml`: the rubric's regression
suite, whose misses its lines were mended with; they say that nothing was lost, not how strangers are read. The weights
come from logistic regression on the five figures of each reply and move of the own cases. A pair that no case speaks of
counts as not shown, with a small weight: most are.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from roleplay.case import Case, Cases
from roleplay.embedding import Embedder, open_embedder
from roleplay.library.folder import Library
from roleplay.library.validated import read_value
from roleplay.rubric import Rubric
from roleplay.score import Sight, Verdict
from roleplay.scoring.sense import Sense
from roleplay.scoring.sentences import sentences, windows

RUBRIC = "customer-care"
UNSEEN = Path(__file__).parent / "unseen" / f"{RUBRIC}.yaml"
Seen = tuple[Case, str, str, Sight]
"""Case, move, expected verdict, sight."""


def own_cases(library: Library) -> Cases:
    """The rubric's regression suite."""
    cases = library.cases(RUBRIC)
    assert cases is not None
    return cases


def unseen_cases(rubric: Rubric) -> Cases:
    """The replies that the rubric's lines were never mended with."""
    cases = read_value(UNSEEN, Cases)[0]
    moves = {move.id for move in rubric.all_moves()}
    assert all(case.expect.criteria.keys() <= moves for case in cases.cases)
    return cases


def verdicts(rubric: Rubric, cases: Cases, embedder: Embedder) -> list[Seen]:
    """Every expectation of every case beside what the sense saw."""
    sense = Sense((rubric.all_moves(),), embedder, rubric.language)
    found: list[Seen] = []
    for case in cases.cases:
        sights = sense.read(case.reply).sights
        found += [
            (case, move, expected, sights.get(move, Sight(move, Verdict.NOT_SHOWN)))
            for move, expected in case.expect.criteria.items()
        ]
    return found


def holds(expected: str, sight: Sight) -> bool:
    """Whether it was seen as expected; where it must not be shown, unsure will do."""
    return sight.shown == (expected == "shown")


def tally(found: list[Seen], tag: str | None = None) -> Counter[tuple[str, str]]:
    """Counts of (expected, seen), over the cases with the tag."""
    return Counter(
        (expected, sight.verdict.value) for case, _, expected, sight in found if tag is None or tag in case.tags
    )


def share(counts: Counter[tuple[str, str]], expected: str, seen: str) -> float:
    """Of what was expected so, the share that was seen so."""
    total = sum(count for (wanted, _), count in counts.items() if wanted == expected)
    return counts[expected, seen] / total if total else 0.0


def fitted(library: Library, embedder: Embedder, *, opposite: bool) -> list[float]:
    """The five weights and the constant, by logistic regression over all pairs of case and move.

    `opposite`: the weights that recognise a counterexample, learnt from the breaches of `avoid` criteria.
    """
    rubric = library.rubric(RUBRIC)
    family = Sense((rubric.all_moves(),), embedder, rubric.language).families[0]
    rows, targets, weights = [], [], []
    for case in own_cases(library).cases:
        pieces = sentences(case.reply, rubric.language)
        units = (*pieces, *windows(pieces))
        figures = family.figures(units, embedder.embed(units))
        both = figures.opposite if opposite else figures.shown
        for at, move in enumerate(family.moves):
            if move.avoid == opposite:
                expected = case.expect.criteria.get(move.id)
                best = int((both[0, :, at] - both[1, :, at] + both[3, :, at] / 2).argmax())
                rows.append(both[:, best, at])
                targets.append(expected == ("not_shown" if opposite else "shown"))
                weights.append(UNLABELLED_WEIGHT if expected is None else 1.0)
    model = LogisticRegression(C=10, max_iter=2000).fit(np.array(rows), targets, sample_weight=weights)
    return [round(float(one), 1) for one in (*model.coef_[0], model.intercept_[0])]


UNLABELLED_WEIGHT = 0.05
"""Of a pair that no case speaks of, against 1."""


def print_table(found: list[Seen]) -> None:
    """By tag: how often an act was seen, how often unsure, and how often a near miss or a breach passed."""
    tags = sorted({tag for case, *_ in found for tag in case.tags})
    print(f"{'cases':15} {'seen if there':>14} {'unsure':>7} {'seen if not there':>18} {'n':>5}")
    for tag in (None, *tags):
        counts = tally(found, tag)
        print(
            f"{tag or 'all':15} {share(counts, 'shown', 'shown'):14.2f} {share(counts, 'shown', 'unsure'):7.2f} "
            f"{share(counts, 'not_shown', 'shown'):18.2f} {sum(counts.values()):5}"
        )


def main() -> None:
    """Prints the tables, or the weights."""
    library = Library.open()
    embedder = open_embedder("all-minilm-l6-v2", Path(sys.argv[1]), print)
    if "--weights" in sys.argv:
        print("near, far, ahead, lean, turned, constant")
        print("SHOWN_WEIGHTS   ", fitted(library, embedder, opposite=False))
        print("OPPOSITE_WEIGHTS", fitted(library, embedder, opposite=True))
        return
    rubric = library.rubric(RUBRIC)
    for name, cases in (("unseen", unseen_cases(rubric)), ("own", own_cases(library))):
        print(f"\n{name}: {len(cases.cases)} cases")
        print_table(verdicts(rubric, cases, embedder))


if __name__ == "__main__":
    main()
