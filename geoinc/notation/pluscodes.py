"""Plus Codes (Open Location Codes), of which each names a cell.

The package that decodes them has rested since 2019, and works in floats; the code is a number to the base
20 in two columns, so that exact fractions need fewer lines than an adapter.

References
----------
Open Location Code: An Open Source Standard for Addresses, Independent of Building Numbers And Street Names;
sections "Encoding" and "Decoding" of its specification.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from geoinc.errors import ReadingError
from geoinc.messages import number, say
from geoinc.notation.cells import METRES_PER_DEGREE, Cell, remark_on_fineness

__all__ = ["read_plus_code", "write_plus_code"]

_ALPHABET: Final = "23456789CFGHJMPQRVWX"
_SHAPE: Final = re.compile(rf"([{_ALPHABET}]+)(0*)\+([{_ALPHABET}]*)(.*)", re.IGNORECASE | re.ASCII | re.DOTALL)
_PAIR_DIGITS: Final = 10
_MAX_DIGITS: Final = 15
_PLUS_AT: Final = 8
_ROWS: Final = 5
_COLUMNS: Final = 4


def read_plus_code(folded: str, source_text: str) -> Cell | None:
    """Return the cell of a full Plus Code; None where the text is none.

    Raises
    ------
    ReadingError
        If the code is short, and so needs a town beside it, or has a form that no code has.
    """
    match = _SHAPE.fullmatch(folded)
    if match is None:
        return None
    head, padding, tail, rest = match[1].upper(), match[2], match[3].upper(), match[4]
    before = len(head) + len(padding)
    if before < _PLUS_AT and not padding and len(tail) >= 2 and any(each.isalpha() for each in head + tail):
        raise ReadingError(
            f"{source_text!r} is a short Plus Code: where it lies depends on a town beside it; give the full "
            f"code, of {_PLUS_AT} letters and digits before the plus",
            text=source_text,
        )
    if before != _PLUS_AT or rest:
        return None
    if len(head) % 2 or (padding and tail) or len(tail) == 1 or len(head + tail) > _MAX_DIGITS:
        raise ReadingError(
            f"{source_text!r} has not the form of a Plus Code, such as 7FF4VV9V+5H: pairs before the plus, zeros "
            "only to fill up to it, and two to seven letters or digits behind it",
            text=source_text,
        )
    low_lat, low_lon, size_lat, size_lon = _decode(head + tail)
    if low_lat >= 90 or low_lon >= 180:
        raise ReadingError(f"the Plus Code {source_text!r} lies off the Earth; check its first pair", text=source_text)
    return Cell(
        lon_deg=float(low_lon + size_lon / 2),
        lat_deg=float(low_lat + size_lat / 2),
        half_width_lon_deg=float(size_lon / 2),
        half_width_lat_deg=float(size_lat / 2),
        notation="pluscode",
        warnings=remark_on_fineness(
            float(size_lat) * METRES_PER_DEGREE, say("{count} digits", count=number(len(head + tail)))
        ),
    )


def write_plus_code(lon_deg: float, lat_deg: float, resolution: float) -> str:
    """Return the shortest full code whose cell holds the position and is at most `resolution` degrees high.

    Parameters
    ----------
    lon_deg, lat_deg : float
        In degrees, within their axes.
    resolution : float
        In degrees; no code is finer than 15 digits.

    Returns
    -------
    str
        With a plus behind its eighth digit.

    Examples
    --------
    >>> write_plus_code(2.893916944, 19.867982778, 0.000125)
    '7FF4VV9V+5H'
    """
    # A position on the northern or eastern end lies on the edge of the last cell.
    lat = min(Fraction(lat_deg) + 90, Fraction(180) - Fraction(1, 10**12))
    lon = min(Fraction(lon_deg) + 180, Fraction(360) - Fraction(1, 10**12))
    size_lat = size_lon = Fraction(20)
    # A half width that was rounded to a float must not ask for one more digit when it is doubled.
    allowed = resolution * (1 + 1e-9)
    digits = ""
    while len(digits) < _PAIR_DIGITS:
        row, lat = divmod(lat, size_lat)
        column, lon = divmod(lon, size_lon)
        digits += _ALPHABET[int(row)] + _ALPHABET[int(column)]
        if size_lat <= allowed:
            return _punctuate(digits)
        size_lat, size_lon = size_lat / 20, size_lon / 20
    size_lat, size_lon = size_lat * 20 / _ROWS, size_lon * 20 / _COLUMNS
    while len(digits) < _MAX_DIGITS:
        row, lat = divmod(lat, size_lat)
        column, lon = divmod(lon, size_lon)
        digits += _ALPHABET[int(row) * _COLUMNS + int(column)]
        if size_lat <= allowed:
            break
        size_lat, size_lon = size_lat / _ROWS, size_lon / _COLUMNS
    return _punctuate(digits)


def _punctuate(digits: str) -> str:
    if len(digits) <= _PLUS_AT:
        return f"{digits:0<{_PLUS_AT}}+"
    return f"{digits[:_PLUS_AT]}+{digits[_PLUS_AT:]}"


def _decode(digits: str) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """Return the southern and western ends of the cell, and its size in latitude and longitude."""
    low_lat, low_lon = Fraction(-90), Fraction(-180)
    size_lat = size_lon = Fraction(400)
    for place, digit in enumerate(digits):
        value = _ALPHABET.index(digit)
        if place >= _PAIR_DIGITS:
            size_lat, size_lon = size_lat / _ROWS, size_lon / _COLUMNS
            low_lat += value // _COLUMNS * size_lat
            low_lon += value % _COLUMNS * size_lon
        elif place % 2:
            size_lon /= 20
            low_lon += value * size_lon
        else:
            size_lat /= 20
            low_lat += value * size_lat
    return low_lat, low_lon, size_lat, size_lon
