"""Positions to print, at a stated resolution."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final, Literal

from geoinc.errors import GeometryError

__all__ = ["format_position"]

_PARTS_PER_DEGREE: Final = {"decimal": (1,), "dm": (1, 60), "dms": (1, 60, 3600)}
_MARKS: Final = "°′″"
_MAX_DECIMALS: Final = 12
# Doubling a half width that was rounded to a float must not ask for one more decimal.
_SLACK: Final = Fraction(1, 10**9)


def format_position(
    lon_deg: float,
    lat_deg: float,
    *,
    notation: Literal["decimal", "dm", "dms"] = "dms",
    resolution: float,
) -> str:
    """Write a position, latitude first, with the fewest digits that resolve what is asked.

    Parameters
    ----------
    lon_deg, lat_deg : float
        WGS 84, in degrees.
    notation : str
        ``"decimal"``, ``"dm"`` or ``"dms"``; minutes or seconds finer than the resolution are left out.
    resolution : float
        What 1 in the last printed place may stand for at most, in degrees. Twice the half width of a
        reading gives the digits that it was printed with.

    Returns
    -------
    str
        What `read_position` reads back into a cell that holds the position.

    Raises
    ------
    GeometryError
        If a coordinate is not finite or out of range.
    ValueError
        If the notation is unknown, or the resolution is not positive and finite.

    Examples
    --------
    >>> format_position(2.893916944, 19.867982778, resolution=0.001 / 3600)
    '19°52′04.738″N 2°53′38.101″E'
    >>> format_position(-2.9999999, -19.5, notation="dm", resolution=1 / 6000)
    '19°30.00′S 3°00.00′W'
    >>> format_position(2.893916944, 19.867982778, notation="decimal", resolution=1e-3)
    '19.868°N 2.894°E'
    """
    if notation not in _PARTS_PER_DEGREE:
        raise ValueError(f"unknown notation {notation!r}; one of {', '.join(_PARTS_PER_DEGREE)}")
    if not (math.isfinite(resolution) and resolution > 0):
        raise ValueError(f"a resolution of {resolution} degrees prints nothing; give a positive number")
    for name, value, limit in (("latitude", lat_deg, 90), ("longitude", lon_deg, 180)):
        # Negated, so that NaN is refused too.
        if not abs(value) <= limit:
            raise GeometryError(f"the {name} {value} is not between -{limit} and {limit} degrees")
    lat_text = _format_coordinate(lat_deg, "NS", notation, resolution)
    lon_text = _format_coordinate(lon_deg, "EW", notation, resolution)
    return f"{lat_text} {lon_text}"


def _format_coordinate(value_deg: float, letters: str, notation: str, resolution: float) -> str:
    places, decimals = _choose_digits(notation, Fraction(resolution))
    parts_per_degree = _PARTS_PER_DEGREE[notation][places - 1]
    # Rounded once, exactly, in the last printed unit: a carry can then never print sixty.
    units = round(abs(Fraction(value_deg)) * parts_per_degree * 10**decimals)
    letter = letters[value_deg < 0 and units > 0]
    last, fraction = divmod(units, 10**decimals)
    components = [last]
    for _ in range(places - 1):
        components[:1] = divmod(components[0], 60)
    printed = [f"{part:02d}" if place else str(part) for place, part in enumerate(components)]
    if decimals:
        printed[-1] += f".{fraction:0{decimals}d}"
    return "".join(part + mark for part, mark in zip(printed, _MARKS, strict=False)) + letter


def _choose_digits(notation: str, resolution: Fraction) -> tuple[int, int]:
    """Return how many components, and how many decimals on the last."""
    allowed = resolution * (1 + _SLACK)
    for places, parts in enumerate(_PARTS_PER_DEGREE[notation], start=1):
        if Fraction(1, parts) <= allowed:
            return places, 0
    for decimals in range(1, _MAX_DECIMALS + 1):
        if Fraction(1, parts * 10**decimals) <= allowed:
            return places, decimals
    return places, _MAX_DECIMALS
