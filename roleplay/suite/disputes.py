"""Accepted disputes: a verdict becomes a case, a line becomes an example. Gives texts; the edge writes them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from roleplay.case import Case, Cases
from roleplay.dispute import DisputeKind, RaisedDispute, RightVerdict
from roleplay.drafting.insertion import BY_HAND, read_as_it_is, with_example, with_list_item
from roleplay.drafting.yaml_text import allowed, comment, quoted
from roleplay.errors import BadFile, UsageProblem
from roleplay.library.case_files import PlacedCase, check_cases, read_case_file
from roleplay.library.folder import Library, builtin_folder
from roleplay.library.strict_yaml import parse
from roleplay.library.validated import read_value, validated
from roleplay.rubric import Rubric
from roleplay.sanitise import clean_line, clean_text

SOURCE = "dispute"
LONGEST_LINE = 600
"""Characters of an example or a reason, as `Line` has it."""
_HEAD = """\
# yaml-language-server: $schema=cases.schema.json
# Cases from disputes that were accepted. `roleplay test` runs them.
format: 1
rubric: {rubric}
cases:
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into a file."""

    file: Path
    text: str | None
    """The whole new text; None: it stands there already."""
    what: str
    """What it is called there."""
    advice: str
    """What to do next."""


def is_rubric(file: Path) -> bool:
    """Whether a file that is there holds a rubric. Raises BadFile if it is no YAML."""
    if not file.is_file():
        return False
    data = parse(read_as_it_is(file), file).data
    return isinstance(data, dict) and "criteria" in data


def case_entry(
    raised: RaisedDispute, verdict: RightVerdict, file: Path, library: Library, known_failure: str = ""
) -> Entry:
    """A disputed verdict as a case in `file`, which need not be there yet.

    Raises UsageProblem or BadFile, and then nothing is lost: the file is only ever replaced as a whole.
    """
    if raised.dispute.kind is not DisputeKind.VERDICT:
        raise UsageProblem(
            f"{raised.number} is a line that somebody is proud of, no verdict: {file} holds cases",
            "With --to name the rubric of your house library: the line becomes an example there.",
        )
    if file.suffix not in (".yaml", ".yml"):
        raise UsageProblem(f"{file} should end in .yaml", "Accepted disputes are written as a YAML file of cases.")
    placed = read_case_file(file) if file.exists() else []
    text = read_as_it_is(file) if file.exists() else ""
    if text and (other := read_value(file, Cases)[0].rubric) != raised.rubric:
        raise UsageProblem(
            f"{file} holds cases of the rubric {other}, but dispute {raised.number} is about {raised.rubric}",
            "Name another file with --to.",
        )
    if len(known_failure) > LONGEST_LINE:
        raise UsageProblem(f"--known-failure is a reason of at most {LONGEST_LINE} characters")
    _check_criterion(raised, library)
    case = _case(raised, verdict, known_failure, placed)
    advice = _advice(file, case)
    if any(one.case == case for one in placed):
        return Entry(file, None, case.id, advice)
    item = _item(case, raised.dispute.why)
    if text:
        new = with_list_item(text, "cases", item, file)
    else:
        new = _HEAD.format(rubric=raised.rubric) + "".join(f"  {line}" for line in item.splitlines(keepends=True))
    expected = Cases(format=1, rubric=raised.rubric, cases=(*(one.case for one in placed), case))
    _check_reads_as(new, expected, file)
    _check_cases(new, file, expected, library)
    return Entry(file, new, case.id, advice)


def example_entry(raised: RaisedDispute, file: Path, criterion: str = "", line: str = "") -> Entry:
    """A line that somebody is proud of as an example in the house rubric `file`.

    `criterion` and `line`: in place of the nominated ones. Raises UsageProblem or BadFile, and then nothing is lost.
    """
    dispute = raised.dispute
    criterion = criterion or dispute.seen.criterion
    if dispute.kind is not DisputeKind.PROUD:
        raise UsageProblem(
            f"{raised.number} is about a verdict, and {file} is a rubric", "With --to name a file of cases."
        )
    if not is_rubric(file):
        raise UsageProblem(
            f"{file} holds no rubric, and {raised.number} is a line that somebody is proud of",
            "With --to name a rubric of your house library: the line becomes an example there.",
        )
    if not criterion:
        raise UsageProblem(f"{raised.number} names no criterion", "Say for which it is an example: --criterion ID.")
    if file.resolve().is_relative_to((builtin_folder() / "rubrics").resolve()):
        raise UsageProblem(
            f"{file} belongs to the built-in library, which is not written to",
            f"Make a copy of your own with `roleplay rubric new ID --from {file.stem}`, and name that with --to.",
        )
    rubric = _open_rubric(file)
    line = _sayable(clean_line(line or the_line(raised)))
    if len(line) > LONGEST_LINE:
        raise UsageProblem(
            f"the line is {len(line)} characters long, an example at most {LONGEST_LINE}",
            "Give the part that counts with --line TEXT.",
        )
    advice = f"An example changes what is seen: try it with `roleplay rubric check {file}` and `roleplay test`."
    if rubric.fit is not None:
        advice += "\nWhat stands under `fit:` was learnt before this line."
    here = next((one for one in rubric.criteria if one.id == criterion), None)
    if here is not None and line in here.examples:
        return Entry(file, None, f"{criterion}: {line}", advice)
    if here is not None and line in here.counterexamples:
        raise UsageProblem(f"the line stands in {file} as a counterexample of {criterion}", "Decline, or move it.")
    remark = f"said by {clean_line(dispute.name)}" if dispute.name else ""
    new = with_example(read_as_it_is(file), criterion, line, file, remark)
    changed = tuple(
        one.model_copy(update={"examples": (*one.examples, line)}) if one.id == criterion else one
        for one in rubric.criteria
    )
    _check_reads_as(new, rubric.model_copy(update={"criteria": changed}), file)
    return Entry(file, new, f"{criterion}: {line}", advice)


def the_line(raised: RaisedDispute) -> str:
    """What of the reply becomes the example: the sentence that showed the criterion, else all of it."""
    seen = raised.dispute.seen
    return seen.sight.sentence if seen.sight is not None and seen.sight.shown and seen.sight.sentence else seen.reply


def _open_rubric(file: Path) -> Rubric:
    rubric = Library.open().rubric(str(file.resolve()))
    if rubric.fit is not None and rubric.fit.graded_by == "graders":
        raise UsageProblem(
            f"{file} was fitted on your graders' calls and is sealed: its lines are not edited",
            "Add the line to the rubric that it came from, and fit again with `roleplay rubric fit`.",
        )
    return rubric


def _check_criterion(raised: RaisedDispute, library: Library) -> None:
    """A rubric that is not in this library (one named by its file) is looked at when the case is run."""
    try:
        rubric = library.rubric(raised.rubric)
    except BadFile:
        raise
    except UsageProblem:
        return
    if raised.dispute.seen.criterion not in {one.id for one in rubric.all_moves()}:
        raise UsageProblem(
            f"the rubric {raised.rubric} has no {raised.dispute.seen.criterion} any more",
            "Decline the dispute, or open the library that the call was held with (--library).",
        )


def _case(raised: RaisedDispute, verdict: RightVerdict, known_failure: str, placed: list[PlacedCase]) -> Case:
    seen = raised.dispute.seen
    turns = [{"speaker": "customer", "text": _sayable(seen.customer)}] if seen.customer.strip() else []
    turns.append({"speaker": "trainee", "text": _sayable(seen.reply)})
    known = {one.case.id: one.case for one in placed}
    name = first = _case_id(raised)
    number = 1
    while True:
        case = Case.model_validate(
            {
                "id": name,
                "turns": turns,
                "expect": {"criteria": {seen.criterion: verdict.value}},
                "tags": [SOURCE],
                "source": SOURCE,
                "known_failure": _sayable(clean_line(known_failure)) if known_failure else None,
            }
        )
        if known.get(name, case) == case:
            return case
        number += 1
        name = f"{first}-{number}"


def _case_id(raised: RaisedDispute) -> str:
    """The same for the same dispute, whoever accepts it."""
    dispute = raised.dispute
    whole = f"{dispute.call} {dispute.reply} {dispute.seen.criterion}"
    short = dispute.seen.criterion[:30].rstrip("_-")
    return f"disputed-{short}-{sha256(whole.encode()).hexdigest()[:8]}"


def _item(case: Case, why: str) -> str:
    """The case as a list item that a trainer goes on editing."""
    criteria = ", ".join(f"{name}: {verdict}" for name, verdict in case.expect.criteria.items())
    known = f"  known_failure: {quoted(case.known_failure)}\n" if case.known_failure else ""
    return "".join(
        (
            f"- id: {case.id}\n",
            comment(f"the trainee: {clean_line(why)}", 2) if why else "",
            "  turns:\n",
            *(f"    - {{speaker: {turn.speaker}, text: {quoted(turn.text)}}}\n" for turn in case.turns),
            f"  expect: {{criteria: {{{criteria}}}}}\n",
            f"  tags: [{', '.join(case.tags)}]\n  source: {case.source}\n{known}",
        )
    )


def _advice(file: Path, case: Case) -> str:
    run = f"`roleplay test {file}`"
    if case.known_failure:
        return f"{run} runs it. It is marked as known to fail: once the rubric is mended, take the mark away."
    return (
        f"{run} runs it, and fails until the rubric is mended: add a line like it in other words, never the line\n"
        "itself. Where the run must stay green until then, accept with --known-failure REASON."
    )


def _check_reads_as(text: str, expected: Cases | Rubric, file: Path) -> None:
    """The strict reader has the last word before anything is written."""
    value, problems = validated(parse(text.removeprefix("\ufeff"), file), type(expected))
    if problems or value != expected:
        raise BadFile(f"{file}: cannot be added to as it is written", BY_HAND)


def _check_cases(text: str, file: Path, cases: Cases, library: Library) -> None:
    """As `roleplay test` will hold it against the rubric, where the library has that."""
    try:
        rubric = library.rubric(cases.rubric)
    except UsageProblem:
        return
    document = parse(text.removeprefix("\ufeff"), file)
    placed = [PlacedCase(one, cases.rubric, file, document, ("cases", at)) for at, one in enumerate(cases.cases)]
    check_cases(placed, lambda _: rubric, library.persona_ids())


def _sayable(text: str) -> str:
    """Text that comes back from a YAML file as it went in."""
    return clean_text(allowed(text)).strip() or "…"
