"""Cases, run: status, order, quality, and what is not run and still known."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from roleplay.embedding import Embedder
from roleplay.errors import ExitCode
from roleplay.library.folder import Library
from roleplay.rehearsal.playing import Rehearsal
from roleplay.rehearsal.script import drawn
from roleplay.suite.result import Status
from roleplay.suite.running import Runner
from roleplay.suite.selection import Selection
from tests.fakes import WordHashEmbedder
from tests.suite.build import CASES, GREETING, case, changed, found, house, run, write_cases

BREACH = "That is your own fault, you should have read the letter."


def test_a_case_fails_with_every_check_it_holds(tmp_path: Path, word_hash: WordHashEmbedder) -> None:
    ran = run(house(tmp_path), word_hash)
    assert [one.status for one in ran.result.cases] == [Status.PASSED, Status.FAILED]
    breach, greeting = case(ran, "no-blame-breach").checks
    assert (breach.passed, breach.nearest, breach.nearest_is) == (True, BREACH, "counterexample")
    assert (greeting.passed, greeting.got, greeting.sentence) == (False, "shown", BREACH)
    assert ran.result.exit_code is ExitCode.CHECK_FAILED
    assert [(one.place.line, one.tags) for one in ran.result.cases] == [(4, ("plain",)), (10, ("plain", "negated"))]


def test_a_known_failure_passes_the_run_until_it_passes_itself(tmp_path: Path, word_hash: WordHashEmbedder) -> None:
    marked = changed(CASES, "    tags: [plain, negated]\n", "    known_failure: words in common\n")
    ran = run(house(tmp_path, marked), word_hash)
    assert (case(ran, "no-blame-breach").status, ran.result.exit_code) == (Status.KNOWN, ExitCode.OK)
    assert case(ran, "no-blame-breach").reason == "words in common"
    mended = changed(marked, ", greets: not_shown}", "}")
    ran = run(house(tmp_path, mended), word_hash)
    assert (case(ran, "no-blame-breach").status, ran.result.exit_code) == (Status.MENDED, ExitCode.CHECK_FAILED)


def test_quality_and_subsets_count_what_was_seen(tmp_path: Path, word_hash: WordHashEmbedder) -> None:
    result = run(house(tmp_path), word_hash).result
    greets, no_blame = result.quality
    assert (greets.shown, greets.not_shown, greets.true_positives, greets.false_positives) == (1, 1, 1, 1)
    assert (greets.precision, greets.recall) == (0.5, 1.0)
    assert (no_blame.shown, no_blame.not_shown, no_blame.precision, no_blame.recall) == (0, 1, None, None)
    passing = case(run(house(tmp_path), word_hash), "greets-plain").checks[0]
    assert passing.value is not None
    assert passing.threshold is not None
    assert greets.margin == pytest.approx(passing.value - passing.threshold, abs=1e-4)
    assert [(one.name, one.checks, one.passed) for one in result.subsets] == [("negated", 2, 1)]


def test_too_few_cases_are_a_warning_of_whole_runs_alone(tmp_path: Path, word_hash: WordHashEmbedder) -> None:
    library = house(tmp_path)
    (warning,) = run(library, word_hash).result.warnings
    assert "greets (1 shown, 1 not shown), no_blame (0 shown, 1 not shown)" in warning
    some = run(library, word_hash, Selection(text="greets").choose(found(library)))
    assert (some.result.warnings, some.result.left_out) == ((), 1)


def test_the_rubric_under_test_is_named_by_its_content(tmp_path: Path, word_hash: WordHashEmbedder) -> None:
    (before,) = run(house(tmp_path), word_hash).result.rubrics
    file = tmp_path / "rubrics" / "house.yaml"
    file.write_text(changed(file.read_text(encoding="utf-8"), "Nobody here", "No one here"), encoding="utf-8")
    (after,) = run(Library((tmp_path,)), word_hash).result.rubrics
    assert (before.id, before.embedder) == (after.id, after.embedder) == ("house", "word-hash-256")
    assert before.sha256 != after.sha256


COMPARED = f"""\
format: 1
rubric: house
cases:
  - id: greets-well
    turns: [{{speaker: customer, text: "Hello?"}}, {{speaker: trainee, text: "{GREETING}"}}]
    expect: {{better_than: says-little, on: smoothness, by: 10}}
  - id: says-little
    turns: [{{speaker: customer, text: "Hello?"}}, {{speaker: trainee, text: "Hold the line now please."}}]
    expect: {{scores: {{smoothness: {{max: 60}}}}}}
