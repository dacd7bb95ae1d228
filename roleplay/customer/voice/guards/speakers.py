"""One speaker only: the line ends where a label of the other side (or anybody's second label) begins."""

from __future__ import annotations

import re

from roleplay.customer.voice.guards.scene import Scene

_ROLES = (
    "agent|assistant|support|rep(?:resentative)?|operator|adviser|advisor|employee|staff|clerk|service|cs|csr|helpdesk"
    "|help desk|customer service|customer support|customer care|call cent(?:re|er)|trainee|me|you|user|system|human|ai"
    "|bot|narrator|customer|caller|client|manager|supervisor|receptionist|pharmacist|answer|reply|response"
)
_LABEL = re.compile(
    rf"(?:^|[.!?…\"'“”*_|/\]]\s+|[\"'“*_\[(|/])(?:the\s+)?(?:{_ROLES})\s*(?:\([^)]{{0,40}}\)|\[[^\]]{{0,40}}\])?"
    rf"[\"'*_\])]*\s*(?::|->|=>|>)(?!//)|[\[(]\s*(?:{_ROLES})\s*[\])]",
    re.IGNORECASE,
)
_FIRST_WORDS = re.compile(r"^[\s\"'“*_\[(]*([A-Z][\w.'’&-]*(?:\s[A-Z&][\w.'’&-]*){0,4})[\"'*_\])]*\s*(?::\s|>\s|->)")


class OneSpeaker:
    """Refuses a sentence with a speaker's label in it."""

    name = "one_speaker"

    def objects(self, sentence: str, scene: Scene) -> str:
        if _LABEL.search(sentence) or _names_somebody(sentence, scene):
            return "Speak only your own next line, without any speaker's name before it."
        if _is_told(sentence, scene) or _is_addressed(sentence, scene):
            return "Speak only your own next line, as its words are said aloud."
        return ""


def _is_told(sentence: str, scene: Scene) -> bool:
    """A line in a story: `"...," said Halina`, `..., I replied`."""
    names = "|".join(re.escape(name) for name in scene.cue.persona.name.split())
    own = rf"\b(?:{names}) (?:{_TELLING}|said|says)\b|\b(?:{_TELLING}|said|says) (?:{names})\b|\bI (?:{_TELLING})\b"
    return re.search(rf"[,.!?…][\"'”’]?\s+(?:{own})", sentence) is not None or (
        re.search(rf"[\"”]\s+(?:he|she|they) (?:{_TELLING}|said|says)\b[^\"“]*,? (?:and|with|as)\b", sentence)
        is not None
    )


_TELLING = "replied|replies|answered|answers|responded|responds|shouted|shouts|muttered|mutters|sighed|sighs"


def _is_addressed(sentence: str, scene: Scene) -> bool:
    """The customer's own surname with a title is what the other side says."""
    surname = re.escape(scene.cue.persona.name.split()[-1])
    found = re.search(rf"(?:(\S+)\s+)?\b(?:Mr|Mrs|Ms|Miss|Dr)\b\.? {surname}\b", sentence)
    return found is not None and (found[1] or "").lower().strip("'\"‘“,") not in _INTRODUCES


_INTRODUCES = {"it's", "it’s", "is", "i'm", "i’m", "i", "am", "dear", "a", "for", "not", "that's", "mr", "to"}


def without_own_label(sentence: str, name: str) -> str:
    """The sentence without the customer's own label before it: `Customer:`, `Ruth Calloway:`, `**Ruth:**`."""
    names = "|".join(re.escape(one) for one in (name, *name.split()) if len(one) > 1)
    own = rf"^[\s\"'“*_\[(]*(?:customer|caller|{names})\s*(?:\([^)]{{0,40}}\))?[\"'*_\])]*\s*:[\s*_]*"
    return re.sub(own, "", sentence, count=1, flags=re.IGNORECASE)


def _names_somebody(sentence: str, scene: Scene) -> bool:
    """A name before a colon; an ordinary word ("Look: ...") is none."""
    found = _FIRST_WORDS.match(sentence)
    if found is None:
        return False
    words = found[1].split()
    known = {*scene.cue.persona.name.split(), *scene.cue.persona.company.split()}
    return len(words) > 1 or words[0] in known or (words[0].isupper() and len(words[0]) > 1) or ">" in found[0]
