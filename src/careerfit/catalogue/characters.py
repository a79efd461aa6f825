"""Characters that no text of a catalogue may hold: they are invisible, reorder a line or steer a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

MAX_COMBINING = 4
"""Most marks that may sit on one letter; more of them spill over the neighbouring lines."""

# Zero-width joiner and non-joiner (200C, 200D) are left out: several scripts cannot be written without them.
_INVISIBLE = (
    r"\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    r"\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)
_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
# compiled when first used: most commands need one of them at most
_IN_FILE = f"[{_CONTROL}{_INVISIBLE}]"
_IN_TEXT = rf"[\r{_CONTROL}{_INVISIBLE}]"
_SPACING = r"[ ]*[\t\n][ \t\n]*"
_PERHAPS_STACKED = rf"[^\x00-\u02ff]{{{MAX_COMBINING + 1}}}"


def forbidden_in_file(source: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, character) of what may not stand in a file at all; a carriage return may, as half a line end."""
    return ((match.start(), match.group()) for match in re.finditer(_IN_FILE, source))


def clean_file(source: str) -> str:
    """Return the text of a file with every forbidden character replaced, of the same length."""
    return re.sub(_IN_FILE, REPLACEMENT, source)


def forbidden_in_text(text: str) -> list[str]:
    """Return the forbidden characters of a parsed text, each once."""
    return [] if text.isascii() and text.isprintable() else list(dict.fromkeys(re.findall(_IN_TEXT, text)))


def clean_text(text: str) -> str:
    """Return a parsed text with every forbidden character replaced."""
    return re.sub(_IN_TEXT, REPLACEMENT, text)


def clean_line(text: str) -> str:
    """Return a text as it can stand on a line: forbidden characters replaced, line ends and tabs as one blank each."""
    text = clean_text(text)
    return re.sub(_SPACING, " ", text.strip("\t\n")) if "\n" in text or "\t" in text else text


def escaped_in_json(document: str) -> str:
    """Return a JSON document with every forbidden character in its texts as an escape, which means the same.

    Half a surrogate pair, as in a file name that is no UTF-8, has no meaning to keep and is replaced.
    """
    return re.sub(_IN_FILE, _escape, document)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if "\ud800" <= character <= "\udfff":
        return REPLACEMENT
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[start : start + 2].hex()}" for start in range(0, len(units), 2))


def has_stacked_marks(text: str) -> bool:
    """Return whether more than `MAX_COMBINING` combining marks follow each other."""
    if not re.search(_PERHAPS_STACKED, text):
        return False
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character).startswith("M") else 0
        if run > MAX_COMBINING:
            return True
    return False


def named(character: str) -> str:
    """Return how a message names a character, as in ``U+202E``."""
    return f"U+{ord(character):04X}"
