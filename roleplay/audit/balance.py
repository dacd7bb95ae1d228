"""Who calls in a library: whether all the angry callers are the same kind of person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from roleplay.persona import Persona

TRAITS = ("gender", "age", "fluency")
UNSAID = "not said"
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
    """By gender, age group and fluency; in each, the values that occur in the order of their first caller."""
    everyone = tuple(personas)
    rows = []
    for trait in TRAITS:
        groups: dict[str, list[Persona]] = {}
        for one in everyone:
            groups.setdefault(getattr(one.caller, trait) or UNSAID, []).append(one)
        rows += [
            Row(trait, value, tuple(one.mood.start or 0 for one in group), tuple(one.difficulty for one in group))
            for value, group in groups.items()
        ]
    return rows


def lopsided(rows: Iterable[Row]) -> list[str]:
    """A sentence for each trait in which all angry callers, or all callers, are alike."""
    told = []
    by_trait: dict[str, list[Row]] = {}
    for row in rows:
        by_trait.setdefault(row.trait, []).append(row)
    for trait, group in by_trait.items():
        for row in group:
            everyone = sum(len(one.moods) for one in group)
            angry = sum(one.angry for one in group)
            if row.value == UNSAID or everyone < FEWEST_TO_COMPARE:
                continue
            if len(row.moods) == everyone:
                told.append(f"All {everyone} callers are alike in {trait}: {row.value}.")
            elif row.angry == angry >= FEWEST_TO_COMPARE:
                told.append(f"All {angry} callers who start below {ANGRY_BELOW} are alike in {trait}: {row.value}.")
    return told
