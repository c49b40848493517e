"""Where a meridian or a bearing meets a line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoinc.errors import GeometryError
from geoinc.geodesy.curve import Curves
from geoinc.geodesy.ellipsoid import check_positions, inverse, wrap_longitude
from geoinc.geodesy.foot import ON_LINE_M, TIE_M, find_feet
from geoinc.geodesy.line import Line
from geoinc.geodesy.meridians import crosses, meet_meridian, passes_pole
from geoinc.geodesy.nearness import nearest

__all__ = ["Crossing", "heading_crossing", "meridian_crossing"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

ON_WAY_M = 1e-7
MAX_REACH_M = 19_900_000.0


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a stated way from a position first meets a line.

    Attributes
    ----------
    distance_m : float
        Along the way, which is a geodesic.
    azimuth_deg : float
        Of the way, at the position, clockwise from north.
    lon_deg, lat_deg : float
        Where it meets the line; longitude in [-180, 180).
    edge_index : int
        The edge it meets, counted as `Line` counts; the lower of two at a vertex.
    chord_m : float
        Length of that edge, along itself.
    """

    distance_m: float
    azimuth_deg: float
    lon_deg: float
    lat_deg: float
    edge_index: int
    chord_m: float


def meridian_crossing(line: Line, lon_deg: float, lat_deg: float) -> Crossing | None:
    """Find where the meridian of a position meets a line nearest to it, due north or due south.

    Parameters
    ----------
    line : Line
    lon_deg, lat_deg : float
        The position.

    Returns
    -------
    Crossing or None
        Its azimuth is 0 or 180. None if the meridian, from pole to pole, does not meet the line.

    Raises
    ------
    GeometryError
        If the position is out of range or not finite.

    Examples
    --------
    >>> from geoinc.geodesy import Edges
    >>> line = Line([[(0.0, 1.0), (2.0, 1.0)]], Edges.PLANAR)
    >>> found = meridian_crossing(line, 1.0, 0.0)
    >>> print(f"{found.distance_m:.3f} m, azimuth {found.azimuth_deg:.0f}")
    110574.389 m, azimuth 0
    """
    lon, lat = _check_position(lon_deg, lat_deg)
    curve, latitude = _meetings(line.curves, lon, lat)
    if curve.size == 0:
        return None
    distance = inverse(lon, lat, np.full(curve.size, lon), latitude)[0]
    nearest_item = _first(distance, curve)
    chosen = int(curve[nearest_item])
    return Crossing(
        distance_m=float(distance[nearest_item]),
        azimuth_deg=180.0 if latitude[nearest_item] < lat else 0.0,
        lon_deg=lon,
        lat_deg=float(latitude[nearest_item]),
        edge_index=int(line.long_edge[chosen]),
        chord_m=float(line.curve_length_m[chosen]),
    )


def heading_crossing(line: Line, lon_deg: float, lat_deg: float, bearing_deg: float, reach_m: float) -> Crossing | None:
    """Find where the geodesic that leaves a position on a bearing first meets a line.

    Parameters
    ----------
    line : Line
    lon_deg, lat_deg : float
        The position.
    bearing_deg : float
        Azimuth of the geodesic at the position, clockwise from north.
    reach_m : float
        How far to look, at most 19,900 km: beyond, a geodesic is no longer the shortest way.

    Returns
    -------
    Crossing or None
        Its azimuth is the bearing in [0, 360). None if the line is not met within reach.

    Raises
    ------
    GeometryError
        If the position, the bearing or the reach is out of range or not finite.

    Notes
    -----
    Seen from the position, each point of the line has an azimuth; the bearing meets a piece of the line where
    that azimuth passes through the bearing. A planar edge or a rhumb line that meets the geodesic twice
    within one piece (at most 5 km) may be overlooked: it only grazes it then, leaving it by no more than the
    rise of such an arc, 3 m at latitude 80 and less nearer the equator.

    Examples
    --------
    >>> from geoinc.geodesy import Edges
    >>> line = Line([[(1.0, -1.0), (1.0, 1.0)]], Edges.GEODESIC)
    >>> found = heading_crossing(line, 0.0, 0.0, 90.0, 200_000.0)
    >>> print(f"{found.distance_m:.3f} m")
    111319.491 m
    """
    lon, lat = _check_position(lon_deg, lat_deg)
    if not (np.isfinite(bearing_deg) and np.isfinite(reach_m) and 0 <= reach_m <= MAX_REACH_M):
        raise GeometryError(
            f"bearing {bearing_deg} and reach {reach_m} m cannot be used; give finite numbers, "
            f"the reach from 0 to {MAX_REACH_M:.0f} m"
        )
    bearing = float(bearing_deg % 360.0)
    here = nearest(line, lon, lat)
    if here.distance_m <= ON_LINE_M:
        return Crossing(
            0.0, bearing, float(here.lon_deg), float(here.lat_deg), int(here.edge_index), float(here.chord_m)
        )
    curves, way = line.curves, (lon, lat, bearing)
    curve, t1, t2, length = _stretches(line, lon, lat)
    off1, distance1 = _off_bearing(curves, curve, t1, way)
    off2, distance2 = _off_bearing(curves, curve, t2, way)
    # Azimuths also jump behind the position, where the line passes through the opposite bearing.
    met = (((off1 <= 0) != (off2 <= 0)) & (np.abs(off1 - off2) < 180.0)) | (off1 == 0) | (off2 == 0)
    stretch = np.flatnonzero(met & (np.minimum(distance1, distance2) - length <= reach_m))
    if stretch.size == 0:
        return None
    curve = curve[stretch]
    t1, t2, off1, off2 = (values[stretch] for values in (t1, t2, off1, off2))
    first = (off1 == 0) & ((off2 != 0) | (distance1[stretch] <= distance2[stretch]))
    t = _bisect_bearing(curves, curve, (t1, t2), off1, way)
    t = np.where(first, t1, np.where(off2 == 0, t2, t))
    foot_lon, foot_lat, _, _ = curves.at(curve, t)
    distance = inverse(lon, lat, foot_lon, foot_lat)[0]
    reached = np.flatnonzero(distance <= reach_m)
    if reached.size == 0:
        return None
    item = reached[_first(distance[reached], curve[reached])]
    chosen = int(curve[item])
    return Crossing(
        distance_m=float(distance[item]),
        azimuth_deg=bearing,
        lon_deg=float(foot_lon[item]),
        lat_deg=float(foot_lat[item]),
        edge_index=int(line.long_edge[chosen]),
        chord_m=float(line.curve_length_m[chosen]),
    )


