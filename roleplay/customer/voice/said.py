"""What of the mind's lines has not been said by a model's line, and so follows in the scripted voice's words."""

from __future__ import annotations

import re

from roleplay.customer.voice.acts import MANAGER
from roleplay.customer.voice.cue import Cue
from roleplay.customer.voice.guards.figures import figures, names_all
from roleplay.customer.voice.near import Nearness

TOLD = 0.5
"""Cosine from which a fact without figures was told."""
TOLD_WITH_FIGURES = 0.3
"""The same for a fact whose every figure was named."""
OPENED = 0.4
"""Cosine from which the customer has said why they call."""
HEARD = 0.3
"""Cosine from which a request was heard: of what is asked, the trainee knows more from the call."""
_ABOVE = re.compile(
    r"\b(?:manager|supervisor|boss|superior|in charge|above you|higher up|runs (?:the|this) place"
    r"|(?:some|any)(?:one|body) else)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


def unsaid(cue: Cue, shown: list[str], near: Nearness) -> tuple[str, ...]:
    """The lines of the cue that `shown` (sentences, in order) does not convey, in their order."""
    return tuple(line for line in cue.lines if not _conveyed(line, cue, shown, near))


def _conveyed(line: str, cue: Cue, shown: list[str], near: Nearness) -> bool:
    if line in {fact.says for fact in cue.persona.facts if fact.id in cue.plan.facts}:
        return _told(line, shown, near)
    if cue.plan.intent == "opening":
        return near.highest(line, _windows(shown)) >= OPENED
    if cue.plan.intent == "ask_for_manager":
        return any(near.highest(one, (line, *MANAGER.signs)) >= HEARD or _ABOVE.search(one) for one in shown)
    if cue.plan.then_asks_for and line == cue.lines[-1]:
        return _asked(line, cue, shown, near)
    return cue.plan.intent != "ask_back" or _asked(line, cue, shown, near)


def _asked(line: str, cue: Cue, shown: list[str], near: Nearness) -> bool:
    """A question at the end, or a request for the step the turn is about, in any words."""
    step = next((one for one in cue.persona.steps if one.id in (cue.plan.step, cue.plan.then_asks_for)), None)
    requests = (line, *step.asks_for, *step.ask_back) if step else (line,)
    return shown[-1].endswith("?") or any(near.highest(one, requests) >= HEARD for one in _windows(shown))


def _told(says: str, shown: list[str], near: Nearness) -> bool:
    has_figures = bool(figures(says))
    if has_figures and not names_all(says, " ".join(shown)):
        return False
    parts = [part.strip() for part in _SENTENCE.findall(says)]
    highest = max(near.highest(part, _windows(shown)) for part in (says, *parts))
    return highest >= (TOLD_WITH_FIGURES if has_figures else TOLD)


def _windows(shown: list[str]) -> tuple[str, ...]:
    """Each sentence, and the whole: a fact may be told over two."""
    return (*shown, " ".join(shown))
