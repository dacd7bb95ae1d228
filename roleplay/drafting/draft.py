"""Answers on disk while an interview is going on, so that one that was cut off can be taken up again."""

from __future__ import annotations

from pathlib import Path

from roleplay.drafting.question import Answers, Topics
from roleplay.drafting.yaml_text import listed
from roleplay.errors import BadFile
from roleplay.library.strict_yaml import parse, read_text

HEADER = "# Answers so far. Go on with: roleplay persona new --draft FILE\n"


def draft_text(answers: Answers) -> str:
    """The answers as YAML."""
    given = (f"{key}:\n{listed(lines, 2)}" if lines else f"{key}: []\n" for key, lines in answers.items())
    return HEADER + "".join(given)


def read_draft(file: Path, topics: Topics) -> dict[str, tuple[str, ...]]:
    """The answers in a draft that will still do; the others are asked again. Raises BadFile if it is no draft."""
    data = parse(read_text(file), file).data
    questions = {one.key: one for topic in topics for one in topic.questions}
    if not isinstance(data, dict) or not set(data) <= set(questions):
        raise BadFile(f"{file}: not a draft of `roleplay persona new`", "Start anew: roleplay persona new")
    found: dict[str, tuple[str, ...]] = {}
    for key, question in questions.items():
        lines = data.get(key)
        if isinstance(lines, list) and all(isinstance(line, str) for line in lines):
            answer = tuple(map(question.cleaned, lines))
            if not question.complaint_of(answer):
                found[key] = answer
    return found
