"""The letters and words that coordinates are printed with.

One table for each kind of word, by their casefolded spelling without accents: another language is another
row.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

__all__ = [
    "ABBREVIATIONS",
    "AMBIGUOUS_HEMISPHERES",
    "AXIS_LABELS",
    "FILLERS",
    "HEMISPHERES",
    "UNIT_WORDS",
    "Axis",
    "Hemisphere",
    "find_hemisphere",
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


def find_hemisphere(word: str) -> Hemisphere | None:
    """Return what `word` names, if it names a hemisphere; its accents count first: Süd is German, Sud French.

    Examples
    --------
    >>> sorted(find_hemisphere("Süd").languages), sorted(find_hemisphere("Sud").languages)
    (['de'], ['fr'])
    """
    return HEMISPHERES.get(_compose(word)) or HEMISPHERES.get(find_key(word))


def find_key(word: str) -> str:
    """Return the key of `word` in the tables below: a letter on its own keeps its accent.

    Examples
    --------
    >>> find_key("Degrés"), find_key("E"), find_key("É")
    ('degres', 'e', 'é')
    """
    composed = _compose(word)
    return composed if len(composed) == 1 else fold_word(word)


def _compose(word: str) -> str:
    return unicodedata.normalize("NFKC", word.casefold())


def fold_word(word: str) -> str:
    """Return `word` casefolded and without accents.

    Examples
    --------
    >>> fold_word("Degrés")
    'degres'
    """
    parted = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in parted if not unicodedata.combining(character))


_NORTH: Final = Hemisphere("latitude", 1, "N")
_SOUTH: Final = Hemisphere("latitude", -1, "S")
_EAST: Final = Hemisphere("longitude", 1, "E")
_WEST: Final = Hemisphere("longitude", -1, "W")

# North, south, east, west. The letters of other scripts stand here too: nothing else is printed with them.
_WORDS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "en": ("north", "south", "east", "west"),
    "fr": ("nord", "sud", "est", "ouest"),
    "es": ("norte", "sur", "este", "oeste"),
    "pt": ("norte", "sul", "este leste l", "oeste"),
    "de": (
        "nord norden nördlich nördliche nördlicher noerdlich noerdliche noerdlicher",
        "süd süden südlich südliche südlicher sued sueden suedlich suedliche suedlicher",
        "ost osten östlich östliche östlicher oestlich oestliche oestlicher ö",
        "west westen westlich westliche westlicher",
    ),
    "ru": (
        "север северной северная сш с",
        "юг южной южная юш ю",
        "восток восточной восточная вд в",
        "запад западной западная зд з",
    ),
    "uk": (
        "північ північної північна пн пнш",
        "південь південної південна пд пдш",
        "схід східної східна сх схд",
        "захід західної західна зх зхд",
    ),
    "ar": (
        "شمال شمالا شمالي شمالية الشمال الشمالي",
        "جنوب جنوبا جنوبي جنوبية الجنوب الجنوبي ج",
        "شرق شرقا شرقي شرقية الشرق الشرقي ق",
        "غرب غربا غربي غربية الغرب الغربي غ",
    ),
}


def _hemispheres() -> Iterator[tuple[str, Hemisphere]]:
    languages: dict[str, set[str]] = {}
    meanings: dict[str, Hemisphere] = {}
    for language, columns in _WORDS.items():
        for hemisphere, words in zip((_NORTH, _SOUTH, _EAST, _WEST), columns, strict=True):
            for word in map(_compose, words.split()):
                meanings[word] = hemisphere
                languages.setdefault(word, set()).add(language)
    for word, hemisphere in meanings.items():
        yield word, replace(hemisphere, languages=frozenset(languages[word]))
    for hemisphere in (_NORTH, _SOUTH, _EAST, _WEST):
        yield hemisphere.letter.lower(), hemisphere


HEMISPHERES: Final[Mapping[str, Hemisphere]] = dict(_hemispheres())

# West in French (ouest), Spanish and Portuguese (oeste), east in German (Ost); north (شمال) or east (شرق).
AMBIGUOUS_HEMISPHERES: Final[Mapping[str, tuple[Hemisphere, ...]]] = {
    "o": (
        replace(_WEST, languages=frozenset({"es", "fr", "pt"})),
        replace(_EAST, languages=frozenset({"de"})),
    ),
    "ش": (
        replace(_NORTH, languages=frozenset({"ar"})),
        replace(_EAST, languages=frozenset({"ar"})),
    ),
}

# Words that name an axis, and the languages that only they belong to.
_LABELS: Final[Mapping[Axis, Mapping[str, tuple[str, ...]]]] = {
    "latitude": {
        "": ("lat", "latitude", "φ", "широта", "шир", "ш"),
        "es": ("latitud",),
        "de": ("breite", "breitengrad", "br"),
        "ru": ("широты",),
        "uk": ("широти",),
        "ar": ("عرض", "العرض"),
    },
    "longitude": {
        "": ("lon", "long", "lng", "longitude", "λ", "дол", "д"),
        "es": ("longitud",),
        "de": ("lange", "langengrad"),
        "ru": ("долгота", "долготы"),
        "uk": ("довгота", "довготи"),
        "ar": ("طول", "الطول"),
    },
}

AXIS_LABELS: Final[Mapping[str, tuple[Axis, str]]] = {
    find_key(word): (axis, language)
    for axis, rows in _LABELS.items()
    for language, words in rows.items()
    for word in words
}

# Which component a unit word marks: 0 degrees, 1 minutes, 2 seconds.
UNIT_WORDS: Final[Mapping[str, int]] = {
    find_key(word): component
    for component, words in enumerate(
        (
            "deg degree degrees degré degrés grado grados grau graus Grad градус градуса градусов град "
            "градуси градусів درجة درجات الدرجة",
            "min minute minutes minuto minutos Minuten минута минуты минут мин хвилина хвилини хвилин хв دقيقة دقائق",
            "sec second seconds seconde secondes segundo segundos Sekunde Sekunden sek секунда секунды секунд сек "
            "секунди ثانية ثوان ثواني",
        )
    )
    for word in words.split()
}

# What print puts around coordinates without changing them.
_FILLERS: Final = (
    "and et y und и і та و of de del di gps gnss position posición posição coordinates coordonnées coordenadas "
    "Koordinaten координаты координати إحداثيات خط وخط دائرة ودائرة"
)
FILLERS: Final = frozenset(map(find_key, _FILLERS.split()))

# Words after which a full stop only shows that they are cut short.
_SHORT_WORDS: Final = "lat lon long lng br l ш шир д дол min sec sek мин сек хв град deg пн пд сх зх"
ABBREVIATIONS: Final = frozenset(map(find_key, _SHORT_WORDS.split())) | frozenset(
    each for each in (*HEMISPHERES, *AMBIGUOUS_HEMISPHERES) if len(each) == 1
)
