"""French nouns with their articles and prepositions: "au Mali", "de l'Algérie", "les Pays-Bas".

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

__all__ = ["FORMS", "formed"]

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
        Whether it is the name of a state or a territory; other names take no article.

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
    >>> [formed("Cuba", form, territory=True) for form in FORMS], formed("Armée", "de", territory=False)
    (['Cuba', 'de Cuba', 'à Cuba'], "d'Armée")
    """
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
