"""JSON Schema of the files that trainers write, made from the values themselves."""

from __future__ import annotations

import json

from pydantic import BaseModel

from roleplay.case import Cases
from roleplay.curriculum import Curriculum
from roleplay.pair import Traps, Twins
from roleplay.persona import Persona, RehearsalLines, Temperament
from roleplay.recording import Recordings
from roleplay.rubric import Rubric

KINDS: dict[str, type[BaseModel]] = {
    "persona": Persona,
    "temperament": Temperament,
    "rubric": Rubric,
    "rehearsal": RehearsalLines,
    "cases": Cases,
    "twins": Twins,
    "traps": Traps,
    "recordings": Recordings,
    "curriculum": Curriculum,
}


def schema_text(kind: str) -> str:
    """The schema of a kind of file as JSON text. Raises KeyError for an unknown kind."""
    return json.dumps(KINDS[kind].model_json_schema(), ensure_ascii=False, indent=2)
