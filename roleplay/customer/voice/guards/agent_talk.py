"""No agent talk: the customer neither helps nor speaks for the company."""

from __future__ import annotations

import re

from roleplay.customer.voice.acts import LEAVING, PLEASED
from roleplay.customer.voice.guards.scene import Scene

_SAID_BY_AGENTS = (
    # offering help
    r"\bhow (?:can|may|could) (?:i|we) (?:help|assist|support|be of)\b",
    r"\b(?:can|could|may) (?:i|we) (?:help|assist) you\b",
    r"\b(?:anything|something) else (?:that )?(?:i|we) can (?:help|do|assist)",
    r"\bwhat (?:can|could) (?:i|we) do for you\b",
    (
        r"\b(?:i|we)(?:'m| am|'re| are|'d be|'ll be| would be) (?:\w+ )?(?:here|happy|glad|delighted"
        r"|pleased|ready) to (?:help|assist|support|guide|walk|answer|serve)\b"
    ),
    r"\bi(?:'d| would) be happy to\b",
    # acting for the company
    (
        r"\b(?:i|we)(?:'ll| will| can| could|'m going to| am going to) (?:\w+ )?(?:help|assist|guide"
        r"|support|refund|credit|compensate|escalate|investigate|transfer|connect|put|offer) you\b"
    ),
    (
        r"\b(?:i|we)(?:'ll| will| can|'m going to| am going to) (?:look into|investigate|escalate"
        r"|arrange|process|refund|issue|waive|(?:sort|get|check) (?:this|that|it"
        r"|your \w+) (?:\w+ )?for you)\b"
    ),
    (
        r"\bwe(?:'ll| will| can| could| have|'re able to) (?:offer|send|book|arrange|give|provide"
        r"|credit|email|contact) "
    ),
    (
        r"\blet me (?:assist|guide|walk you|transfer|connect|get you|look into|pull up|check (?:your"
        r"|the|our|that for))\b"
    ),
    r"\b(?:on|to|in) your account (?:now|right away|for you)\b|\b(?:a|the) hold on your\b",
    r"\blet you know (?:as soon as|once|when)\b",
    (
        r"\bour (?:\w+ )?(?:team|company|records|system|polic(?:y|ies)|department|technicians?"
        r"|specialists?|engineers?|apologies|supervisor|side|warehouse|couriers?|customers?|package"
        r"|offer|website)\b"
    ),
    r"\bmy (?:team|colleagues?) (?:will|can)\b",
    r"\b(?:calling|ringing|phoning)(?: you)? (?:from|on behalf of)\b",
    r"\bas (?:your|a|the) (?:agent|representative|customer service|support)\b",
    # courtesies of the other side
    (
        r"\bthank(?:s| you) for (?:calling|contacting|reaching out|choosing|your (?:patience|call"
        r"|loyalty|business|understanding|cooperation))"
    ),
    (
        r"\b(?:i|we) (?:sincerely |deeply |truly |do |really |must )?apologi[sz]e for (?:the|any|your"
        r"|this|that)\b"
    ),
    (
        r"\b(?:i'm|i am|we're|we are) (?:\w+ )?sorry (?:for|about) (?:the|any|your"
        r"|this) (?:inconvenience|delay|trouble|frustration|experience|issue|problem|mistake)"
    ),
    r"\bsorry to hear (?:about |that )?you",
    (
        r"\b(?:i|we) (?:completely |totally |fully |can |do )?understand (?:your|how (?:you|frustrat"
        r"|upset|difficult)|that you)\b"
    ),
    (
        r"\b(?:i|we) (?:value|appreciate) your (?:feedback|patience|business|loyalty|call|concern"
        r"|understanding)\b"
    ),
    r"\brest assured\b|\bbear with me\b|\bfor your (?:convenience|security|safety)\b",
    r"\byou(?:'ve| have) reached\b|\bwelcome to (?:our|the)\b",
    # asking for the caller's details, advising the caller
    (
        r"\b(?:could|can|may|would|will) (?:you|i) (?:please )?(?:provide|confirm|verify|give me|have"
        r"|share|tell me|get) (?:me )?(?:with )?your (?:full |order |account |customer |policy "
        r"|booking |reference |tracking |phone |email |card |date |name|address|details|number|postcode"
        r"|invoice)"
    ),
    r"\b(?:please|kindly) (?:provide|confirm|verify|share|give (?:me|us)) (?:me |us )?(?:with )?your\b",
    (
        r"\bwhat(?:'s| is) your (?:name|order|account|address|booking|policy|customer|reference"
        r"|postcode|date of birth)\b"
    ),
    r"\b(?:i|we) (?:can |do |would |'d )?(?:recommend|suggest|advise) (?:that )?you\b",
    r"\bplease (?:open|press|click|log in|restart|type|don't share)\b",
    (
        r"\byou (?:should|can|could|might want to) (?:try|contact|call|visit|reach out|log|restart"
        r"|reset) (?:our|the|your|us)\b"
    ),
)
_PHRASES = re.compile("|".join(_SAID_BY_AGENTS), re.IGNORECASE)
NEAR = 0.55
AHEAD = 0.12
"""How near to a line of the rubric's, and how much nearer than to any of the customer's own, is agent talk."""
NEAR_A_DEED = 0.6
AHEAD_OF_A_DEED = 0.15
"""The same for what agents do in this very case, said of oneself: customers speak of it too, but not as their deed."""
FEWEST_WORDS = 5
_OF_ONESELF = re.compile(r"\b(?:we|our|us)\b|\bi(?:'ll|'m|'ve| am| will| can| have| could)\b", re.IGNORECASE)


class AgentTalk:
    """Refuses the agent's phrases, and what is plainly nearer to an agent's lines than to the persona's."""

    name = "agent_talk"

    def objects(self, sentence: str, scene: Scene) -> str:
        if self._has_a_phrase(sentence, scene) or self._sounds_like_an_agent(sentence, scene):
            return "That is what an agent says. You are the customer: you want help, you give none."
        return ""

    def _has_a_phrase(self, sentence: str, scene: Scene) -> bool:
        found = _PHRASES.search(sentence)
        own = (*scene.own_lines, *scene.all_lines)
        return found is not None and not any(found[0].lower() in line.lower() for line in own)

    def _sounds_like_an_agent(self, sentence: str, scene: Scene) -> bool:
        named = any(name in sentence for name in scene.cue.persona.name.split())
        parting = scene.cue.plan.intent in LEAVING.intents | PLEASED.intents  # both sides thank and take leave alike
        if named or len(sentence.split()) < FEWEST_WORDS:
            return False
        own = scene.near.highest(sentence, (*scene.own_lines, *scene.all_lines))
        theirs = -1.0 if parting else scene.near.highest(sentence, scene.agent_lines)
        if theirs >= NEAR and theirs - own > AHEAD:
            return True
        deed = scene.near.highest(sentence, scene.deeds) if _OF_ONESELF.search(sentence) else -1.0
        return deed >= NEAR_A_DEED and deed - own > AHEAD_OF_A_DEED
