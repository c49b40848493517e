"""What stands inside sentences and is written by locale: numbers, days, lists, names of territories."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from geoinc.messages.text import Text

if TYPE_CHECKING:
    from geoinc.messages.voice import Voice

__all__ = ["Day", "Items", "Number", "TerritoryName", "day", "items", "number", "territory"]

# English whatever the machine's language is.
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Number(Text):
    """A number with all its printed digits.

    Attributes
    ----------
    value : Decimal
        Trailing zeros kept.
    grouped : bool
        Whether thousands are parted.
    """

    __slots__ = ("grouped", "value")
    value: Decimal
    grouped: bool

    def said(self, voice: Voice) -> str:
        """Return the same digits with the voice's signs; in English as they stand."""
        return str(self) if voice.language == "en" else voice.number(self.value, grouped=self.grouped)


class Day(Text):
    """A day of the calendar.

    Attributes
    ----------
    value : date
    with_year : bool
    """

    __slots__ = ("value", "with_year")
    value: date
    with_year: bool

    def said(self, voice: Voice) -> str:
        """Return the day with the voice's name of the month."""
        return voice.day(self.value, with_year=self.with_year)


class Items(Text):
    """A list in a sentence.

    Attributes
    ----------
    parts : tuple of str
    last : {"and", "or"}
    """

    __slots__ = ("last", "parts")
    parts: tuple[str, ...]
    last: Literal["and", "or"]

    def said(self, voice: Voice) -> str:
        """Return the list as the voice's language joins one."""
        return voice.items(self.parts, self.last)


class TerritoryName(Text):
    """The name of a territory.

    Attributes
    ----------
    code : str
        ISO 3166-1 alpha-3.
    """

    __slots__ = ("code",)
    code: str

    def said(self, voice: Voice) -> str:
        """Return the name in the voice's language, or the English one where none is held."""
        return voice.territory(self.code) or voice(str(self))


def number(
    value: int | float | Decimal | str, decimals: int | None = None, *, minus: str = "−", group: str = ""
) -> Number:
    """Write a number: the digits given, or so many decimals.

    Parameters
    ----------
    value : int, float, Decimal or str
        A string is kept digit for digit: ``"9.50"``.
    decimals : int, optional
        Round to so many, halves away from zero on the exact binary value.
    minus : str, optional
        The sign in English; other languages have their own.
    group : str, optional
        What parts thousands in English; other languages part them their own way wherever this is given.

    Examples
    --------
    >>> number("9.50"), number(1286.2), number(-2.26, 1), number(3)
    ('9.50', '1286.2', '−2.3', '3')
    >>> number(10_000_000, group=",")
    '10,000,000'
    """
    exact = Decimal(repr(value)) if isinstance(value, float) and decimals is None else Decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP")
    if exact == 0:
        exact = abs(exact)
    digits = f"{exact:,f}".replace(",", group) if group else f"{exact:f}"
    new = Number(digits.replace("-", minus))
    new.value, new.grouped = exact, bool(group)
    return new


def day(value: date, *, with_year: bool = True) -> Day:
    """Write a date.

    Examples
    --------
    >>> day(date(2025, 4, 1)), day(date(2025, 4, 1), with_year=False)
    ('1 April 2025', '1 April')
    """
    written = f"{value.day} {_MONTHS[value.month - 1]}"
    new = Day(f"{written} {value.year}" if with_year else written)
    new.value, new.with_year = value, with_year
    return new


def items(parts: Iterable[str], *, last: Literal["and", "or"] = "and") -> Items:
    """Join items as a sentence does.

    Examples
    --------
    >>> items(["M2", "M4", "M5"]), items(["M2"]), items(["north", "south"], last="or")
    ('M2, M4 and M5', 'M2', 'north or south')
    """
    kept = tuple(parts)
    new = Items("".join(kept) if len(kept) < 2 else f"{', '.join(kept[:-1])} {last} {kept[-1]}")
    new.parts, new.last = kept, last
    return new


def territory(code: str, english: str) -> TerritoryName:
    """Name a territory.

    Examples
    --------
    >>> territory("DZA", "Algeria")
    'Algeria'
    """
    new = TerritoryName(english)
    new.code = code
    return new
