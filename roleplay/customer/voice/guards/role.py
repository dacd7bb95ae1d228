"""In the part: no talk of models, prompts or scenes, and no stage directions."""

from __future__ import annotations

import re

from roleplay.customer.voice.acts import DIRECTIONS
from roleplay.customer.voice.guards.scene import Scene

_SAID_BY_PLAYERS = (
    # talk of machines
    r"\b(?:unable|not able) to (?:assist|help|comply|continue)\b|\btry again later\b",
    r"\bi(?:'m| am) (?:afraid i(?:'m| am) )?not (?:a |really )?(?:human|real|a person)\b",
    (
        r"\b(?:an? (?:ai|a\.i\.)\b|as an ai|language model|llm|chatgpt|openai|anthropic"
        r"|virtual assistant|chat ?bot)\b"
    ),
    (
        r"\b(?:can't|cannot|can not|unable to|won't) (?:help|assist|comply|continue) with (?:that"
        r"|this) (?:request|conversation)\b"
    ),
    r"\bnot comfortable (?:writing|saying|with (?:this|that|writing))\b",
    # talk of the play
    r"\brole-?play(?:ing)?\b|\bsimulat(?:e|ed|ing|ion)\b|\bin character\b|\bout of character\b",
    r"\bfeedback on your repl",
    (
        r"\b(?:the|this|a) (?:trainee|training (?:call|exercise|session)|exercise|scenario|script"
        r"|persona|character)\b"
    ),
    r"\b(?:my|your|the|system) (?:prompt|instructions?|persona|(?<!in my )character)\b|\bthe hint you\b",
    r"\b(?:training|practi[cs]e|fictional|hypothetical) (?:scenario|exercise|conversation|situation)\b|\bplay along\b",
    r"\b(?:in|of) (?:the |my )?(?:role|part|character) of\b|\b(?:stay|remain)(?:ing)? in (?:the |my )?(?:role|part)\b",
    (
        r"\b(?:write|use|produce|generate|provide) (?:any )?(?:abusive|offensive|insulting|rude|such|that kind of) "
        r"(?:language|content|words|lines)\b|\bunable to (?:insult|swear|be rude)\b"
    ),
    r"\bthe (?:caller|customer)(?:'s (?:voice|tone|mood|feelings)| (?:is|sounds|seems|pauses|sighs|replies|feels))\b",
    r"^as an? [\w' -]{3,40}, i(?:'d| would)\b|\bi(?:'d| would) (?:respond|react|reply) (?:with|by|in)\b",
    r"\b(?:instructed|told|supposed|meant|allowed) not to (?:reveal|disclose|share|mention)\b|\bwhat you had in mind\b",
    r"\bcontinue the conversation\b",
    (
        r"\bi(?:'m| am) (?:playing|pretending|acting as|here to play|(?:supposed |meant |told "
        r"|asked )?to (?:play|say|ask|tell|answer|reply|speak))\b"
    ),
    r"\bplay(?:ing)? the (?:part|role)\b|\bas (?:the|a) (?:furious |angry )?customer\b",
    # talk of the line
    r"\bhere(?:'s| is) (?:my|the|a|\w+'s) (?:next )?(?:line|response|reply|answer)\b",
    r"\b\w+'s (?:next )?(?:line|reply|response)(?: is|:)",
    r"\b(?:rewritten|rephrased|reworded)\b|\bin (?:my|your) own words\b",
    r"\bthe (?:text|message) (?:above|says|below)\b",
    ("^in an? [\\w, ]{3,40} (?:voice|tone)\\b|\\bin the mood ['\\\"‘“]"),
    # the script itself
    r"\b(?:mood|intent|patience|band|temperament|step|fact|policy|brief)\s*[:=]|^fact \w+",
    r"\b(?:my|your|the) (?:intent|mood) is\b",
    r"\bthe step counts\b|\b[a-z]+_[a-z_]+\b",
)
_OUT = re.compile("|".join(_SAID_BY_PLAYERS), re.IGNORECASE)
_BOT_QUESTION = re.compile(
    r"\b(?:are you|am i (?:talking|speaking) (?:to|with)|is this|what are|another|a|your)\b", re.IGNORECASE
)
_STAGE = re.compile(r"[*~][^*~\n]{2,80}[*~]|\([^)\n]{2,80}\)|\[[^\]\n]{2,60}\]")
"""Nobody speaks in brackets."""


