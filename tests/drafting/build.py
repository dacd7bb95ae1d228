"""Answers for a small customer, and what their file says, read back."""

from __future__ import annotations

from pathlib import Path

from roleplay.drafting.persona_file import persona_text
from roleplay.drafting.question import Answers, Choice
from roleplay.drafting.sketch import sketch_of
from roleplay.library.folder import Library
from roleplay.persona import Persona

FEW: Answers = {
    "id": ("cold-soup",),
    "name": ("Ida Novak",),
    "company": ("Soup & Co",),
    "trade": ("catering",),
    "channel": ("chat",),
    "opening": ("The soup was cold.",),
    "temperament": ("brisk",),
    "brief": ("One order, delivered.",),
    "step_1": ("Sends a new one.",),
    "step_1_good": ("I'm sending you a new soup.", "You get a fresh one right away."),
    "step_1_not": ("You could heat it up.",),
    "trains": ("mend it first",),
}
"""The least that can be answered."""
MOVES = frozenset(move.id for move in Library.open().rubric("customer-care").all_moves())


def text_of(answers: Answers) -> str:
    return persona_text(sketch_of(answers, MOVES), (Choice("brisk", "Short."),), "roleplay --library house practice x")


def read_back(answers: Answers, folder: Path) -> Persona:
    """The customer as the program reads their file: the text itself is checked, temperament and all."""
    identifier = answers["id"][0]
    (folder / "personas").mkdir(exist_ok=True)
    (folder / "personas" / f"{identifier}.yaml").write_text(text_of(answers), encoding="utf-8", newline="\n")
    return Library.open(folder).persona(identifier)
