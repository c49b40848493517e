"""French nouns with their articles and prepositions: "au Mali", "de l'Algérie", "les Pays-Bas"; days: "1er avril".

A translation asks for a form after a colon, ``{territory:en}``, since French cannot set a name into a sentence as it
stands. The names come from the locale data, which do not hold their gender; it follows from the ending, with the
exceptions listed here.

References
----------
Grevisse and Goosse, *Le bon usage*, 14th ed., sections 588 and 1058 (names of countries: article and preposition).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["FORMS", "first_of_month", "formed"]

FORMS: Final = ("le", "de", "en")
"""With its article; after "de"; where something is."""

_MASCULINE_IN_E: Final = frozenset(
    {"Belize", "Cambodge", "Mexique", "Mozambique", "Suriname", "Zimbabwe", "Royaume", "Territoire"}
)
_BARE: Final = frozenset(
    {
        "Anguilla", "Aruba", "Bahreïn", "Chypre", "Cuba", "Curaçao", "Djibouti", "Gibraltar", "Guam", "Guernesey",
        "Haïti", "Israël", "Jersey", "Madagascar", "Malte", "Maurice", "Mayotte", "Monaco", "Montserrat", "Nauru",
        "Niue", "Oman", "Porto Rico", "Singapour", "Taïwan", "Tokelau", "Trinité-et-Tobago", "Tuvalu",
        "Antigua-et-Barbuda", "Ceuta et Melilla", "Diego Garcia", "Kiribati", "La Réunion", "Tristan da Cunha",
    }
)  # fmt: skip
_PLURAL: Final = re.compile(
    r"(?:Îles|Territoires|Terres|États|Émirats|Pays-Bas|Philippines|Maldives|Comores|Seychelles|Bahamas|Fidji"
    r"|Palaos|Bermudes|Tonga|Samoa américaines)\b"
)
_MASCULINE, _FEMININE, _SEVERAL = "le ", "la ", "les "
_COMMON: Final = {
    **dict.fromkeys(
        ("armée", "coalition", "garde", "gendarmerie", "marine", "mission", "police", "présidence"), _FEMININE
    ),
    **dict.fromkeys(
        ("cas", "chef", "comité", "conseil", "gouvernement", "groupe", "ministère", "ministre", "parti"), _MASCULINE
    ),
    **dict.fromkeys(("autorités", "forces", "habitants", "observateurs", "sources", "témoins"), _SEVERAL),
    "front": _MASCULINE,
    "mouvement": _MASCULINE,
}
"""Nouns that names of parties begin with, with their article."""
_LARGE: Final = frozenset({"front", "mouvement"})
"""Those among them that keep their large letter inside a sentence."""
_CITY: Final = re.compile(r"(?:R\.A\.S\. chinoise de|Sao Tomé|Saint[e]?-|Wallis)\b")
_HARD_H: Final = re.compile(r"Hong|Honduras|Hongrie")


def _starts_with_vowel(name: str) -> bool:
    if _HARD_H.match(name):
        return False
    first = unicodedata.normalize("NFD", name[:1]).lower()[:1]
    return first in "aeiouh"


def formed(name: str, form: str, *, territory: bool) -> str:
    """Return a name in the form that a sentence asks for.

    Parameters
    ----------
    name : str
        In French.
    form : str
        One of `FORMS`.
    territory : bool
        Whether it is the name of a state or a territory; other names take an article if they begin with a noun that is
        known here, or have one already.

    Raises
    ------
    KeyError
        If the form is not known.

    Examples
    --------
    >>> [formed("Mali", form, territory=True) for form in FORMS]
    ['le Mali', 'du Mali', 'au Mali']
    >>> [formed("Algérie", form, territory=True) for form in FORMS]
    ["l'Algérie", "de l'Algérie", 'en Algérie']
    >>> [formed("Pays-Bas", form, territory=True) for form in FORMS]
    ['les Pays-Bas', 'des Pays-Bas', 'aux Pays-Bas']
    >>> [formed("Cuba", form, territory=True) for form in FORMS], formed("Azalaï", "de", territory=False)
    (['Cuba', 'de Cuba', 'à Cuba'], "d'Azalaï")
    >>> [formed("Sources locales", form, territory=False) for form in FORMS]
    ['les sources locales', 'des sources locales', 'aux sources locales']
    >>> formed("Front du Nord", "le", territory=False), formed("Armée malienne", "de", territory=False)
    ('le Front du Nord', "de l'armée malienne")
    """
    if not territory and (article := _article(name)):
        return _with_article(article, name, form)
    vowel = _starts_with_vowel(name)
    if not territory or name in _BARE or _CITY.match(name):
        where = "en" if name == "Israël" else "à"
        return {"le": name, "de": f"d'{name}" if vowel else f"de {name}", "en": f"{where} {name}"}[form]
    if _PLURAL.match(name):
        return {"le": f"les {name}", "de": f"des {name}", "en": f"aux {name}"}[form]
    head = name.partition(" ")[0].partition("-")[0]
    feminine = name == "Sierra Leone" or (head.endswith("e") and not {name, head} & _MASCULINE_IN_E)
    if vowel:
        return {"le": f"l'{name}", "de": f"de l'{name}", "en": f"en {name}"}[form]
    if feminine:
        return {"le": f"la {name}", "de": f"de la {name}", "en": f"en {name}"}[form]
    return {"le": f"le {name}", "de": f"du {name}", "en": f"au {name}"}[form]


def _article(name: str) -> str | None:
    """The article of a name that begins with a common noun, or with the article itself; None for any other."""
    first = name.partition(" ")[0]
    if first.lower() in ("le", "la", "les"):
        return f"{first.lower()} "
    return _COMMON.get(first.lower())


def _with_article(article: str, name: str, form: str) -> str:
    first, _, rest = name.partition(" ")
    if first.lower() == article.strip():
        bare = rest
    else:
        bare = name if first.lower() in _LARGE else name[:1].lower() + name[1:]
        if article != _SEVERAL and _starts_with_vowel(bare):
            article = "l'"
    if form == "le":
        return article + bare
    contracted = {
        _MASCULINE: {"de": "du ", "en": "au "},
        _SEVERAL: {"de": "des ", "en": "aux "},
    }.get(article, {"de": f"de {article}", "en": f"à {article}"})
    return contracted[form] + bare


def first_of_month(written: str, day: int) -> str:
    """Write the first day of a month as French does; other days stay as they are.

    Examples
    --------
    >>> first_of_month("1 avril 2025", 1), first_of_month("2 avril 2025", 2)
    ('1er avril 2025', '2 avril 2025')
    """
    return f"1er{written.removeprefix('1')}" if day == 1 else written
