"""In a trainee's first kind of call the coach explains each number and mark once, when it first appears."""

from __future__ import annotations

from roleplay.event import Event, FactTold, MoodChanged, Notice, ReplyScored, StepDone

_EXPLAINED: dict[type, str] = {
    ReplyScored: "✓ landed in your reply; → is one thing to try next. Only you see this.",
    MoodChanged: "Mood: from -100, furious, to 100, delighted.",
    FactTold: "They told you something new. You find it again under the facts.",
    StepDone: "One part is settled. The call is won when every part is.",
}


class Firsts:
    """Adds an explanation after the first event of each kind."""

    def __init__(self) -> None:
        self._left = dict(_EXPLAINED)

    def after(self, event: Event) -> Notice | None:
        """The explanation that belongs after `event`, if it has not been given yet."""
        text = self._left.pop(type(event), None)
        return None if text is None else Notice(text)
