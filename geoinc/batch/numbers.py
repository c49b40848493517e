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

POINT: Final = "."
LONGEST: Final = 24
LONGEST_SHOWN: Final = 40
# Half of the last printed unit, as a decimal literal rounds it.
_HALF_DEG: Final = np.array([float(f"5e-{decimals + 1}") for decimals in range(LONGEST + 1)])
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
    count = len(texts)
    short = [text if text is not None and len(text) <= LONGEST and text.isascii() else "" for text in texts]
    printed = np.array(short, dtype=np.bytes_) if count else np.zeros(0, dtype="S1")
    width = max(1, printed.dtype.itemsize)
    codes = printed.view(np.uint8).reshape(count, width)
    digit = (codes >= ord("0")) & (codes <= ord("9"))
    point = codes == ord(decimal)
    filled = codes != 0
    length = filled.sum(axis=1)
    sign = np.zeros_like(digit)
    sign[:, 0] = (codes[:, 0] == ord("-")) | (codes[:, 0] == ord("+"))
    plain = (digit | point | sign | ~filled).all(axis=1) & (point.sum(axis=1) <= 1) & digit.any(axis=1)
    # A NUL inside a text would pass for its end.
    plain &= length == np.fromiter((len(text) for text in short), dtype=np.intp, count=count)
    value, half = np.full(count, np.nan), np.zeros(count)
    written = printed[plain] if decimal == POINT else np.char.replace(printed[plain], decimal.encode(), b".")
    value[plain] = written.astype(np.float64)
    decimals = np.where(point.any(axis=1), length - 1 - point.argmax(axis=1), 0)
    half[plain] = _HALF_DEG[decimals[plain]]
    problems = {}
    for row in np.flatnonzero(~plain).tolist():
        found = _read_odd(texts[row] or "", name, decimal)
        if isinstance(found, str):
            problems[row] = found
        else:
            value[row], half[row] = found
    return Degrees(value, half, problems)


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