"""


def test_a_case_is_compared_with_one_that_was_not_chosen(tmp_path: Path, word_hash: WordHashEmbedder) -> None:
    library = house(tmp_path, COMPARED)
    whole = case(run(library, word_hash), "greets-well")
    alone = case(run(library, word_hash, Selection(text="greets").choose(found(library))), "greets-well")
    assert whole.status is Status.PASSED
    assert alone.checks == whole.checks
    assert (whole.checks[0].value or 0) > 10


OUTCOME = """\
format: 1
rubric: house
cases:
  - id: sent
    persona: caller
    turns:
      - {speaker: customer, text: "Where is it?"}
      - {speaker: trainee, text: "What happened?"}
      - {speaker: customer, text: "It's A-17."}
      - {speaker: trainee, text: "I'll send it today."}
      - {speaker: trainee, text: /end}
    expect: {outcome: resolved}
"""


def test_an_outcome_is_that_of_the_same_lines_in_practice(tmp_path: Path, library: Library, minilm: Embedder) -> None:
    lines = library.rehearsal("moving-house")
    assert lines is not None
    scripts = {name: drawn(lines.runs[name], 9, name) for name in ("terse", "lazy")}
    file = tmp_path / "calls.jsonl"
    for name, wanted in (("terse", "resolved"), ("lazy", "resolved")):
        said = [{"speaker": "trainee", "text": line} for line in scripts[name]]
        turns = [turn for one in said for turn in ({"speaker": "customer", "text": "..."}, one)]
        one = {"id": name, "rubric": "customer-care", "persona": "moving-house", "turns": turns}
        with file.open("a", encoding="utf-8") as opened:
            opened.write(json.dumps(one | {"expect": {"outcome": wanted}}) + "\n")
    chosen = found(library, file)
    ran = Runner(lambda _: minilm, time.perf_counter).run(chosen, chosen)
    played = {run: Rehearsal(library, minilm).play("moving-house", run, 9).outcome for run in ("terse", "lazy")}
    assert {one.id: one.checks[0].got for one in ran.result.cases} == played
    assert [one.status for one in ran.result.cases] == [Status.PASSED, Status.FAILED]
    assert case(ran, "lazy").checks[0].sentence in scripts["lazy"]


def test_a_broken_persona_is_an_error_of_its_case_alone(tmp_path: Path, word_hash: WordHashEmbedder) -> None:
    library = house(tmp_path, OUTCOME)
    write_cases(tmp_path, CASES, "more.yaml")
    file = tmp_path / "personas" / "caller.yaml"
    file.write_text(changed(file.read_text(encoding="utf-8"), "company: Acme\n", ""), encoding="utf-8")
    ran = run(library, word_hash)
    sent = case(ran, "sent")
    assert (sent.status, sent.checks) == (Status.ERROR, ())
    assert "caller.yaml" in sent.reason
    assert "company: is missing" in sent.reason
    assert case(ran, "greets-plain").status is Status.PASSED


def test_numbers_do_not_depend_on_the_order_or_the_company_of_cases(library: Library, minilm: Embedder) -> None:
    known = found(library)
    some = known[::7]
    forth = {one.id: one.checks for one in run(library, minilm, some).result.cases}
    back = {one.id: one.checks for one in run(library, minilm, some[::-1]).result.cases}
    by_ones = {one.placed.case.id: run(library, minilm, [one]).result.cases[0].checks for one in some[:5]}
    assert forth == back
    assert {name: forth[name] for name in by_ones} == by_ones


def test_results_stand_in_the_order_of_the_file(library: Library, minilm: Embedder) -> None:
    some = found(library)[:40]
    lines = [one.place.line for one in run(library, minilm, some[::-1]).result.cases]
    assert lines == sorted(lines)
    assert len(lines) == 40
