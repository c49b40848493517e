"""The letters and words that coordinates are printed with.

One table for each kind of word, by their casefolded spelling without accents: another language is another
row.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Final, Literal

__all__ = [
    "AMBIGUOUS_HEMISPHERES",
    "AXIS_LABELS",
    "FILLERS",
    "HEMISPHERES",
    "UNIT_WORDS",
    "Axis",
    "Hemisphere",
    "find_key",
    "fold_word",
]

Axis = Literal["latitude", "longitude"]


@dataclass(frozen=True, slots=True)
class Hemisphere:
    """Which coordinate a letter or a word belongs to, and the sign that it gives it.

    ``languages`` holds the languages of a word; it is empty for the letters, which are common to several.
    """

    axis: Axis
    sign: Literal[-1, 1]
    letter: str
    languages: frozenset[str] = frozenset()


_NORTH: Final = Hemisphere("latitude", 1, "N")
_SOUTH: Final = Hemisphere("latitude", -1, "S")
_EAST: Final = Hemisphere("longitude", 1, "E")
_WEST: Final = Hemisphere("longitude", -1, "W")

_WORDS: Final[dict[str, tuple[tuple[Hemisphere, str], ...]]] = {
    "en": ((_NORTH, "north"), (_SOUTH, "south"), (_EAST, "east"), (_WEST, "west")),
    "fr": ((_NORTH, "nord"), (_SOUTH, "sud"), (_EAST, "est"), (_WEST, "ouest")),
}

HEMISPHERES: Final[dict[str, Hemisphere]] = {each.letter.lower(): each for each in (_NORTH, _SOUTH, _EAST, _WEST)} | {
    word: replace(each, languages=frozenset({language})) for language, words in _WORDS.items() for each, word in words
}

# West in French (ouest), Spanish and Portuguese (oeste), east in German (ost).
AMBIGUOUS_HEMISPHERES: Final[dict[str, tuple[Hemisphere, ...]]] = {"o": (_WEST, _EAST)}

AXIS_LABELS: Final[dict[str, Axis]] = {
    "lat": "latitude",
    "latitude": "latitude",
    "lon": "longitude",
    "long": "longitude",
    "lng": "longitude",
    "longitude": "longitude",
}

# Which component a unit word marks: 0 degrees, 1 minutes, 2 seconds.
UNIT_WORDS: Final[dict[str, int]] = {
    "deg": 0,
    "degree": 0,
    "degrees": 0,
    "degre": 0,
    "degres": 0,
    "min": 1,
    "minute": 1,
    "minutes": 1,
    "sec": 2,
    "second": 2,
    "seconds": 2,
    "seconde": 2,
    "secondes": 2,
}

FILLERS: Final = frozenset({"and", "et", "of", "de"})


def find_key(word: str) -> str:
    """Return the key of `word` in the tables above: a letter on its own keeps its accent.

    Examples
    --------
    >>> find_key("Degrés"), find_key("E"), find_key("É")
    ('degres', 'e', 'é')
    """
    composed = unicodedata.normalize("NFKC", word.casefold())
    return composed if len(composed) == 1 else fold_word(word)


def fold_word(word: str) -> str:
    """Return `word` casefolded and without accents.

    Examples
    --------
    >>> fold_word("Degrés")
    'degres'
    """
    parted = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in parted if not unicodedata.combining(character))
