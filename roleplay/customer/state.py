"""What the mind knows at a moment of the call. Frozen: each input makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from roleplay.event import MoodChange
from roleplay.persona import Intent, Persona
from roleplay.rubric import Rubric
from roleplay.transcript import Outcome


@dataclass(frozen=True, slots=True)
class Plan:
    """What the customer does next, decided by the mind and worded by a voice."""

    intent: Intent
    band: str
    """Mood band now."""
    step: str | None = None
    """The step that `accept` or `ask_back` is about."""
    part: str | None = None
    """The missing part of it."""
    facts: tuple[str, ...] = ()
    """Facts told in this turn, in order."""
    then_asks_for: str | None = None
    """The open step the customer brings up afterwards."""
    alone: bool = False
    """Facts are told without a line before them."""
    twist: str = ""
    """What has just happened on the customer's side, in their words."""


@dataclass(frozen=True, slots=True)
class CallState:
    """The whole inner state of a call."""

    mood: int
    patience: int | None
    """Replies leading nowhere that are left; None: endless."""
    reply: int = 0
    """Replies so far."""
    shown: frozenset[str] = frozenset()
    """Moves shown so far."""
    seen_last: frozenset[str] = frozenset()
    """Moves shown, or perhaps shown, in the last reply."""
    told: Mapping[str, int] = field(default_factory=dict)
    """Fact -> the reply after which it was told; 0: in the opening."""
    done: Mapping[str, int] = field(default_factory=dict)
    """Step -> the reply that did it."""
    parts: frozenset[str] = frozenset()
    """Parts said so far, as `STEP.PART`."""
    reactions: Mapping[int, int] = field(default_factory=dict)
    """Index of a reaction -> how often it happened."""
    manager_asked: int = 0
    found_out_later: tuple[MoodChange, ...] = ()
    """What moves the customer's own mark after the call."""
    holds: Mapping[int, bool] = field(default_factory=dict)
    """Reply before a hold -> whether it was announced."""
    on_hold: bool = False
    feeling_after: tuple[int, ...] = ()
    """Replies after which the customer let a feeling through; 0: the opening."""
    story_after: int | None = None
    """The reply after which the customer's story had been told."""
    signal_after: int | None = None
    """The reply after which a complaint or a vulnerability could be heard."""
    outcome: Outcome | None = None
    spoken: tuple[str, ...] = ()
    """The persona's lines used so far, in order."""

    @property
    def ended(self) -> bool:
        return self.outcome is not None


@dataclass(frozen=True, slots=True)
class DeadEnds:
    """What counts as leading nowhere, beside the persona's own moves."""

    moves: frozenset[str] = frozenset()
    """Moves that lead nowhere when shown."""
    breaches: frozenset[str] = frozenset()
    """Moves whose counterexamples lead nowhere."""
    good_acts: frozenset[str] = frozenset()
    """Moves that lead somewhere, whatever else a reply holds."""

    @classmethod
    def of(cls, rubric: Rubric) -> DeadEnds:
        """What leads nowhere under a persona's rubric."""
        return cls(
            frozenset(move.id for move in rubric.moves if move.leads_nowhere),
            frozenset(one.id for one in rubric.criteria if one.mode == "avoid" and one.leads_nowhere),
            frozenset(one.id for one in rubric.criteria if one.mode == "do"),
        )


@dataclass(frozen=True, slots=True)
class Effects:
    """What one input did."""

    changes: tuple[MoodChange, ...] = ()
    told: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    asked_again: tuple[str, ...] = ()
    disclosed: bool = False
    """A step that touches account details was done or offered."""


def band_of(persona: Persona, mood: int) -> str:
    """The name of the mood band that `mood` lies in."""
    return next(band.name for band in persona.bands if mood < band.below)


def band_index(persona: Persona, mood: int) -> int:
    """The band's place, 0 for the lowest."""
    return next(at for at, band in enumerate(persona.bands) if mood < band.below)
