"""Card and account numbers that a trainee types: masked before they are stored, scored or sent anywhere."""

from __future__ import annotations

import re

_DIGITS_IN_GROUPS = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b", re.IGNORECASE)
_SSN = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_NINO = re.compile(r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_SECURITY_CODE = re.compile(r"\b(cvv|cvc|cv2|security code|pin)(\W{1,3}(?:is|was)?\W{0,2})\d{3,6}\b", re.IGNORECASE)


def mask(text: str, known: str = "") -> str:
    """The text with `[card number]` and the like in place of such numbers.

    A number is a card's if it has 13 to 19 digits and passes the Luhn check (ISO/IEC 7812-1), an account's if it is
    an IBAN (ISO 13616, modulo 97). A number that stands in `known` (a persona's own reference) is left as it is.
    """

    def masked(found: re.Match[str], is_one: bool, words: str) -> str:  # noqa: FBT001 - of a match, at once
        return words if is_one and _plain(found[0]) not in _plain(known) else found[0]

    text = _IBAN.sub(lambda found: masked(found, _is_iban(_plain(found[0])), "[account number]"), text)
    text = _DIGITS_IN_GROUPS.sub(lambda found: masked(found, _is_card(_plain(found[0])), "[card number]"), text)
    text = _SSN.sub(lambda found: masked(found, is_one=True, words="[social security number]"), text)
    text = _NINO.sub(lambda found: masked(found, is_one=True, words="[national insurance number]"), text)
    return _SECURITY_CODE.sub(lambda found: f"{found[1]}{found[2]}[code]", text)


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text).upper()


def _is_card(digits: str) -> bool:
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the digits of a two-digit number, added
    return total % 10 == 0 and len(set(digits)) > 1


def _is_iban(text: str) -> bool:
    if not 15 <= len(text) <= 34:  # noqa: PLR2004 - the shortest (Norway) and the longest there can be
        return False
    moved = text[4:] + text[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1
