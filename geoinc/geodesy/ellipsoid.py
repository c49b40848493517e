"""The ellipsoid itself: WGS 84, its radii, the two geodesic problems, positions in space.

References
----------
C. F. F. Karney, "Algorithms for geodesics", *Journal of Geodesy* 87 (2013) 43-55: the method behind
:class:`pyproj.Geod`, which solves both problems here to some 15 nanometres.
"""

from __future__ import annotations

import threading
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

from geoinc.errors import GeometryError

__all__ = [
    "ECCENTRICITY_SQUARED",
    "EQUATORIAL_RADIUS_M",
    "FLATTENING",
    "MAX_CURVATURE_RADIUS_M",
    "MEAN_RADIUS_M",
    "MIN_CURVATURE_RADIUS_M",
    "POLAR_RADIUS_M",
    "check_positions",
    "direct",
    "geod",
    "inverse",
    "to_space",
    "wrap_longitude",
]

Array = NDArray[np.float64]

EQUATORIAL_RADIUS_M: Final = 6_378_137.0
FLATTENING: Final = 1 / 298.257223563
POLAR_RADIUS_M: Final = EQUATORIAL_RADIUS_M * (1 - FLATTENING)
ECCENTRICITY_SQUARED: Final = FLATTENING * (2 - FLATTENING)
MEAN_RADIUS_M: Final = (2 * EQUATORIAL_RADIUS_M + POLAR_RADIUS_M) / 3
MIN_CURVATURE_RADIUS_M: Final = POLAR_RADIUS_M**2 / EQUATORIAL_RADIUS_M
"""Smallest radius of normal curvature: along the meridian at the equator."""
MAX_CURVATURE_RADIUS_M: Final = EQUATORIAL_RADIUS_M**2 / POLAR_RADIUS_M
"""Largest radius of normal curvature: at the poles."""

MAX_LONGITUDE_DEG: Final = 540.0

_local = threading.local()


def geod() -> Geod:
    """Give this thread's own solver of geodesic problems."""
    # PROJ objects are cheap to make and are not promised to be safe when threads share one.
    solver = getattr(_local, "geod", None)
    if solver is None:
        solver = _local.geod = Geod(ellps="WGS84")
    return solver


def inverse(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> tuple[Array, Array, Array]:
    """Solve the inverse geodesic problem on WGS 84.

    Parameters
    ----------
    lon1, lat1, lon2, lat2 : array_like
        Positions in degrees; they broadcast against one another.

    Returns
    -------
    distance_m, azimuth_deg, azimuth_at_2_deg : ndarray
        Length of the shortest geodesic, its azimuth at position 1, and its azimuth at position 2, going on in
        the same direction. Azimuths are clockwise from north in [0, 360); they mean nothing where the
        distance is 0. NaN where an input is NaN.

    Examples
    --------
    >>> distance_m, azimuth_deg, _ = inverse(2.8933608, 19.8640350, 2.8939169, 19.8679828)
    >>> print(f"{distance_m:.1f} m at {azimuth_deg:.1f} degrees")
    440.9 m at 7.6 degrees
    """
    arrays = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in (lon1, lat1, lon2, lat2)))
    shape = arrays[0].shape
    from1_lon, from1_lat, to2_lon, to2_lat = (a.ravel() for a in arrays)
    azimuth, azimuth_at_2, distance = geod().inv(from1_lon, from1_lat, to2_lon, to2_lat, return_back_azimuth=False)
    return (
        np.asarray(distance).reshape(shape),
        _positive_azimuth(np.asarray(azimuth)).reshape(shape),
        _positive_azimuth(np.asarray(azimuth_at_2)).reshape(shape),
    )


def direct(lon: ArrayLike, lat: ArrayLike, azimuth_deg: ArrayLike, distance_m: ArrayLike) -> tuple[Array, Array]:
    """Solve the direct geodesic problem on WGS 84.

    Parameters
    ----------
    lon, lat : array_like
        Where the geodesic starts, in degrees.
    azimuth_deg : array_like
        Its direction there, clockwise from north.
    distance_m : array_like
        How far to go; negative goes backwards. All four broadcast against one another.

    Returns
    -------
    lon, lat : ndarray
        Where it ends, longitude in [-180, 180).

    Examples
    --------
    >>> lon, lat = direct(0.0, 0.0, 90.0, 111_319.49079327358)
    >>> print(f"{lon:.9f} {lat:.9f}")
    1.000000000 0.000000000
    """
    lon, lat, _ = go(lon, lat, azimuth_deg, distance_m)
    return lon, lat