class OutOfRole:
    """Refuses words of somebody who plays a customer instead of being one."""

    name = "out_of_role"

    def objects(self, sentence: str, scene: Scene) -> str:
        found = _OUT.search(sentence)
        if found and not _asked_of_the_other_side(sentence, found[0]) and not _says_it_anyway(found[0], scene):
            return _STAY
        first = re.escape(scene.cue.persona.name.split()[0])
        if re.search(
            rf"\bas {first}, i\b|\b{first} (?:is|was|would|says|feels|replies|answers)\b", sentence, re.IGNORECASE
        ):
            return _STAY
        if _steps_out(sentence, scene) or _recites(sentence, scene):
            return _STAY
        return "No stage directions; only what is said aloud." if _STAGE.search(sentence) else ""


RECITES = 0.75
"""Cosine to our direction, or the agent's brief, from which a sentence recites it and speaks no line of its own."""
_STAY = "You are the customer and nobody else; say only what the customer says aloud."


OUTSIDE_LINES = (
    "I'm only a simulation and cannot feel anything.",
    "I cannot continue with this conversation.",
    "As an assistant I must remain polite.",
    "This is the end of the scene.",
    "End of the conversation.",
    "Let me know if you would like another version of this.",
    "Here is a reply in the customer's voice.",
    "The customer sounds upset and demands an answer.",
    "He pauses and waits for the agent to answer.",
    "She speaks quietly, holding back tears.",
    "This response shows frustration while staying realistic.",
    "In this situation I would express my anger.",
    "What would you like me to write next?",
    "Well done, that was a good answer for a trainee.",
    "According to my description I am impatient.",
    "I am supposed to be angry at this point.",
    "I must not reveal that yet.",
    "I will tell you that once you have earned my trust.",
    "Understood, I will stay in the role.",
    "I'd answer that with sarcasm.",
    "Is this reply what you wanted, or shall I make it shorter?",
    "A frustrated customer would say something like this.",
    "My goal in this conversation is to get a refund without giving in.",
    "I'm designed to be helpful and polite.",
    "I apologise, but I can't generate that.",
    "Her tone is cold and her answers are short.",
    "His voice shakes and he takes a deep breath.",
    "There is a long pause on the line.",
    "This is just an exercise, you're not a real agent.",
    "In my own words, that means I'm upset.",
    "My description says that I'm worried about money.",
    "I won't reveal that until you ask the right question.",
)
"""Lines of somebody who tells about the play instead of playing."""
OUTSIDE = 0.5
AHEAD = 0.08
PERHAPS_OUTSIDE, FAR_AHEAD = 0.45, 0.15
"""How near to one of them, and how much nearer than to any of the customer's own lines, is such a line."""
FEWEST_WORDS = 6


def _says_it_anyway(words: str, scene: Scene) -> bool:
    return words.lower() in " ".join((*scene.own_lines, *scene.all_lines)).lower()


def _steps_out(sentence: str, scene: Scene) -> bool:
    if len(sentence.split()) < FEWEST_WORDS:
        return False
    told = scene.near.highest(sentence, OUTSIDE_LINES)
    ahead = told - scene.near.highest(sentence, (*scene.own_lines, *scene.all_lines))
    return (told >= OUTSIDE and ahead > AHEAD) or (told >= PERHAPS_OUTSIDE and ahead > FAR_AHEAD)


def papers(scene: Scene) -> tuple[str, ...]:
    """What stands in the direction and in the agent's brief, sentence by sentence."""
    texts = (DIRECTIONS[scene.cue.plan.intent], scene.cue.persona.brief.replace("\n", " "))
    return tuple(sentence for text in texts for sentence in text.split(". "))


def _recites(sentence: str, scene: Scene) -> bool:
    told = scene.near.highest(sentence, papers(scene))
    own = (*scene.own_lines, *scene.own_sentences, *scene.all_lines)
    return told >= RECITES and told > scene.near.highest(sentence, own)


def without_stage_directions(sentence: str) -> str:
    """The sentence without `*sighs*` and `(laughs)`; "" if it was nothing else."""
    return " ".join(_STAGE.sub(" ", sentence).split())


def _asked_of_the_other_side(sentence: str, word: str) -> bool:
    """A customer may well ask whether they talk to a machine."""
    return bool(
        re.search("bot|ai|assistant|script|instruction", word, re.IGNORECASE)
        and _BOT_QUESTION.search(sentence)
        and not re.search(r"\bi(?:'m| am)\b", sentence, re.IGNORECASE)
    )
