"""How the weights in `roleplay/scoring/contrast.py` were found, and how well the sense reads unseen replies.

python -m tests.calibration HOME

Logistic regression on the five figures of each reply and move, over `rubrics/cases/customer-care.yaml`. A pair that no
case speaks of counts as not shown, with a small weight: most are. Prints the weights, and the verdicts as shipped.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from roleplay.case import Case
from roleplay.embedding import Embedder, open_embedder
from roleplay.library.folder import Library
from roleplay.score import Sight, Verdict
from roleplay.scoring.sense import Sense
from roleplay.scoring.sentences import sentences, windows

Seen = tuple[Case, str, str, Sight]
"""Case, move, expected verdict, sight."""


def verdicts(library: Library, embedder: Embedder) -> list[Seen]:
    """Every expectation of every case beside what the sense saw."""
    rubric = library.rubric("customer-care")
    cases = library.cases("customer-care")
    assert cases is not None
    sense = Sense((rubric.all_moves(),), embedder, rubric.language)
    found: list[Seen] = []
    for case in cases.cases:
        sights = sense.read(case.reply).sights
        found += [
            (case, move, expected, sights.get(move, Sight(move, Verdict.NOT_SHOWN)))
            for move, expected in case.expect.criteria.items()
        ]
    return found


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
    rubric = library.rubric("customer-care")
    cases = library.cases("customer-care")
    assert cases is not None
    family = Sense((rubric.all_moves(),), embedder, rubric.language).families[0]
    rows, targets, weights = [], [], []
    for case in cases.cases:
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


def main() -> None:
    """Prints the weights and the table."""
    library = Library.open()
    embedder = open_embedder("all-minilm-l6-v2", Path(sys.argv[1]), print)
    print("near, far, ahead, lean, turned, constant")
    print("SHOWN_WEIGHTS   ", fitted(library, embedder, opposite=False))
    print("OPPOSITE_WEIGHTS", fitted(library, embedder, opposite=True))
    found = verdicts(library, embedder)
    tags = sorted({tag for case, *_ in found for tag in case.tags})
    print(f"{'cases':15} {'seen if there':>14} {'unsure':>7} {'seen if not there':>18} {'n':>5}")
    for tag in (None, *tags):
        counts = tally(found, tag)
        print(
            f"{tag or 'all':15} {share(counts, 'shown', 'shown'):14.2f} {share(counts, 'shown', 'unsure'):7.2f} "
            f"{share(counts, 'not_shown', 'shown'):18.2f} {sum(counts.values()):5}"
        )


if __name__ == "__main__":
    main()
