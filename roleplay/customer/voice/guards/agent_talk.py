"""No agent talk: the customer neither helps nor speaks for the company."""

from __future__ import annotations

import re

from roleplay.customer.voice.acts import LEAVING, PLEASED
from roleplay.customer.voice.guards.scene import Scene

_SAID_BY_AGENTS = (
    # offering help
    r"\b(?:happy|glad|pleased|delighted) to (?:help|assist)\b",
    r"\b(?:can't|cannot|can not|couldn't|unable to|not able to) (?:help|assist|support) you\b",
    r"\bi(?:'d| would)? (?:just |only |really )?(?:want|like|love|hope|wish) to (?:help|assist|support) you\b",
    r"\b(?:help|assist|support) you with (?:your|any|all)\b",
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
    r"(?<!you're )(?<!you are )\b(?:calling|ringing|phoning)(?: you)? (?:from|on behalf of)\b",
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
    r"\b(?:i|we) (?:completely |totally |fully |can |do )?understand (?:your|how (?:you|frustrat|upset|difficult))\b",
    (
        r"\b(?:i|we) (?:completely |totally |fully |can |do )?understand that "
        r"(?:you(?:'re| are| feel)|this is|it's|it is) "
        r"(?:\w+ )?(?:upset|frustrat|angry|worried|concern|disappoint|anxious|unhappy|annoy|difficult|hard)"
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
        r"|booking |reference |tracking |phone |email |card |date |name,? (?:and|or|as)|address|details|number|postcode"
        r"|invoice)"
    ),
    r"\b(?:please|kindly) (?:provide|confirm|verify|share|give (?:me|us)) (?:me |us )?(?:with )?your\b",
    (
        r"\bwhat(?:'s| is) your (?:full name|name,? (?:and|or)|order|account|address|booking|policy|customer|reference"
        r"|postcode|date of birth)\b"
    ),
    r"\b(?:i|we)(?: can| do| would|'d)? (?:recommend|suggest|advise) (?:that you|you|check|try|contact)",
    r"\bplease (?:open|press|click|log in|restart|type|(?:don't|do not|never) (?:share|give out|disclose))\b",
    r"^(?:first|next|now|then),? (?:please )?(?:open|press|click|tap|log in|sign in|scan|go to|enter) [^?]*\byour\b",
    r"\bhave you (?:already )?tried (?:turn|switch|restart|reset|clear|log|unplug|reinstall)ing\b",
    r"\bwhat seems to be the\b|\bwould you (?:like|prefer) (?:me|us) to (?!spell|say|read|repeat|hold|wait)",
    r"\bmay (?:i|we) (?:ask|have|take) (?:for )?your\b|\bask you to (?:stop|refrain|remain|stay|mind)\b",
    r"\byou can (?:challenge|appeal|(?:change|cancel|manage|update|track|reset) your)\b",
    # deeds of the company, or what becomes of the caller's things
    (
        r"\b(?:i|we)(?:'ll| will| can| could|'ve| have|'m| am)(?: just)? "
        r"(?:book|arrang|cancel|chang|check|sort|fix|process|order|set|updat|refund|schedul|mov|rais|logg?|appl|add"
        r"|remov|reserv|stopp?)\w*(?: \w+){1,3} for you\b"
    ),
    r"\b(?:walk|talk|guide) you through\b",
    r"\b(?:i|we)(?:'ll| will| can) make sure (?:that )?(?:your|you (?:get|have|receive))\b",
    (
        r"\bi (?:can )?see (?:here )?(?:on|in|from) (?:the|your|our) "
        r"(?:account|system|order|booking|records?|file|screen|notes)\b"
    ),
    (
        r"\byour (?:refund|account|parcel|connection|details|convenience|property|subscription|postcode|address"
        r"|date of birth|daughter|son)\b(?! (?:department|people|team|system|page|line|manager|form|says|said))"
    ),
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
_ASKS_FOR_ONESELF = re.compile(
    r"\b(?:can|could|may|do|will|shall|should|am|would) i\b[^.]*\?|\b(?:is|are) there\b[^.]*\?|\bwho\b[^.]*\?",
    re.IGNORECASE,
)
SAID_BY_CUSTOMERS = (
    "When will I get it?",
    "When will I see the money on my card?",
    "When can I have it back?",
    "Could you slow down a bit, please?",
    "Could you say that again, please?",
    "Could you tell me your name, at least?",
    "Who am I talking to?",
    "Do you need anything else from me?",
    "Is that all you need?",
    "What do I have to do now?",
    "Where do I press?",
    "Is there somebody else I can talk to?",
    "Who do I ring if it doesn't come?",
    "Can you do that for me?",
    "Can you look it up, please?",
    "Will you write that down?",
    "I've got something else to pay.",
    "I can't wait that long.",
    "I'm not waiting any longer.",
    "And what am I supposed to do till then?",
    "What if it doesn't work?",
    "Do I have to bring anything?",
    "Are you going to help me or not?",
    "Have you got that?",
)
"""What customers of any trade say, some of it in the agents' own words: a foil."""


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
        own = scene.near.highest(sentence, (*scene.own_lines, *scene.all_lines, *SAID_BY_CUSTOMERS))
        theirs = -1.0 if parting else scene.near.highest(sentence, scene.agent_lines)
        if theirs >= NEAR and theirs - own > AHEAD:
            return True
        if not _OF_ONESELF.search(sentence) or _ASKS_FOR_ONESELF.search(sentence):
            return False
        deed = scene.near.highest(sentence, scene.deeds)
        return deed >= NEAR_A_DEED and deed - own > AHEAD_OF_A_DEED
