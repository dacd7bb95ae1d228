"""In the part: no talk of models, prompts or scenes, and no stage directions."""

from __future__ import annotations

import re

from roleplay.customer.voice.acts import DIRECTIONS
from roleplay.customer.voice.guards.scene import Scene

_SAID_BY_PLAYERS = (
    # talk of machines
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
    r"\b(?:my|your|the|system) (?:prompt|instructions?|persona|character)\b|\bthe hint you\b",
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
    r"\b(?:are you|am i (?:talking|speaking) (?:to|with)|is this|another|a|your)\b", re.IGNORECASE
)
_STAGE = re.compile(r"[*~][^*~\n]{2,80}[*~]|\([^)\n]{2,80}\)|\[[^\]\n]{2,60}\]")
"""Nobody speaks in brackets."""


class OutOfRole:
    """Refuses words of somebody who plays a customer instead of being one."""

    name = "out_of_role"

    def objects(self, sentence: str, scene: Scene) -> str:
        found = _OUT.search(sentence)
        known = scene.mention.lower()
        if found and not _asked_of_the_other_side(sentence, found[0]) and found[0].lower() not in known:
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


_OUTSIDE = (
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
)
"""Lines of somebody who tells about the play instead of playing."""
OUTSIDE = 0.5
AHEAD = 0.08


def _steps_out(sentence: str, scene: Scene) -> bool:
    told = scene.near.highest(sentence, _OUTSIDE)
    return told >= OUTSIDE and told - scene.near.highest(sentence, (*scene.own_lines, *scene.all_lines)) > AHEAD


def _recites(sentence: str, scene: Scene) -> bool:
    papers = [*DIRECTIONS[scene.cue.plan.intent].split(". "), *scene.cue.persona.brief.replace("\n", " ").split(". ")]
    told = scene.near.highest(sentence, papers)
    return told >= RECITES and told > scene.near.highest(sentence, (*scene.own_lines, *scene.all_lines))


def without_stage_directions(sentence: str) -> str:
    """The sentence without `*sighs*` and `(laughs)`; "" if it was nothing else."""
    return " ".join(_STAGE.sub(" ", sentence).split())


def _asked_of_the_other_side(sentence: str, word: str) -> bool:
    """A customer may well ask whether they talk to a machine."""
    return bool(
        re.search("bot|ai|assistant|script", word, re.IGNORECASE)
        and _BOT_QUESTION.search(sentence)
        and not re.search(r"\bi(?:'m| am)\b", sentence, re.IGNORECASE)
    )
