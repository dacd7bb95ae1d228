"""Which of the cases that were found are run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roleplay.errors import NothingToTest
from roleplay.library.validated import did_you_mean
from roleplay.suite.discovery import Found


@dataclass(frozen=True, slots=True)
class Selection:
    """All that was asked for must hold of a case."""

    tags: tuple[str, ...] = ()
    """It has one of these."""
    rubric: str | None = None
    """The id of its rubric."""
    text: str = ""
    """Stands in its id."""
    failed: frozenset[tuple[str, str]] | None = None
    """Rubric and id of those that failed in the last run; None: whether or not."""

    def choose(self, found: Sequence[Found]) -> list[Found]:
        """The cases to run, in order. Raises NothingToTest, which says why there are none."""
        if not found:
            raise NothingToTest(
                "there are no cases here", "docs/authoring.md says how to write some, under “Test your rubric”."
            )
        if self.failed is not None and not self.failed:
            raise NothingToTest("nothing failed in the last run", "Leave out --failed to run all cases.")
        chosen = [one for one in found if self._chooses(one)]
        if not chosen:
            raise NothingToTest(f"none of the {len(found)} cases {self._in_words(found)}")
        return chosen

    def _chooses(self, one: Found) -> bool:
        case = one.placed.case
        return (
            (not self.tags or not set(self.tags).isdisjoint(case.tags))
            and self.rubric in (None, one.placed.rubric)
            and self.text.lower() in case.id
            and (self.failed is None or one.key in self.failed)
        )

    def _in_words(self, found: Sequence[Found]) -> str:
        known = sorted({tag for one in found for tag in one.placed.case.tags})
        wanted = []
        if self.rubric is not None:
            wanted.append(f"is of the rubric {self.rubric}")
        if self.tags:
            near = "".join(did_you_mean(tag, known) for tag in self.tags if tag not in known)
            wanted.append(f"has the tag {' or '.join(self.tags)}{near}")
        if self.text:
            wanted.append(f"has {self.text!r} in its id")
        if self.failed is not None:
            wanted.append("failed in the last run")
        return " and ".join(wanted)
