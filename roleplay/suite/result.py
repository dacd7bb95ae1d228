"""What a test run came to: one value from which the verdict, the exit code and every format are derived."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from roleplay.errors import ExitCode


class Status(StrEnum):
    """How a case ended."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    """It could not be run: a persona that is broken, a model that is not there."""
    KNOWN = "known_failure"
    """It fails, and says why it may."""
    MENDED = "mended"
    """It says that it may fail, and passes: the mark must go. Counts as a failure."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands."""

    file: Path
    line: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a case expects, held against what was seen."""

    what: str
    """`criterion acknowledges_feeling`, `score listening`, `better than ID on listening`, `outcome`."""
    wanted: str
    """`shown`, `at least 75`, `resolved`."""
    got: str
    """`not shown`, `62.4`, `escalated`."""
    passed: bool
    value: float | None = None
    """The number it turned on: contrast (-1..1), points (0..100), or a difference of points (-100..100)."""
    threshold: float | None = None
    """In the same unit: for a contrast, from where on it counts as shown."""
    sentence: str = ""
    """The trainee's sentence that decided."""
    nearest: str = ""
    """The example (or counterexample) that it was nearest to."""
    nearest_is: str = ""
    """`example` or `counterexample`, for a score `graded reply`; empty where there is none."""
    near_boundary: bool = False
    """The value lies so near to the threshold (`NEAR_CONTRAST`, `NEAR_POINTS`) that a flip here is a warning."""


NEAR_CONTRAST = 0.1
NEAR_POINTS = 2.0


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case that was run."""

    id: str
    """Unique in its rubric."""
    rubric: str
    place: Place
    tags: tuple[str, ...]
    status: Status
    checks: tuple[Check, ...] = ()
    reason: str = ""
    """Of a known failure, or of an error."""
    seconds: float = 0.0
    """Its share of the run: replies are read together."""

    @property
    def is_bad(self) -> bool:
        """Whether it fails the run."""
        return self.status in (Status.FAILED, Status.ERROR, Status.MENDED)


@dataclass(frozen=True, slots=True)
class RubricUnderTest:
    """A rubric as it was tested."""

    id: str
    sha256: str
    """Of its whole content."""
    embedder: str
    """Fingerprint."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A check that changed since the baseline."""

    case: str
    rubric: str
    what: str
    was: str
    now: str
    value_was: float | None
    value_now: float | None
    is_warning: bool
    """Near the boundary on both sides, or a number that moved without a change of verdict: fails nothing."""
    flipped: bool = True
    """Whether it holds now and did not, or the other way."""

    @property
    def drift(self) -> float | None:
        """How far the number moved; None where there is none."""
        if self.value_was is None or self.value_now is None:
            return None
        return round(abs(self.value_now - self.value_was), 4)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside its baseline."""

    flips: tuple[Flip, ...] = ()
    new: tuple[str, ...] = ()
    """Ids of cases that the baseline does not have;"""
    removed: tuple[str, ...] = ()
    """and of those that only the baseline has."""
    notes: tuple[str, ...] = ()
    """What must be known to read it: another rubric content, another embedder."""

    @property
    def is_bad(self) -> bool:
        return any(not flip.is_warning for flip in self.flips)


@dataclass(frozen=True, slots=True)
class CriterionQuality:
    """How well one criterion is seen, over the cases that speak of it."""

    criterion: str
    rubric: str
    shown: int
    """Cases in which it must be shown;"""
    not_shown: int
    """and must not."""
    true_positives: int
    false_positives: int
    margin: float | None
    """Lowest distance (contrast) of a passing case from the threshold; None where none passed."""

    @property
    def precision(self) -> float | None:
        """Of what was seen, the share that was there, 0..1; None where nothing was seen."""
        seen = self.true_positives + self.false_positives
        return self.true_positives / seen if seen else None

    @property
    def recall(self) -> float | None:
        """Of what was there, the share that was seen, 0..1; None where nothing was there."""
        return self.true_positives / self.shown if self.shown else None


@dataclass(frozen=True, slots=True)
class Subset:
    """Cases that are looked at apart: a rubric that is right on average may be wrong on these."""

    name: str
    """`negated`, `hollow and stuffed`, `other ways of writing`."""
    checks: int
    """What its cases expect, in all;"""
    passed: int
    """and how much of that holds."""


@dataclass(frozen=True, slots=True)
class AgreementSeen:
    """How far a rubric's scores agree with graded calls on one dimension."""

    rubric: str
    dimension: str
    calls: int
    spearman: float
    """Rank correlation, -1..1."""
    floor: float | None = None
    """The least that will do; None: whatever it is."""

    @property
    def is_too_low(self) -> bool:
        """Whether it fails the run."""
        return self.floor is not None and self.spearman < self.floor


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """A whole run."""

    cases: tuple[CaseResult, ...]
    rubrics: tuple[RubricUnderTest, ...]
    quality: tuple[CriterionQuality, ...] = ()
    subsets: tuple[Subset, ...] = ()
    """Those of which there is at least one case."""
    warnings: tuple[str, ...] = ()
    """Criteria with too few cases, and the like; they fail nothing."""
    agreement: tuple[AgreementSeen, ...] = ()
    too_low: tuple[str, ...] = ()
    """Agreement with labelled calls below its floor: fails the run."""
    comparison: Comparison | None = None
    left_out: int = 0
    """Cases that were found and not chosen."""
    seconds: float = 0.0

    @property
    def exit_code(self) -> ExitCode:
        """0 if all holds, 1 if a case or a comparison fails, 5 if there was nothing to test."""
        if not self.cases:
            return ExitCode.NOTHING_TO_TEST
        return ExitCode.CHECK_FAILED if self.is_bad else ExitCode.OK

    @property
    def is_bad(self) -> bool:
        """Whether something fails the run."""
        compared_badly = self.comparison is not None and self.comparison.is_bad
        return any(case.is_bad for case in self.cases) or bool(self.too_low) or compared_badly

    def count(self, status: Status) -> int:
        """Cases that ended so."""
        return sum(case.status is status for case in self.cases)
