"""An attempt at a certificate: the fixed calls one after another, without hints, and what they came to."""

from __future__ import annotations

from collections.abc import Callable

from roleplay.errors import UsageProblem
from roleplay.programme.certificate import (
    Certificate,
    certified_call,
    program_sha256,
    program_version,
    refuse_unfitted,
    result,
)
from roleplay.programme.lesson import Lesson, Part, Take, Tell
from roleplay.programme.programme import Programme
from roleplay.sanitise import clean_line
from roleplay.training import Deed

RULES = (
    "No hints, no coach, no second try inside a call. Breaks are free. What you leave unfinished counts as it stands."
)


def certification(programme: Programme, trainee: str, write: Callable[[Certificate], str]) -> Lesson:
    """All calls of an attempt. `write` keeps the result and says where, in a sentence.

    Raises UsageProblem where the rubric was never fitted, the name is empty, or all attempts were used.
    """
    refuse_unfitted(programme.rubric)
    name = clean_line(trainee).strip()
    if not name:
        raise UsageProblem("a certificate needs a name", "Give it with --name.")
    used = attempts_used(programme, name)
    plan = programme.curriculum.certification
    if used >= plan.attempts:
        raise UsageProblem(
            f"{name} has used all {plan.attempts} attempts", "Practise first; a trainer can begin a new set of records."
        )
    return _attempt(programme, name, used + 1, write)


def attempts_used(programme: Programme, trainee: str) -> int:
    """Attempts that were begun in these records, under this curriculum."""
    return sum(
        one.deed is Deed.CERTIFICATE and one.what == programme.curriculum.id and one.words.get("trainee") == trainee
        for one in programme.board.records.training.entries()
    )


def _attempt(programme: Programme, trainee: str, attempt: int, write: Callable[[Certificate], str]) -> Lesson:
    plan = programme.curriculum.certification
    calls = len(plan.personas)
    yield Tell(
        f"Certificate: {programme.curriculum.title}",
        (
            Part(f"{calls} calls, one after another. {RULES}"),
            Part(f"The lower bound of your mean score must lie above {plan.mark:.0f}, and nothing critical may fail."),
            Part(f"This is attempt {attempt} of {plan.attempts}, and it counts from now on."),
        ),
    )
    words = {"trainee": trainee, "attempt": str(attempt)}
    programme.note(Deed.CERTIFICATE, programme.curriculum.id, words=words)
    held = []
    for number, persona in enumerate(plan.personas, start=1):
        take = Take(f"Call {number} of {calls}", programme.fixed(persona, plan.seed, plan.model), debrief=False)
        call = yield take
        if not isinstance(call, str):
            yield Tell("The attempt is over", (Part("A call was left before its end, so there is no result."),))
            return
        programme.note(Deed.CALL, "certificate", call=call, words=words)
        held.append(programme.board.read(call))
    found = tuple(map(certified_call, held))
    mean, low, passed = result(found, plan.mark)
    certificate = Certificate(
        trainee=trainee,
        curriculum=programme.curriculum.id,
        rubric=programme.rubric.id,
        rubric_sha256=held[0].header.rubric_sha256,
        embedder=held[0].header.embedder,
        program=program_version(),
        program_sha256=program_sha256(),
        taken_at=programme.now.isoformat(timespec="seconds"),
        attempt=attempt,
        attempts=plan.attempts,
        mark=plan.mark,
        calls=found,
        mean=mean,
        lower_bound=low,
        passed=passed,
    )
    yield Tell("Passed" if passed else "Not this time", (*_told(certificate), Part(write(certificate))))


def _told(certificate: Certificate) -> list[Part]:
    parts = [
        Part(
            f"{one.persona}: {'too little to score' if one.overall is None else f'{one.overall:.0f} of 100'}"
            f"{', critical: ' + ', '.join(one.critical_failed) if one.critical_failed else ''}",
            glyph="→" if one.critical_failed or one.overall is None else "·",
        )
        for one in certificate.calls
    ]
    if certificate.mean is not None and certificate.lower_bound is not None:
        parts.append(
            Part(
                f"Mean {certificate.mean:.1f}, lower bound {certificate.lower_bound:.1f}; it must lie above "
                f"{certificate.mark:.0f}."
            )
        )
    return parts
