"""Whether a reply is in another language than the call: cautious, a learner's sentence must never be taken for one."""

from __future__ import annotations

import re
import unicodedata

_ENGLISH_WORDS = (
    "a about again all am an and any are as ask at back be been before but by call can check could "
    "customer day did do does done for from get give go good got had has have hello help her here hi him "
    "his how i if in is it just know let like look make may me mine moment more my name need new no not "
    "now of ok okay on one or order our out over please problem right say see send she sir so some sorry "
    "sure take tell thank thanks that the them then there they this to today told up us very want was we "
    "well were what when where which who why will with work would yes you your "
)
_COMMON_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_COMMON_ELSEWHERE = {
    "Spanish": "el la lo una que por para con está usted pero como hola gracias señor puedo mi su eso siento ayudar",
    "German": "der die das und ich nicht ist mit sie ein eine wir haben bitte danke für auf zu guten tag kann mir",
    "French": "le les une est je vous nous pas pour avec dans merci bonjour que qui votre mon des monsieur madame puis",
    "Portuguese": "os uma não que para com você obrigado obrigada está olá senhor senhora por meu seu eu posso",
    "Italian": "il gli una che non per con sono grazie buongiorno signora signor posso mio suo della aiutare",
    "Polish": "nie się jest że pan pani dzień dobry proszę dziękuję mogę czy jak na w z pomóc",
    "Dutch": "het een en ik niet u met voor van goedemorgen dank kunnen wij zijn uw helpen",
    "Turkish": "bir ve için değil merhaba teşekkür ederim nasıl size bu evet hayır yardım",
    "Hungarian": "és nem hogy egy kérem köszönöm jó napot vagyok segíteni az önnek",
}
_FOREIGN = {language: frozenset(words.split()) for language, words in _COMMON_ELSEWHERE.items()}
_ALL_FOREIGN = frozenset().union(*_FOREIGN.values())
_SCRIPTS = {"CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
_FEWEST_LETTERS = 3
"""Letters of another script from which a reply can be in it."""
_FEWEST_WORDS = 3
_FEWEST_SIGNS = 2
"""Foreign function words that make a reply foreign; for each English one in it, as many more."""


def other_language(text: str, language: str) -> str | None:
    """The name of the language or script a reply seems to be in, if it is surely not English; else None.

    Only calls in English are judged. When in doubt a reply passes.
    """
    if not language.startswith("en"):
        return None
    if script := None if text.isascii() else _other_script(unicodedata.normalize("NFKC", text)):
        return _SCRIPTS.get(script, script.capitalize())
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text).lower())
    if len(words) < _FEWEST_WORDS or sum(word in _ALL_FOREIGN for word in words) < _FEWEST_SIGNS:
        return None  # nearly always
    english = sum(word in _COMMON_ENGLISH for word in words)
    signs = {name: sum(word in common for word in words) for name, common in _FOREIGN.items()}
    likeliest = max(signs, key=signs.__getitem__)
    enough = signs[likeliest] >= _FEWEST_SIGNS * (1 + english)
    return likeliest if enough else None


def _other_script(text: str) -> str | None:
    """The Unicode name of the script that most letters are in, if it is not Latin."""
    letters = [character for character in text if character.isalpha()]
    foreign = [character for character in letters if not unicodedata.name(character, "LATIN").startswith("LATIN")]
    if len(foreign) < _FEWEST_LETTERS or len(foreign) <= len(letters) / 2:
        return None
    return unicodedata.name(foreign[0]).split()[0].split("-")[0]
