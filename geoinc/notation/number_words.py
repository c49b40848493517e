"""Numbers that print writes out in words: ``two``, ``deux cent dix``, ``dos mil``, ``خمسة وعشرون``.

One table for each language: another language is another entry of ``_LANGUAGES``. A number stands in one language;
words of two languages are no number. Keys are folded as `geoinc.notation.quantity_words.fold_phrase` folds.

What the last digit is to a number in figures, the last word is to a number in words. ``two`` counts ones, ``two
hundred`` counts hundreds, ``two hundred and ten`` counts ones again; tens are counted in ones, as ``10`` and ``20``
are in figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from geoinc.notation.numerals import PrintedNumber
from geoinc.notation.phrases import fold_phrase

__all__ = ["Number", "SpokenNumber", "find_leading_tail", "find_tail", "read_number_words", "scale_number"]


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number in words, with the names that a `PrintedNumber` has.

    Attributes
    ----------
    value : Decimal
        Exact.
    unit : Decimal
        What 1 in the last place that the words name stands for: 1 for ``two``, 100 for ``two hundred``, 0.5 for
        ``two and a half``.
    plain : str
        The words, folded.
    collective : bool
        Whether the words name a round number by themselves, as ``une dizaine`` does.
    """

    value: Decimal
    unit: Decimal
    plain: str
    collective: bool = False

    @property
    def decimals(self) -> int:
        """Always 0: words have no decimal sign."""
        return 0

    @property
    def fraction(self) -> str:
        """Always empty: the unit of a half or a quarter already says what it is."""
        return ""


Number = PrintedNumber | SpokenNumber


@dataclass(frozen=True, slots=True)
class _Word:
    """One word: what it counts, and below what the next word of its group must stay."""

    kind: str
    value: int
    room: int = 1


@dataclass(frozen=True, slots=True)
class _Language:
    words: Mapping[str, _Word]
    connectors: frozenset[str]
    # Two words that stand for one.
    pairs: Mapping[tuple[str, str], str]
    points: frozenset[str]
    # A connector written onto the word behind it.
    prefix: str = ""
    # Ones stand before tens, tied by a connector: "five and twenty".
    ones_first: bool = False
    articles: frozenset[str] = frozenset()


def _number(words: str, kind: str, *, first: int = 0, step: int = 1, room: int = 1) -> dict[str, _Word]:
    """Return words, parted by spaces, that rise by `step`; spellings of one number are joined by ``/``."""
    return {
        fold_phrase(spelling): _Word(kind, first + number * step, room)
        for number, spellings in enumerate(words.split())
        for spelling in spellings.split("/")
    }


_ENGLISH: Final = _Language(
    words=_number("zero one two three four five six seven eight nine", "ones")
    | _number("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", "ones", first=10)
    | _number("twenty thirty forty/fourty fifty sixty seventy eighty ninety", "tens", first=20, step=10, room=10)
    | {"hundred": _Word("hundred", 100), "thousand": _Word("scale", 1000), "million": _Word("scale", 10**6)},
    connectors=frozenset({"and"}),
    pairs={},
    points=frozenset({"point"}),
    articles=frozenset({"a", "an"}),
)

_FRENCH: Final = _Language(
    words=_number("zéro un/une deux trois quatre cinq six sept huit neuf", "ones")
    | _number("dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf", "ones", first=10)
    | _number("vingt trente quarante cinquante", "tens", first=20, step=10, room=10)
    | _number("septante huitante/octante nonante", "tens", first=70, step=10, room=10)
    | _number("soixante quatre-vingt/quatre-vingts", "tens", first=60, step=20, room=20)
    | _number("cent/cents", "hundred", first=100)
    | _number("mille", "scale", first=1000)
    | _number("million/millions", "scale", first=10**6),
    connectors=frozenset({"et"}),
    pairs={("dix", each): f"dix-{each}" for each in ("sept", "huit", "neuf")}
    | {("quatre", each): f"quatre-{each}" for each in ("vingt", "vingts")},
    points=frozenset({"virgule"}),
)

