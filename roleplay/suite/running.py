"""Cases, run: all replies under one rubric are read together, all calls scored together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from roleplay.embedding import Embedder
from roleplay.errors import RoleplayError, ServiceUnavailable, UsageProblem
from roleplay.library.folder import Library
from roleplay.rubric import Rubric
from roleplay.score import CallScore, Sight
from roleplay.scoring.sense import Sense, Sought
from roleplay.suite.checking import better_check, criterion_checks, outcome_check, score_checks
from roleplay.suite.discovery import Found
from roleplay.suite.quality import criterion_quality, subsets, too_few
from roleplay.suite.result import CaseResult, Check, CriterionQuality, RubricUnderTest, Status, SuiteResult
from roleplay.transcript import Outcome, Speaker, Transcript, Turn

if TYPE_CHECKING:
    from roleplay.scoring.graded.recorded import RecordedScorer

OpenModel = Callable[[str], Embedder]


class Bench:
    """One rubric under test."""

    def __init__(self, library: Library, name: str, open_model: OpenModel) -> None:
        """`name`: by which the library knows the rubric. Raises UsageProblem, BadFile or ServiceUnavailable."""
        self._library = library
        self._name = name
        self.rubric: Rubric = library.rubric(name)
        self._embedder = open_model(self.rubric.embedder)
        self._sense = Sense.for_score(self.rubric, self._embedder)
        self._open_model = open_model

    @property
    def under_test(self) -> RubricUnderTest:
        """What was tested."""
        content = self.rubric.model_dump_json().encode()
        return RubricUnderTest(self.rubric.id, sha256(content).hexdigest(), self._embedder.fingerprint)

    @cached_property
    def scorer(self) -> RecordedScorer:
        """Scores calls as `roleplay score` does. Raises UsageProblem or BadFile."""
        fit = self.rubric.fit
        if fit is not None and fit.reads == "whole_call":
            raise UsageProblem(
                f"the rubric {self.rubric.id} was fitted on whole calls: it foretells outcomes and grades no person",
                "Test the rubric that it came from, or fit one without --whole-call.",
            )
        from roleplay.scoring.graded.heads import open_heads  # noqa: PLC0415 - only where scores are expected
        from roleplay.scoring.graded.recorded import RecordedScorer  # noqa: PLC0415 - as above

        heads = open_heads(self.rubric, self._library.fit_array(self._name), self._embedder.fingerprint)
        return RecordedScorer(self.rubric, self._embedder, heads, self._sense)

    def run(self, chosen: Sequence[Found], known: Sequence[Found]) -> list[CaseResult]:
        """The chosen cases in order, `seconds` left open.

        `known`: all cases of the rubric, some of which others are compared with.
        """
        sights = self._look(chosen)
        cards = self._score(chosen, known)
        outcomes = self._play(chosen)
        return [self._result(one, sights, cards, outcomes) for one in chosen]

    def _look(self, chosen: Sequence[Found]) -> dict[str, dict[str, Sight]]:
        """By case, what was seen in its reply."""
        asked = [one for one in chosen if one.placed.case.expect.criteria]
        if not asked:
            return {}
        seen = self._sense.look([self._sought(one) for one in asked])
        return {one.placed.case.id: sights for one, sights in zip(asked, seen, strict=True)}

    def _sought(self, one: Found) -> Sought:
        case = one.placed.case
        return Sought(case.reply, tuple(case.expect.criteria), self._customer(one))

    def _customer(self, one: Found) -> str:
        """The customer's name, where it is known; a persona that is broken is told where it is played."""
        if one.placed.case.persona is None:
            return ""
        try:
            return one.library.persona(one.placed.case.persona).name
        except UsageProblem:
            return ""

    def _score(self, chosen: Sequence[Found], known: Sequence[Found]) -> dict[str, CallScore]:
        """By case, what is scored and what that is compared with."""
        asked = [one.placed.case for one in chosen if one.placed.case.expect.needs_scores]
        ids = {case.id for case in asked} | {case.expect.better_than for case in asked}
        calls = [_transcript(one) for one in known if one.placed.case.id in ids]
        return {card.id: card for card in self.scorer.score(calls)} if calls else {}

    def _play(self, chosen: Sequence[Found]) -> dict[str, tuple[Outcome, str] | RoleplayError]:
        """By case, how its call ended, or why it could not be played."""
        by_persona: dict[str, list[Found]] = {}
        for one in chosen:
            if one.placed.case.expect.outcome and one.placed.case.persona:
                by_persona.setdefault(one.placed.case.persona, []).append(one)
        ended: dict[str, tuple[Outcome, str] | RoleplayError] = {}
        if by_persona:
            from roleplay.suite.playing import Table  # noqa: PLC0415 - brings the customer with it
        for persona, cases in by_persona.items():
            try:
                table = Table(self._library, persona, self._open_model)
                table.warm([one.placed.case.replies for one in cases])
            except ServiceUnavailable:
                raise
            except RoleplayError as error:
                ended |= {one.placed.case.id: error for one in cases}
                continue
            ended |= {one.placed.case.id: table.play(one.placed.case.replies) for one in cases}
        return ended

    def _result(
        self,
        one: Found,
        sights: dict[str, dict[str, Sight]],
        cards: dict[str, CallScore],
        outcomes: dict[str, tuple[Outcome, str] | RoleplayError],
    ) -> CaseResult:
        case = one.placed.case
        checks = [*criterion_checks(case, self.rubric, sights.get(case.id, {}))]
        if case.expect.needs_scores:
            checks += score_checks(case, cards[case.id])
        if case.expect.better_than is not None:
            checks.append(better_check(case, cards[case.id], cards[case.expect.better_than]))
        status, reason = Status.PASSED, ""
        if case.expect.outcome is not None:
            ended = outcomes[case.id]
            if isinstance(ended, RoleplayError):
                status, reason = Status.ERROR, ended.message
            else:
                checks.append(outcome_check(case, *ended))
        if status is not Status.ERROR:
            status, reason = _status(checks, case.known_failure)
        return CaseResult(case.id, one.placed.rubric, one.place, case.tags, status, tuple(checks), reason)


