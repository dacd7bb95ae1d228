"""Who calls in a library: whether all the angry callers are the same kind of person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from roleplay.persona import Persona

UNSAID = "not said"
TRAITS = {
    "gender": ("woman", "man", "other", UNSAID),
    "age": ("young", "middle", "older", UNSAID),
    "fluency": ("fluent", "learner", UNSAID),
}
"""What a caller may be, in the order of the table."""
ANGRY_BELOW = -25
"""Where `angry` begins in the default mood bands."""
FEWEST_TO_COMPARE = 3


@dataclass(frozen=True, slots=True)
class Row:
    """The callers who share one trait."""

    trait: str
    value: str
    """Or `not said`."""
    moods: tuple[int, ...]
    """Where each starts, -100..100."""
    difficulties: tuple[int, ...]
    """1..5"""

    @property
    def angry(self) -> int:
        """How many start where a caller is angry."""
        return sum(mood < ANGRY_BELOW for mood in self.moods)


def balance(personas: Iterable[Persona]) -> list[Row]:
    """By gender, age group and fluency; values that nobody has are left out."""
    everyone = tuple(personas)
    rows = []
    for trait, values in TRAITS.items():
        for value in values:
            group = [one for one in everyone if (getattr(one.caller, trait) or UNSAID) == value]
            if group:
                moods = tuple(one.mood.start or 0 for one in group)
                rows.append(Row(trait, value, moods, tuple(one.difficulty for one in group)))
    return rows


def lopsided(rows: Iterable[Row]) -> list[str]:
    """A sentence for each trait in which all callers, or all angry ones, are alike."""
    rows = list(rows)
    told = []
    for trait in TRAITS:
        group = [row for row in rows if row.trait == trait]
        everyone, angry = sum(len(row.moods) for row in group), sum(row.angry for row in group)
        for row in group:
            if row.value == UNSAID or everyone < FEWEST_TO_COMPARE:
                continue
            if len(row.moods) == everyone:
                told.append(f"All {everyone} callers are alike in {trait}: {row.value}.")
            elif row.angry == angry >= FEWEST_TO_COMPARE:
                told.append(f"All {angry} callers who start below {ANGRY_BELOW} are alike in {trait}: {row.value}.")
    return told
