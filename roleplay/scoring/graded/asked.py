"""Which criteria a recorded call asked for, as far as its words tell; the scores are estimated from all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from roleplay.rubric import Criterion, Due
from roleplay.score import Basis, CriterionSeen
from roleplay.scoring.graded.hearing import HeardCall


def with_basis(
    criteria: Sequence[Criterion], seen: Sequence[CriterionSeen], call: HeardCall
) -> tuple[CriterionSeen, ...]:
    """The same, each with what it stands on."""
    held = any(one.due.is_about_hold and sight.shown for one, sight in zip(criteria, seen, strict=True))
    answered = any(reply.answers is not None for reply in call.replies)
    return tuple(
        replace(sight, basis=_basis(one.due, sight, held=held, answered=answered))
        for one, sight in zip(criteria, seen, strict=True)
    )


def _basis(due: Due, sight: CriterionSeen, *, held: bool, answered: bool) -> Basis:
    """A recording marks no hold and no mood: a hold is known by the words around it, a feeling not at all."""
    if due.is_about_hold:
        return Basis.DUE if held else Basis.NOT_ASKED
    seen = sight.shown or sight.near_miss
    if due.after is not None and not answered and not seen:
        return Basis.NOT_ASKED  # nobody said anything before it
    if due.after == "customer_gives_signal" and not seen:
        return Basis.NOT_ASKED  # few calls have one, and nobody is told to have missed what perhaps was not there
    return Basis.DUE if due.is_sure else Basis.ESTIMATED
