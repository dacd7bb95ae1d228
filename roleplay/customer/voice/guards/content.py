"""Nothing that nobody should have to hear in training: threats, self-harm, sexual content, slurs."""

from __future__ import annotations

import re
from hashlib import sha256

from roleplay.customer.voice.guards.scene import Scene

_DO_HARM = (
    r"kill|hurt|beat|smash|punch|stab|shoot|burn|bomb|find (?:you|out where you live)|come (?:for|after) you|break your"
    r"|make you (?:pay for this|suffer|bleed|regret)"
)
_THREAT = (
    (
        r"\b(?:i|we)(?:'ll| will|'m going to| am going to|'m gonna| could| swear i'll)? "
        rf"(?:\w+ ){{0,3}}?(?:{_DO_HARM})\b"
        r"(?! (?:the(?! (?:lot|whole lot|pair) of you)|a|an|some|time|this up|my (?:phone|router|bank)))"
    ),
    r"\byou(?:'ll| will) (?:be sorry you were born|pay with|bleed)\b|\bi know where you (?:live|work)\b",
    r"\bwatch your back\b|\byou(?:'re| are) (?:a )?dead\b|\b(?:will|going to) get hurt\b|\bset fire to\b",
    r"\b(?:wait(?:ing)? for|follow(?:ing)?) you (?:outside|home)\b|\bwhen you leave work\b",
    r"\bwith a (?:knife|gun|bat)\b",
    r"\bwon't (?:walk out|get out|leave) (?:of )?(?:there|that building|alive)\b",
)
_SELF_HARM = (
    r"\b(?:kill|hurt|harm|cut)(?:ing|ting)? myself\b|\bend(?:ing)? (?:my life|it all)\b|\bsuicid\w*",
    (
        r"\b(?:don't|do not) (?:much |really |even )?want to (?:live|be here|wake up|go on)\b"
        r"(?! (?:with|in|next|near|on|like|about|there|hold))|\bbetter off dead\b|\bend myself\b"
    ),
    r"\bno reason to (?:live|go on)\b|\bjump off\b|\boff the (?:balcony|bridge|roof)\b",
    r"\btake (?:all )?(?:my|the) (?:pills|tablets) at once\b",
)
_SEXUAL = (
    r"\b(?:sex(?:ual|ually|y)?|naked|nude|undress|blow ?job|porn\w*|orgasm|horny|boobs|tits|dick pic)\b",
    r"\b(?:in bed|sleep) with (?:me|you)\b|\bwhat are you wearing\b",
)
_KINDS = tuple(
    (kind, re.compile("|".join(patterns), re.IGNORECASE))
    for kind, patterns in (("threat", _THREAT), ("self-harm", _SELF_HARM), ("sexual content", _SEXUAL))
)
# sha256, first 12 digits, of lower-case words; kept so that nobody has to read them. Add one:
# python -c "import hashlib,sys;print(hashlib.sha256(sys.argv[1].encode()).hexdigest()[:12])" WORD
_HASHES = (
    "08a841e99678 0be9b885f4a3 120f6e5b4ea3 12e6274e4309 158869a97379 16ea09fc78ca 22fc75e65a0e "
    "27a62b68179c 27eb0c4ad707 3160c321bcd0 333f76180929 33740da8a87d 3b1e0d7c5dd4 43508b5c03b8 "
    "4b18aefe826a 4c58f5d5fe92 566f532d486c 619bc82e0d20 8171c4ecae07 886d51e97ad7 8f5083e3e5c7 "
    "94a877e2ce63 98b52c4b6b7d 9915ba2d8222 9ae315a94e42 a40ccba874d2 ad64e56f214e bd331fb1d242 "
    "c1b4ed05397d c2c3b68b4883 c3de533e9b7f cc02032349c8 d067075bc9d8 d75a838dc758 dc675e448132 "
    "dd92623b0a4b e742d17ff490 e7b98c6aa5b9 eef3bd091670 f64c6fad9c3c f9d0d9b18ae9"
)
_SLURS = frozenset(_HASHES.split())
_WORD = re.compile(r"[^\W\d_]{3,}")


