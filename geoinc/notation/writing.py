"""Positions to print, in any notation, at a stated resolution."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, get_args

from geoinc.errors import GeometryError
from geoinc.notation.mgrs import write_mgrs
from geoinc.notation.pluscodes import write_plus_code
from geoinc.notation.utm import write_utm

__all__ = ["WRITTEN_NOTATIONS", "format_position"]

Notation = Literal["decimal", "dm", "dms", "compact", "iso6709", "geo", "utm", "mgrs", "pluscode"]

WRITTEN_NOTATIONS: Final[tuple[Notation, ...]] = get_args(Notation)
_PARTS_PER_DEGREE: Final = {
    "decimal": (1,),
    "dm": (1, 60),
    "dms": (1, 60, 3600),
    "compact": (1, 60, 3600),
    "iso6709": (1,),
    "geo": (1,),
}
_GRIDS: Final = {"utm": write_utm, "mgrs": write_mgrs, "pluscode": write_plus_code}
_MARKS: Final = "°′″"
_MAX_DECIMALS: Final = 12
# Doubling a half width that was rounded to a float must not ask for one more decimal.
_SLACK: Final = Fraction(1, 10**9)


def format_position(
    lon_deg: float,
    lat_deg: float,
    *,
    notation: Notation = "dms",
    resolution: float,
) -> str:
    """Write a position, latitude first, with the fewest digits that resolve what is asked.

    Parameters
    ----------
    lon_deg, lat_deg : float
        WGS 84, in degrees.
    notation : str
        ``"decimal"``, ``"dm"``, ``"dms"`` or ``"compact"``, of which minutes or seconds finer than the
        resolution are left out; ``"iso6709"`` or ``"geo"``, in decimal degrees; ``"utm"``, ``"mgrs"`` or
        ``"pluscode"``, whose cells are at most as high as the resolution.
    resolution : float
        What 1 in the last printed place may stand for at most, in degrees. Twice the half width of a
        reading gives the digits that it was printed with. Squares end at 1 m (MGRS) and at 15 digits (Plus
        Codes), however fine the resolution.

    Returns
    -------
    str
        What `read_position` reads back into a cell that holds the position.

    Raises
    ------
    GeometryError
        If a coordinate is not finite or out of range, or beyond the grid of the notation.
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
    >>> format_position(2.893916944, 19.867982778, notation="compact", resolution=1 / 3600)
    '195205N 0025338E'
    >>> format_position(2.893916944, 19.867982778, notation="mgrs", resolution=1e-4)
    '31QDB88899687'
    """
    if notation not in WRITTEN_NOTATIONS:
        raise ValueError(f"unknown notation {notation!r}; one of {', '.join(WRITTEN_NOTATIONS)}")
    if not (math.isfinite(resolution) and resolution > 0):
        raise ValueError(f"a resolution of {resolution} degrees prints nothing; give a positive number")
    for name, value, limit in (("latitude", lat_deg, 90), ("longitude", lon_deg, 180)):
        # Negated, so that NaN is refused too.
        if not abs(value) <= limit:
            raise GeometryError(f"the {name} {value} is not between -{limit} and {limit} degrees")
    if notation in _GRIDS:
        return _GRIDS[notation](lon_deg, lat_deg, resolution)
    coordinates = (
        _round(lat_deg, "NS", 2, notation, Fraction(resolution)),
        _round(lon_deg, "EW", 3, notation, Fraction(resolution)),
    )
    if notation == "compact":
        # Degrees alone are no compact notation; their widths differ from it only by the missing digits.
        return " ".join("".join(each.padded) + each.letter for each in coordinates)
    if notation in {"iso6709", "geo"}:
        return _write_signed(notation, *coordinates)
    return " ".join(
        "".join(part + mark for part, mark in zip(each.components, _MARKS, strict=False)) + each.letter
        for each in coordinates
    )


@dataclass(frozen=True, slots=True)
class _Rounded:
    """A coordinate in digits: degrees, minutes, seconds as far as they are written; degrees unpadded."""

    components: tuple[str, ...]
    letter: str
    width: int

    @property
    def padded(self) -> tuple[str, ...]:
        """The components with the zeros before the degrees that fixed widths ask for."""
        whole, point, fraction = self.components[0].partition(".")
        return (f"{whole:0>{self.width}}{point}{fraction}", *self.components[1:])


def _write_signed(notation: str, latitude: _Rounded, longitude: _Rounded) -> str:
    minus = ["-" if each.letter in "SW" else "" for each in (latitude, longitude)]
    if notation == "geo":
        return f"geo:{minus[0]}{latitude.components[0]},{minus[1]}{longitude.components[0]}"
    return f"{minus[0] or '+'}{latitude.padded[0]}{minus[1] or '+'}{longitude.padded[0]}/"


def _round(value_deg: float, letters: str, width: int, notation: str, resolution: Fraction) -> _Rounded:
    places, decimals = _choose_digits(notation, resolution)
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
    return _Rounded(tuple(printed), letter, width)


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
