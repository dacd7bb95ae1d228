"""Rehearsed calls as lines for a trainer, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from roleplay.rehearsal.figures import CallFigures, RunFigures, Spread
from roleplay.rehearsal.playing import Rehearsed
from roleplay.session.course import Moment

SCHEMA_VERSION = 1
HEADER = (
    f"{'persona':<16} {'trainee':<20} {'n':>4}  {'won':>4} {'(95 %)':<11} {'turns':<10} {'mood':<10} {'overall':<14} "
    "outcomes"
)
STANDS_IN = "competent*"
FOOTNOTE = (
    "* Nobody has written rehearsal lines. One example of each step and criterion was said, and read as if it had not "
    "been\n  written, so that none is recognised by being the same. It shows that the examples hold together; write "
    "personas/rehearsal/ID.yaml\n  to see how people fare."
)


def run_line(figures: RunFigures) -> str:
    """All calls of one kind of trainee with a persona, on a line."""
    low, high = figures.won_bounds
    bounds = f"({100 * low:.0f} to {100 * high:.0f})"
    worst, best = figures.moods
    outcomes = ", ".join(f"{outcome.value} {count}" for outcome, count in figures.outcomes.items())
    name = STANDS_IN if figures.stands_in else figures.trainee
    line = (
        f"{figures.persona:<16} {name:<20} {len(figures.calls):>4} {100 * figures.won / len(figures.calls):>4.0f}% "
        f"{bounds:<11} {_spread(figures.turns):<10} {f'{worst}..{best}':<10} {_median(figures.overall):<14} {outcomes}"
    )
    missed = {step: len(figures.calls) - done for step, done in figures.done.items() if done < len(figures.calls)}
    if figures.stands_in and missed:
        line += f"\n  not recognised: {', '.join(f'{step} in {count}' for step, count in missed.items())}"
    return line


def _spread(spread: Spread) -> str:
    return f"{spread.low:g}/{spread.middle:g}/{spread.high:g}"


def _median(spread: Spread | None) -> str:
    return f"{spread.middle:.0f} ({spread.low:.0f} to {spread.high:.0f})" if spread else "-"


def simulation_json(rows: Sequence[RunFigures]) -> dict[str, Any]:
    """All runs for machines; shares are 0..1, scores 0..100, moods -100..100."""
    return {"schema_version": SCHEMA_VERSION, "runs": [_run_json(figures) for figures in rows]}


def _run_json(figures: RunFigures) -> dict[str, Any]:
    low, high = figures.won_bounds
    worst, best = figures.moods
    return {
        "persona": figures.persona,
        "trainee": figures.trainee,
        "examples_stand_in": figures.stands_in,
        "n": len(figures.calls),
        "won": figures.won,
        "won_share": round(figures.won / len(figures.calls), 4),
        "won_95": [round(low, 4), round(high, 4)],
        "outcomes": {outcome.value: count for outcome, count in figures.outcomes.items()},
        "turns": _spread_json(figures.turns),
        "mood": {"min": worst, "max": best},
        "overall": _spread_json(figures.overall) if figures.overall else None,
        "passed": sum(call.passed for call in figures.calls),
        "steps_done": figures.done,
        "calls": [_call_json(call) for call in figures.calls],
    }


def _spread_json(spread: Spread) -> dict[str, float]:
    return {"min": spread.low, "median": spread.middle, "max": spread.high}


def _call_json(call: CallFigures) -> dict[str, Any]:
    return {
        "seed": call.seed,
        "outcome": call.outcome.value,
        "turns": call.turns,
        "mood": {"min": call.lowest_mood, "max": call.highest_mood},
        "scores": {**call.dimensions, "overall": call.overall},
        "passed": call.passed,
    }


def simulation_turns(played: Rehearsed) -> str:
    """Every turn of a call: words, what was recognised, what changed and why."""
    card = played.card
    critical = f", critical: {', '.join(card.critical_failed)}" if card.critical_failed else ""
    points = "-" if card.overall is None else f"{card.overall:.0f}"
    head = f"{played.persona}, {played.run}, seed {played.seed}: {played.outcome.value}, overall {points}{critical}"
    return "\n".join([head, *(line for moment in played.course.moments for line in _turn(played, moment))]) + "\n"


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
