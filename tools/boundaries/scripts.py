"""Scripts that territories write in beside Latin, and which printed form of a name is in one of them.

GeoNames lists alternate names without their language, so a name is chosen by its letters: all of the script, none that
the territory's own orthography lacks, most of those that only it has, and last the one that is most like the others.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["SCRIPTS_OF", "arabic_name", "choose_name", "local_name", "script_of"]

# Prefixes of Unicode's names of letters, by ISO 15924 code of the script.
_LETTERS: Final = {
    "Arab": "ARABIC", "Armn": "ARMENIAN", "Beng": "BENGALI", "Cyrl": "CYRILLIC", "Deva": "DEVANAGARI",
    "Ethi": "ETHIOPIC", "Geor": "GEORGIAN", "Grek": "GREEK", "Gujr": "GUJARATI", "Guru": "GURMUKHI", "Hang": "HANGUL",
    "Hani": "CJK", "Hebr": "HEBREW", "Khmr": "KHMER", "Laoo": "LAO", "Mymr": "MYANMAR", "Tfng": "TIFINAGH",
    "Thai": "THAI", "Tibt": "TIBETAN",
}  # fmt: skip
_BETWEEN: Final = frozenset(" -'’ʼ‌་")

SCRIPTS_OF: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("AE", "AF", "BH", "DJ", "EG", "IQ", "IR", "JO", "KM", "KW", "LB", "MR", "OM", "PK", "PS", "QA", "SA", "SD",
         "SO", "SY", "TD", "TN", "YE"),
        ("Arab",),
    ),
    **dict.fromkeys(("DZ", "EH", "LY", "MA", "ML", "NE"), ("Arab", "Tfng")),
    **dict.fromkeys(("BA", "BG", "BY", "KG", "KZ", "ME", "MK", "MN", "RS", "RU", "TJ", "UA", "XK"), ("Cyrl",)),
    **dict.fromkeys(("CN", "HK", "MO", "TW"), ("Hani",)),
    **dict.fromkeys(("KP", "KR"), ("Hang",)),
    **dict.fromkeys(("CY", "GR"), ("Grek",)),
    "AM": ("Armn",), "BD": ("Beng",), "BT": ("Tibt",), "ER": ("Ethi", "Arab"), "ET": ("Ethi",), "GE": ("Geor",),
    "IL": ("Hebr", "Arab"), "IN": ("Deva",), "KH": ("Khmr",), "LA": ("Laoo",), "MM": ("Mymr",), "NP": ("Deva",),
    "TH": ("Thai",),
}  # fmt: skip
"""By ISO 3166-1 alpha-2 code; where two are written, the one with more forms of the name serves, else the first."""

# States of India near a border on land that write otherwise than in Devanagari, by GeoNames' number.
_STATES_OF_INDIA: Final[dict[str, tuple[str, ...]]] = {
    "03": ("Beng",), "09": ("Gujr",), "12": ("Arab",), "17": (), "18": (), "20": (), "23": ("Guru",), "26": ("Beng",),
    "28": ("Beng",), "30": (), "31": (), "41": ("Tibt",),
}  # fmt: skip

_RUSSIAN: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_ARABIC: Final = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱ"
_PERSIAN: Final = "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
# Letters of the territory's own orthography, and among them those that tell it from its neighbours'.
_ALPHABETS: Final[dict[str, tuple[str, str]]] = {
    "RU": (_RUSSIAN, ""),
    "UA": ("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "ґєії"),
    "BY": ("абвгдеёжзійклмнопрстуўфхцчшыьэюя", "іў"),
    "BG": ("абвгдежзийклмнопрстуфхцчшщъьюя", ""),
    "MK": ("абвгдѓежзѕијклљмнњопрстќуфхцчџш", "ѓѕјљњќџ"),
    **dict.fromkeys(("BA", "ME", "RS", "XK"), ("абвгдђежзијклљмнњопрстћуфхцчџш", "ђјљњћџ")),
    "KZ": (_RUSSIAN + "әғқңөұүһі", "әғқңөұүһі"),
    "KG": (_RUSSIAN + "ңөү", "ңөү"),
    "TJ": ("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя", "ғӣқӯҳҷ"),
    "MN": (_RUSSIAN + "өү", "өү"),
    "IR": (_PERSIAN, "پچژگکی"),
    "AF": (_PERSIAN + "ټځڅډړږښګڼېۍئ", "پچژگکیټځڅډړږښګڼې"),
    "PK": (_PERSIAN + "ٹڈڑںھہےۓۂ", "ٹڈڑںھہےپچگکی"),
}
# Chinese print has no alphabet; the national character sets of old tell its two forms apart.
_CHARACTER_SETS: Final = {"CN": "gb2312", "HK": "big5", "MO": "big5", "TW": "big5"}


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    own_letters: int


def script_of(name: str) -> str | None:
    """Return the script that all letters of a name are in, None for Latin, a mixture or any other.

    Examples
    --------
    >>> script_of("كيدال"), script_of("kidaル"), script_of("Kidal")
    ('Arab', None, None)
    """
    letters = [letter for letter in name if letter not in _BETWEEN and not unicodedata.combining(letter)]
    kinds = {unicodedata.name(letter, "").split(" ")[0].split("-")[0] for letter in letters}
    if len(kinds) != 1:
        return None
    (kind,) = kinds
    return next((code for code, prefix in _LETTERS.items() if prefix == kind), None)


def local_name(names: Iterable[str], territory: str, region: str) -> tuple[str, str] | None:
    """Return a place's name as its own territory writes it, and the script; None where none is held.

    Parameters
    ----------
    names : iterable of str
        All forms listed.
    territory : str
        ISO 3166-1 alpha-2 code.
    region : str
        GeoNames' code of the first-order division, which decides the script in India.
    """
    scripts = SCRIPTS_OF.get(territory, ())
    if territory == "IN":
        scripts = _STATES_OF_INDIA.get(region, scripts)
    written = [(script_of(name), name) for name in sorted(set(names))]
    held = {code: [name for script, name in written if script == code] for code in scripts}
    for code in sorted(scripts, key=lambda each: -len(held[each])):
        chosen = choose_name(held[code], territory)
        if chosen:
            return chosen, code
    return None


def arabic_name(names: Iterable[str]) -> str | None:
    """Return the form of a name in the letters of Arabic, None where none is held."""
    return choose_name([name for name in sorted(set(names)) if script_of(name) == "Arab"], "DZ")


def choose_name(names: Sequence[str], territory: str) -> str | None:
    """Choose among the forms of a name in one script; None where each has a letter that the territory does not write.

    Examples
    --------
    >>> choose_name(["Киев", "Київ", "Кыив"], "UA")
    'Київ'
    >>> choose_name(["کیدال", "كيدال"], "ML")
    'كيدال'
    """
    fitting = [_Form(name, _own_letters(name, territory)) for name in names if _fits(name, territory)]
    if not fitting:
        return None
    most = max(form.own_letters for form in fitting)
    forms = [form.name for form in fitting if form.own_letters == most]
    return min(forms, key=lambda name: (sum(_changes(name, other) for other in forms), len(name), name))


def _alphabet(name: str, territory: str) -> tuple[str, str] | None:
    if territory in _ALPHABETS:
        return _ALPHABETS[territory]
    return (_ARABIC, "") if script_of(name) == "Arab" else None


def _fits(name: str, territory: str) -> bool:
    if territory in _CHARACTER_SETS:
        try:
            name.encode(_CHARACTER_SETS[territory])
        except UnicodeEncodeError:
            return False
        return True
    alphabet = _alphabet(name, territory)
    if alphabet is None:
        return True
    letters = (letter for letter in name.lower() if letter not in _BETWEEN and not unicodedata.combining(letter))
    return all(letter in alphabet[0] for letter in letters)


def _own_letters(name: str, territory: str) -> int:
    alphabet = _alphabet(name, territory)
    return 0 if alphabet is None else sum(letter in alphabet[1] for letter in name.lower())


def _changes(one: str, other: str) -> int:
    """Letters to put in, take out or exchange to make one name the other (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, second in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != second))
    return row[-1]

