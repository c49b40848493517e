"""The words and symbols that lengths are printed with.

Keys are folded: lower case, without accents, straight apostrophes, single spaces. Another language is
another row.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from geoinc.notation.phrases import fold_phrase
from geoinc.units import FOOT_M, KILOMETRE_M, MILE_M, NAUTICAL_MILE_M

__all__ = [
    "ARTICLE_NOUNS",
    "CANONICAL_PHRASES",
    "DUAL_UNITS",
    "LEADING_PHRASES",
    "LINKERS",
    "ONES_BEHIND",
    "RANGE_WORDS",
    "TRAILING_PHRASES",
    "TWOS_BEHIND",
    "UNITS_M",
    "UNMARKED_MILES",
    "VAGUE_WORDS",
    "Qualifier",
    "fold_phrase",
]

Qualifier = Literal["at_least", "more_than", "up_to", "less_than", "about"]


def _rows(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold_phrase(phrase): meaning for meaning, phrases in table.items() for phrase in phrases}


def _fold_all(*phrases: str) -> frozenset[str]:
    return frozenset(fold_phrase(phrase) for phrase in phrases)


_UNIT_SIZES_M: Final = {
    "km": Decimal(str(KILOMETRE_M)),
    "m": Decimal(1),
    "nmi": Decimal(str(NAUTICAL_MILE_M)),
    "mi": Decimal(str(MILE_M)),
    "ft": Decimal(str(FOOT_M)),
    "yd": 3 * Decimal(str(FOOT_M)),
}

UNITS_M: Final[dict[str, Decimal]] = {
    phrase: _UNIT_SIZES_M[unit]
    for phrase, unit in _rows(
        {
            "km": (
                *("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers", "kilómetro", "kilómetros"),
                *("كيلومتر", "كيلومترا", "كيلومترات", "كيلو متر", "كيلو مترا", "كيلو مترات", "كلم", "كم"),
            ),
            "m": (
                *("m", "metre", "metres", "meter", "meters", "metro", "metros", "mts"),
                *("متر", "مترا", "أمتار"),
            ),
            "nmi": (
                *("nmi", "nm", "nautical mile", "nautical miles"),
                *("mille nautique", "milles nautiques", "mille marin", "milles marins"),
                *("milla náutica", "millas náuticas", "milla marina", "millas marinas"),
                *("ميل بحري", "ميلا بحريا", "أميال بحرية"),
            ),
            "mi": (
                *("mi", "statute mile", "statute miles", "mille terrestre", "milles terrestres"),
                *("milla terrestre", "millas terrestres", "ميل بري", "أميال برية"),
            ),
            "ft": ("ft", "foot", "feet", "pied", "pieds", "pie", "pies", "قدم", "قدما", "أقدام"),
            "yd": ("yd", "yds", "yard", "yards", "yarda", "yardas", "ياردة", "ياردات"),
        }
    ).items()
}

UNMARKED_MILES: Final = _fold_all(
    *("mile", "miles", "mille", "milles", "milla", "millas"),
    *("ميل", "ميلا", "أميال"),
)

# Arabic writes "two" into the noun; the unit that each stands for.
DUAL_UNITS: Final[dict[str, str]] = _rows(
    {
        fold_phrase("كيلومتر"): ("كيلومترين", "كيلومتران", "كيلو مترين", "كيلو متران"),
        fold_phrase("متر"): ("مترين", "متران"),
        fold_phrase("ميل بحري"): ("ميلين بحريين", "ميلان بحريان"),
        fold_phrase("ميل"): ("ميلين", "ميلان"),
        fold_phrase("قدم"): ("قدمين", "قدمان"),
    }
)

# Arabic puts "one" behind the noun, and may put "two" behind the dual.
ONES_BEHIND: Final = _fold_all("واحد", "واحدة")
TWOS_BEHIND: Final = _fold_all("اثنين", "اثنان", "اثنتين", "اثنتان")

# English nouns that "a" counts; before any other word it is the French or Spanish preposition.
ARTICLE_NOUNS: Final = frozenset({"kilometre", "kilometer", "metre", "meter", "mile", "nautical", "statute", "yard"})

# What stands between a number in words and its unit: "a quarter of a mile", "une dizaine de kilomètres".
LINKERS: Final = ("of a ", "of ", "a ", "d'un ", "d'une ", "de ", "d'", fold_phrase("من "))

# Words in the place of a number that name none.
VAGUE_WORDS: Final = _fold_all(
    *("few", "several", "couple", "dozens", "tens", "scores", "hundreds", "thousands", "many"),
    *("quelques", "plusieurs", "dizaines", "centaines", "milliers", "varios", "varias", "cuantos", "cuantas"),
    *("algunos", "algunas", "pocos", "pocas", "decenas", "cientos", "centenares", "miles"),
    *("بضعة", "بضع", "عدة", "عشرات", "مئات", "آلاف"),
)

LEADING_PHRASES: Final[dict[str, str]] = _rows(
    {
        "at_least": (
            *("at least", "no less than", "not less than", "a minimum of", "minimum", "≥", ">="),
            *("au moins", "pas moins de", "pas moins d'", "au minimum", "un minimum de"),
            *("al menos", "por lo menos", "como mínimo", "un mínimo de", "no menos de"),
            *("على الأقل", "لا يقل عن", "لا تقل عن", "ما لا يقل عن"),
        ),
        "more_than": (
            *("more than", "over", "greater than", "exceeding", ">", "just over", "slightly more than"),
            *("a little over", "a little more than", "upwards of", "beyond"),
            *("plus de", "plus d'", "un peu plus de", "un peu plus d'", "au-delà de"),
            *("más de", "poco más de", "algo más de", "un poco más de", "أكثر من", "ما يزيد عن", "ما يزيد على"),
        ),
        "up_to": (
            *("up to", "at most", "no more than", "not more than", "within", "within a radius of", "≤", "<="),
            *("as much as", "a maximum of", "in a radius of", "within a distance of"),
            *("jusqu'à", "au plus", "pas plus de", "pas plus d'", "au maximum", "un maximum de"),
            *("dans un rayon de", "dans un rayon d'", "hasta", "como máximo", "a lo sumo", "no más de"),
            *("un máximo de", "en un radio de", "dentro de un radio de"),
            *("على الأكثر", "لا يزيد عن", "لا تزيد عن", "ما لا يزيد عن", "في دائرة نصف قطرها", "في حدود"),
        ),
        "less_than": (
            *("less than", "under", "<", "just under", "slightly less than", "a little under"),
            *("moins de", "moins d'", "un peu moins de", "un peu moins d'", "menos de", "poco menos de"),
            *("أقل من", "ما يقل عن"),
        ),
        "about": (
            *("about", "around", "approximately", "approx.", "approx", "roughly", "circa", "ca.", "nearly"),
            *("almost", "close to", "some", "~", "≈", "∼", "environ", "près de", "près d'", "presque"),
            *("à peu près", "approximativement", "autour de", "quelque", "cerca de", "casi", "unos", "unas"),
            *("alrededor de", "aproximadamente", "en torno a", "حوالي", "نحو", "قرابة", "تقريبا", "زهاء", "ما يقارب"),
            *("ما يقرب من", "بنحو", "بحوالي"),
        ),
        "": (
            *(
                "à",
                "de",
                "d'",
                "of",
                "by",
                "in",
                "dans",
                "en",
                "a depth of",
                "a distance of",
                "une distance de",
                "una distancia de",
            ),
            *("une profondeur de", "una profundidad de", "بعمق", "على عمق", "بمسافة", "مسافة", "على بعد", "على مسافة"),
        ),
    }
)

TRAILING_PHRASES: Final[dict[str, str]] = _rows(
    {
        "at_least": (
            *("at least", "or more", "au moins", "ou plus", "au minimum", "minimum", "al menos", "como mínimo"),
            *("por lo menos", "o más", "على الأقل", "أو أكثر"),
        ),
        "up_to": (
            *("at most", "or less", "au plus", "ou moins", "au maximum", "maximum", "como máximo", "a lo sumo"),
            *("radius", "à la ronde", "de rayon", "a la redonda", "de radio", "o menos", "على الأكثر", "أو أقل"),
        ),
        "about": ("approximately", "environ", "or so", "más o menos", "aproximadamente", "تقريبا"),
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
    ("entre ", " y "),
    ("desde ", " hasta "),
    (fold_phrase("بين") + " ", " و"),
    (fold_phrase("ما بين") + " ", " و"),
    (fold_phrase("من") + " ", f" {fold_phrase('إلى')} "),
    ("", " to "),
    ("", " or "),
    ("", " a "),
    ("", " ou "),
    ("", " o "),
    ("", f" {fold_phrase('إلى')} "),
    ("", f" {fold_phrase('أو')} "),
    ("", "-"),
)
