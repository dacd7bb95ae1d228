"""Rehearsed calls as lines for a trainer."""

from __future__ import annotations

from roleplay.rehearsal import Rehearsed
from roleplay.session.course import Moment

HEADER = f"{'persona':<16} {'trainee':<20} {'outcome':<17} replies  mood          smooth listen solved overall"


def simulation_line(played: Rehearsed) -> str:
    """One call on a line."""
    moods = [moment.state.mood for moment in played.course.moments]
    scores = played.card.dimensions
    points = " ".join(
        f"{'-' if value is None else format(value, '.0f'):>6}"
        for value in (
            *(scores.get(name) for name in ("smoothness", "listening", "first_call_resolution")),
            played.card.overall,
        )
    )
    passed = " passed" if played.card.passed else ""
    failed = f" critical: {', '.join(played.card.critical_failed)}" if played.card.critical_failed else ""
    return (
        f"{played.persona:<16} {played.run:<20} {played.outcome.value:<17} {len(played.course.history):>4}    "
        f"{min(moods):>4}..{max(moods):<4} {points}{passed}{failed}"
    )


def simulation_turns(played: Rehearsed) -> str:
    """Every turn of a call: words, what was recognised, what changed and why."""
    return "\n".join(line for moment in played.course.moments for line in _turn(played, moment)) + "\n"


def _turn(played: Rehearsed, moment: Moment) -> list[str]:
    lines: list[str] = []
    if moment.entry:
        lines.append(f"  T: {moment.entry.text or '/' + moment.entry.kind.value}")
        if moment.score:
            reading = played.course.history[moment.state.reply - 1].reading
            sights = reading.sights.items()
            shown = [move for move, sight in sights if sight.shown and not _is_clean(played, move)]
            unsure = [move for move, sight in sights if sight.unsure]
            against = [f"{move} ({sight.nearest[:40]!r})" for move, sight in sights if sight.opposite]
            lines.append(f"       shown: {', '.join(shown) or '-'}; unsure: {', '.join(unsure) or '-'}")
            lines += [f"       opposite: {', '.join(against)}"] if against else []
            missed = [one.criterion for one in moment.score.results if one.landing.value != "landed"]
            lines += [f"       missed: {', '.join(missed)}"] if missed else []
    lines += [f"       {change.delta:+d} {change.because}" for change in moment.changes]
    if moment.done or moment.told:
        lines.append(f"       done: {', '.join(moment.done) or '-'}; told: {', '.join(moment.told) or '-'}")
    if moment.said and moment.plan:
        lines.append(f"  C [{moment.state.mood}, {moment.plan.intent}]: {moment.line}")
    return lines


def _is_clean(played: Rehearsed, move: str) -> bool:
    """An `avoid` criterion that was kept says nothing worth a line."""
    return any(one.id == move and one.mode == "avoid" for one in played.course.rubric.criteria)
