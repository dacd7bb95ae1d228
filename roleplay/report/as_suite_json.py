"""A test run as JSON for other programs: schema_version 1."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from roleplay.suite.result import CaseResult, Comparison, CriterionQuality, SuiteResult

SCHEMA_VERSION = 1


def suite_json(result: SuiteResult) -> str:
    """The whole run. Only keys `seconds` depend on the clock."""
    whole = {
        "schema_version": SCHEMA_VERSION,
        "passed": not result.exit_code,
        "exit_code": int(result.exit_code),
        "rubrics": [asdict(one) for one in result.rubrics],
        "cases": [_case(one) for one in result.cases],
        "quality": [_quality(one) for one in result.quality],
        "subsets": [asdict(one) for one in result.subsets],
        "agreement": [asdict(one) for one in result.agreement],
        "too_low": list(result.too_low),
        "warnings": list(result.warnings),
        "comparison": None if result.comparison is None else _comparison(result.comparison),
        "not_chosen": result.left_out,
        "seconds": round(result.seconds, 3),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _case(one: CaseResult) -> dict[str, Any]:
    return {
        **asdict(one),
        "place": {"file": one.place.file.as_posix(), "line": one.place.line},
        "status": one.status.value,
        "seconds": round(one.seconds, 6),
    }


def _quality(one: CriterionQuality) -> dict[str, Any]:
    return {**asdict(one), "precision": one.precision, "recall": one.recall}


def _comparison(one: Comparison) -> dict[str, Any]:
    return {**asdict(one), "passed": not one.is_bad}
