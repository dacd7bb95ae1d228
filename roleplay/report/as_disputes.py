"""Disputes as text: to a trainee what was answered, to a trainer what to decide on; and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from textwrap import fill, indent
from typing import Any

from roleplay.dispute import DisputeKind, RaisedDispute, RightVerdict
from roleplay.score import Sight

WIDTH = 78
SCHEMA_VERSION = 1


def told_text(raised: Iterable[RaisedDispute]) -> str:
    """To the trainee: what they said of a call, and what came of it."""
    title = "What you told your trainer"
    return "\n".join([title, "-" * len(title), *(told_line(one) for one in raised)])


def told_line(one: RaisedDispute) -> str:
    """One dispute and its answer."""
    return fill(f"- {subject(one)}: {answer_words(one)}", WIDTH, subsequent_indent="  ")


def subject(one: RaisedDispute) -> str:
    """What it is about, in a trainee's words."""
    about, reply = in_words(one.dispute.seen.criterion), one.dispute.reply
    if one.dispute.kind is DisputeKind.PROUD:
        return f"You are proud of reply {reply}{f' ({about})' if about else ''}"
    landed = "landed" if one.dispute.wanted is RightVerdict.SHOWN else "did not land"
    return f"You say that in reply {reply} “{about}” {landed}"


def answer_words(one: RaisedDispute) -> str:
    """What the trainer decided."""
    if one.answer is None:
        return "noted for your trainer"
    if one.answer.accepted:
        done = "an example now" if one.dispute.kind is DisputeKind.PROUD else "the rubric is tested for it now"
        return f"✓ accepted: {done}"
    return f"declined: {one.answer.reason}"


def in_words(criterion: str) -> str:
    """A criterion's id as words."""
    return criterion.replace("_", " ").replace("-", " ")


def dispute_text(one: RaisedDispute, width: int | None = None) -> str:
    """To the trainer: everything that a decision needs. `width`: where lines are wrapped; None: nowhere."""
    dispute, seen = one.dispute, one.dispute.seen
    what = (
        f"proud of this line{f', for {seen.criterion}' if seen.criterion else ''}"
        if dispute.kind is DisputeKind.PROUD
        else f"{seen.criterion} should be {dispute.wanted.value}"
    )
    about = f"{dispute.raised_at.astimezone():%Y-%m-%d %H:%M}  {one.persona_name}, {one.rubric}, reply {dispute.reply}"
    lines = [f"customer: {seen.customer}", f"trainee:  {seen.reply}"]
    if seen.sight is not None:
        lines.append(f"seen:     {sight_words(seen.sight)}")
    if dispute.why:
        lines.append(f"why:      {dispute.why}")
    if dispute.name:
        lines.append(f"name:     {dispute.name}")
    if one.answer is not None:
        decided = "accepted" if one.answer.accepted else "declined"
        lines.append(f"answer:   {decided}{f': {one.answer.reason}' if one.answer.reason else ''}")
    if width is not None:
        lines = [fill(line, width - 4, subsequent_indent=" " * 10) for line in lines]
    body = [about, *lines]
    return f"{one.number}  {what}\n" + indent("\n".join(body), "   ")


def sight_words(sight: Sight) -> str:
    """The verdict with its evidence."""
    words = sight.verdict.value.replace("_", " ")
    if not sight.nearest:
        return f"{words}, near no line of the rubric"
    kind = "counterexample" if sight.opposite else "example"
    return (
        f"{words} ({sight.contrast:.2f}, shown from {sight.threshold:.2f}) in “{sight.sentence}”; "
        f"nearest {kind}: “{sight.nearest}”"
    )


def disputes_json(raised: Iterable[RaisedDispute]) -> dict[str, Any]:
    """All of them for machines: schema_version 1."""
    return {"schema_version": SCHEMA_VERSION, "disputes": [_as_json(one) for one in raised]}


def _as_json(one: RaisedDispute) -> dict[str, Any]:
    dispute = one.dispute
    answer = one.answer
    return {
        "number": one.number,
        "kind": dispute.kind.value,
        "call": dispute.call,
        "persona_name": one.persona_name,
        "rubric": one.rubric,
        "reply": dispute.reply,
        "criterion": dispute.seen.criterion or None,
        "wanted": dispute.wanted.value,
        "why": dispute.why,
        "name": dispute.name,
        "raised_at": dispute.raised_at.isoformat(),
        "customer": dispute.seen.customer,
        "trainee": dispute.seen.reply,
        "seen": asdict(dispute.seen.sight) if dispute.seen.sight else None,
        "answer": None
        if answer is None
        else {
            "accepted": answer.accepted,
            "reason": answer.reason,
            "answered_at": answer.answered_at.isoformat(),
        },
    }
