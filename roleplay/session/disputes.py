"""Disputing a verdict and being proud of a line: what a trainee may say of a reply, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from roleplay.dispute import Dispute, DisputeKind, RaisedDispute, RightVerdict, Seen
from roleplay.errors import UsageProblem
from roleplay.move import Move
from roleplay.private import mask
from roleplay.rubric import Criterion
from roleplay.sanitise import clean_line
from roleplay.score import Landing, Sight, Verdict
from roleplay.scoring.due import credited
from roleplay.session.held import HeldCall
from roleplay.store.records import Records
from roleplay.transcript import Speaker

LONGEST_WHY = 600
LONGEST_NAME = 60
"""Characters that are kept."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the program said of one move in one reply."""

    move: Move
    sight: Sight
    landing: Landing | None
    """None: it was not asked of this reply."""

    @property
    def title(self) -> str:
        return self.move.title if isinstance(self.move, Criterion) else self.move.id.replace("_", " ")

    @property
    def landed(self) -> bool:
        """Whether it counts for the trainee."""
        return self.sight.shown if self.landing is None else self.landing is Landing.LANDED

    @property
    def right(self) -> RightVerdict:
        """The verdict of whoever disagrees."""
        return RightVerdict.NOT_SHOWN if self.landed else RightVerdict.SHOWN


class DisputeBox:
    """Takes what trainees say. Nothing in a call or its score is changed by it."""

    def __init__(self, records: Records, now: Callable[[], datetime]) -> None:
        """`now`: with its time zone."""
        self._records = records
        self._now = now

    def dispute(self, call: HeldCall, reply: int, named: str = "", why: str = "") -> list[Found]:
        """Disputes what is `named` (a criterion, a move or a dimension), else all that fell short in that reply.

        Gives what is disputed by it; that is empty if nothing fell short. Raises UsageProblem, ServiceUnavailable.
        """
        chosen = chosen_in(call, reply, named)
        for one in chosen:
            self._keep(self._dispute(call, reply, one, why))
        return chosen

    def praise(self, call: HeldCall, reply: int, named: str = "", why: str = "", name: str = "") -> Found | None:
        """Nominates a reply, for what is `named`, else for the weightiest that landed in it; gives that.

        `name`: the trainee's, if it may be known. Raises UsageProblem, ServiceUnavailable.
        """
        found = found_in(call, reply)
        if named:
            best: Found | None = _named(call, reply, named)
        else:
            best = next((one for one in found if one.landed and _is_act(one.move)), None)
        seen = _seen(call, reply, best)
        line = self._line(call, why, LONGEST_WHY), self._line(call, name, LONGEST_NAME)
        self._keep(
            Dispute(call.header.id, DisputeKind.PROUD, reply, seen, RightVerdict.SHOWN, self._now(), line[0], line[1])
        )
        return best

    def of(self, call: str) -> list[RaisedDispute]:
        """What was said of one call, and what was answered; the answers count as read."""
        found = self._records.disputes.of_call(call)
        self._records.disputes.were_read(found)
        return found

    def unread(self) -> list[RaisedDispute]:
        """Answers that the trainee has not seen yet."""
        return self._records.disputes.unread()

    def were_read(self, disputes: Sequence[RaisedDispute]) -> None:
        """The trainee has seen the answers to these."""
        self._records.disputes.were_read(list(disputes))

    def _dispute(self, call: HeldCall, reply: int, one: Found, why: str) -> Dispute:
        why = self._line(call, why, LONGEST_WHY)
        seen = _seen(call, reply, one)
        return Dispute(call.header.id, DisputeKind.VERDICT, reply, seen, one.right, self._now(), why)

    def _keep(self, dispute: Dispute) -> None:
        """The same again adds nothing, unless it comes with other words."""
        said = (dispute.kind, dispute.reply, dispute.seen.criterion)
        for earlier in (one.dispute for one in self._records.disputes.of_call(dispute.call)):
            if said == (earlier.kind, earlier.reply, earlier.seen.criterion) and (
                (dispute.why, dispute.name) in (("", ""), (earlier.why, earlier.name))
            ):
                return
        self._records.disputes.add(dispute)

    @staticmethod
    def _line(call: HeldCall, text: str, longest: int) -> str:
        """Words for the record: on one line, without numbers that nobody should keep."""
        line = mask(clean_line(text), call.course.persona.model_dump_json())
        return line if len(line) <= longest else f"{line[: longest - 1]}…"


def found_in(call: HeldCall, reply: int) -> list[Found]:
    """What was asked of a reply and how it went: what fell short first, then by weight. Raises UsageProblem."""
    _check(call, reply)
    moments = [one for one in call.course.moments if one.score is not None]
    score = moments[reply - 1].score
    assert score is not None  # noqa: S101 - every reply has one
    rubric = call.course.rubric
    found = [Found(rubric.criterion(one.criterion), one.sight, one.landing) for one in score.results]
    return sorted(found, key=lambda one: (one.landed, -_weight(one.move)))


def chosen_in(call: HeldCall, reply: int, named: str) -> list[Found]:
    """What `named` means in a reply: one verdict, or all that fell short, in a dimension or everywhere."""
    short = [one for one in found_in(call, reply) if not one.landed]
    if not named:
        return short
    if named in call.course.rubric.weights:
        return [one for one in short if isinstance(one.move, Criterion) and one.move.dimension == named]
    return [_named(call, reply, named)]


def names_in(call: HeldCall) -> Iterator[str]:
    """All that can be named: criteria, moves, dimensions."""
    yield from (one.id for one in call.course.rubric.all_moves())
    yield from call.course.rubric.weights


def _named(call: HeldCall, reply: int, name: str) -> Found:
    for one in found_in(call, reply):
        if one.move.id == name:
            return one
    rubric = call.course.rubric
    move = next((one for one in rubric.all_moves() if one.id == name), None)
    if move is None:
        near = get_close_matches(name, list(names_in(call)), n=1, cutoff=0.6)
        hint = f" (did you mean {near[0]}?)" if near else ""
        raise UsageProblem(f"the rubric {rubric.id} has no criterion {clean_line(name)}{hint}")
    sights = call.course.history[reply - 1].reading.sights
    sight = credited(move, sights) if isinstance(move, Criterion) else sights.get(name)
    if sight is None or (isinstance(move, Criterion) and move.mode == "avoid" and name not in sights):
        # Who says nothing that is measured breaches nothing.
        sight = Sight(name, Verdict.SHOWN if isinstance(move, Criterion) else Verdict.NOT_SHOWN)
    return Found(move, sight, None)


def _check(call: HeldCall, reply: int) -> None:
    replies = len(call.course.history)
    if not 1 <= reply <= replies:
        has = {0: "no reply yet", 1: "1 reply"}.get(replies, f"{replies} replies")
        raise UsageProblem(f"there is no reply {reply}: this call has {has}")


def _seen(call: HeldCall, reply: int, found: Found | None) -> Seen:
    """The reply with the line before it."""
    turns = call.shown_turns()
    at = [place for place, turn in enumerate(turns) if turn.speaker is Speaker.TRAINEE][reply - 1]
    before = next((turn.text for turn in reversed(turns[:at]) if turn.speaker is Speaker.CUSTOMER), "")
    return Seen(before, turns[at].text, found.move.id if found else "", found.sight if found else None)


def _is_act(move: Move) -> bool:
    return isinstance(move, Criterion) and move.mode == "do"


def _weight(move: Move) -> float:
    return move.weight if isinstance(move, Criterion) else 0.0
