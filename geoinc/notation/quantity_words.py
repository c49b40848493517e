"""The words and symbols that lengths are printed with.

Keys are folded: lower case, without accents, straight apostrophes, single spaces. Another language is
another row.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from geoinc.notation.glyphs import SINGLE_QUOTES, fold_characters
from geoinc.notation.words import fold_word
from geoinc.units import FOOT_M, KILOMETRE_M, MILE_M, NAUTICAL_MILE_M

__all__ = [
    "CANONICAL_PHRASES",
    "LEADING_PHRASES",
    "RANGE_WORDS",
    "TRAILING_PHRASES",
    "UNITS_M",
    "UNMARKED_MILES",
    "Qualifier",
    "fold_phrase",
]

Qualifier = Literal["at_least", "more_than", "up_to", "less_than", "about"]


def fold_phrase(text: str) -> str:
    r"""Return `text` as the keys of this module's tables are written.

    Only letters are folded by compatibility: ``²`` must not become a digit.

    Examples
    --------
    >>> fold_phrase("À plus de 9\u00a0km")
    'a plus de 9 km'
    >>> fold_phrase("jusqu’à 2 kilomètres")
    "jusqu'a 2 kilometres"
    """
    return "".join(
        "'" if character in SINGLE_QUOTES else fold_word(character) if _is_letter(character) else character
        for character in fold_characters(text)
    )


def _is_letter(character: str) -> bool:
    # Combining marks too: a letter and its accent apart fold as the two in one do. º and ª are signs here.
    return (character.isalpha() or "\u0300" <= character <= "\u036f" or "\u064b" <= character <= "\u0655") and (
        character not in "ºª"
    )


def _rows(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold_phrase(phrase): meaning for meaning, phrases in table.items() for phrase in phrases}


_UNIT_SIZES_M: Final = {
    "km": Decimal(str(KILOMETRE_M)),
    "m": Decimal(1),
    "nmi": Decimal(str(NAUTICAL_MILE_M)),
    "mi": Decimal(str(MILE_M)),
    "ft": Decimal(str(FOOT_M)),
}

UNITS_M: Final[dict[str, Decimal]] = {
    phrase: _UNIT_SIZES_M[unit]
    for phrase, unit in _rows(
        {
            "km": (
                *("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"),
                *("كيلومتر", "كيلومترا", "كيلومترات", "كلم", "كم"),
            ),
            "m": ("m", "metre", "metres", "meter", "meters", "متر", "مترا", "أمتار"),
            "nmi": (
                *("nmi", "nm", "nautical mile", "nautical miles"),
                *("mille nautique", "milles nautiques", "mille marin", "milles marins"),
                *("ميل بحري", "أميال بحرية"),
            ),
            "mi": ("mi", "statute mile", "statute miles"),
            "ft": ("ft", "foot", "feet", "pied", "pieds"),
        }
    ).items()
}

UNMARKED_MILES: Final = frozenset(fold_phrase(word) for word in ("mile", "miles", "mille", "milles", "ميل", "أميال"))

LEADING_PHRASES: Final[dict[str, str]] = _rows(
    {
        "at_least": (
            *("at least", "no less than", "not less than", "a minimum of", "minimum", "≥", ">="),
            *("au moins", "pas moins de", "au minimum", "un minimum de", "على الأقل", "لا يقل عن"),
        ),
        "more_than": ("more than", "over", "greater than", "exceeding", ">", "plus de", "أكثر من"),
        "up_to": (
            *("up to", "at most", "no more than", "not more than", "within", "within a radius of", "≤", "<="),
            *("a maximum of", "jusqu'à", "au plus", "pas plus de", "au maximum", "un maximum de"),
            *("dans un rayon de", "dans un rayon d'", "على الأكثر", "لا يزيد عن"),
        ),
        "less_than": ("less than", "under", "<", "moins de", "أقل من"),
        "about": (
            *("about", "around", "approximately", "approx.", "approx", "roughly", "circa", "ca.", "nearly"),
            *("almost", "close to", "some", "~", "≈", "∼", "environ", "près de", "presque", "à peu près"),
            *("autour de", "quelque", "حوالي", "نحو", "قرابة", "تقريبا"),
        ),
        "": ("à", "de", "d'", "of", "by"),
    }
)

TRAILING_PHRASES: Final[dict[str, str]] = _rows(
    {
        "at_least": ("at least", "or more", "au moins", "ou plus", "au minimum", "minimum", "على الأقل"),
        "up_to": ("at most", "or less", "au plus", "ou moins", "au maximum", "maximum", "على الأكثر"),
        "about": ("approximately", "environ", "or so", "تقريبا"),
    }
)

CANONICAL_PHRASES: Final[dict[str, str]] = {
    "at_least": "at least",
    "more_than": "more than",
    "up_to": "up to",
    "less_than": "less than",
    "about": "about",
}

# What opens a range, and what stands between its ends.
RANGE_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("between ", " and "),
    ("from ", " to "),
    ("entre ", " et "),
    ("بين ", " و "),
    ("بين ", " و"),
    ("", " to "),
    ("", " a "),
    ("", "-"),
)
