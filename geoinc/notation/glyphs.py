"""The characters that print uses for one thing, folded into one each.

Only characters that stand for the same thing are folded: every kind of space to a space, every decimal digit
to 0-9, every hyphen and minus to ``-``. What changes a meaning is left for the readers to refuse.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from geoinc.errors import ReadingError

__all__ = [
    "DEGREE_GLYPHS",
    "DOUBLE_QUOTES",
    "MAX_CHARACTERS",
    "SINGLE_QUOTES",
    "check_length",
    "fold_characters",
    "shorten",
]

MAX_CHARACTERS: Final = 200

DEGREE_GLYPHS: Final = frozenset("°º˚∘")
SINGLE_QUOTES: Final = frozenset("'’‘‛‚´`′‵ʹʼˊ＇")
DOUBLE_QUOTES: Final = frozenset('"”“„‟″‶ʺ˝〃＂')

_DASHES: Final = frozenset("-‐‑‒–—−﹣－")
_INVISIBLE: Final = frozenset("\u200b\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\ufeff\u00ad\u061c")
_FOLDED: Final = {
    "\u066b": ".",  # Arabic decimal separator
    "\u060c": ",",  # Arabic comma
    "\uff0c": ",",
    "\uff0e": ".",
    "\uff0b": "+",
    "\uff1a": ":",
    "\uff1b": ";",
    "\u061b": ";",
}


def fold_characters(text: str) -> str:
    r"""Return `text` with look-alike characters folded, spaces single, and no space at either end.

    Parameters
    ----------
    text : str
        As printed. Letters keep their case; quotation marks and degree signs stay as they are.

    Returns
    -------
    str
        Never longer than `text`.

    Examples
    --------
    >>> fold_characters("  ١٩\u00a0km")
    '19 km'
    >>> fold_characters("\u221219.5")
    '-19.5'
    """
    return " ".join("".join(_fold_character(character) for character in text).split())


def _fold_character(character: str) -> str:
    if character in _INVISIBLE:
        return ""
    if character.isspace():
        return " "
    if character in _DASHES:
        return "-"
    # A superscript two has a digit value but is no decimal digit: `decimal` refuses it, `digit` would not.
    decimal = unicodedata.decimal(character, None)
    if decimal is not None:
        return str(decimal)
    return _FOLDED.get(character, character)


def check_length(text: str, what: str) -> None:
    """Refuse a text that is empty or too long to be one printed `what`.

    Raises
    ------
    ReadingError
        If `text` holds nothing but spaces, or more than `MAX_CHARACTERS` characters.
    """
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(
            f"the text has {len(text)} characters, too many for one {what} (at most {MAX_CHARACTERS}); "
            f"give the {what} alone: {shorten(text)!r}",
            text=text,
        )
    if not fold_characters(text):
        raise ReadingError(f"the text is empty; give a {what}", text=text)


def shorten(text: str, limit: int = 60) -> str:
    """Return `text`, cut to `limit` characters where it is longer, for an error message."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
