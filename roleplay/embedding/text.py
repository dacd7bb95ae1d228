"""The form in which every model and the cache see a text."""

from __future__ import annotations

import unicodedata


def embeddable(text: str) -> str:
    """Give `text` in NFC, without lone surrogates and outer white space; "" when nothing is left to embed.

    Halves of a surrogate pair that stand side by side become their character. A lone half becomes U+FFFD, which
    MiniLM's tokenizer drops: a "?" instead would look like a question that nobody asked.
    """
    if text.isascii() and text.isprintable():
        return text.strip()  # nearly always
    well_formed = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    normal = unicodedata.normalize("NFC", well_formed).strip()
    return normal if any(map(_is_visible, normal)) else ""


def _is_visible(character: str) -> bool:
    """Say whether a tokenizer can make something of it: no space, control, format, unassigned or bare accent."""
    category = unicodedata.category(character)
    return category[0] not in "CZ" and category != "Mn" and character != "\ufffd"
