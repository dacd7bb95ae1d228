"""A call as `--report` writes it: schema_version 1."""

from __future__ import annotations

from typing import Any

from roleplay.call_log import CallHeader, Note
from roleplay.report.debrief import Debrief, debrief
from roleplay.score import TOO_LITTLE, TurnScore
from roleplay.session.held import HeldCall
from roleplay.session.shown import ShownTurn
from roleplay.transcript import Outcome, Speaker

SCHEMA_VERSION = 1


def report(call: HeldCall, told: Debrief | None = None) -> dict[str, Any]:
    """The report of a call; `told`: its debrief, with what was written beside the call.

    Only `timing`, `seconds` and keys ending in `_at` depend on the clock, and nothing depends on other calls.
    """
    told = told or debrief(call)
    header, course = call.header, call.course
    card = course.scorecard()
    outcome = course.state.outcome or Outcome.ABANDONED
    return {
        "schema_version": SCHEMA_VERSION,
        "persona": header.persona,
        "persona_sha256": header.persona_sha256,
        "rubric": header.rubric,
        "rubric_sha256": header.rubric_sha256,
        "embedder": header.embedder,
        "model": header.model,
        "seed": header.seed,
        "outcome": outcome.value,
        "passed": card.passed,
        "scores": {**card.dimensions, "overall": card.overall},
        "not_scored": _not_scored(told),
        "critical_failed": list(card.critical_failed),
        "customer_mark": course.mark(),
        "hints": call.hints_used,
        "steps": [
            {"id": step.id, "done": step.id in course.state.done, "turn": course.state.done.get(step.id)}
            for step in course.persona.steps
        ],
        "facts": [{"id": fact.id, "told_at_turn": course.state.told.get(fact.id)} for fact in course.persona.facts],
        "criteria": [{"id": one.id, "landing": one.landing.value} for one in told.criteria],
        "landed_so_far": list(told.landed),
        "drill": told.drill.criterion if told.drill else None,
        "notes": [_note(one) for one in told.notes],
        "turns": [_turn(turn) for turn in call.shown_turns()],
        "usage": _usage(call),
        "timing": _timing(header, call.shown_turns()),
    }


def _not_scored(told: Debrief) -> dict[str, str]:
    """Why a score is null, by its name, in the words of the debrief."""
    why = {one.name: f"{TOO_LITTLE}: {one.evidence}" for one in told.dimensions if one.points is None}
    return why if not told.no_overall else {**why, "overall": told.no_overall}


def _note(note: Note) -> dict[str, Any]:
    """Words beside the call; its reply counts from 1, null is the whole call."""
    return {
        "kind": note.kind.value,
        "reply": note.reply,
        "author": note.author,
        "text": note.text,
        "written_at": note.written_at.isoformat(),
    }


def _turn(turn: ShownTurn) -> dict[str, Any]:
    trainee = turn.speaker is Speaker.TRAINEE
    moment = turn.moment
    return {
        "speaker": turn.speaker.value,
        "text": turn.text,
        "guarded": turn.guarded,
        "mood": moment.state.mood,
        # A reply's changes stand with the reply; those of an action (a hold) with the customer's answer to it.
        "mood_changes": [
            {"delta": change.delta, "because": change.because}
            for change in moment.changes
            if trainee or moment.score is None
        ],
        "score": _score(moment.score) if trainee and moment.score else None,
        "seconds": turn.seconds,
    }


def _score(score: TurnScore) -> dict[str, Any]:
    return {
        "dimensions": dict(score.dimensions),
        "criteria": [
            {
                "id": one.criterion,
                "landing": one.landing.value,
                "sentence": one.sight.sentence,
                "nearest": one.sight.nearest,
                "similarity": one.sight.similarity,
                "contrast": one.sight.contrast,
                "threshold": one.sight.threshold,
            }
            for one in score.results
        ],
    }


def _usage(call: HeldCall) -> dict[str, Any]:
    """What the model's words took; answers that were left half-way are not counted by their providers."""
    took = call.usage()
    return {"prompt_tokens": took.prompt_tokens, "answer_tokens": took.answer_tokens, "cost_usd": took.cost}


def _timing(header: CallHeader, turns: list[ShownTurn]) -> dict[str, Any]:
    spans = [turn.seconds for turn in turns if turn.speaker is Speaker.TRAINEE]
    return {
        "call": header.id,
        "started_at": header.started_at.isoformat(),
        "trainee_seconds": round(sum(spans), 1),
        "first_reply_seconds": spans[0] if spans else None,
        "longest_reply_seconds": max(spans, default=None),
    }