def go(lon: ArrayLike, lat: ArrayLike, azimuth_deg: ArrayLike, distance_m: ArrayLike) -> tuple[Array, Array, Array]:
    """Solve the direct problem like `direct`, and tell the azimuth on arrival, in [0, 360)."""
    arrays = np.broadcast_arrays(
        *(np.asarray(value, dtype=np.float64) for value in (lon, lat, azimuth_deg, distance_m))
    )
    shape = arrays[0].shape
    start_lon, start_lat, azimuth1, distance = (a.ravel() for a in arrays)
    lon2, lat2, azimuth2 = geod().fwd(start_lon, start_lat, azimuth1, distance, return_back_azimuth=False)
    return (
        wrap_longitude(np.asarray(lon2)).reshape(shape),
        np.asarray(lat2).reshape(shape),
        _positive_azimuth(np.asarray(azimuth2)).reshape(shape),
    )


def _positive_azimuth(azimuth_deg: Array) -> Array:
    positive = np.where(azimuth_deg < 0, azimuth_deg + 360.0, azimuth_deg) + 0.0
    # A tiny negative azimuth plus 360 rounds to 360 itself.
    return np.where(positive >= 360.0, 0.0, positive)


def wrap_longitude(lon: Array) -> Array:
    """Bring longitudes or differences of longitude into [-180, 180); those already there stay bit for bit."""
    wrapped = lon - 360.0 * np.floor((lon + 180.0) / 360.0)
    wrapped = np.where(wrapped >= 180.0, -180.0, wrapped)
    return np.where((lon >= -180.0) & (lon < 180.0), lon, wrapped)


def to_space(lon: Array, lat: Array) -> Array:
    """Place positions on the ellipsoid in earth-centred coordinates: metres, first axis x, y, z."""
    longitude, latitude = np.radians(lon), np.radians(lat)
    sine = np.sin(latitude)
    normal = EQUATORIAL_RADIUS_M / np.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine)
    across = normal * np.cos(latitude)
    return np.stack(
        [across * np.cos(longitude), across * np.sin(longitude), normal * (1 - ECCENTRICITY_SQUARED) * sine]
    )


def radii(lat: Array) -> tuple[Array, Array]:
    """Radius of curvature along the meridian, and radius of the parallel, in metres."""
    latitude = np.radians(lat)
    sine = np.sin(latitude)
    w2 = 1 - ECCENTRICITY_SQUARED * sine * sine
    normal = EQUATORIAL_RADIUS_M / np.sqrt(w2)
    # The cosine of 90 degrees in binary is 6e-17, not 0; a negative radius would turn headings round.
    return normal * (1 - ECCENTRICITY_SQUARED) / w2, np.abs(normal * np.cos(latitude))


def _numbers(values: ArrayLike) -> Array:
    # What lies under a mask is any number, often 0: a plain conversion would measure from there.
    numbers = np.asarray(values, dtype=np.float64)
    return np.where(values.mask, np.nan, numbers) if isinstance(values, np.ma.MaskedArray) else numbers


def check_positions(lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
    """Broadcast longitudes and latitudes; NaN passes, what is masked becomes NaN, anything else out of range raises.

    Raises
    ------
    GeometryError
        If they do not broadcast, a value is infinite, a latitude lies beyond 90 degrees or a longitude beyond
        540.
    """
    try:
        lon, lat = np.broadcast_arrays(_numbers(lon), _numbers(lat))
    except (TypeError, ValueError) as error:
        message = f"longitudes and latitudes must be numbers and arrays of matching shape: {error}"
        raise GeometryError(message) from error
    bad = (np.abs(lon) > MAX_LONGITUDE_DEG) | (np.abs(lat) > 90.0)
    if bad.any():
        where = int(np.flatnonzero(bad)[0])
        value = f"lon {lon.flat[where]:.10g}, lat {lat.flat[where]:.10g}"
        raise GeometryError(
            f"position {where} is out of range: {value}. Give degrees, longitude first, "
            f"latitudes from -90 to 90 and longitudes from {-MAX_LONGITUDE_DEG:.0f} "
            f"to {MAX_LONGITUDE_DEG:.0f}."
        )
    return lon, lat
