"""When a criterion is asked for, and how it went each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from roleplay.rubric import Criterion
from roleplay.score import CriterionResult, HeardReply, Landing, Sight, Verdict

History = Sequence[HeardReply]
Dated = Iterator[tuple[int, CriterionResult]]
"""The number of the reply that decided it, and how it went."""

REST = 2
"""Replies after a moment's window in which a further one is not asked for again. It is the same whether the moment was
answered or missed: else an answer could open a window that a miss would have passed over, and cost points."""


def results(criterion: Criterion, history: History, *, ended: bool) -> Dated:
    """Every time the criterion was due in these replies and is decided.

    With `ended`, what was due once and never came is decided too.
    """
    if not history:
        return
    if criterion.mode == "avoid":
        yield from _each_reply(criterion, history)
    elif criterion.due.at == "opening":
        yield from _window(criterion, history, 1, ended=ended)
    elif criterion.due.at in ("any", "every"):
        yield from _once(criterion, history, ended=ended)
    elif criterion.due.at == "closing" or criterion.due.before == "closing":
        yield from _near_the_end(criterion, history, ended=ended)
    elif criterion.due.before == "disclosing":
        yield from _before_disclosing(criterion, history)
    elif criterion.due.before == "hold":
        yield from _before_hold(criterion, history)
    else:
        yield from _after_each(criterion, history, ended=ended)


def results_of_last(criterion: Criterion, history: History) -> Dated:
    """`results` of the last reply alone, while the call goes on; in a long call the rest is not gone through again."""
    seen = history[-1:] if criterion.mode == "avoid" else history  # a breach is a reply's own
    return (found for found in results(criterion, seen, ended=False) if found[0] == history[-1].number)


def sight_of(criterion: Criterion, reply: HeardReply) -> Sight:
    """What was seen of the criterion in the reply, as it is credited."""
    return credited(criterion, reply.reading.sights)


def credited(criterion: Criterion, sights: Mapping[str, Sight]) -> Sight:
    """What counts of all that was seen in one reply; a value read by code shows it as well as an example."""
    seen = sights.get(criterion.id, Sight(criterion.id, Verdict.NOT_SHOWN))
    value = sights.get(f"{criterion.id}.value")
    if seen.held:  # no credit; where a miss would cost the whole call, no harm either
        seen = replace(seen, verdict=Verdict.UNSURE if criterion.critical else Verdict.NOT_SHOWN)
    return value if value and value.shown and not seen.shown else seen


def _each_reply(criterion: Criterion, history: History) -> Dated:
    for reply in history:
        if criterion.due.when == "customer_is_calm" and not reply.calm:
            continue
        if criterion.due.when == "customer_shows_feeling" and reply.calm:
            continue
        sight = sight_of(criterion, reply)
        landing = Landing.LANDED
        if (sight.opposite and sight.clear) or (criterion.id == ASKS_AGAIN and reply.asked_again):
            landing = Landing.NOT_YET
        elif sight.opposite:
            landing = Landing.PARTLY
        yield reply.number, CriterionResult(criterion.id, landing, sight)


ASKS_AGAIN = "does_not_ask_again"
"""The criterion that the record of facts measures, beside its lines."""


def _window(criterion: Criterion, history: History, first: int, *, ended: bool) -> Dated:
    """Due from reply `first` on, for `within_replies` replies."""
    last = first + criterion.due.within_replies - 1
    inside = [reply for reply in history if first <= reply.number <= last]
    landed = next((reply for reply in inside if sight_of(criterion, reply).shown), None)
    if landed:
        yield landed.number, CriterionResult(criterion.id, Landing.LANDED, sight_of(criterion, landed))
    elif inside and (ended or history[-1].number >= last):
        yield inside[-1].number, _missed(criterion, inside)


def _once(criterion: Criterion, history: History, *, ended: bool) -> Dated:
    landed = next((reply for reply in history if sight_of(criterion, reply).shown), None)
    if landed:
        yield landed.number, CriterionResult(criterion.id, Landing.LANDED, sight_of(criterion, landed))
    elif ended:
        nearest = max(history, key=lambda reply: sight_of(criterion, reply).contrast)
        yield nearest.number, _missed(criterion, history)


def _near_the_end(criterion: Criterion, history: History, *, ended: bool) -> Dated:
    """Counted late in the call only: in the last `within_replies` replies, or at the check before them."""
    if not ended:
        return
    late = (
        history[-criterion.due.within_replies - 1 :]
        if criterion.due.before
        else history[-criterion.due.within_replies :]
    )
    landed = next((reply for reply in reversed(late) if sight_of(criterion, reply).shown), None)
    if landed:
        yield landed.number, CriterionResult(criterion.id, Landing.LANDED, sight_of(criterion, landed))
    else:
        yield history[-1].number, _missed(criterion, late)


def _before_disclosing(criterion: Criterion, history: History) -> Dated:
    """What the customer has answered was asked, however the question was put."""
    disclosing = next((reply for reply in history if reply.disclosed), None)
    if disclosing is None:
        return
    before = [reply for reply in history if reply.number <= disclosing.number]
    best = max(before, key=lambda reply: (sight_of(criterion, reply).shown, sight_of(criterion, reply).contrast))
    if sight_of(criterion, best).shown or criterion.id in disclosing.answered:
        yield disclosing.number, CriterionResult(criterion.id, Landing.LANDED, sight_of(criterion, best))
    else:
        yield disclosing.number, _missed(criterion, before)


def _before_hold(criterion: Criterion, history: History) -> Dated:
    for earlier, reply in zip([None, *history], history, strict=False):
        if reply.held_before is not None:
            landing = Landing.LANDED if reply.held_before else Landing.NOT_YET
            seen = sight_of(criterion, earlier) if earlier else Sight(criterion.id, Verdict.NOT_SHOWN)
            yield reply.number, CriterionResult(criterion.id, landing, seen)


_HAPPENED: dict[str, Callable[[HeardReply], bool]] = {
    "customer_shows_feeling": lambda reply: reply.feeling_before,
    "customer_tells_story": lambda reply: reply.story_before,
    "customer_gives_signal": lambda reply: reply.signal_before,
    "hold": lambda reply: reply.held_before is not None,
}


def _after_each(criterion: Criterion, history: History, *, ended: bool) -> Dated:
    """After each moment; one good answer stands for the moments that follow close upon it."""
    happened = _HAPPENED[criterion.due.after or "hold"]
    rests_until = 0
    answered = False
    for reply in history:
        if not happened(reply) or reply.number <= rests_until:
            continue
        for number, result in _window(criterion, history, reply.number, ended=ended):
            landed = result.landing is Landing.LANDED
            # What was answered once and comes up again is not unheard.
            yield number, (result if landed or not answered else replace(result, landing=Landing.PARTLY))
            answered = answered or landed
            rests_until = reply.number + criterion.due.within_replies - 1 + REST
        if rests_until < reply.number:
            return  # still open


def _missed(criterion: Criterion, replies: History) -> CriterionResult:
    """Partly, if it may have been there; the sight is the nearest there was."""
    sights = [sight_of(criterion, reply) for reply in replies]
    best = max(sights, key=lambda sight: sight.contrast)
    unsure = any(sight.unsure for sight in sights)
    return CriterionResult(criterion.id, Landing.PARTLY if unsure else Landing.NOT_YET, best)
