"""One run in every format: the same verdict, and text from files as text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped

from roleplay.report.as_annotations import MOST, github_annotations
from roleplay.report.as_junit import junit
from roleplay.report.as_markdown_summary import markdown_summary
from roleplay.report.as_suite_json import suite_json
from roleplay.suite.result import (
    AgreementSeen,
    CaseResult,
    Check,
    Comparison,
    CriterionQuality,
    Flip,
    Place,
    RubricUnderTest,
    Status,
    SuiteResult,
)

NASTY = "a|b <script>alert(1)</script> [x](http://evil) `code` \x1b[31m\x00 ::error::no, 100 %\nnext: line"
FAILED = Check(
    "criterion greets",
    "shown",
    "not shown",
    passed=False,
    value=-0.4,
    threshold=0.1,
    sentence=NASTY,
    nearest=NASTY,
    nearest_is="example",
)
QUALITY = CriterionQuality("greets", "house", 4, 5, 3, 1, 0.2)


def case(name: str, status: Status, *checks: Check, reason: str = "") -> CaseResult:
    return CaseResult(name, "house", Place(Path("house.yaml"), 7), ("plain",), status, checks, reason, 0.25)


def run(*cases: CaseResult, flips: tuple[Flip, ...] | None = None) -> SuiteResult:
    comparison = None if flips is None else Comparison(flips, notes=("house has changed",))
    return SuiteResult(
        cases, (RubricUnderTest("house", "a" * 64, "m/1"),), (QUALITY,), comparison=comparison, seconds=1.5
    )


ALL = run(
    case("good", Status.PASSED),
    case("bad", Status.FAILED, FAILED),
    case("broken", Status.ERROR, reason="no such persona"),
    case("known", Status.KNOWN, FAILED, reason="later"),
    case("mended", Status.MENDED, reason="later"),
    flips=(
        Flip("bad", "house", "criterion greets", "shown", "not shown", 0.3, -0.4, is_warning=False),
        Flip("good", "house", "score listening", "60.0", "63.0", 60.0, 63.0, is_warning=True, flipped=False),
    ),
)


def test_junit_tells_failures_errors_and_known_failures_apart() -> None:
    read = JUnitXml.fromstring(junit(ALL).encode())
    cases, since = list(read)
    kinds = {one.name: type(one.result[0]) if one.result else None for one in cases}
    assert kinds == {"good": None, "bad": Failure, "broken": Error, "known": Skipped, "mended": Failure}
    assert (read.tests, read.failures, read.errors, read.skipped) == (7, 3, 1, 1)
    assert (since.name, since.tests, since.failures) == ("since the baseline", 2, 1)
    bad = next(one for one in cases if one.name == "bad")
    assert bad.result[0].message == "criterion greets: wanted shown, got not shown (-0.40, shown from +0.10)"
    assert "said: “a|b <script>" in bad.result[0].text
    assert (bad.classname, bad.time) == ("house", 0.25)


@given(st.text(), st.text(min_size=1))
def test_junit_can_be_read_whatever_was_said(said: str, reason: str) -> None:
    told = run(
        case("one", Status.FAILED, replace(FAILED, sentence=said, nearest=said)),
        case("two", Status.KNOWN, reason=reason),
    )
    assert JUnitXml.fromstring(junit(told).encode("utf-8", "surrogatepass")).tests == 2


def test_agreement_below_its_floor_is_a_failure_of_its_own() -> None:
    seen = (
        AgreementSeen("house", "listening", 40, 0.2, floor=0.4),
        AgreementSeen("house", "smoothness", 40, 0.6, floor=0.4),
    )
    low = replace(run(case("good", Status.PASSED)), agreement=seen, too_low=("house agrees on listening to 0.20 only",))
    read = JUnitXml.fromstring(junit(low).encode())
    assert (read.tests, read.failures) == (3, 1)
    (failed,) = [one for suite in read for one in suite if one.result]
    assert (failed.name, failed.result[0].message) == ("listening", "house agrees on listening to 0.20 only")


def test_json_says_all_and_has_a_version() -> None:
    told = json.loads(suite_json(ALL))
    assert (told["schema_version"], told["passed"], told["exit_code"]) == (1, False, 1)
    assert [one["status"] for one in told["cases"]] == ["passed", "failed", "error", "known_failure", "mended"]
    assert told["cases"][1]["place"] == {"file": "house.yaml", "line": 7}
    assert told["cases"][1]["checks"][0]["value"] == -0.4
    assert told["quality"][0]["recall"] == 0.75
    assert (told["comparison"]["passed"], len(told["comparison"]["flips"])) == (False, 2)


@pytest.mark.parametrize("status", list(Status))
def test_every_format_and_the_exit_code_come_to_the_same_verdict(status: Status) -> None:
    one = run(case("one", status, reason="why"))
    bad = bool(one.exit_code)
    read = JUnitXml.fromstring(junit(one).encode())
    assert bool(read.failures + read.errors) is bad
    assert json.loads(suite_json(one))["passed"] is not bad
    assert markdown_summary(one).startswith(f"## Rubric cases: {'failed' if bad else 'passed'}\n")
    assert any(line.startswith("::error") for line in github_annotations(one)) is bad


def test_markdown_shows_text_as_text_and_keeps_its_tables() -> None:
    told = markdown_summary(ALL)
    assert told.startswith(
        "## Rubric cases: failed\n\nhouse: 1 failed, 1 could not be run, 1 mended, 1 passed, 1 known"
    )
    rows = [line for line in told.splitlines() if line.startswith("| ")]
    widths = [len(re.findall(r"(?<!\\)\|", line)) for line in rows]
    assert widths == [6] * 5 + [7] * 4 + [5] * 3
    assert "<script>" not in told
    assert not re.search(r"(?<!\\)\[x(?<!\\)\]", told)
    assert "house has changed" in told
    assert "| greets | 0.75 | 0.75 | 4\\+5 |" in told


def test_annotations_stand_on_the_line_that_failed_each_on_one_line() -> None:
    told = list(github_annotations(ALL))
    assert told[0].startswith("::error file=house.yaml,line=7,title=bad::criterion greets: wanted shown")
    assert "%0Asaid" in told[0].replace("%0A  said", "%0Asaid")
    assert "100 %25" in told[0]
    assert all("\n" not in line for line in told)
    assert [line.partition(" ")[0].partition("::c")[0] for line in told if "warning" in line] != []
    many = list(github_annotations(run(*(case(f"c{at}", Status.FAILED, FAILED) for at in range(30)))))
    assert len(many) == MOST
    assert many[-1] == "::error::and 21 more: see the summary of this step"
