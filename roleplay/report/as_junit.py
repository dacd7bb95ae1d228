"""A test run as JUnit XML, in the form that CI servers read (testsuites, testsuite, testcase)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from roleplay.report.as_suite import check_lines, flip_line, headline
from roleplay.suite.result import CaseResult, Flip, Status, SuiteResult

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (section 2.2)."""
SECONDS = "{:.3f}"


def junit(result: SuiteResult) -> str:
    """A suite for each rubric; agreement with graders and what changed since the baseline are suites of their own."""
    suites = ET.Element("testsuites", name="roleplay test")
    for rubric in dict.fromkeys(case.rubric for case in result.cases):
        _suite(suites, rubric, [_case(case) for case in result.cases if case.rubric == rubric])
    if result.agreement:
        low = {one.dimension for one in result.agreement if one.is_too_low}
        told = dict(zip(sorted(low), sorted(result.too_low), strict=False))
        _suite(
            suites,
            "agreement with graders",
            [_other("agreement", one.dimension, told.get(one.dimension)) for one in result.agreement],
        )
    if result.comparison is not None:
        _suite(suites, "since the baseline", [_flip(flip) for flip in result.comparison.flips])
    for name in ("tests", "failures", "errors", "skipped"):
        suites.set(name, str(sum(int(one.get(name, "0")) for one in suites)))
    suites.set("time", SECONDS.format(result.seconds))
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _suite(suites: ET.Element, name: str, cases: Sequence[ET.Element]) -> None:
    suite = ET.SubElement(suites, "testsuite", name=_xml(name), tests=str(len(cases)))
    for counted, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(counted, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", SECONDS.format(sum(float(case.get("time", "0")) for case in cases)))
    suite.extend(cases)


def _case(case: CaseResult) -> ET.Element:
    element = ET.Element(
        "testcase",
        classname=_xml(case.rubric),
        name=_xml(case.id),
        file=_xml(case.place.file.as_posix()),
        line=str(case.place.line),
        time=SECONDS.format(case.seconds),
    )
    if case.status is Status.KNOWN:
        ET.SubElement(element, "skipped", message=_xml(f"known failure: {case.reason}"))
    elif case.is_bad:
        tag = "error" if case.status is Status.ERROR else "failure"
        told = ET.SubElement(element, tag, message=_xml(headline(case)), type=case.status.value)
        told.text = _xml("\n".join(check_lines(case)))
    return element


def _flip(flip: Flip) -> ET.Element:
    """A warning is a test that passed, with what changed as its output."""
    name = f"{flip.rubric} {flip.case}: {flip.what}"
    if not flip.is_warning:
        return _other("baseline", name, flip_line(flip))
    element = _other("baseline", name, None)
    ET.SubElement(element, "system-out").text = _xml(flip_line(flip))
    return element


def _other(kind: str, name: str, failure: str | None) -> ET.Element:
    element = ET.Element("testcase", classname=kind, name=_xml(name), time=SECONDS.format(0))
    if failure is not None:
        ET.SubElement(element, "failure", message=_xml(failure), type=kind)
    return element


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
