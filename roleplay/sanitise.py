"""Text from people, files and models becomes plain text here, once, where it enters."""

from __future__ import annotations

import re
import unicodedata

_ESCAPE = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # OSC: window titles, links, clipboard writes
    r"|\x1b[PX^_][^\x1b]*(?:\x1b\\)?"  # DCS, SOS, PM, APC strings
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor moves, mode switches
    r"|\x1b[ -/]*[0-~]?"  # any other escape
)
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
# Bidirectional controls can show a line as other than it is; ZWJ and ZWNJ stay: emoji and scripts need them.
_UNSEEN = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF, 0x200B, 0x2060]
)


def clean_text(text: str) -> str:
    """The text without escape sequences, control and direction characters; one kind of line end; Unicode NFC.

    Lone surrogates (undecodable bytes) become U+FFFD, so that the result can always be encoded.
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        return text  # nearly always, and a rubric has thousands of lines
    text = _ESCAPE.sub("", text)
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ").translate(_UNSEEN)
    text = "".join(_visible(character) for character in text)
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """`clean_text` on one line: every run of white space is one space, none at the ends."""
    return " ".join(clean_text(text).split())


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category == "Cc" and character != "\n" else character
