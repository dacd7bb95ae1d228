"""Calls as lists show them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from roleplay.call_log import CallSummary
from roleplay.score import TOO_LITTLE

SCHEMA_VERSION = 1
UNFINISHED = "unfinished"


def history_line(one: CallSummary) -> str:
    """A call in one line."""
    overall = one.result.overall if one.result else None
    points = f"{overall:5.1f}" if overall is not None else TOO_LITTLE if one.result else ""
    when = one.header.started_at.astimezone()
    line = f"{one.header.id}  {when:%Y-%m-%d %H:%M}  {one.header.persona:<18} {outcome_of(one):<17} {points}".rstrip()
    return line + retry_words(one)


def retry_words(one: CallSummary) -> str:
    """Which reply of which call it goes back into; empty for a call of its own."""
    header = one.header
    return f"  retry of {header.branched_from_call}:{header.branched_from_turn}" if header.is_retry else ""


def outcome_of(one: CallSummary) -> str:
    """An outcome, or that there is none yet."""
    return one.result.outcome if one.result else UNFINISHED


def matches(one: CallSummary, text: str) -> bool:
    """Whether all words of `text` stand in what a list shows of the call, or in the customer's name."""
    shown = f"{history_line(one)} {one.header.persona_name}".lower()
    return all(word in shown for word in text.lower().split())


def history_json(calls: Sequence[CallSummary]) -> str:
    """The same for other programs: schema_version 1."""
    return json.dumps(
        {"schema_version": SCHEMA_VERSION, "calls": [_call(one) for one in calls]}, ensure_ascii=False, indent=2
    )


def _call(one: CallSummary) -> dict[str, Any]:
    header, result = one.header, one.result
    return {
        "id": header.id,
        "persona": header.persona,
        "customer": header.persona_name,
        "rubric": header.rubric,
        "started_at": header.started_at.isoformat(),
        "replies": one.replies,
        "outcome": result.outcome if result else None,
        "overall": result.overall if result else None,
        "passed": result.passed if result else None,
        "retry_of": header.branched_from_call,
        "retry_from": header.branched_from_turn,
    }