def _check_position(lon_deg: float, lat_deg: float) -> tuple[float, float]:
    if not np.isfinite([lon_deg, lat_deg]).all():
        raise GeometryError(f"a crossing needs a position; got lon {lon_deg}, lat {lat_deg}")
    lon, lat = check_positions(lon_deg, lat_deg)
    return float(wrap_longitude(lon)), float(lat)


def _first(distance: Array, curve: Index) -> int:
    """Item of least distance; of the lowest curve where several are as near."""
    near = np.flatnonzero(distance <= distance.min() + TIE_M)
    return int(near[np.lexsort((distance[near], curve[near]))[0]])


def _meetings(curves: Curves, lon: float, lat: float) -> tuple[Index, Array]:
    """Every curve that the meridian meets, and the latitude nearest to `lat` where it does."""
    off1, off2 = wrap_longitude(curves.lon1 - lon), wrap_longitude(curves.lon2 - lon)
    over_pole = passes_pole(curves)
    found = []
    for off, latitude in ((off1, curves.lat1), (off2, curves.lat2)):
        touched = np.flatnonzero((off == 0.0) | (np.abs(latitude) == 90.0))
        found.append((touched, latitude[touched]))
    # An edge that runs along the meridian is met at the latitude itself, or at its end nearest to it.
    along = np.flatnonzero((off1 == 0.0) & (curves.dlon == 0.0))
    found.append((along, _nearest_between(lat, curves.lat1[along], curves.lat2[along])))
    for off, latitude in ((off1, curves.lat1), (off2, curves.lat2)):
        up = np.flatnonzero((over_pole != 0) & (off == 0.0))
        found.append((up, _nearest_between(lat, latitude[up], 90.0 * over_pole[up])))
    pole = np.flatnonzero(over_pole != 0)
    found.append((pole, 90.0 * over_pole[pole]))
    across = np.flatnonzero(crosses(off1, off2, curves.dlon) & (over_pole == 0) & (off1 != 0.0) & (off2 != 0.0))
    found.append((across, meet_meridian(curves, across, np.full(across.size, lon))))
    return np.concatenate([curve for curve, _ in found]), np.concatenate([latitude for _, latitude in found])


def _nearest_between(value: float, one: Array, other: Array) -> Array:
    return np.minimum(np.maximum(value, np.minimum(one, other)), np.maximum(one, other))


def _stretches(line: Line, lon: float, lat: float) -> tuple[Index, Array, Array, Array]:
    """Pieces of the line as curve, parameters and length, the nearest one cut in two at its nearest point.

    Seen from the position each of them then spans less than half a turn.
    """
    pieces = line.pieces
    feet = find_feet(line, np.array([lon]), np.array([lat]))
    cut, t = feet.curve[0], feet.t[0]
    inside = np.flatnonzero((pieces.curve == cut) & (pieces.t1 < t) & (t < pieces.t2))
    t2 = pieces.t2.copy()
    t2[inside] = t
    return (
        np.concatenate([pieces.curve, pieces.curve[inside]]),
        np.concatenate([pieces.t1, np.full(inside.size, t)]),
        np.concatenate([t2, pieces.t2[inside]]),
        np.concatenate([pieces.length_m, pieces.length_m[inside]]),
    )


def _off_bearing(curves: Curves, curve: Index, t: Array, way: tuple[float, float, float]) -> tuple[Array, Array]:
    lon, lat, bearing = way
    at_lon, at_lat, _, _ = curves.at(curve, t)
    distance, azimuth, _ = inverse(lon, lat, at_lon, at_lat)
    off = wrap_longitude(azimuth - bearing)
    # An edge along the bearing itself would otherwise be crossed wherever rounding says so.
    return np.where(np.abs(np.radians(off)) * distance <= ON_WAY_M, 0.0, off), distance


def _bisect_bearing(
    curves: Curves, curve: Index, stretch: tuple[Array, Array], off1: Array, way: tuple[float, float, float]
) -> Array:
    """Parameters at which curves pass through a bearing, between ends that lie on its two sides."""
    low, high = stretch[0].copy(), stretch[1].copy()
    for _ in range(60):
        middle = (low + high) / 2
        off, _ = _off_bearing(curves, curve, middle, way)
        same = (off <= 0) == (off1 <= 0)
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return (low + high) / 2
