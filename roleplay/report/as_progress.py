"""Progress in words that a trainee can act on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from roleplay.report.debrief import dimension_title
from roleplay.session.progress import LATEST, Progress, Share, Trend
from roleplay.session.recurring import HOLDS_TO_CURE, Recurrence

SCHEMA_VERSION = 1
BARS = "▁▂▃▄▅▆▇█"
MOST_BARS = 20
ENOUGH = 3
"""Points of change below which a trend is called steady."""
NO_CALLS = "No finished calls yet. Take one with: roleplay practice"
ALL_WELL = "Nothing recurs: no mistake came in two of your last five calls."


def progress_lines(found: Progress, title: Callable[[str], str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Sections, each a heading and its lines. `title`: of a criterion."""
    if found.overall is None and not (found.unaided.calls or found.hinted.calls):
        yield NO_CALLS, ()
        return
    yield "So far", tuple(_so_far(found))
    if found.overall is not None:
        trends = [(found.overall, "Overall"), *((one, dimension_title(one.name)) for one in found.dimensions)]
        yield f"Points (0 to 100; lately: your last {LATEST} calls)", tuple(_trend(one, name) for one, name in trends)
    recurring = tuple(_recurring(one, title(name)) for name, one in found.recurring.items())
    yield "What comes back", recurring or (ALL_WELL,)
    if found.criteria:
        yield "Every criterion, the weakest first", tuple(_trend(one, title(one.name)) for one in found.criteria)


def progress_text(found: Progress, title: Callable[[str], str]) -> str:
    """The whole as plain text."""
    blocks = ["\n".join([heading, *(f"  {line}" for line in lines)]) for heading, lines in progress_lines(found, title)]
    return "\n\n".join(blocks)


def progress_json(found: Progress) -> dict[str, Any]:
    """The same for other programs: schema_version 1."""

    def trend(one: Trend) -> dict[str, Any]:
        return {"name": one.name, "values": list(one.values), "lately": one.lately, "before": one.before}

    return {
        "schema_version": SCHEMA_VERSION,
        "overall": None if found.overall is None else trend(found.overall),
        "dimensions": [trend(one) for one in found.dimensions],
        "criteria": [trend(one) for one in found.criteria],
        "recurring": {name: asdict(one) for name, one in found.recurring.items()},
        "unaided": asdict(found.unaided),
        "hinted": asdict(found.hinted),
        "retries": found.retries,
        "hours": round(found.hours, 3),
        "left_out": found.left_out,
    }


def titles(criteria: Mapping[str, str]) -> Callable[[str], str]:
    """Titles by id; a criterion that no rubric knows any more keeps its id, in words."""
    return lambda name: criteria.get(name) or name.replace("_", " ").capitalize()


def _so_far(found: Progress) -> Iterator[str]:
    if found.unaided.calls:
        yield f"without hints: {_passed(found.unaided)}"
    if found.hinted.calls:
        yield f"with hints: {_passed(found.hinted)}"
    if found.retries:
        yield f"retries, not counted here: {found.retries}"
    if found.left_out:
        yield f"of your latest calls; {found.left_out} older ones are not looked at"
    if found.hours >= 1 / 60:
        yield f"practised: {found.hours:.1f} hours in calls"


def _passed(share: Share) -> str:
    mean = "" if share.mean is None else f", {share.mean:.0f} points on average"
    return f"{share.passed} of {share.calls} call{'s' * (share.calls != 1)} passed{mean}"


def _trend(one: Trend, name: str) -> str:
    change = one.change
    if change is None:
        how = ""
    elif abs(change) < ENOUGH:
        how = "steady"
    else:
        how = f"{'up' if change > 0 else 'down'} {abs(change):.0f}"
    return f"{name[:34]:<34} {bars(one.values):<{MOST_BARS}} lately {one.lately:3.0f}  {how}".rstrip()


def bars(values: tuple[float, ...]) -> str:
    """The latest values as little bars, 0..100."""
    top = len(BARS) - 1
    return "".join(BARS[round(min(max(value, 0.0), 100.0) / 100 * top)] for value in values[-MOST_BARS:])


def _recurring(one: Recurrence, title: str) -> str:
    left = HOLDS_TO_CURE - one.held_since
    cure = f"held {one.held_since} since, " if one.held_since else ""
    return f"{title}: missed in {one.failed} of the last {one.looked_at}; {cure}{left} more in a row and it is done"
