"""The words that directions are printed with, in English, French, Spanish and Arabic.

Keys are folded as `geoinc.notation.phrases.fold_phrase` folds. Another language is another entry of
``_LANGUAGES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geoinc.notation.phrases import fold_phrase

__all__ = [
    "BEARING_FILLERS",
    "BEARING_WORDS",
    "DEGREE_WORDS",
    "LANGUAGES",
    "MAGNETIC_WORDS",
    "MIL_WORDS",
    "NATO_WORDS",
    "TRUE_WORDS",
    "WARSAW_WORDS",
    "DirectionLanguage",
]


@dataclass(frozen=True, slots=True)
class DirectionLanguage:
    """How one language writes the points of the rose.

    Attributes
    ----------
    points : mapping of str to str
        Words to letters: ``north`` to ``N``, ``southeast`` to ``SE``.
    fillers : frozenset of str
        Words that may stand before or behind.
    relations : frozenset of str
        Words that may stand behind, or before after another filler: ``de``, as in *en direction du nord*, for
        alone before a point it would turn the direction round.
    quarters : tuple of str
        Phrases that stand for *by* in *south-east by east*, the longest first.
    """

    points: Mapping[str, str]
    fillers: frozenset[str]
    relations: frozenset[str]
    quarters: tuple[str, ...] = ()


def _fold(phrases: str) -> frozenset[str]:
    return frozenset(fold_phrase(phrase) for phrase in phrases.split())


def _english() -> dict[str, str]:
    cardinals = {"north": "N", "east": "E", "south": "S", "west": "W"}
    words = {**cardinals}
    for first in ("north", "south"):
        for second in ("east", "west"):
            words[first + second] = cardinals[first] + cardinals[second]
    for word in list(words):
        for ending in ("ern", "ward", "wards"):
            words[word + ending] = words[word]
    return words


def _compound(cardinals: Mapping[str, str]) -> dict[str, str]:
    """Return the words, and each two and three of them written as one."""
    words = dict(cardinals)
    for first, one in cardinals.items():
        for second, two in cardinals.items():
            words[first + second] = one + two
            for third, three in cardinals.items():
                words[first + second + third] = one + two + three
    return words


def _spanish() -> dict[str, str]:
    words = {"norte": "N", "sur": "S", "este": "E", "oeste": "W"}
    halves = {
        "NE": ("noreste", "nordeste"),
        "SE": ("sureste", "sudeste"),
        "SW": ("suroeste", "sudoeste"),
        "NW": ("noroeste",),
    }
    words |= {name: point for point, names in halves.items() for name in names}
    for point, names in halves.items():
        for prefix, letter in (("nor", "N"), ("nord", "N"), ("sur", "S"), ("sud", "S"), ("este", "E"), ("oeste", "W")):
            if letter in point:
                words |= {prefix + name: letter + point for name in names}
    return words


def _arabic() -> dict[str, str]:
    words = {}
    for stem, letter in (("شمال", "N"), ("شرق", "E"), ("جنوب", "S"), ("غرب", "W")):
        for ending in ("", "ي", "ا", "ية"):
            for prefix in ("", "ال", "لل"):
                words[fold_phrase(prefix + stem + ending)] = letter
    return words


_LETTERS: Final = _compound({"n": "N", "e": "E", "s": "S", "w": "W"})

LANGUAGES: Final = (
    DirectionLanguage(_LETTERS, frozenset({"to", "the"}), frozenset({"of"}), ("by",)),
    DirectionLanguage(
        _english() | _compound({"north": "N", "east": "E", "south": "S", "west": "W"}),
        _fold("to towards toward the in due direction a"),
        _fold("of from"),
        ("by",),
    ),
    DirectionLanguage(
        _compound({"nord": "N", "est": "E", "sud": "S", "ouest": "W"}),
        _fold("au a l' vers le la en direction plein"),
        _fold("du de d'"),
        ("quart",),
    ),
    DirectionLanguage(
        _spanish(), _fold("al a hacia el en la direccion rumbo"), _fold("de del"), ("cuarta al", "cuarta a", "cuarta")
    ),
    DirectionLanguage(_arabic(), _fold("إلى نحو في اتجاه باتجاه صوب جهة ناحية"), _fold("من")),
)

BEARING_WORDS: Final = _fold(
    "bearing azimuth heading course track cap azimut relevement gisement route rumbo acimut demora اتجاه باتجاه سمت"
)
BEARING_FILLERS: Final = _fold("on a at of the an un une au sur en de del el le بزاوية زاوية")
DEGREE_WORDS: Final = _fold("° º ˚ ∘ deg degs degree degrees degre degres grado grados درجة درجات")
TRUE_WORDS: Final = _fold("t true vrai vrais vraie verdadero verdaderos verdadera geographique geografico حقيقي حقيقية")
MAGNETIC_WORDS: Final = _fold(
    "m mag magnetic magnetique magnetiques magnetico magneticos magnetica مغناطيسي مغناطيسية مغنطيسي"
)
MIL_WORDS: Final = _fold("mil mils millieme milliemes milesima milesimas ميليم مليم")
NATO_WORDS: Final = _fold("nato otan 6400 الناتو")
WARSAW_WORDS: Final = _fold("warsaw varsovie varsovia soviet sovietique sovietico russian russe ruso 6000")
