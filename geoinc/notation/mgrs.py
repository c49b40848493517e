"""Squares of the Military Grid Reference System: their letters, and their cells.

The projection is PROJ's. The lettering is written here because the packages that hold it give the corner of the
square as a point, or its centre without its size, and read a misprinted band or a square that its zone does not
hold as some other place.

References
----------
NGA.STND.0037_2.0.0_GRIDS (2014), Universal Grids and Grid Reference Systems, section 3.
"""

from __future__ import annotations

import math
import re
from typing import Final

from geoinc.errors import ReadingError
from geoinc.notation.cells import Cell
from geoinc.notation.grids import (
    BANDS,
    band_limits,
    choose_power,
    find_band,
    find_zone,
    locate_square,
    project,
    zone_limits,
)
from geoinc.notation.utm import check_grid_latitude, remark_on_zone

__all__ = ["read_mgrs", "write_mgrs"]

_SHAPE: Final = re.compile(
    r"(?P<opening>MGRS:? ?|USNG:? ?)?(?P<zone>[0-9]{1,2})(?P<gap> ?)(?P<band>[A-Z]) ?(?P<square>[A-Z]{2}) ?"
    r"(?P<first>[0-9]*) ?(?P<second>[0-9]*)",
    re.IGNORECASE | re.ASCII,
)
_COLUMNS: Final = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS: Final = "ABCDEFGHJKLMNPQRSTUV"
_EVEN_ZONE_SHIFT: Final = 5
_SQUARE_M: Final = 100_000
_CYCLE_M: Final = 2_000_000
_MAX_DIGITS: Final = 5
# A band and two letters that spell a hemisphere: 18 SUD 25 is no square unless it is printed as one.
_WORDS: Final = frozenset({"SUD", "SUR", "SUL", "EST"})


def read_mgrs(folded: str, source_text: str) -> Cell | None:
    """Return the cell of an MGRS square; None where the text has another shape.

    Digits are cut off, not rounded, so that they name a square; its middle is the position.

    Raises
    ------
    ReadingError
        If the digits cannot be halved, or no such square lies in the zone and band.
    """
    match = _SHAPE.fullmatch(folded)
    if match is None:
        return None
    letters = match["band"] + match["square"]
    digits = match["first"] + match["second"]
    if not match["opening"] and letters.upper() in _WORDS and (match["gap"] or len(digits) < 4):
        return None
    if not letters.isupper() and not letters.islower():
        raise ReadingError(
            f"{source_text!r} mixes capitals and small letters; write an MGRS square as 31QDB8889396875",
            text=source_text,
        )
    if len(digits) % 2 or (match["second"] and len(match["first"]) != len(match["second"])):
        raise ReadingError(
            f"the {len(digits)} digits of {source_text!r} do not halve into an easting and a northing; was one lost?",
            text=source_text,
        )
    if len(digits) > 2 * _MAX_DIGITS:
        raise ReadingError(
            f"{source_text!r} has {len(digits)} digits; an MGRS square has at most {2 * _MAX_DIGITS}",
            text=source_text,
        )
    return _locate(int(match["zone"]), letters.upper(), digits, source_text)


def write_mgrs(lon_deg: float, lat_deg: float, resolution: float) -> str:
    """Return the square that holds a position and is at most `resolution` degrees high, or else the finest.

    Parameters
    ----------
    lon_deg, lat_deg, resolution : float
        In degrees; the resolution in degrees of latitude.

    Returns
    -------
    str
        Zone, band, letters and digits, without spaces.

    Raises
    ------
    GeometryError
        If the latitude is beyond the grid.

    Examples
    --------
    >>> write_mgrs(2.893916944, 19.867982778, 1e-5)
    '31QDB8889396875'
    """
    check_grid_latitude(lat_deg)
    digits = min(max(_MAX_DIGITS - choose_power(resolution), 0), _MAX_DIGITS)
    zone = find_zone(lon_deg, lat_deg)
    easting_m, northing_m = map(math.floor, project(lon_deg, lat_deg, zone))
    column = _COLUMNS[(zone - 1) % 3][easting_m // _SQUARE_M - 1]
    row = _ROWS[(northing_m // _SQUARE_M + (0 if zone % 2 else _EVEN_ZONE_SHIFT)) % len(_ROWS)]
    within = "".join(f"{metres % _SQUARE_M:05d}"[:digits] for metres in (easting_m, northing_m))
    return f"{zone}{find_band(lat_deg)}{column}{row}{within}"


def _locate(zone: int, letters: str, digits: str, source_text: str) -> Cell:
    band, column, row = tuple(letters)
    columns = _COLUMNS[(zone - 1) % 3]
    if not 1 <= zone <= 60 or band not in BANDS or zone_limits(zone, band) is None:
        raise ReadingError(f"{source_text!r} lies in no zone of the grid: there is no {zone}{band}", text=source_text)
    if column not in columns or row not in _ROWS:
        raise ReadingError(
            f"zone {zone} of {source_text!r} holds no square {column}{row}; its columns are {columns}, its rows "
            f"{_ROWS[0]} to {_ROWS[-1]} without I and O",
            text=source_text,
        )
    half = len(digits) // 2
    side_m = _SQUARE_M // 10**half
    shift = 0 if zone % 2 else _EVEN_ZONE_SHIFT
    easting_m = (columns.index(column) + 1) * _SQUARE_M + int(digits[:half] or 0) * side_m + side_m / 2
    northing_m = (_ROWS.index(row) - shift) % len(_ROWS) * _SQUARE_M + int(digits[half:] or 0) * side_m + side_m / 2
    south_deg, north_deg = band_limits(band)
    # The rows repeat every 2,000 km, and no band is as high: one repetition at most lies in it.
    for cycle in range(5):
        square = locate_square(zone, easting_m, northing_m + cycle * _CYCLE_M, side_m / 2, south=band < "N")
        lon_deg, lat_deg, half_lon_deg, half_lat_deg = square
        if south_deg - half_lat_deg < lat_deg < north_deg + half_lat_deg:
            return Cell(
                lon_deg=lon_deg,
                lat_deg=lat_deg,
                half_width_lon_deg=half_lon_deg,
                half_width_lat_deg=half_lat_deg,
                notation="mgrs",
                warnings=remark_on_zone(zone, square),
            )
    raise ReadingError(
        f"the square {column}{row} of {source_text!r} is not in band {band}; one of the three letters is misprinted",
        text=source_text,
    )
