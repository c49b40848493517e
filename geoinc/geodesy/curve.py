"""Edges as curves on the ellipsoid: where they run, which way they head, how long they are.

Every edge runs over a parameter t from 0 to 1. On a geodesic t is the share of its length, on a planar edge
the share of the difference in longitude and in latitude, on a rhumb line the share of the difference in
latitude.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy.edges import Edges
from geoinc.geodesy.ellipsoid import (
    ECCENTRICITY_SQUARED,
    FLATTENING,
    go,
    inverse,
    radii,
    wrap_longitude,
)

__all__ = ["Curves", "make_curves", "short_way"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(10)


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Edges of one kind, as arrays with one item for each edge.

    Attributes
    ----------
    edges : Edges
    lon1, lat1, lon2, lat2 : ndarray
        Their ends, in degrees.
    dlon, dlat : ndarray
        Difference of longitude, the shorter way round, and of latitude, in degrees.
    azimuth1_deg, azimuth2_deg : ndarray
        Heading at both ends.
    geodesic_m : ndarray
        Length of the geodesic between the ends.
    """

    edges: Edges
    lon1: Array
    lat1: Array
    lon2: Array
    lat2: Array
    dlon: Array
    dlat: Array
    azimuth1_deg: Array
    azimuth2_deg: Array
    geodesic_m: Array

    def at(self, edge: Index, t: Array) -> tuple[Array, Array, Array, Array]:
        """Evaluate edges at parameters.

        Parameters
        ----------
        edge, t : ndarray
            Which edge, and where on it; of one shape.

        Returns
        -------
        lon, lat, heading_deg, speed_m : ndarray
            Position (the vertex itself, bit for bit, where t is 0 or 1), direction of travel, and metres for
            each unit of t.
        """
        if self.edges is Edges.GEODESIC:
            speed = self.geodesic_m[edge]
            lon, lat, heading = go(self.lon1[edge], self.lat1[edge], self.azimuth1_deg[edge], t * speed)
        else:
            lon, lat, heading, speed = self._at_graticule(edge, t)
        start, end = t == 0.0, t == 1.0
        lon = np.where(start, self.lon1[edge], np.where(end, self.lon2[edge], lon))
        lat = np.where(start, self.lat1[edge], np.where(end, self.lat2[edge], lat))
        heading = np.where(start, self.azimuth1_deg[edge], np.where(end, self.azimuth2_deg[edge], heading))
        return lon, lat, heading, speed

    def _at_graticule(self, edge: Index, t: Array) -> tuple[Array, Array, Array, Array]:
        start = (self.lon1[edge], self.lat1[edge])
        return on_graticule(self.edges, start, (self.dlon[edge], self.dlat[edge]), t)

    def lengths(self, edge: Index, t1: Array, t2: Array) -> Array:
        """Measure stretches of edges in metres, by Gauss-Legendre quadrature unless the edge is a geodesic.

        The stretches must be short beside the distance to a pole for full accuracy; the pieces of
        `geoinc.geodesy.pieces` are.
        """
        if self.edges is Edges.GEODESIC:
            return self.geodesic_m[edge] * (t2 - t1)
        half, middle = (t2 - t1) / 2, (t2 + t1) / 2
        total = np.zeros_like(half)
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            total += weight * self._at_graticule(edge, middle + node * half)[3]
        return total * half

    def greatest_speed(self) -> Array:
        """Give an upper bound of the speed over each edge, in metres for each unit of t."""
        if self.edges is Edges.GEODESIC:
            return self.geodesic_m
        nearest_equator = np.where(self.lat1 * self.lat2 <= 0, 0.0, np.minimum(np.abs(self.lat1), np.abs(self.lat2)))
        farthest = np.maximum(np.abs(self.lat1), np.abs(self.lat2))
        north = radii(farthest)[0] * np.radians(np.abs(self.dlat))
        if self.edges is Edges.PLANAR:
            return np.hypot(north, radii(nearest_equator)[1] * np.radians(np.abs(self.dlon)))
        # The heading of a rhumb line is constant, so its speed is that along the meridian over the cosine;
        # where it runs along a parallel, that of the parallel.
        share = rhumb_share(self.lat1, self.dlat, np.zeros_like(self.lat1))[1]
        east = radii(self.lat1)[1] * np.radians(np.abs(self.dlon)) * share
        start = np.hypot(radii(self.lat1)[0] * np.radians(self.dlat), east)
        return start * (1 + 4 * FLATTENING)


