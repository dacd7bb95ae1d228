"""A new customer's files from the answers about them, and what can be chosen on the way."""

from __future__ import annotations

from collections.abc import Mapping

from roleplay.drafting.persona_file import RUBRIC, persona_text
from roleplay.drafting.question import Answers, Choice
from roleplay.drafting.rehearsal_file import rehearsal_text
from roleplay.drafting.sketch import sketch_of
from roleplay.library.folder import Library


def temperament_choices(library: Library) -> tuple[Choice, ...]:
    """Each with the first sentence of what it says of itself."""
    known = [library.temperament(name) for name in library.temperament_ids()]
    return tuple(Choice(one.id, " ".join(one.what.split()).split(". ")[0].rstrip(".")) for one in known)


def persona_files(
    library: Library, answers: Answers, command: str, runs: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[str, dict[str, str]]:
    """The customer's id, and the texts by their place in a library.

    `command`: the beginning of the line that plays them; `runs`: rehearsal lines, else made from the answers.
    """
    sketch = sketch_of(answers, frozenset(move.id for move in library.rubric(RUBRIC).all_moves()))
    text = persona_text(sketch, temperament_choices(library), f"{command} {sketch.id}")
    return sketch.id, placed(sketch.id, text, rehearsal_text(sketch, runs))


def placed(identifier: str, persona: str, rehearsal: str) -> dict[str, str]:
    """By place in a library; without rehearsal lines the customer alone."""
    files = {f"personas/{identifier}.yaml": persona}
    return {**files, f"personas/rehearsal/{identifier}.yaml": rehearsal} if rehearsal else files
