"""What leaves the computer: only what the trainee ticks; and how many such files become one without double counting."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import uuid4

from pydantic import Field, ValidationError

from roleplay.call_log import CallSummary
from roleplay.errors import BadFile
from roleplay.move import Frozen
from roleplay.programme.programme import Programme
from roleplay.session.shown import ShownTurn
from roleplay.store.records import Records
from roleplay.training import Deed

Ticked = Literal["certificates", "practice", "retries", "standing", "transcripts"]
ALWAYS: Ticked = "certificates"
MORE: tuple[Ticked, ...] = ("practice", "retries", "standing", "transcripts")
"""What is told only where the trainee ticks it."""
WHAT: dict[Ticked, str] = {
    "certificates": "calls of certification attempts: results and scores",
    "practice": "practice calls: results and scores",
    "retries": "retries: results and scores",
    "standing": "layer, training hours, and which criteria come back",
    "transcripts": "what was said in the calls that are told",
}
NAMELESS = "without a name"


class ExportedTurn(Frozen):
    """A turn of a call."""

    speaker: Literal["customer", "trainee"]
    text: str


class ExportedCall(Frozen):
    """One call."""

    id: str
    kind: Literal["certificate", "practice", "retry"]
    persona: str
    persona_name: str
    rubric: str
    started_at: datetime
    seconds: float
    """The trainee's own time."""
    outcome: str
    overall: float | None
    """0..100"""
    passed: bool
    challenge: float | None = None
    """How hard the programme made the customer, 1 to below 10; 5: as written."""
    dimensions: dict[str, float | None] = Field(default_factory=dict)
    criteria: dict[str, float] = Field(default_factory=dict)
    """0..1 by criterion that was due."""
    turns: tuple[ExportedTurn, ...] = ()


class ExportedStanding(Frozen):
    """Where somebody is in the programme."""

    at: datetime
    """When that was so."""
    curriculum: str
    layer: str | None
    hours: float
    """Within the last year."""
    hours_planned: tuple[float, float]
    recurring: tuple[str, ...] = ()
    """Criteria."""


class ExportedTrainee(Frozen):
    """One person's records."""

    records: str
    """A random name of the records; the same in every export of them."""
    name: str = ""
    """As the trainee gave it."""
    named_at: datetime | None = None
    """When they gave it."""
    told: tuple[Ticked, ...] = (ALWAYS,)
    exported_at: datetime
    standing: ExportedStanding | None = None
    calls: tuple[ExportedCall, ...] = ()


class Exported(Frozen):
    """A file of exported records."""

    kind: Literal["roleplay records"] = "roleplay records"
    schema_version: Literal[1] = 1
    trainees: Annotated[tuple[ExportedTrainee, ...], Field(min_length=0)] = ()


def own_records(programme: Programme, name: str, also: Iterable[Ticked]) -> Exported:
    """This computer's records, as far as they are ticked."""
    records, ticked = programme.board.records, (ALWAYS, *(one for one in MORE if one in set(also)))
    certified, challenges = _from_training(records)
    details = records.details()
    calls = []
    for summary in reversed(records.calls()):
        kind = _kind(summary, certified)
        if summary.result is None or (kind != "certificate" and _ticks(kind) not in ticked):
            continue
        told = details.get(summary.header.id)
        turns = programme.board.read(summary.header.id).shown_turns() if "transcripts" in ticked else []
        calls.append(
            ExportedCall(
                id=summary.header.id,
                kind=kind,
                persona=summary.header.persona,
                persona_name=summary.header.persona_name,
                rubric=summary.header.rubric,
                started_at=summary.header.started_at,
                seconds=told.figures.get("seconds", 0.0) if told else 0.0,
                outcome=summary.result.outcome,
                overall=summary.result.overall,
                passed=summary.result.passed,
                challenge=challenges.get(summary.header.id),
                dimensions=dict(told.dimensions) if told else {},
                criteria=dict(told.criteria) if told else {},
                turns=_turns(turns),
            )
        )
    trainee = ExportedTrainee(
        records=records.own_name(uuid4().hex),
        name=name,
        named_at=programme.now if name else None,
        told=ticked,
        exported_at=programme.now,
        standing=_standing(programme) if "standing" in ticked else None,
        calls=tuple(calls),
    )
    return Exported(trainees=(trainee,))


def merged(files: Sequence[Exported]) -> Exported:
    """All together: each person once, each call once. Neither the order nor a file given twice makes a difference."""
    by_records: dict[str, list[ExportedTrainee]] = {}
    for file in files:
        for one in file.trainees:
            by_records.setdefault(one.records, []).append(one)
    return Exported(trainees=tuple(_joined(by_records[name]) for name in sorted(by_records)))


def read_exported(text: str, name: str) -> Exported:
    """A file of exported records. Raises BadFile that calls it `name`."""
    try:
        return Exported.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise BadFile(
            f"{name}: {where or 'the file'}: {first['msg']}", "Give files written by `roleplay export --format json`."
        ) from None


def written(exported: Exported) -> str:
    """The file's text."""
    return json.dumps(exported.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def _joined(same: Sequence[ExportedTrainee]) -> ExportedTrainee:
    """One person's exports as one: of the person what was said last, of a call the fullest account."""
    names = [(one.named_at or one.exported_at, one.name) for one in same if one.name]
    named_at, name = max(names, default=(None, ""))
    stands = max((one.standing for one in same if one.standing), key=lambda one: (one.at, _text(one)), default=None)
    calls: dict[str, ExportedCall] = {}
    for call in (call for one in same for call in one.calls):
        known = calls.get(call.id)
        calls[call.id] = call if known is None else max(known, call, key=lambda one: (len(one.turns), _text(one)))
    told = {name for one in same for name in one.told}
    return ExportedTrainee(
        records=same[0].records,
        name=name,
        named_at=named_at,
        told=tuple(one for one in (ALWAYS, *MORE) if one in told),
        exported_at=max(one.exported_at for one in same),
        standing=stands,
        calls=tuple(sorted(calls.values(), key=lambda one: (one.started_at, one.id))),
    )


def _text(value: Frozen | None) -> str:
    return "" if value is None else value.model_dump_json()


def _from_training(records: Records) -> tuple[frozenset[str], dict[str, float]]:
    """Calls of certification attempts; and by call how hard the programme made the customer."""
    entries = [one for one in records.training.entries() if one.deed is Deed.CALL and one.call]
    certified = frozenset(one.call for one in entries if one.what == "certificate" and one.call)
    return certified, {one.call: one.challenge for one in entries if one.call and one.challenge is not None}


def _kind(summary: CallSummary, certified: frozenset[str]) -> Literal["certificate", "practice", "retry"]:
    if summary.header.is_retry:
        return "retry"
    return "certificate" if summary.header.id in certified else "practice"


def _ticks(kind: str) -> str:
    return "retries" if kind == "retry" else kind


def _turns(turns: Sequence[ShownTurn]) -> tuple[ExportedTurn, ...]:
    return tuple(ExportedTurn(speaker=one.speaker.value, text=one.text) for one in turns)


def _standing(programme: Programme) -> ExportedStanding:
    stands = programme.standing()
    plan = programme.curriculum.hours
    return ExportedStanding(
        at=programme.now,
        curriculum=programme.curriculum.id,
        layer=stands.layer,
        hours=round(stands.hours, 3),
        hours_planned=(plan.least, plan.most),
        recurring=tuple(sorted(stands.recurring)),
    )
