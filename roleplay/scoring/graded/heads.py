"""The heads of a rubric, opened with care: under another embedder they mean nothing."""

from __future__ import annotations

from roleplay.errors import BadFile, UsageProblem
from roleplay.rubric import Rubric
from roleplay.scoring.graded.head import DamagedArray, Head, from_bytes


def open_heads(rubric: Rubric, array: bytes | None, fingerprint: str) -> tuple[Head, ...]:
    """What the rubric learnt, for the embedder with that fingerprint.

    Raises UsageProblem if it was learnt with another embedder, BadFile if the array is damaged.
    """
    if rubric.fit is None or array is None:
        return ()
    if rubric.fit.embedder != fingerprint:
        raise UsageProblem(
            f"the rubric {rubric.id} was fitted with another embedder ({rubric.fit.embedder}, now {fingerprint})",
            "Fit it again with `roleplay rubric fit`, or use the embedder it was fitted with.",
        )
    try:
        return from_bytes(array)
    except DamagedArray as problem:
        raise BadFile(
            f"{rubric.fit.array}: not an array that this program can read ({problem})",
            "Fit the rubric again with `roleplay rubric fit`.",
        ) from None