MEANS: dict[str, tuple[str, ...]] = {
    "threat": (
        "I'll set fire to your office.",
        "I'm going to hurt you.",
        "I know where you live.",
        "People like you should be put up against a wall and shot.",
        "Something could happen to you on the way home.",
        "I could make sure that you or your family come to harm.",
        "I'll come down there and you'll be sorry.",
        "You'll see what happens to people who cross me.",
        "I'd smash your face in if I were there.",
        "Somebody ought to teach you a lesson with their fists.",
        "I've got a gun at home.",
        "Be careful when you walk to your car tonight.",
        "You'll wish you'd never been born.",
        "I'd love to slap you.",
        "I hope somebody runs you over.",
        "I hope you get ill and die.",
        "Go and drink some poison.",
        "You deserve a good beating.",
        "I'll wait for you outside when you finish work.",
        "I'll find out who you are and make you pay.",
        "I hope you and your family suffer for this.",
        "I'd strangle you if I could reach you.",
        "Next time I come I'm bringing a baseball bat.",
        "Somebody's going to end up in hospital.",
        "I'll burn that shop of yours to the ground.",
    ),
    "self-harm": (
        "I've got enough tablets here to end it.",
        "It would be easier if I weren't alive any more.",
        "I want to die.",
        "I might as well hurt myself.",
        "Nobody would miss me if I were gone.",
        "I'd rather not wake up tomorrow.",
        "I'm standing at the window and thinking of jumping.",
        "I can't go on living like this.",
        "I just want to be with him where he is now.",
        "I should follow her into the grave.",
        "If it comes to that, I'll end it for myself.",
        "There's no point in living without him.",
        "I've thought about ending my life.",
        "I don't want to be here any more.",
        "I'll do something to myself if this goes on.",
        "Everybody would be better off if I were dead.",
        "I've got a rope in the garage.",
    ),
    "sexual content": (
        "Come round to my place and take your clothes off.",
        "I'd like to see you with nothing on.",
        "Your voice turns me on.",
        "I bet you're pretty, what are you wearing?",
        "We could have some fun in bed.",
        "You sound sexy, are you single?",
        "I'd like to kiss you and touch you.",
        "Send me a picture of your body.",
    ),
}
"""Lines that mean such things, for words that no list has."""
NEAR = 0.55
AHEAD = 0.05
"""How near to one of them, and how much nearer than to any of the customer's own lines, is the same."""
PERHAPS, FAR_AHEAD, FEWEST_WORDS = 0.45, 0.18, 6
"""The same for a sentence of so many words that is far from all that this customer says."""


class Content:
    """Refuses such content, unless the persona declares its kind under `content:` (shown before the call)."""

    name = "content"

    def objects(self, sentence: str, scene: Scene) -> str:
        declared = " ".join(scene.cue.persona.content).lower()
        for kind, pattern in _KINDS:
            if any(word in declared for word in _DECLARED[kind]):
                continue
            if pattern.search(sentence) or _means(kind, sentence, scene):
                return f"No {kind}, please. Be as upset as you are, without it."
        return "No slurs, please." if any(_is_slur(word) for word in _WORD.findall(sentence)) else ""


_DECLARED = {
    "threat": ("threat",),
    "self-harm": ("self-harm", "self harm", "suicid"),
    "sexual content": ("sexual",),
}


def _means(kind: str, sentence: str, scene: Scene) -> bool:
    told = scene.near.highest(sentence, MEANS[kind])
    if told < PERHAPS:
        return False
    ahead = told - scene.near.highest(sentence, (*scene.own_lines, *scene.all_lines))
    return (told >= NEAR and ahead > AHEAD) or (ahead > FAR_AHEAD and len(sentence.split()) >= FEWEST_WORDS)


def _is_slur(word: str) -> bool:
    """By its hash, in the singular and plural."""
    word = word.lower()
    return any(sha256(one.encode()).hexdigest()[:12] in _SLURS for one in (word, word.removesuffix("s")))
