"""From a named place to a printed position: distance, direction, and what the cell leaves open of both.

References
----------
C. F. F. Karney, *Algorithms for geodesics*, J. Geodesy 87 (2013) 43-55: the geodesic distances and azimuths, and the
azimuthal equidistant projection (section 9), in which those from the middle are kept.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from geoinc.geodesy import inverse
from geoinc.intervals import Interval
from geoinc.notation import Reading
from geoinc.places import Place
from geoinc.ranges import separation_interval_m

__all__ = ["Reach", "place_reading", "reach"]

CELL_STEPS: Final = 17
ARC_STEP_DEG: Final = 0.25
BEYOND: Final = 2.0


@dataclass(frozen=True, slots=True)
class Reach:
    """How a printed position lies from a place.

    Attributes
    ----------
    place : Place
    distance_m, azimuth_deg : float
        Geodesic, from the place to the middle of the printed cell; clockwise from north.
    interval : Interval
        The distance over the whole cell, from the printed point of the place.
    """

    place: Place
    distance_m: float
    azimuth_deg: float
    interval: Interval
    _cell: BaseGeometry

    def shift_to_m(self, distance: Interval, sector_deg: tuple[float, float] | None) -> float:
        """Return how far the cell would have to be moved to meet a distance and a sector of directions at once.

        Parameters
        ----------
        distance : Interval
            In metres, from the place.
        sector_deg : tuple of float or None
            From and to, clockwise from north; None for any direction.

        Returns
        -------
        float
            In metres; 0 where a part of the cell fits as it is. Without a sector it is the gap between the two
            intervals, exactly; with one it is measured in the plane of distances and azimuths from the place.
        """
        if sector_deg is None or (sector_deg[1] - sector_deg[0]) % 360.0 == 0.0:
            return self.interval.gap(distance)
        west, south, east, north = self._cell.bounds
        far_m = BEYOND * max(self.interval.high, distance.low, *(abs(end) for end in (west, south, east, north)), 1.0)
        return float(self._cell.distance(_sector(distance, sector_deg, far_m)))


def place_reading(place: Place) -> Reading:
    """Return the printed point of a place as a reading without a cell, its accuracy as a stated one."""
    return Reading(
        lon_deg=place.lon_deg,
        lat_deg=place.lat_deg,
        half_width_lon_deg=0.0,
        half_width_lat_deg=0.0,
        notation="decimal",
        source_text=place.name,
        accuracy_m=place.accuracy_m,
    )


def reach(place: Place, reading: Reading) -> Reach:
    """Measure how a printed position lies from a place.

    Examples
    --------
    >>> from geoinc.notation import read_position
    >>> from geoinc.places import gazetteer
    >>> found = reach(gazetteer()["tinzawaten-mli"], read_position("19°52’04.738’’N 2°53’38.101’’E"))
    >>> round(found.distance_m), round(found.azimuth_deg, 1)
    (10559, 173.7)
    """
    lon, lat = _outline(reading)
    distances, azimuths = _polar(place, lon, lat)
    (distance_m,), (azimuth_deg,) = _polar(place, np.array([reading.lon_deg]), np.array([reading.lat_deg]))
    cell = Polygon(np.column_stack((distances * np.sin(azimuths), distances * np.cos(azimuths))))
    interval = separation_interval_m(place_reading(place), reading)
    return Reach(place, float(distance_m), math.degrees(float(azimuth_deg)) % 360.0, interval, cell.buffer(0))


def _polar(
    place: Place, lon_deg: NDArray[np.float64], lat_deg: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    distance_m, azimuth_deg, _ = inverse(
        np.full_like(lon_deg, place.lon_deg), np.full_like(lat_deg, place.lat_deg), lon_deg, lat_deg
    )
    return np.atleast_1d(distance_m), np.radians(np.atleast_1d(azimuth_deg))


def _outline(reading: Reading) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The border of a printed cell, in steps; a position without a cell is given one of a millimetre."""
    half_lon = max(reading.half_width_lon_deg, 1e-8)
    half_lat = max(reading.half_width_lat_deg, 1e-8)
    step = np.linspace(-1.0, 1.0, CELL_STEPS)[:-1]
    ones = np.ones_like(step)
    lon = reading.lon_deg + half_lon * np.concatenate((step, ones, -step, -ones))
    lat = reading.lat_deg + half_lat * np.concatenate((-ones, step, ones, -step))
    return lon, np.clip(lat, -90.0, 90.0)


def _sector(distance: Interval, sector_deg: tuple[float, float], far_m: float) -> BaseGeometry:
    """An annular sector round the place, in the plane of distances and azimuths; an arc for one exact distance."""
    start, end = sector_deg
    width = (end - start) % 360.0
    azimuths = np.radians(np.linspace(start, start + width, max(2, math.ceil(width / ARC_STEP_DEG) + 1)))
    arc = np.column_stack((np.sin(azimuths), np.cos(azimuths)))
    high_m = min(distance.high, far_m)
    if high_m - distance.low < 1e-3:
        return LineString(arc * high_m)
    return Polygon(np.vstack((arc * high_m, arc[::-1] * min(distance.low, high_m)))).buffer(0)
