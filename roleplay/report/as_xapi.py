"""Exported calls as xAPI statements (Experience API 1.0.3), one a call, for a learning record store.

Verbs are those of ADL (http://adlnet.gov/expapi/verbs/). A statement's id follows from the call, so that a store that
gets it twice keeps it once. Whom it is about is an account: the records' random name, not a mail address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from roleplay.programme.exported import Exported, ExportedCall, ExportedTrainee

SPACE = UUID("5b1f3f0e-7d0f-5c1e-9a53-0d9f3a6a2f11")
VERB = "http://adlnet.gov/expapi/verbs/"
ACTIVITY = "http://adlnet.gov/expapi/activities/simulation"
VERSION = "1.0.3"


def statements(exported: Exported, home_page: str) -> list[dict[str, Any]]:
    """Every call as a statement. `home_page`: the organisation's address, which the accounts belong to."""
    return list(_statements(exported, home_page))


def _statements(exported: Exported, home_page: str) -> Iterator[dict[str, Any]]:
    for trainee in exported.trainees:
        for call in trainee.calls:
            yield _statement(trainee, call, home_page)


def _statement(trainee: ExportedTrainee, call: ExportedCall, home_page: str) -> dict[str, Any]:
    verb = "abandoned" if call.outcome == "abandoned" else "passed" if call.passed else "failed"
    known = "https://w3id.org/xapi/adl/verbs/abandoned" if verb == "abandoned" else f"{VERB}{verb}"
    result: dict[str, Any] = {
        "success": call.passed,
        "completion": verb != "abandoned",
        "duration": f"PT{call.seconds:.1f}S",
    }
    if call.overall is not None:
        points = round(call.overall, 2)
        result["score"] = {"scaled": round(points / 100, 4), "raw": points, "min": 0, "max": 100}
    return {
        "id": str(uuid5(SPACE, f"{trainee.records}/{call.id}")),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": home_page, "name": trainee.records},
            **({"name": trainee.name} if trainee.name else {}),
        },
        "verb": {"id": known, "display": {"en": verb}},
        "object": {
            "objectType": "Activity",
            "id": f"urn:roleplay:persona:{call.persona}",
            "definition": {"type": ACTIVITY, "name": {"en": f"Call with {call.persona_name}"}},
        },
        "result": result,
        "context": {
            "platform": "roleplay",
            "extensions": {
                "urn:roleplay:kind": call.kind,
                "urn:roleplay:rubric": call.rubric,
                "urn:roleplay:outcome": call.outcome,
                "urn:roleplay:dimensions": call.dimensions,
            },
        },
        "timestamp": call.started_at.isoformat(timespec="milliseconds"),
        "version": VERSION,
    }
