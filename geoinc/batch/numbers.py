"""Degrees in columns: numbers as programs write them, each with the cell of its printed digits; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["POINT", "Degrees", "read_degrees", "shorten"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

POINT: Final = "."
LONGEST: Final = 24
LONGEST_SHOWN: Final = 40
# Half of the last printed unit, as a decimal literal rounds it.
_HALF_DEG: Final = np.array([float(f"5e-{decimals + 1}") for decimals in range(LONGEST + 1)])
LARGEST_EXACT: Final = 2.0**53 - 1
_POWERS: Final = np.array([float(10**power) for power in range(23)])
"""Those powers of ten that are held exactly."""
_MISSING: Final = frozenset({"", "nan", "na", "n/a", "null", "none", "nil", "-", "--", "."})
_DEGREES: Final = re.compile(r"[°º˚'′’\"″”]|[nsewo]\s*$|^\s*[nsewo]", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
_POWER: Final = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))[eE]([+-]?\d{1,3})", re.ASCII)
_COMMA: Final = re.compile(r"[+-]?\d*,\d+", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False)
class Degrees:
    """A column of coordinates.

    Attributes
    ----------
    value : ndarray of float, shape (n,)
        In degrees; NaN where nothing could be read.
    half_width : ndarray of float, shape (n,)
        Half of the last printed unit, in degrees; 0 where numbers were not printed but stored.
    problems : dict of int to str
        Why nothing could be read, by position in the column.
    """

    value: Array
    half_width: Array
    problems: dict[int, str]


def read_degrees(texts: Sequence[str | None], name: str, *, decimal: str = POINT) -> Degrees:
    """Read a column of printed decimal degrees.

    Parameters
    ----------
    texts : sequence of str or None
        As they stand in the file.
    name : str
        What they are, for the reasons: ``"latitude"``.
    decimal : str
        The decimal sign, ``"."`` or ``","``.

    Examples
    --------
    >>> column = read_degrees(["19.868", "-2,5", "", "7"], "latitude")
    >>> column.value.tolist(), column.half_width.tolist()
    ([19.868, nan, nan, 7.0], [0.0005, 0.0, 0.0, 0.5])
    >>> column.problems[2]
    'no latitude'
    """
    held: Sequence[str] = ["" if text is None else text for text in texts] if None in texts else texts  # type: ignore[assignment]  # no None is left
    plain, exact, value, decimals = _parse(held, decimal)
    half = np.where(plain, _HALF_DEG[decimals], 0.0)
    for row in np.flatnonzero(plain & ~exact).tolist():
        value[row] = float(held[row].replace(decimal, POINT))
    problems = {}
    for row in np.flatnonzero(~plain).tolist():
        found = _read_odd(texts[row] or "", name, decimal)
        if isinstance(found, str):
            problems[row] = found
        else:
            value[row], half[row] = found
    return Degrees(value, half, problems)


def _parse(texts: Sequence[str], decimal: str) -> tuple[Flags, Flags, Array, NDArray[np.intp]]:
    """Read digits, a sign before them and one decimal sign, all texts at once.

    Returns
    -------
    plain : ndarray of bool
        Which texts consist of nothing else.
    exact : ndarray of bool
        For which of those `value` is right to the last bit: where digits and power of ten are exact, so is the
        rounding of their quotient.
    value : ndarray of float
        NaN where a text is not plain.
    decimals : ndarray of int
        How many digits stand behind the decimal sign.
    """
    count = len(texts)
    # What is not ASCII becomes a question mark each: lengths stay, and no such text is plain.
    codes = np.frombuffer("".join(texts).encode("ascii", "replace") or b"?", dtype=np.uint8)
    length = np.fromiter(map(len, texts), dtype=np.intp, count=count)
    start = np.cumsum(length) - length
    plain = length <= LONGEST
    digits, decimals, points = (np.zeros(count, dtype=np.intp) for _ in range(3))
    whole = np.zeros(count)
    negative = np.zeros(count, dtype=bool)
    for place in range(min(LONGEST, int(length.max(initial=0)))):
        code = codes[np.minimum(start + place, codes.size - 1)]
        inside = place < length
        number = code - np.uint8(ord("0"))
        digit, point = inside & (number < 10), inside & (code == ord(decimal))
        good = digit | point
        if place == 0:
            negative = code == ord("-")
            good |= negative | (code == ord("+"))
        plain &= good | ~inside
        whole = np.where(digit, whole * 10 + number, whole)
        digits += digit
        decimals += digit & (points > 0)
        points += point
    plain &= (digits > 0) & (points <= 1)
    # Past the largest whole number that is held exactly, this sum is no longer that of the digits.
    exact = plain & (whole <= LARGEST_EXACT) & (decimals < _POWERS.size)
    value = whole / _POWERS[np.minimum(decimals, _POWERS.size - 1)]
    return plain, exact, np.where(plain, np.where(negative, -value, value), np.nan), decimals


@lru_cache(maxsize=4096)
def _read_odd(text: str, name: str, decimal: str) -> tuple[float, float] | str:
    """Value and half a unit of a text that is no plain number; or why it is none."""
    bare = text.strip().replace("\N{MINUS SIGN}", "-")
    if bare.casefold() in _MISSING:
        return f"no {name}" if not bare else f"no {name} ({shorten(text)})"
    pointed = bare if decimal == POINT else bare.replace(POINT, "?").replace(decimal, POINT)
    if _PLAIN.fullmatch(pointed):
        return float(pointed), _half_of(pointed, 0)
    power = _POWER.fullmatch(pointed)
    if power:
        return float(pointed), _half_of(power[1], int(power[2]))
    return _why_no_number(text, bare, name, decimal)


def _why_no_number(text: str, bare: str, name: str, decimal: str) -> str:
    if decimal == POINT and _COMMA.fullmatch(bare):
        return (
            f"the {name} {shorten(text)} has a comma: it may be a decimal sign or part thousands; write a point, or "
            "give --decimal ,"
        )
    if decimal != POINT and POINT in bare:
        return f"the {name} {shorten(text)} has a point, and the decimal sign is declared to be a comma"
    if any(character.isdigit() for character in bare) and _DEGREES.search(bare):
        return (
            f"the {name} {shorten(text)} is a printed coordinate and no decimal number: convert it first (geoinc parse "
            "reads it)"
        )
    return f"the {name} {shorten(text)} is no number"


def _half_of(digits: str, power: int) -> float:
    decimals = len(digits.partition(POINT)[2])
    return float(f"5e{power - decimals - 1}")


def shorten(text: str) -> str:
    """Return a text in quotes, cut where it is long."""
    return repr(text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "...")
