"""A small library with cases on disk, to be changed by a test, and a runner over it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.suite.discovery import Discovery, Found
from roleplay.suite.result import CaseResult
from roleplay.suite.running import Ran, Runner
from tests.library.build import changed, write_library

RUBRIC = """\
format: 1
id: house
title: House rules
weights: {first_call_resolution: 40, listening: 30, smoothness: 30}
criteria:
  - id: greets
    title: Greets
    dimension: smoothness
    due: {at: opening}
    examples:
      - Good morning, how can I help?
      - Hello, you are through to Ana, what can I do for you?
      - Welcome to Acme, how may I help you today?
    counterexamples:
      - I will not say good morning and I cannot help.
      - Nobody here says hello.
  - id: no_blame
    title: Blames nobody
    dimension: listening
    mode: avoid
    due: {at: every}
    examples:
      - Let me look what happened on our side.
    counterexamples:
      - That is your own fault, you should have read the letter.
      - You did this to yourself.
moves:
  - id: asks_what_happened
    examples: ["What happened?", "Tell me what went wrong."]
"""

CASES = """\
format: 1
rubric: house
cases:
  - id: greets-plain
    turns:
      - {speaker: customer, text: "Hello?"}
      - {speaker: trainee, text: "Good morning, how can I help you?"}
    expect: {criteria: {greets: shown}}
    tags: [plain]
  - id: no-blame-breach
    turns:
      - {speaker: customer, text: "The bill is wrong."}
      - {speaker: trainee, text: "That is your own fault, you should have read the letter."}
    expect: {criteria: {no_blame: not_shown, greets: not_shown}}
    tags: [plain, negated]
"""

GREETING = "Good morning, how can I help you?"


def house(folder: Path, cases: str = CASES, *, rubric: str = RUBRIC, name: str = "house.yaml") -> Library:
    """A library that holds this rubric, these cases and a persona."""
    library = write_library(folder, rubric=rubric)
    write_cases(folder, cases, name)
    return library


def write_cases(folder: Path, text: str, name: str = "house.yaml") -> Path:
    """A file among the library's cases."""
    file = folder / "rubrics" / "cases" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def found(library: Library, *paths: Path, rubric: str | None = None) -> list[Found]:
    """What there is to run."""
    return Discovery(library, rubric).find(paths)


def run(library: Library, embedder: Embedder, chosen: Sequence[Found] | None = None) -> Ran:
    """A run of all cases of a library, or of some."""
    known = found(library)
    clock = itertools.count().__next__
    return Runner(lambda _: embedder, lambda: float(clock())).run(known if chosen is None else chosen, known)


def case(ran: Ran, name: str) -> CaseResult:
    """One case of a run."""
    return next(one for one in ran.result.cases if one.id == name)


__all__ = ["CASES", "GREETING", "RUBRIC", "case", "changed", "found", "house", "run", "write_cases"]