_SPANISH: Final = _Language(
    words=_number("cero un/uno/una dos tres cuatro cinco seis siete ocho nueve", "ones")
    | _number("diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve", "ones", first=10)
    | _number(
        "veinte veintiún/veintiuno/veintiuna veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
        "veintiocho veintinueve",
        "ones",
        first=20,
    )
    | _number("treinta cuarenta cincuenta sesenta setenta ochenta noventa", "tens", first=30, step=10, room=10)
    | _number(
        "cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas "
        "seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas",
        "hundreds",
        first=100,
        step=100,
    )
    | {"mil": _Word("scale", 1000)}
    | _number("millón/millones", "scale", first=10**6),
    connectors=frozenset({"y"}),
    pairs={},
    points=frozenset({"coma", "punto"}),
)

_ARABIC_STEMS: Final = ("ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع")
_ARABIC_THREE_TO_NINE: Final = "ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني/ثمان تسعة/تسع"
_ARABIC_BEFORE_TEN: Final = f"أحد/إحدى اثنا/اثني/اثنتا/اثنتي {_ARABIC_THREE_TO_NINE}"

_ARABIC: Final = _Language(
    words=_number(f"صفر واحد/واحدة اثنان/اثنين/اثنتان/اثنتين {_ARABIC_THREE_TO_NINE} عشرة/عشر", "ones")
    | _number(" ".join(f"teen{number}" for number in range(11, 20)), "ones", first=11)
    | _number(
        "عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين تسعون/تسعين",
        "tens",
        first=20,
        step=10,
    )
    | _number("مئة/مائة", "hundred", first=100)
    | _number(
        " ".join(["مئتان/مئتين/مئتي/مائتان/مائتين/مائتي", *(f"{stem}مئة/{stem}مائة" for stem in _ARABIC_STEMS)]),
        "hundreds",
        first=200,
        step=100,
    )
    | _number("ألف/ألفا/آلاف", "scale", first=1000)
    | _number("مليون/مليونا/ملايين", "scale", first=10**6)
    | _number("ألفان/ألفين/ألفي", "two thousand", first=2000),
    connectors=frozenset({"و"}),
    pairs={
        (fold_phrase(spelling), fold_phrase(ten)): f"teen{number}"
        for number, spellings in enumerate(_ARABIC_BEFORE_TEN.split(), start=11)
        for spelling in spellings.split("/")
        for ten in ("عشر", "عشرة")
    },
    points=frozenset({fold_phrase("فاصلة"), fold_phrase("فاصل")}),
    prefix="و",
    ones_first=True,
)

_LANGUAGES: Final = (_ENGLISH, _FRENCH, _SPANISH, _ARABIC)