def short_way(lon1: Array, lon2: Array) -> Array:
    """Give the difference of longitude the shorter way round; 180 degrees exactly keeps its sign."""
    difference = lon2 - lon1
    return difference - 360.0 * np.round(difference / 360.0)


def make_curves(lon1: Array, lat1: Array, lon2: Array, lat2: Array, edges: Edges) -> Curves:
    """Prepare the curves that join positions 1 and 2, arrays of one shape."""
    dlon, dlat = short_way(lon1, lon2), lat2 - lat1
    distance, azimuth1, azimuth2 = inverse(lon1, lat1, lon2, lat2)
    if edges is Edges.RHUMB:
        # A rhumb line to a pole would wind round it without end unless it is a meridian.
        dlon = np.where((np.abs(lat1) == 90.0) | (np.abs(lat2) == 90.0), 0.0, dlon)
        lon1, lon2 = np.where(np.abs(lat1) == 90.0, lon2, lon1), np.where(np.abs(lat2) == 90.0, lon1, lon2)
    lon1, lon2 = wrap_longitude(lon1), wrap_longitude(lon2)
    if edges is not Edges.GEODESIC:
        azimuth1 = on_graticule(edges, (lon1, lat1), (dlon, dlat), np.zeros_like(lon1))[2]
        azimuth2 = on_graticule(edges, (lon1, lat1), (dlon, dlat), np.ones_like(lon1))[2]
    return Curves(edges, lon1, lat1, lon2, lat2, dlon, dlat, azimuth1, azimuth2, distance)


def on_graticule(
    edges: Edges, start: tuple[Array, Array], move: tuple[Array, Array], t: Array
) -> tuple[Array, Array, Array, Array]:
    """Evaluate planar edges or rhumb lines, given by their starts and the moves in longitude and latitude.

    Gives longitude, latitude, heading in degrees, and metres for each unit of t.
    """
    (lon1, lat1), (dlon, dlat) = start, move
    lat = lat1 + t * dlat
    share, share_rate = rhumb_share(lat1, dlat, t) if edges is Edges.RHUMB else (t, np.ones_like(t))
    along_meridian, parallel = radii(lat)
    north = along_meridian * np.radians(dlat)
    east = parallel * np.radians(dlon) * share_rate
    heading = np.degrees(np.arctan2(east, north)) % 360.0
    return wrap_longitude(lon1 + share * dlon), lat, heading, np.hypot(north, east)


def rhumb_share(lat1: Array, dlat: Array, t: Array) -> tuple[Array, Array]:
    """Share of the difference of longitude that a rhumb line has covered, and its derivative by t.

    The longitude on a rhumb line is linear in the isometric latitude. Both differences of isometric latitude
    are taken in a form without cancellation, so that edges along a parallel need no case of their own but the
    exact limit.

    References
    ----------
    C. F. F. Karney, "On auxiliary latitudes", *Survey Review* 56 (2024) 165-180, section 6 (divided
    differences).
    """
    part, part_rate = isometric_difference(lat1, t * dlat)
    whole, _ = isometric_difference(lat1, dlat)
    level = whole == 0.0
    whole = np.where(level, 1.0, whole)
    return np.where(level, t, part / whole), np.where(level, 1.0, part_rate * np.radians(dlat) / whole)


def isometric_difference(lat1: Array, dlat: Array) -> tuple[Array, Array]:
    """Isometric latitude at ``lat1 + dlat`` less that at ``lat1``, and its derivative there, in radians."""
    e = math.sqrt(ECCENTRICITY_SQUARED)
    phi1, phi2, half = np.radians(lat1), np.radians(lat1 + dlat), np.radians(dlat) / 2
    # sin(phi2) - sin(phi1), from the angle between them
    rise = 2 * np.cos(phi1 + half) * np.sin(half)
    sine1, sine2, cosine1, cosine2 = np.sin(phi1), np.sin(phi2), np.cos(phi1), np.cos(phi2)
    difference = np.arcsinh(rise / (cosine1 * cosine2)) - e * np.arctanh(
        e * rise / (1 - ECCENTRICITY_SQUARED * sine1 * sine2)
    )
    along_meridian, parallel = radii(lat1 + dlat)
    return difference, along_meridian / parallel
