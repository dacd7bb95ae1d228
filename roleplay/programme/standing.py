"""How a trainee stands in the programme: a fold over the log of training and what their calls came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from roleplay.call_log import NO_DETAILS, CallDetails, CallSummary
from roleplay.curriculum import LAYERS, Curriculum, Layer, LayerName
from roleplay.programme.challenge import level_of, staircase
from roleplay.programme.spacing import Seen, Spaced, spaced
from roleplay.session.progress import recurring
from roleplay.session.recurring import Recurrence
from roleplay.training import Deed, TrainingEntry

HOUR = 3600.0
YEAR = timedelta(days=365)
ROUND = 4
"""Questions in a round."""
HARD_CALLS = 2
"""Calls in a row on one day that did not succeed, after which a stop is suggested."""
EXERCISES = (Deed.CASE, Deed.SHEET, Deed.GRADE, Deed.WRITTEN)
"""... beside rounds of questions and calls."""


@dataclass(frozen=True, slots=True)
class Trained:
    """All that the records say of a trainee's training."""

    entries: tuple[TrainingEntry, ...]
    """In order."""
    calls: tuple[CallSummary, ...]
    """Finished calls that are no retries, the oldest first."""
    details: Mapping[str, CallDetails]

    def of(self, call: str | None) -> CallDetails:
        """What a call came to; nothing where it is not known."""
        return self.details.get(call or "", NO_DETAILS)

    def sittings(self) -> Iterator[tuple[datetime, float]]:
        """When training took place, and the seconds of it: calls and exercises, without breaks."""
        for one in self.entries:
            yield one.at, one.seconds
        for call in self.calls:
            yield call.header.started_at, self.of(call.header.id).figures.get("seconds", 0.0)

    def hours_since(self, then: datetime) -> float:
        """Hours of training after a time."""
        return sum(seconds for at, seconds in self.sittings() if at > then) / HOUR


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is."""

    layer: LayerName | None
    """None: not placed yet."""
    position: float
    """On the staircase of difficulty, 1 to below 10."""
    in_layer: tuple[TrainingEntry, ...]
    """What was done since the layer was entered."""
    targets: Mapping[str, Spaced]
    recurring: Mapping[str, Recurrence]
    """Criteria that failed in two of the last five calls, until they hold three times."""
    hard_today: int
    """Calls in a row that did not succeed, the latest ones, today."""
    hours: float
    """In training within the last year: calls and exercises, without breaks."""
    since: date | None
    """The first day of training within the last year."""

    @property
    def level(self) -> int:
        """The difficulty of the next call, 1 to 9."""
        return level_of(self.position)

    @property
    def needs_rest(self) -> bool:
        """Two hard calls in a row: a stop is better than a third."""
        return self.hard_today >= HARD_CALLS

    def rounds(self) -> int:
        """Whole rounds of questions in this layer."""
        return sum(one.deed is Deed.QUESTION for one in self.in_layer) // ROUND

    def units(self) -> int:
        """Things done in this layer: rounds, calls, exercises."""
        done = sum(one.deed in (Deed.CALL, *EXERCISES) for one in self.in_layer)
        return done + self.rounds()

    def due(self, today: date) -> list[str]:
        """Criteria to be asked for again by `today`, the weakest first."""
        found = [name for name, one in self.targets.items() if one.due <= today]
        return sorted(found, key=lambda name: (self.targets[name].lately, self.targets[name].due, name))


def standing(curriculum: Curriculum, trained: Trained, now: datetime) -> Standing:
    """The fold."""
    layer, since = _layer(trained.entries)
    in_layer = trained.entries[since:]
    steps = [one for one in trained.entries if one.deed is Deed.CALL and one.share is not None]
    start = curriculum.layer(layer).challenge if layer else curriculum.layers[0].challenge
    placed = next((one.challenge for one in reversed(trained.entries) if one.deed is Deed.PLACED), None)
    position = staircase(placed if placed is not None else start, (one.share == 1 for one in steps))
    return Standing(
        layer=layer,
        position=position,
        in_layer=in_layer,
        targets=spaced(_seen(trained), curriculum.spacing_days),
        recurring=recurring(trained.of(call.header.id) for call in trained.calls),
        hard_today=_hard(trained.calls, now),
        hours=trained.hours_since(now - YEAR),
        since=min((at.date() for at, _ in trained.sittings() if at > now - YEAR), default=None),
    )


def ready_for(standing: Standing, layer: Layer) -> LayerName | None:
    """The layer that the evidence leads to; None: not yet, or there is none above."""
    asked = layer.moves_up
    if asked is None or standing.layer != layer.id:
        return None
    hard = [
        one
        for one in standing.in_layer
        if one.deed is Deed.CALL and one.challenge is not None and level_of(one.challenge) >= asked.at_challenge
    ][-asked.of :]
    others = sum(one.deed in EXERCISES for one in standing.in_layer) + standing.rounds()
    enough = sum(one.share == 1 for one in hard) >= asked.passed and others >= asked.exercises
    return LAYERS[LAYERS.index(layer.id) + 1] if enough else None


def _layer(entries: Sequence[TrainingEntry]) -> tuple[LayerName | None, int]:
    """The layer, and the place in the log from which one is in it."""
    layer, since = None, 0
    for at, one in enumerate(entries):
        if one.deed in (Deed.PLACED, Deed.MOVED):
            layer, since = next((name for name in LAYERS if name == one.what), None), at + 1
    return layer, since


def _seen(trained: Trained) -> Iterable[Seen]:
    """Every time a criterion was asked for, in order of time."""
    found: list[tuple[datetime, Seen]] = []
    for one in trained.entries:
        if one.deed is Deed.QUESTION and one.share is not None:
            found += [(one.at, Seen(name, one.at.date(), one.share == 1)) for name in one.aims]
    for call in trained.calls:
        at = call.ended_at or call.header.started_at
        details = trained.of(call.header.id)
        found += [(at, Seen(name, at.date(), not details.failed(name))) for name in details.criteria]
    return (seen for _, seen in sorted(found, key=lambda pair: pair[0]))


def _hard(calls: Sequence[CallSummary], now: datetime) -> int:
    number = 0
    for call in reversed(calls):
        if call.header.started_at.date() != now.date() or call.result is None or call.result.passed:
            break
        number += 1
    return number
