"""The UTM zones, their latitude bands, and the cells of their squares.

The projection is PROJ's; here stand the names of zones and bands, and what a square of metres is in degrees.

References
----------
NGA.STND.0037_2.0.0_GRIDS (2014), Universal Grids and Grid Reference Systems, sections 2 and 3.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Final

from geoinc.notation.cells import METRES_PER_DEGREE

if TYPE_CHECKING:
    from pyproj import Proj

__all__ = [
    "BANDS",
    "FALSE_NORTHING_M",
    "band_limits",
    "choose_power",
    "find_band",
    "find_zone",
    "locate_square",
    "project",
    "zone_limits",
]

BANDS: Final = "CDEFGHJKLMNPQRSTUVWX"
_CENTRAL_EASTING_M: Final = 500_000
FALSE_NORTHING_M: Final = 10_000_000

# Western and eastern ends of the zones that are widened for Norway and Svalbard; those left out have no ground.
_WIDENED: Final = {
    (31, "V"): (0, 3),
    (32, "V"): (3, 12),
    (31, "X"): (0, 9),
    (33, "X"): (9, 21),
    (35, "X"): (21, 33),
    (37, "X"): (33, 42),
}
_VOID: Final = frozenset({(32, "X"), (34, "X"), (36, "X")})


def choose_power(resolution: float) -> int:
    """Return the power of ten of metres that a resolution in degrees of latitude allows for a side.

    A degree has between 110.6 and 111.7 km, and the grid stretches by 1 part in 1000 at most: 2 % more let the
    height of a cell that was read give its own power back.

    Examples
    --------
    >>> choose_power(1e-5), choose_power(1.0)
    (0, 5)
    """
    return math.floor(math.log10(resolution * METRES_PER_DEGREE * 1.02))


def band_limits(band: str) -> tuple[int, int]:
    """Return the southern and northern ends of a latitude band, in degrees."""
    south = -80 + 8 * BANDS.index(band)
    return south, 84 if band == "X" else south + 8


def find_band(lat_deg: float) -> str:
    """Return the band of a latitude between -80 and 84 degrees."""
    return BANDS[min(int((lat_deg + 80) // 8), len(BANDS) - 1)]


def zone_limits(zone: int, band: str) -> tuple[int, int] | None:
    """Return the western and eastern ends of a zone in a band, in degrees; None where the two never meet."""
    if (zone, band) in _VOID:
        return None
    return _WIDENED.get((zone, band), (zone * 6 - 186, zone * 6 - 180))


def find_zone(lon_deg: float, lat_deg: float) -> int:
    """Return the zone of a position between -80 and 84 degrees of latitude.

    Examples
    --------
    >>> find_zone(2.8939, 19.868), find_zone(5.3, 60.4), find_zone(180.0, 0.0)
    (31, 32, 60)
    """
    band = find_band(lat_deg)
    for (zone, wide_band), (west, east) in _WIDENED.items():
        if band == wide_band and west <= lon_deg < east:
            return zone
    return min(int((lon_deg + 180) // 6) + 1, 60)


def project(lon_deg: float, lat_deg: float, zone: int) -> tuple[float, float]:
    """Return easting and northing in metres, with the false northing south of the equator."""
    easting_m, northing_m = _projection(zone)(lon_deg, lat_deg)
    return easting_m, northing_m + (FALSE_NORTHING_M if lat_deg < 0 else 0)


def locate_square(
    zone: int, easting_m: float, northing_m: float, half_size_m: float, *, south: bool
) -> tuple[float, float, float, float]:
    """Return the middle of a square and half its size in degrees.

    Parameters
    ----------
    zone : int
        1 to 60.
    easting_m, northing_m : float
        The middle, as printed: with the false easting, and in the south the false northing.
    half_size_m : float
        Half the side.
    south : bool
        Whether the northing is that of the southern hemisphere.

    Returns
    -------
    tuple of float
        Longitude and latitude; half widths in longitude and latitude that hold the whole square.
    """
    inverse = _projection(zone)
    shift_m = FALSE_NORTHING_M if south else 0
    lon_deg, lat_deg = inverse(easting_m, northing_m - shift_m, inverse=True)
    # Along a side both coordinates change one way only, save at the central meridian, which no square crosses that
    # is wider than a metre: the corners hold the extremes.
    half_lon_deg = half_lat_deg = 0.0
    for corner_m in (easting_m - half_size_m, easting_m + half_size_m):
        for edge_m in (northing_m - half_size_m, northing_m + half_size_m):
            corner_lon_deg, corner_lat_deg = inverse(corner_m, edge_m - shift_m, inverse=True)
            half_lon_deg = max(half_lon_deg, abs((corner_lon_deg - lon_deg + 180) % 360 - 180))
            half_lat_deg = max(half_lat_deg, abs(corner_lat_deg - lat_deg))
    return (lon_deg + 180) % 360 - 180, lat_deg, half_lon_deg, half_lat_deg


@cache
def _projection(zone: int) -> Proj:
    # Plain degrees are read without it, and its import takes longer than all else.
    from pyproj import Proj  # noqa: PLC0415

    return Proj(
        f"+proj=tmerc +ellps=WGS84 +lat_0=0 +lon_0={zone * 6 - 183} +k=0.9996 +x_0={_CENTRAL_EASTING_M} +y_0=0 +units=m"
    )