def _status(checks: Sequence[Check], known_failure: str | None) -> tuple[Status, str]:
    holds = all(check.passed for check in checks)
    if known_failure is None:
        return (Status.PASSED if holds else Status.FAILED), ""
    return (Status.MENDED if holds else Status.KNOWN), known_failure


def _transcript(one: Found) -> Transcript:
    turns = one.placed.case.turns
    return Transcript(one.placed.case.id, tuple(Turn(Speaker(turn.speaker), turn.text) for turn in turns))


@dataclass(frozen=True, slots=True)
class Ran:
    """A run, before it is compared with anything."""

    result: SuiteResult
    benches: tuple[Bench, ...]


class Runner:
    """Runs cases, each under its rubric."""

    def __init__(self, open_model: OpenModel, clock: Callable[[], float]) -> None:
        """`open_model` opens an embedder by name; `clock` gives seconds."""
        self._open_model = open_model
        self._clock = clock
        self._models: dict[str, Embedder] = {}

    def run(self, chosen: Sequence[Found], known: Sequence[Found]) -> Ran:
        """Runs `chosen`, a part or all of the cases that are `known`.

        Raises UsageProblem, BadFile or ServiceUnavailable where nothing can be run.
        """
        began = self._clock()
        results: list[CaseResult] = []
        quality: list[CriterionQuality] = []
        warnings: list[str] = []
        benches: list[Bench] = []
        for of_rubric in _by_rubric(chosen):
            bench = Bench(of_rubric[0].library, of_rubric[0].rubric, self._model)
            group = (of_rubric[0].library, of_rubric[0].rubric)
            ran = bench.run(of_rubric, [one for one in known if (one.library, one.rubric) == group])
            of_criteria = [*criterion_quality(bench.rubric, of_rubric, ran)]
            quality += of_criteria
            if len(chosen) == len(known):
                warnings += too_few(bench.rubric, of_criteria)
            results += ran
            benches.append(bench)
        took = self._clock() - began
        share = took / len(results) if results else 0.0
        timed = [
            replace(one, seconds=share)
            for one in sorted(results, key=lambda one: (str(one.place.file), one.place.line))
        ]
        result = SuiteResult(
            cases=tuple(timed),
            rubrics=tuple(bench.under_test for bench in benches),
            quality=tuple(quality),
            subsets=subsets(timed),
            warnings=tuple(warnings),
            left_out=len(known) - len(chosen),
            seconds=took,
        )
        return Ran(result, tuple(benches))

    def _model(self, name: str) -> Embedder:
        if name not in self._models:
            self._models[name] = self._open_model(name)
        return self._models[name]


def _by_rubric(chosen: Sequence[Found]) -> Iterator[list[Found]]:
    groups: dict[tuple[int, str], list[Found]] = {}
    for one in chosen:
        groups.setdefault((id(one.library), one.rubric), []).append(one)
    yield from groups.values()