# Words that name about a round number: value, and what it counts. A ten or a score is counted in ones, as 10 is.
_COLLECTIVES: Final[dict[tuple[str, str], tuple[int, int]]] = {
    (article, word): (value, value if value >= 100 else 1)
    for article, words in (
        ("a", {"dozen": 12}),
        ("une", {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30}),
        ("une", {"quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100}),
        ("un", {"millier": 1000, "centenar": 100, "millar": 1000}),
        ("una", {"decena": 10, "docena": 12, "quincena": 15, "veintena": 20, "treintena": 30}),
        ("una", {"cuarentena": 40, "cincuentena": 50}),
    )
    for word, value in words.items()
}

_HALF: Final = (Decimal("0.5"), Decimal("0.5"))
_QUARTER: Final = (Decimal("0.25"), Decimal("0.25"))
_QUARTERS: Final = (Decimal("0.75"), Decimal("0.25"))


def _phrases(table: Mapping[tuple[Decimal, Decimal], str]) -> dict[tuple[str, ...], tuple[Decimal, Decimal]]:
    return {
        tuple(fold_phrase(phrase).split()): worth for worth, phrases in table.items() for phrase in phrases.split("/")
    }


# What stands alone before a unit: value, and what it counts.
_FRACTIONS: Final = _phrases(
    {
        _HALF: "half/a half/one half/un demi/une demi/demi/medio/media/نصف",
        _QUARTER: "quarter/a quarter/one quarter/un quart/un cuarto/ربع",
        _QUARTERS: "three quarters/three quarter/trois quarts/tres cuartos/ثلاثة أرباع",
    }
)

# What adds to a number, before its unit or behind it.
_TAILS: Final = _phrases(
    {
        _HALF: "and a half/and one half/et demi/et demie/y medio/y media/ونصف/و نصف/ونصف الكيلومتر/ونصف كيلومتر",
        _QUARTER: "and a quarter/and one quarter/et quart/et un quart/y cuarto/y un cuarto/وربع/و ربع/وربع الكيلومتر",
        _QUARTERS: "and three quarters/et trois quarts/y tres cuartos/وثلاثة أرباع/و ثلاثة أرباع",
    }
)

_SCALES: Final = {
    word: entry.value for language in _LANGUAGES for word, entry in language.words.items() if entry.kind == "scale"
}


def read_number_words(words: Sequence[str]) -> Number | None:
    """Return the number that all of `words` name together, in one language; None if they name none.

    Parameters
    ----------
    words : sequence of str
        Folded, parted at spaces and hyphens.

    Examples
    --------
    >>> read_number_words(["two", "hundred", "and", "ten"]).value
    Decimal('210')
    >>> read_number_words(["quatre", "vingt", "dix", "sept"]).value
    Decimal('97')
    >>> read_number_words(["five", "two"]) is None
    True
    """
    text = " ".join(words)
    if len(words) == 2 and (words[0], words[1]) in _COLLECTIVES:
        value, unit = _COLLECTIVES[words[0], words[1]]
        return SpokenNumber(Decimal(value), Decimal(unit), text, collective=True)
    if tuple(words) in _FRACTIONS:
        return SpokenNumber(*_FRACTIONS[tuple(words)], text)
    tail, added = find_tail(words)
    for language in _LANGUAGES:
        if tail:
            counted = _count(words[: len(words) - tail], language)
            if counted is not None:
                return SpokenNumber(counted[0] + added[0], added[1], text)
            continue
        number = _read_in(words, language)
        if number is not None:
            return number
    return None


def find_tail(words: Sequence[str]) -> tuple[int, tuple[Decimal, Decimal]]:
    """Return how many last words add a half or quarters, what they add, and what that counts.

    Examples
    --------
    >>> find_tail(["two", "and", "a", "half"])
    (3, (Decimal('0.5'), Decimal('0.5')))
    >>> find_tail(["two"])[0]
    0
    """
    for length in range(min(4, len(words)), 0, -1):
        added = _TAILS.get(tuple(words[-length:]))
        if added is not None:
            return length, added
    return 0, (Decimal(0), Decimal(1))


def find_leading_tail(words: Sequence[str]) -> tuple[int, tuple[Decimal, Decimal]]:
    """Return the same of the first words: ``9 and a half km``."""
    for length in range(min(4, len(words)), 0, -1):
        added = _TAILS.get(tuple(words[:length]))
        if added is not None:
            return length, added
    return 0, (Decimal(0), Decimal(1))


def scale_number(number: PrintedNumber, words: Sequence[str]) -> SpokenNumber | None:
    """Return a number in figures times the one word behind it, ``30 thousand``; None if that is no such word."""
    scale = _SCALES.get(" ".join(words))
    if scale is None:
        return None
    return SpokenNumber(number.value * scale, number.unit * scale, f"{number.plain} {' '.join(words)}")


def _read_in(words: Sequence[str], language: _Language) -> Number | None:
    points = [number for number, word in enumerate(words) if word in language.points]
    if not points:
        counted = _count(words, language)
        text = "one" if len(words) == 1 and words[0] in language.articles else " ".join(words)
        return None if counted is None else SpokenNumber(Decimal(counted[0]), Decimal(counted[1]), text)
    whole = _count(words[: points[0]], language)
    fraction = _spell_digits(words[points[0] + 1 :], language)
    if whole is None or not fraction:
        return None
    return PrintedNumber.from_parts(str(whole[0]), fraction)


def _spell_digits(words: Sequence[str], language: _Language) -> str:
    """Return the digits behind a spoken decimal point: digit by digit, or one number of two digits."""
    singles = [language.words.get(word) for word in words]
    if all(word is not None and word.kind == "ones" and word.value < 10 for word in singles):
        return "".join(str(word.value) for word in singles if word is not None)
    counted = _count(words, language)
    return str(counted[0]) if counted is not None and 10 <= counted[0] <= 99 else ""


@dataclass(slots=True)
class _Tally:
    """What was counted so far: whole thousands apart, and the group below them."""

    total: int = 0
    total_unit: int = 1
    scale_room: int = 10**9
    group: int = 0
    group_unit: int = 1
    room: int = 1000
    last: str = ""

    def add(self, word: _Word, *, linked: bool, ones_first: bool) -> bool:
        """Take one word; False if it cannot stand there."""
        last, self.last = self.last, word.kind
        match word.kind:
            case "hundred":
                return self._take_hundred(linked=linked)
            case "scale":
                return self._take_scale(word.value, linked=linked)
            case "two thousand":
                self.last = "scale"
                return not self.group and self._take_scale(1000, linked=linked, times=2)
            case "tens" if ones_first and last == "ones" and linked and 0 < self.group % 100 < 10:
                self.group, self.room = self.group + word.value, 1
                return True
        # Zero stands alone: nothing is left to add to it, and it adds to nothing.
        if not 0 < word.value < self.room and (word.value or last):
            return False
        self.group += word.value
        self.group_unit = 100 if word.kind == "hundreds" else 1
        self.room = 100 if word.kind == "hundreds" else word.room if word.value else 0
        return True

    def _take_hundred(self, *, linked: bool) -> bool:
        if (linked and self.group) or self.room == 0 or not (self.group < 10 or 11 <= self.group <= 19):
            return False
        self.group, self.group_unit, self.room = max(self.group, 1) * 100, 100, 100
        return True

    def _take_scale(self, scale: int, *, linked: bool, times: int = 0) -> bool:
        if (linked and self.group) or self.room == 0 or scale >= self.scale_room:
            return False
        self.total += (times or self.group or 1) * scale
        self.total_unit = (self.group_unit if self.group else 1) * scale
        self.scale_room = scale
        self.group, self.group_unit, self.room = 0, 1, 1000
        return True


def _count(words: Sequence[str], language: _Language) -> tuple[int, int] | None:
    """Return the whole number that the words name in one language, and what its last word counts."""
    tally = _Tally()
    linked = False
    for place, token in enumerate(_join_pairs(_part_prefixes(words, language), language)):
        if token in language.connectors:
            if linked or not place:
                return None
            linked = True
            continue
        if token in language.articles and not place:
            word = _Word("ones", 1)
        elif token in language.words:
            word = language.words[token]
        else:
            return None
        if not tally.add(word, linked=linked, ones_first=language.ones_first):
            return None
        linked = False
    if linked or not tally.last:
        return None
    return tally.total + tally.group, tally.group_unit if tally.group or not tally.total else tally.total_unit


def _part_prefixes(words: Sequence[str], language: _Language) -> list[str]:
    """Return the words with a connector that is written onto the next word parted from it."""
    prefix = language.prefix
    if not prefix:
        return list(words)
    parted: list[str] = []
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        bare = word.removeprefix(prefix)
        # "and eleven" folds to the letters of "one ten".
        teen = bool(parted) and (bare, following) in language.pairs
        whole = bare in {"", word} or (word in language.words and not teen)
        parted += [word] if whole else [prefix, bare]
    return parted


def _join_pairs(words: Sequence[str], language: _Language) -> list[str]:
    joined: list[str] = []
    for word in words:
        pair = language.pairs.get((joined[-1], word)) if joined else None
        if pair is not None:
            joined[-1] = pair
        else:
            joined.append(word)
    return joined
