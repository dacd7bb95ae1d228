"""Scores of recorded calls as JSON lines, as a table and as CSV, written one by one as they come."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

from roleplay.score import CallScore, CriterionSeen, Influence, band

Row = Callable[[CallScore], str]
ID_WIDTH = 28
SCORE_WIDTH = 12


def formats(dimensions: Sequence[str], reads: str, embedder: str) -> dict[str, tuple[str, Row]]:
    """By name: what stands first, and a call as text.

    `reads`: whose turns moved the scores; `embedder`: the fingerprint of what read them.
    """
    return {
        "table": (_header(dimensions), lambda score: _line(score, dimensions)),
        "jsonl": ("", lambda score: _json(score, reads, embedder)),
        "csv": (
            _csv(["id", *dimensions, "overall", "reads", "taught"]),
            lambda score: _csv(_cells(score, dimensions, reads)),
        ),
    }


def _header(dimensions: Sequence[str]) -> str:
    names = [name.replace("first_call_resolution", "resolution") for name in (*dimensions, "overall")]
    return f"{'id':<{ID_WIDTH}}" + "".join(f"{name[: SCORE_WIDTH - 1]:>{SCORE_WIDTH}}" for name in names)


def _line(score: CallScore, dimensions: Sequence[str]) -> str:
    points = [score.dimensions.get(name) for name in dimensions] + [score.overall]
    cells = "".join(f"{'-' if one is None else f'{one:.1f}':>{SCORE_WIDTH}}" for one in points)
    notes = ([] if score.overall is None else [band(score.overall)]) + ["taught this rubric"] * score.taught
    return f"{score.id[:ID_WIDTH]:<{ID_WIDTH}}{cells}" + (f"  {', '.join(notes)}" if notes else "")


def _cells(score: CallScore, dimensions: Sequence[str], reads: str) -> list[object]:
    points = [score.dimensions.get(name) for name in dimensions] + [score.overall]
    return [score.id, *("" if one is None else one for one in points), reads, "yes" if score.taught else "no"]


def _csv(cells: Sequence[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(cells)
    return buffer.getvalue()


def _json(score: CallScore, reads: str, embedder: str) -> str:
    data = {
        "id": score.id,
        **score.dimensions,
        "overall": score.overall,
        "criteria": {one.criterion: one.verdict for one in score.criteria if one.is_told},
        "evidence": {
            "basis": "estimated",
            "reads": reads,
            "embedder": embedder,
            "taught": score.taught,
            "bands": dict(score.bands),
            "uptake": score.uptake,
            "criteria": [_criterion(one) for one in score.criteria if one.reply and one.is_told],
            "sentences": [_influence(one) for one in score.influences],
            "uncounted": [
                {"sentence": one.sentence, "reply": one.reply, "because": f"it {one.why}"} for one in score.uncounted
            ],
        },
    }
    return json.dumps(data, ensure_ascii=False)


def _criterion(one: CriterionSeen) -> dict[str, object]:
    return {
        "criterion": one.criterion,
        "verdict": one.verdict,
        "basis": one.basis,
        "value": round(one.value, 4),
        "reply": one.reply,
        "sentence": one.sentence,
        "nearest": one.nearest,
        "nearest_is": "earlier question" if one.asked_before else "counterexample" if one.near_miss else "example",
        "similarity": one.similarity,
    }


def _influence(one: Influence) -> dict[str, object]:
    like = {} if not one.like else {"like": one.like, "like_graded": one.like_graded}
    return {
        "dimension": one.dimension,
        "sentence": one.sentence,
        "reply": one.reply,
        "points": one.points,
        "because": _in_words(one),
        **like,
    }


def _in_words(one: Influence) -> str:
    """For a new hire: what the sentence did, and what it is like."""
    direction = "raised" if one.points > 0 else "lowered"
    dimension = one.dimension.replace("_", " ")
    words = f"This sentence {direction} your {dimension} by {abs(one.points):.1f} points."
    if one.like and one.like_graded is not None:
        words += f" It is close to a reply that was graded {one.like_graded:.0f} of 100: “{one.like}”"
    return words
