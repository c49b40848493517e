"""Where meridians meet edges, and how often they meet rings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy.curve import Curves, make_curves, rhumb_share, short_way
from geoinc.geodesy.edges import Edges
from geoinc.geodesy.ellipsoid import FLATTENING, radii, wrap_longitude

__all__ = ["MeridianIndex", "count_to_north", "crosses", "index_meridians", "meet_meridian", "passes_pole"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

CLOSED_M = 1e-9
MOST_STEPS = 120
MOST_BINS = 7_200
BIN_MARGIN_DEG = 1e-9
PAIRS_AT_ONCE = 4_000_000


def crosses(off1: Array, off2: Array, dlon: Array) -> NDArray[np.bool_]:
    """Tell whether edges cross a meridian, from their ends' longitudes relative to it, each in [-180, 180).

    A vertex on the meridian counts as lying to its east. An edge whose ends lie on both sides may cross the
    opposite meridian instead; the sign of its own difference of longitude tells.
    """
    return ((off1 < 0) & (off2 >= 0) & (dlon > 0)) | ((off1 >= 0) & (off2 < 0) & (dlon < 0))


def passes_pole(curves: Curves) -> Array:
    """Tell which edges lie on a pole for all meridians between their ends: 1 north, -1 south, 0 neither.

    A geodesic between opposite meridians does, and so does any edge but a planar one with an end at a pole.
    """
    if curves.edges is Edges.PLANAR:
        return np.zeros(curves.lat1.size)
    pole = np.where(np.abs(curves.lat1) == 90.0, np.sign(curves.lat1), 0.0)
    pole = np.where(np.abs(curves.lat2) == 90.0, np.sign(curves.lat2), pole)
    if curves.edges is Edges.GEODESIC:
        north = np.cos(np.radians(curves.azimuth1_deg)) > 0
        pole = np.where((pole == 0.0) & (np.abs(curves.dlon) == 180.0), np.where(north, 1.0, -1.0), pole)
    return pole


def meet_meridian(curves: Curves, curve: Index, lon: Array) -> Array:
    """Find the latitudes of curves at meridians that they are known to cross.

    Parameters
    ----------
    curves : Curves
    curve : ndarray of int
        Curves that cross the meridian between their ends, not over a pole.
    lon : ndarray
        The meridian of each, in degrees.

    Returns
    -------
    ndarray
        In degrees: in closed form on planar edges; on the others the root of the longitude along the curve,
        bracketed.
    """
    dlon = curves.dlon[curve]
    # The part of the way from the first end to the meridian, taken in the direction in which the curve runs.
    to_go = wrap_longitude(lon - curves.lon1[curve])
    to_go = np.where((to_go != 0) & (np.sign(to_go) != np.sign(dlon)), to_go + 360.0 * np.sign(dlon), to_go)
    share = np.clip(to_go / dlon, 0.0, 1.0)
    if curves.edges is Edges.PLANAR:
        return curves.lat1[curve] + share * curves.dlat[curve]
    low, high, t = np.zeros(curve.size), np.ones(curve.size), share.copy()
    latitude = np.empty(curve.size)
    active = np.arange(curve.size)
    for step in range(MOST_STEPS):
        item, now = curve[active], t[active]
        at_lon, at_lat, heading, speed = curves.at(item, now)
        latitude[active] = at_lat
        parallel = radii(at_lat)[1]
        direction = np.sign(dlon[active])
        if curves.edges is Edges.RHUMB:
            covered, rate = rhumb_share(curves.lat1[item], curves.dlat[item], now)
            behind = to_go[active] * direction - covered * np.abs(dlon[active])
            rate = rate * np.abs(dlon[active])
        else:
            behind = wrap_longitude(lon[active] - at_lon) * direction
            rate = np.degrees(np.abs(np.sin(np.radians(heading))) * speed / parallel)
        low[active] = np.where(behind > 0, now, low[active])
        high[active] = np.where(behind < 0, now, high[active])
        guess = now + behind / rate
        outside = ~((guess > low[active]) & (guess < high[active])) | ((step >= 6) & (step % 2 == 0))
        guess = np.where(outside, (low[active] + high[active]) / 2, guess)
        done = (behind == 0) | (np.abs(guess - now) * speed <= CLOSED_M)
        t[active] = guess
        active = active[~done]
        if active.size == 0:
            break
    return latitude


@dataclass(frozen=True, slots=True, eq=False)
class MeridianIndex:
    """Edges sorted into bins of longitude.

    Attributes
    ----------
    curves : Curves
        Every edge, those without length included: at a pole they still pass over meridians.
    lon1, lon2, dlon : ndarray
        Longitudes of their ends, in [-180, 180), and the difference, the shorter way round.
    south, north : ndarray
        Bounds of the latitudes of each edge.
    over_pole : ndarray
        See `passes_pole`.
    west_deg, bin_width_deg : float
        Where the first bin starts, and how wide each is; together they hold all edges, or the whole circle.
    bin_start, edge : ndarray of int
        Edges of bin k are ``edge[bin_start[k]:bin_start[k + 1]]``.
    """

    curves: Curves
    lon1: Array
    lon2: Array
    dlon: Array
    south: Array
    north: Array
    over_pole: Array
    west_deg: float
    bin_width_deg: float
    bin_start: Index
    edge: Index


def index_meridians(lon: Array, lat: Array, first_vertex: Index, edges: Edges) -> MeridianIndex:
    """Sort the edges from each first vertex to the vertex after it into bins of longitude."""
    lon1, lat1, lon2, lat2 = (
        lon[first_vertex],
        lat[first_vertex],
        lon[first_vertex + 1],
        lat[first_vertex + 1],
    )
    curves = make_curves(lon1, lat1, lon2, lat2, edges)
    dlon = short_way(lon1, lon2)
    start = wrap_longitude(lon1)
    bins = int(np.clip(2 * first_vertex.size, 16, MOST_BINS))
    # Counted from one of the edges, most lines lie on one stretch of the circle, wherever they are.
    off = wrap_longitude(start - start[0])
    west = off + np.minimum(dlon, 0.0) - BIN_MARGIN_DEG
    east = off + np.maximum(dlon, 0.0) + BIN_MARGIN_DEG
    least, extent = float(west.min()), float(east.max() - west.min())
    width = min(extent + BIN_MARGIN_DEG, 360.0) / bins
    first = np.floor((west - least) / width).astype(np.intp)
    count = np.minimum(np.floor((east - least) / width).astype(np.intp) - first + 1, bins)
    edge = np.repeat(np.arange(count.size), count)
    which = (first[edge] + np.arange(edge.size) - np.repeat(np.cumsum(count) - count, count)) % bins
    order = np.argsort(which, kind="stable")
    bin_start = np.searchsorted(which[order], np.arange(bins + 1))
    south, north = _latitude_bounds(curves)
    return MeridianIndex(
        curves,
        start,
        wrap_longitude(lon2),
        dlon,
        south,
        north,
        passes_pole(curves),
        float(start[0]) + least,
        width,
        bin_start,
        edge[order],
    )


def _latitude_bounds(curves: Curves) -> tuple[Array, Array]:
    south, north = np.minimum(curves.lat1, curves.lat2), np.maximum(curves.lat1, curves.lat2)
    if curves.edges is not Edges.GEODESIC:
        return south, north
    # Clairaut: the greatest reduced latitude of a geodesic has the cosine sin(azimuth) cos(reduced latitude).
    reduced = np.arctan((1 - FLATTENING) * np.tan(np.radians(curves.lat1)))
    highest = np.arccos(np.minimum(np.abs(np.sin(np.radians(curves.azimuth1_deg))) * np.cos(reduced), 1.0))
    top = np.degrees(np.arctan(np.tan(highest) / (1 - FLATTENING))) + 1e-9
    rises, falls = np.cos(np.radians(curves.azimuth1_deg)), -np.cos(np.radians(curves.azimuth2_deg))
    return (
        np.where((rises <= 0) & (falls <= 0), np.minimum(-top, south), south),
        np.where((rises >= 0) & (falls >= 0), np.maximum(top, north), north),
    )


def count_to_north(index: MeridianIndex, lon: Array, lat: Array) -> Index:
    """Count how often the edges cross the meridian of each position to the north of it.

    Parameters
    ----------
    index : MeridianIndex
    lon, lat : ndarray
        Positions in degrees; longitudes in [-180, 180).
    """
    bins = index.bin_start.size - 1
    which_bin = (((lon - index.west_deg) % 360.0) / index.bin_width_deg).astype(np.intp)
    # No edge passes over the meridians beyond all bins, unless these make the whole circle.
    beyond = bins if bins * index.bin_width_deg < 359.0 else bins - 1
    which_bin = np.minimum(which_bin, beyond)
    count = np.append(np.diff(index.bin_start), 0)[which_bin]
    if int(count.sum()) > PAIRS_AT_ONCE and lon.size > 1:
        half = lon.size // 2
        return np.concatenate(
            [count_to_north(index, lon[:half], lat[:half]), count_to_north(index, lon[half:], lat[half:])]
        )
    which = np.repeat(np.arange(lon.size), count)
    place = index.bin_start[which_bin][which] + np.arange(which.size) - np.repeat(np.cumsum(count) - count, count)
    edge = index.edge[place]
    off1, off2 = wrap_longitude(index.lon1[edge] - lon[which]), wrap_longitude(index.lon2[edge] - lon[which])
    met = crosses(off1, off2, index.dlon[edge])
    which, edge = which[met], edge[met]
    position = lat[which]
    over_pole = index.over_pole[edge]
    is_north = np.where(over_pole == 0, index.south[edge] > position, over_pole > 0)
    unclear = np.flatnonzero((over_pole == 0) & ~is_north & (index.north[edge] > position))
    is_north[unclear] = meet_meridian(index.curves, edge[unclear], lon[which[unclear]]) > position[unclear]
    return np.bincount(which[is_north], minlength=lon.size).astype(np.intp)
