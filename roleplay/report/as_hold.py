"""How a model holds a part, for a trainer, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from roleplay.rehearsal.holding import Held, HeldTurn
from roleplay.rehearsal.reader import Slip

SCHEMA_VERSION = 1
SLIP_WORDS = {
    Slip.AGENT: "speaks as the agent",
    Slip.OUT: "steps out of the part",
    Slip.LEAK: "tells a locked fact",
    Slip.FIGURE: "invents a figure",
    Slip.RUN_ON: "runs on",
    Slip.REPEAT: "repeats itself",
    Slip.EARLY: "is content too early",
    Slip.CONTROL: "control characters",
}


def hold_text(held: Held) -> str:
    """The table of one model with one persona: what it said by itself, and what was shown."""
    n, (low, high) = len(held.turns), held.bounds
    raw, shown = held.slips(shown=False), held.slips(shown=True)
    share = f"{100 * held.share_alone:.0f} %, 95 % interval {100 * low:.0f} to {100 * high:.0f}"
    lines = [
        f"{held.model} as {held.persona}: spoke {held.alone} of {n} turns by itself ({share});",
        "the scripted voice stepped in for the others.",
        "",
        f"{'of the turns':<26}{'before':>8}{'after the guards':>18}",
    ]
    lines += [f"{SLIP_WORDS[slip]:<26}{raw[slip]:>8}{shown[slip]:>18}" for slip in Slip]
    lines += ["", *(_kind_line(kind, turns) for kind, turns in _by_kind(held).items()), "", _took(held)]
    return "\n".join(lines)


def hold_json(rows: Sequence[Held], floor: float) -> dict[str, Any]:
    """All of it for machines; shares are 0..1, times in seconds."""
    return {"schema_version": SCHEMA_VERSION, "floor": floor, "held": [_held_json(one, floor) for one in rows]}


def turn_text(turn: HeldTurn) -> str:
    """One turn, before and after."""
    why = f" [{', '.join(turn.refused_by)}]" if turn.refused_by else ""
    parts = [f"({turn.kind}) {turn.reply or '…'}", f"  model: {turn.own_words or turn.fault}{why}"]
    return "\n".join([*parts, f"  shown: {turn.shown}"])


def _by_kind(held: Held) -> dict[str, list[HeldTurn]]:
    kinds: dict[str, list[HeldTurn]] = {}
    for turn in held.turns:
        kinds.setdefault(turn.kind, []).append(turn)
    return kinds


def _kind_line(kind: str, turns: Sequence[HeldTurn]) -> str:
    alone = sum(not turn.guarded for turn in turns)
    return f"under {kind.replace('_', ' ')}: {alone} of {len(turns)} by itself"


def _took(held: Held) -> str:
    seconds = sorted(turn.first_word_seconds for turn in held.turns if turn.first_word_seconds is not None)
    words = f"first word after {median(seconds):.2f} s (median; slowest {seconds[-1]:.2f} s)" if seconds else "no word"
    used = held.usage
    if used.prompt_tokens + used.answer_tokens:
        words += f"; at least {used.prompt_tokens:,} tokens read, {used.answer_tokens:,} written"
    return words if used.cost is None else f"{words}; about ${used.cost:.4f}"


def _held_json(held: Held, floor: float) -> dict[str, Any]:
    seconds = [turn.first_word_seconds for turn in held.turns if turn.first_word_seconds is not None]
    return {
        "persona": held.persona,
        "model": held.model,
        "n": len(held.turns),
        "by_itself": held.alone,
        "share_by_itself": round(held.share_alone, 4),
        "share_95": [round(bound, 4) for bound in held.bounds],
        "above_floor": held.share_alone >= floor,
        "before_guards": {slip.value: count for slip, count in held.slips(shown=False).items()},
        "after_guards": {slip.value: count for slip, count in held.slips(shown=True).items()},
        "first_word_seconds": {"median": median(seconds), "max": max(seconds)} if seconds else None,
        "prompt_tokens": held.usage.prompt_tokens,
        "answer_tokens": held.usage.answer_tokens,
        "cost_usd": held.usage.cost,
        "turns": [_turn_json(turn) for turn in held.turns],
    }


def _turn_json(turn: HeldTurn) -> dict[str, Any]:
    return {
        "kind": turn.kind,
        "reply": turn.reply,
        "intent": turn.intent,
        "own_words": turn.own_words,
        "shown": turn.shown,
        "guarded": turn.guarded,
        "refused_by": list(turn.refused_by),
        "slips": sorted(turn.slips),
        "shown_slips": sorted(turn.shown_slips),
        "fault": turn.fault,
    }
