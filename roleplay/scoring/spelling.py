"""How people type and talk, in the spelling that the sentence model was trained on. English only.

The model reads a word that it hardly ever saw letter by letter: little is left of "holding on" in "haudin' on", or of
"I'll do it" in "ill do it". So what is embedded is spelt the usual way; what people are shown stays as it was written.
Only words that are nothing else in English stand here: to change too little costs a nuance, to change too much a
meaning.
"""

from __future__ import annotations

import re

_CONTRACTIONS = (
    "i'm i've you're you've you'd you'll we've they're they've they'd they'll he's she's that's that'll what's where's "
    "who's there's here's how's it'll don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't couldn't "
    "wouldn't shouldn't mustn't can't won't"
)
_USUAL = {word.replace("'", ""): word for word in _CONTRACTIONS.split()} | {
    "gonna": "going to", "wanna": "want to", "gotta": "have got to", "lemme": "let me", "gimme": "give me",
    "dunno": "don't know", "kinda": "kind of", "sorta": "sort of", "cuz": "because", "cos": "because",
    "coz": "because", "ain't": "isn't", "aint": "isn't", "innit": "isn't it", "'preciate": "appreciate",
    "y'all": "you all", "yall": "you all", "'em": "them", "'til": "until", "ye": "you", "ya": "you", "yer": "your",
    "yous": "you", "youse": "you", "yourn": "yours", "ta": "thanks", "thee": "you", "tha": "you", "thou": "you",
    "thy": "your", "thi": "your", "tha's": "you have", "tha'll": "you will", "owt": "anything", "nowt": "nothing",
    "summat": "something", "afore": "before", "mebbe": "maybe", "allus": "always", "aye": "yes", "nae": "no",
    "naw": "no", "nah": "no", "nope": "no", "yep": "yes", "yup": "yes", "wee": "little", "dae": "do",
    "dinnae": "don't", "didnae": "didn't", "cannae": "can't", "couldnae": "couldn't", "wouldnae": "wouldn't",
    "wasnae": "wasn't", "isnae": "isn't", "havenae": "haven't", "willnae": "won't", "hae": "have", "tae": "to",
    "fae": "from", "frae": "from", "aboot": "about", "oot": "out", "doon": "down", "roon": "round", "noo": "now",
    "whit": "what", "wha": "who", "wid": "would", "shud": "should", "gie": "give", "gied": "gave", "telt": "told",
    "tellt": "told", "auld": "old", "cauld": "cold", "haud": "hold", "hame": "home", "hoose": "house",
    "watter": "water", "ower": "over", "twa": "two", "nicht": "night", "nichts": "nights", "fricht": "fright",
    "richt": "right", "licht": "light", "awfy": "awfully", "awfu": "awful", "bairn": "child", "bairns": "children",
    "mornin": "morning", "an'": "and", "o'": "of", "wi'": "with", "gi'": "give", "ma'": "my", "th'": "the",
    "fo'": "for", "yo'": "your", "reet": "right", "neet": "night", "nobbut": "only", "ourn": "ours",
    "hisself": "himself", "theirselves": "themselves",
}  # fmt: skip
"""Contractions without their apostrophe; Scots, the north of England, Ireland, the southern states, hurry."""
_DROPPED_G = re.compile(r"\b(\w{2,}i)n['’](?!\w)", re.IGNORECASE)
_GLUED_THE = re.compile(r"\bt['’](?=[a-z]{2})", re.IGNORECASE)
_ILL = re.compile(
    r"(^|[,.;:!?]\s*|\b(?:and|so|but|then|ok|okay|or|that|if|when|because|think|hope|sure|yes|no)\s+)ill\s+(?=[a-z])"
    r"(?!people|health|person|patients?|feeling|effects?|and\b|or\b)",
    re.IGNORECASE,
)
_ITS = re.compile(
    r"\bits(?=\s+(?:a|an|the|not|in|on|at|with|been|me|my|your|our|here|there|all|just|no|\w+ing)\b)", re.IGNORECASE
)
_BEGINS = re.compile(r"(?:^|[.!?])[\s\"'“‘]*$")
_WORD = re.compile(r"['’]?\w+(?:['’]\w+)*['’]?")
_TWICE = re.compile(r"\b(the|a|an|to|of|and|i|you|it|we|my|your|in|on|at|for|with)\s+\1\b", re.IGNORECASE)
"""Who dictates says "the the"; of other words two may be meant ("bye bye", "that that")."""


def usual_spelling(text: str) -> str:
    """The text with dialect words, dropped letters and missing apostrophes in the usual spelling."""
    text = _DROPPED_G.sub(r"\1ng", text)
    text = _GLUED_THE.sub("the ", text)
    text = _ILL.sub(r"\1I'll ", text)
    text = _ITS.sub("it's", text)
    text = _WORD.sub(_usual, text)
    return _TWICE.sub(r"\1", text)


def _usual(found: re.Match[str]) -> str:
    word = found[0].replace("’", "'")
    usual = _USUAL.get(word.lower()) or _USUAL.get(word.lower().rstrip("'"))
    if usual is None:
        return found[0]
    capital = word[:1].isupper()
    if found.string[found.end() :].startswith("-") or (capital and not _BEGINS.search(found.string[: found.start()])):
        return found[0]  # a name: Tae-yong, Ken
    return usual[:1].upper() + usual[1:] if capital else usual
