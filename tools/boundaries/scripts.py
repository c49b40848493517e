"""Scripts that territories write in beside Latin, and which printed form of a name is in one of them.

GeoNames lists alternate names without their language, so a name is chosen by its letters: all of one script, none that
the territory's own orthography lacks, and, put to Latin letters, nearest to the Latin name. Where a script leaves
vowels out, the consonants decide, and then which form is most like the others. What is too far from the Latin name may
be the name of something else, or an older one, and is left out; save for large cities, many of which have a Latin name
of their own (Nicosia, Jerusalem).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii

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
    **dict.fromkeys(("BA", "BG", "BY", "KG", "KZ", "ME", "MK", "MN", "RS", "RU", "TJ", "UA"), ("Cyrl",)),
    **dict.fromkeys(("CN", "HK", "MO", "TW"), ("Hani",)),
    **dict.fromkeys(("KP", "KR"), ("Hang",)),
    **dict.fromkeys(("CY", "GR"), ("Grek",)),
    "AM": ("Armn",), "BD": ("Beng",), "BT": ("Tibt",), "ER": ("Ethi", "Arab"), "ET": ("Ethi",), "GE": ("Geor",),
    "IL": ("Hebr", "Arab"), "IN": ("Deva",), "KH": ("Khmr",), "LA": ("Laoo",), "MM": ("Mymr",), "NP": ("Deva",),
    "TH": ("Thai",),
}  # fmt: skip
"""Those of a territory's main language beside Latin, by ISO 3166-1 alpha-2 code; where two stand, the second serves
where no name in the first is held."""

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
    "UA": ("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "ґєіїь"),
    "BY": ("абвгдеёжзійклмнопрстуўфхцчшыьэюя", "іў"),
    "BG": ("абвгдежзийклмнопрстуфхцчшщъьюя", ""),
    "MK": ("абвгдѓежзѕијклљмнњопрстќуфхцчџш", "ѓѕјљњќџ"),
    **dict.fromkeys(("BA", "ME", "RS"), ("абвгдђежзијклљмнњопрстћуфхцчџш", "ђјљњћџ")),
    "KZ": (_RUSSIAN + "әғқңөұүһі", "әғқңөұүһі"),
    "KG": (_RUSSIAN + "ңөү", "ңөү"),
    "TJ": ("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя", "ғӣқӯҳҷ"),
    "MN": (_RUSSIAN + "өү", "өү"),
    "IR": (_PERSIAN, "پچژگکی"),
    "AF": (_PERSIAN + "ټځڅډړږښګڼېۍئ", "پچژگکیټځڅډړږښګڼې"),
    "PK": (_PERSIAN + "ٹڈڑںھہےۓۂ", "ٹڈڑںھہےپچگکی"),
}
_FOREIGN_ENDINGS: Final = {"BY": ("ськ", "цьк")}
# Chinese print has no alphabet; the national character sets of old tell its two forms apart.
_CHARACTER_SETS: Final = {"CN": "gb2312", "HK": "big5", "MO": "big5", "TW": "big5"}


# A name in another script keeps its consonants, roughly; of these at most this share may differ.
_FURTHEST: Final = 0.5
_WITHOUT_VOWELS: Final = frozenset({"Arab", "Beng", "Deva", "Gujr", "Guru", "Hebr", "Tibt"})
_LARGE: Final = 100_000
_SILENT: Final = str.maketrans(dict.fromkeys("aeiouywh") | {"q": "k", "c": "k", "j": "g", "v": "b", "p": "b", "f": "b"})


_LONG_A: Final = str.maketrans(dict.fromkeys("اآأ", "a"))
_SOUNDS: Final = {
    "AM": (("ու", "u"), ("եւ", "ev"), ("և", "ev"), ("ե", "ye")),
    "BY": (("г", "h"),),
    "UA": (("г", "h"), ("ґ", "g"), ("и", "y")),
}


@dataclass(frozen=True, slots=True, order=True)
class _Form:
    """A printed form, and what it is weighed by, the weightiest first.

    Consonants that differ from the Latin name's, by share; vowel signs; all letters that differ, where the script
    writes vowels; letters of the territory's own, negative; letters that differ from the other forms; length.
    """

    consonants: float
    signs: int
    letters: int
    own: int
    apart: int
    length: int
    name: str


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


def local_name(
    names: Iterable[str], latin: str, territory: str, *, region: str = "", population: int = 0
) -> tuple[str, str] | None:
    """Return a place's name as its own territory writes it, and the script; None where none is held.

    Parameters
    ----------
    names : iterable of str
        All forms listed.
    latin : str
        The name in Latin script.
    territory : str
        ISO 3166-1 alpha-2 code.
    region : str
        GeoNames' code of the first-order division, which decides the script in India.
    population : int
    """
    scripts = SCRIPTS_OF.get(territory, ())
    spelling = territory
    if territory == "IN":
        scripts = _STATES_OF_INDIA.get(region, scripts)
        spelling = "PK" if scripts == ("Arab",) else territory
    written = [(script_of(name), name) for name in sorted(set(names))]
    for code in scripts:
        own = [name for script, name in written if script == code]
        chosen = choose_name(own, latin, spelling, population=population)
        if chosen:
            return chosen, code
    return None


def arabic_name(names: Iterable[str], latin: str, *, population: int = 0) -> str | None:
    """Return the form of a name in the letters of Arabic, None where none is held."""
    own = [name for name in sorted(set(names)) if script_of(name) == "Arab"]
    return choose_name(own, latin, "DZ", population=population)


def choose_name(names: Sequence[str], latin: str, territory: str, *, population: int = 0) -> str | None:
    """Choose among the forms of a name in one script; None where none is surely the name.

    Examples
    --------
    >>> choose_name(["Киев", "Київ", "Кыив"], "Kyiv", "UA")
    'Київ'
    >>> choose_name(["کیدال", "كيدال"], "Kidal", "ML")
    'كيدال'
    >>> choose_name(["Новоселівка"], "Iverske", "UA")
    """
    fitting = [name for name in names if _fits(name, territory)]
    if not fitting:
        return None
    forms = sorted(_form(name, latin, territory, fitting) for name in fitting)
    near = [form for form in forms if form.consonants <= _FURTHEST]
    if near:
        return near[0].name
    return forms[0].name if population >= _LARGE else None


def _form(name: str, latin: str, territory: str, others: Sequence[str]) -> _Form:
    one, other = _folded(latin), _folded(_respelled(name, territory))
    alphabet = _alphabet(name, territory)
    own = 0 if alphabet is None else sum(letter in alphabet[1] for letter in name.lower())
    bare, second = one.translate(_SILENT), other.translate(_SILENT)
    share = _changes(bare, second) / max(len(bare), len(second), 1)
    letters = 0 if script_of(name) in _WITHOUT_VOWELS else _changes(one, other)
    apart = sum(_changes(name, each) for each in others if not _vowel_signs(each))
    # Hebrew print of today writes vowel letters where dictionaries set signs.
    length = -len(name) if script_of(name) == "Hebr" else len(name)
    return _Form(share, _vowel_signs(name), letters, -own, apart, length, name)


def _respelled(name: str, territory: str) -> str:
    """Put letters as the territory says them where the general table does otherwise."""
    text = name.lower()
    for letter, sound in _SOUNDS.get(territory, ()):
        text = text.replace(letter, sound)
    return text.translate(_LONG_A)


def _vowel_signs(name: str) -> int:
    """Arabic and Hebrew print has them in dictionaries, hardly on maps."""
    return sum(map(bool, map(unicodedata.combining, name))) if script_of(name) in {"Arab", "Hebr"} else 0


def _folded(name: str) -> str:
    return "".join(letter for letter in anyascii(name).lower() if letter.isalpha())


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
    if name.endswith(_FOREIGN_ENDINGS.get(territory, ())):
        return False
    letters = (letter for letter in name.lower() if letter not in _BETWEEN and not unicodedata.combining(letter))
    return all(letter in alphabet[0] for letter in letters)


def _changes(one: str, other: str) -> int:
    """Letters to put in, take out or exchange to make one name the other (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, second in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != second))
    return row[-1]
