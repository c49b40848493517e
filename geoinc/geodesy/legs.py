"""Geodesic legs from position to position, and where they meet a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geoinc.errors import GeometryError
from geoinc.geodesy.capsules import to_axis
from geoinc.geodesy.curve import Curves
from geoinc.geodesy.ellipsoid import MEAN_RADIUS_M, check_positions, go, inverse, to_space, wrap_longitude
from geoinc.geodesy.line import Line
from geoinc.geodesy.nearness import nearest

__all__ = ["Legs", "legs_through", "meet_legs"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

LONGEST_M: Final = 19_900_000.0
"""Beyond, there may be more than one shortest way between two positions."""
SPAN_M: Final = 200_000.0
"""Legs are looked at in spans no longer than this, so that bounds of where they run are tight."""
AT_END_M: Final = 1e-6
NOTHING_M: Final = 1e-9
HALVINGS: Final = 52
GOLDEN: Final = (5**0.5 - 1) / 2
NARROWINGS: Final = 60


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """The geodesics that join each position to the next.

    Attributes
    ----------
    lon, lat : ndarray of float, shape (n,)
        The positions, in degrees.
    azimuth_deg, length_m : ndarray of float, shape (n - 1,)
        Of each leg, at its start.
    """

    lon: Array
    lat: Array
    azimuth_deg: Array
    length_m: Array

    def at(self, leg: Index, along_m: Array) -> tuple[Array, Array]:
        """Return longitudes and latitudes at ways along legs, in degrees; at both ends the positions themselves."""
        lon, lat, _ = go(self.lon[leg], self.lat[leg], self.azimuth_deg[leg], along_m)
        start, end = along_m <= 0.0, along_m >= self.length_m[leg]
        lon = np.where(start, self.lon[leg], np.where(end, self.lon[leg + 1], lon))
        lat = np.where(start, self.lat[leg], np.where(end, self.lat[leg + 1], lat))
        return lon, lat


def legs_through(lon_deg: ArrayLike, lat_deg: ArrayLike) -> Legs:
    """Return the geodesic legs through positions.

    Parameters
    ----------
    lon_deg, lat_deg : array_like of float, shape (n,)
        WGS 84 degrees, in the order passed.

    Raises
    ------
    GeometryError
        If there is no position, one is out of range or not finite, or two that follow one another lie almost
        opposite on the earth, where no single way between them is the shortest.
    """
    lon, lat = check_positions(lon_deg, lat_deg)
    if lon.ndim != 1 or not lon.size:
        raise GeometryError(f"a track is a row of positions; got longitudes of shape {lon.shape}")
    missing = np.flatnonzero(~(np.isfinite(lon) & np.isfinite(lat)))
    if missing.size:
        raise GeometryError(f"position {missing[0] + 1} of the track has no coordinates; leave it out, or give them")
    lon = wrap_longitude(lon)
    length, azimuth, _ = inverse(lon[:-1], lat[:-1], lon[1:], lat[1:])
    opposite = np.flatnonzero(length > LONGEST_M)
    if opposite.size:
        raise GeometryError(
            f"positions {opposite[0] + 1} and {opposite[0] + 2} of the track lie almost opposite on the earth: "
            "give a position between them"
        )
    return Legs(lon, lat, azimuth, length)


def meet_legs(line: Line, legs: Legs) -> tuple[Index, Array]:
    """Find where geodesic legs meet a line, its edges read as the line says.

    Parameters
    ----------
    line : Line
    legs : Legs

    Returns
    -------
    leg : ndarray of int
    along_m : ndarray of float
        On which leg, and how far from its start; in order.

    Notes
    -----
    Where on a piece of the line (5 km at most) the side of the leg changes is closed in by bisection, to some tens
    of nanometres across the leg. A piece that bends may also meet the leg twice and keep its ends on one side: where
    its bend and length allow that, the place where it comes nearest is found first. A leg that runs along an edge
    meets it everywhere; of such a stretch any places may be given, or none.

    Examples
    --------
    >>> from geoinc.geodesy import Edges
    >>> line = Line([[(1.0, -1.0), (1.0, 1.0)]], Edges.GEODESIC)
    >>> leg, along_m = meet_legs(line, legs_through([0.0, 0.5, 2.0], [0.0, 0.0, 0.0]))
    >>> leg.tolist(), [f"{way:.3f}" for way in along_m]
    ([1], ['55659.745'])
    """
    spans, leg, before_m = _cut(legs)
    span, piece = _candidates(line, spans)
    span, t = _roots(line, spans, span, piece[0], piece[1], piece[2], piece[3])
    return _sorted(leg[span], before_m[span] + t)


def _sorted(leg: Index, along_m: Array) -> tuple[Index, Array]:
    order = np.lexsort((along_m, leg))
    return leg[order], along_m[order]


def _cut(legs: Legs) -> tuple[Legs, Index, Array]:
    """Legs in spans, with the leg that each belongs to and the way before it.

    What is returned as legs joins the starts of all spans; the last position stands at its end.
    """
    count = np.maximum(np.ceil(legs.length_m / SPAN_M), 1).astype(np.intp)
    leg = np.repeat(np.arange(count.size), count)
    step = np.arange(leg.size) - np.repeat(np.cumsum(count) - count, count)
    before_m = legs.length_m[leg] * step / count[leg]
    lon, lat = legs.at(leg, before_m)
    return legs_through(np.append(lon, legs.lon[-1]), np.append(lat, legs.lat[-1])), leg, before_m


def _candidates(line: Line, spans: Legs) -> tuple[Index, tuple[Index, Array, Array, Array]]:
    """Pairs of a span and a piece of the line that may meet: the piece as curve, parameters and greatest bow.

    A place on both is no further from the two ends of the span, together, than the span is long; straight through the
    earth it is nearer still.
    """
    away_m = np.asarray(nearest(line, spans.lon, spans.lat).distance_m)
    near = np.flatnonzero(away_m[:-1] + away_m[1:] <= spans.length_m + AT_END_M)
    pieces = line.pieces
    leaves = pieces.capsules[-1]
    middle = leaves.start + leaves.axis / 2
    reach_m = np.linalg.norm(leaves.axis, axis=0) / 2 + leaves.radius
    ends = to_space(spans.lon, spans.lat)
    spans_found, pieces_found = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.intp)]
    for item in near.tolist():
        there, back = (np.linalg.norm(middle - ends[:, end, None], axis=0) for end in (item, item + 1))
        met = np.flatnonzero(there + back <= spans.length_m[item] + 2 * reach_m)
        # Near enough to both ends together is a wide belt; the chord of the span is within its own bow of the span.
        bow_m = spans.length_m[item] ** 2 / (8 * 0.99 * MEAN_RADIUS_M)
        axis = np.repeat((ends[:, item + 1] - ends[:, item])[:, None], met.size, axis=1)
        _, off_m = to_axis(middle[:, met] - ends[:, item, None], axis)
        met = met[off_m <= reach_m[met] + bow_m + AT_END_M]
        spans_found.append(np.full(met.size, item, dtype=np.intp))
        pieces_found.append(met)
    span, piece = np.concatenate(spans_found), np.concatenate(pieces_found)
    length = pieces.length_m[piece]
    # The way across grows as bends and, on a surface as round as the earth, as the way across over the radius squared.
    bow = 1.5 * (pieces.bend_per_m[piece] + SPAN_M / MEAN_RADIUS_M**2) * length**2 / 8 + AT_END_M
    return span, (pieces.curve[piece], pieces.t1[piece], pieces.t2[piece], bow)


def _roots(line: Line, spans: Legs, span: Index, curve: Index, t1: Array, t2: Array, bow: Array) -> tuple[Index, Array]:
    """Where pieces meet their spans: which span, and how far along it."""
    curves = line.curves
    across1, across2 = (_across(curves, curve, t, spans, span) for t in (t1, t2))
    changes = (across1 < 0) != (across2 < 0)
    grazes = np.flatnonzero(~changes & (np.minimum(np.abs(across1), np.abs(across2)) <= bow))
    side = np.where(across1[grazes] < 0, -1.0, 1.0)
    t_nearest, beyond = _nearest_approach(curves, curve[grazes], t1[grazes], t2[grazes], side, spans, span[grazes])
    grazes, t_nearest = grazes[beyond], t_nearest[beyond]
    single = np.flatnonzero(changes)
    pair = np.concatenate([single, grazes, grazes])
    low = np.concatenate([t1[single], t1[grazes], t_nearest])
    high = np.concatenate([t2[single], t_nearest, t2[grazes]])
    negative = np.concatenate([across1[single] < 0, across1[grazes] < 0, across1[grazes] >= 0])
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = (_across(curves, curve[pair], middle, spans, span[pair]) < 0) == negative
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    lon, lat, _, _ = curves.at(curve[pair], (low + high) / 2)
    on = span[pair]
    along, azimuth, _ = inverse(spans.lon[on], spans.lat[on], lon, lat)
    # The side also changes behind the start.
    ahead = (np.abs(wrap_longitude(azimuth - spans.azimuth_deg[on])) < 90.0) | (along <= AT_END_M)
    met = ahead & (along <= spans.length_m[on] + AT_END_M)
    return on[met], np.minimum(along[met], spans.length_m[on[met]])


def _across(curves: Curves, curve: Index, t: Array, spans: Legs, span: Index) -> Array:
    """How far to the right of their spans' geodesics places of curves lie, in metres as on a sphere."""
    lon, lat, _, _ = curves.at(curve, t)
    distance, azimuth, _ = inverse(spans.lon[span], spans.lat[span], lon, lat)
    off = np.sin(np.radians(azimuth - spans.azimuth_deg[span]))
    across = MEAN_RADIUS_M * np.sin(distance / MEAN_RADIUS_M) * off
    return np.where(np.abs(across) <= NOTHING_M, 0.0, across)


def _nearest_approach(
    curves: Curves, curve: Index, t1: Array, t2: Array, side: Array, spans: Legs, span: Index
) -> tuple[Array, NDArray[np.bool_]]:
    """Where pieces come nearest to the other side, and whether they reach it; by golden sections."""
    low, high = t1.copy(), t2.copy()
    for _ in range(NARROWINGS if curve.size else 0):
        one, other = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        first, second = (side * _across(curves, curve, t, spans, span) for t in (one, other))
        low, high = np.where(first > second, one, low), np.where(first > second, high, other)
    t = (low + high) / 2
    return t, side * _across(curves, curve, t, spans, span) < 0
