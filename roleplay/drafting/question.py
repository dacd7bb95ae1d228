"""A question to a trainer, as a value: what it asks, what an answer may be, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from roleplay.drafting.yaml_text import allowed
from roleplay.sanitise import clean_line

Answers = Mapping[str, tuple[str, ...]]
"""By a question's key, the lines of its answer; an empty tuple: left empty on purpose."""

LONGEST_LINE = 300
"""Characters; longer than anything that is said in one breath."""


def _nothing_wrong(_line: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers."""

    name: str
    what: str
    """One line that says who would choose it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask."""

    key: str
    asks: str
    for_example: str = ""
    least: int = 1
    """Lines wanted; 0: it may be left empty."""
    most: int = 1
    """Above 1, lines are taken until an empty one."""
    longest: int = LONGEST_LINE
    """Characters in a line."""
    choices: tuple[Choice, ...] = ()
    """If any, the answer is one of them, by name or by number."""
    only_if: str = ""
    """The key of a question that must have got an answer; else this one is not asked."""
    wrong: Callable[[str], str] = _nothing_wrong
    """What is wrong with a line, in one sentence; nothing, if it will do."""

    @property
    def is_list(self) -> bool:
        return self.most > 1

    def applies(self, answers: Answers) -> bool:
        """Whether to ask it, after these answers."""
        return not self.only_if or bool(answers.get(self.only_if))

    def cleaned(self, typed: str) -> str:
        """A typed line as it is kept: without control characters, and a choice's number as its name."""
        line = clean_line(allowed(clean_line(typed)))
        if self.choices and line.isdecimal() and 1 <= int(line) <= len(self.choices):
            return self.choices[int(line) - 1].name
        return line

    def complaint(self, line: str) -> str:
        """What is wrong with a cleaned, non-empty line; nothing, if it will do."""
        if len(line) > self.longest:
            return f"That is {len(line)} characters; {self.longest} at most."
        if self.choices and line not in {one.name for one in self.choices}:
            return f"Give one of the names, or a number from 1 to {len(self.choices)}."
        return self.wrong(line)

    def complaint_of(self, lines: tuple[str, ...]) -> str:
        """What is wrong with a whole answer; nothing, if it will do."""
        if len(lines) < self.least:
            return self.too_few(len(lines))
        if len(lines) > self.most:
            return f"Give {self.most} lines at most."
        return next(filter(None, map(self.complaint, lines)), "")

    def too_few(self, given: int) -> str:
        """What to say of an answer that has not enough lines."""
        if not given:
            return "This cannot be left empty."
        missing = self.least - given
        return f"{missing} more, please." if missing > 1 else "One more, please."


@dataclass(frozen=True, slots=True)
class Topic:
    """Questions that belong together."""

    title: str
    questions: tuple[Question, ...]


Topics = tuple[Topic, ...]
