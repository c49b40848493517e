"""The nearest point of a line, exactly: distance, place, azimuth, edge and side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geoinc.geodesy.curve import Curves
from geoinc.geodesy.ellipsoid import MEAN_RADIUS_M, check_positions, inverse
from geoinc.geodesy.line import Line
from geoinc.geodesy.pieces import find_candidates

__all__ = ["Nearest", "nearest"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Flags = NDArray[np.bool_]

ON_LINE_M = 1e-8
"""A position nearer than this is on the line: a degree in binary resolves some 3 nanometres."""
TIE_M = 1e-8
"""Distances that differ by less are a tie; the lower edge has it."""
CHUNK = 1024
SQUARE = 1e-9
"""How far from a right angle, in radians, the way to the nearest point may meet its edge."""
AT_FOOT_M = 1e-7
MOST_STEPS = 120
PATIENCE = 5
NEAR_ANTIPODE_M = 12_700_000.0
"""Straight through the earth: within some 450 km of the antipode."""
STRETCHES = 64


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """Nearest points, one for each position, in arrays of the shape of the input.

    Attributes
    ----------
    distance_m : ndarray
        Length of the shortest geodesic to the line.
    lon_deg, lat_deg : ndarray
        Where it meets the line; longitude in [-180, 180).
    azimuth_deg : ndarray
        Its azimuth at the position, clockwise from north in [0, 360). Means nothing where the distance is 0.
    edge_index : ndarray of int
        The edge it meets, counted as `Line` counts; -1 where the position is NaN.
    chord_m : ndarray
        Length of that edge, along itself.
    side : ndarray of int
        1 to the left of the line in its direction, -1 to the right, 0 on the line (within 10 nanometres) and
        where there is no side to tell: straight ahead of an open end, round the tip of a spike, NaN.
    """

    distance_m: Array
    lon_deg: Array
    lat_deg: Array
    azimuth_deg: Array
    edge_index: NDArray[np.int64]
    chord_m: Array
    side: NDArray[np.int8]


def nearest(line: Line, lon: ArrayLike, lat: ArrayLike) -> Nearest:
    """Find the point of a line that is nearest to each position, along the ellipsoid.

    Parameters
    ----------
    line : Line
    lon, lat : array_like
        Positions in degrees, longitudes from -540 to 540; they broadcast. NaN gives NaN.

    Returns
    -------
    Nearest
        Arrays of the broadcast shape; of no dimension for scalars.

    Raises
    ------
    GeometryError
        If a position is out of range.

    Notes
    -----
    Pieces that cannot hold the nearest point are left out by bounds in space. On each piece that is left the
    root of the first variation of arc length is bracketed: where a geodesic from the position meets the edge
    at a right angle, or else an end of the edge. The way to the next guess is exact on a sphere (Napier's
    rule for right-angled triangles), then a secant; outside the bracket it is halved.

    Where points of several edges are equally near, within 10 nanometres, the edge with the lowest number is
    taken. The side at a vertex follows from the turn of the line there. A result depends on the line and its
    own position alone, bit for bit, not on the other positions or their order.

    Examples
    --------
    >>> from geoinc.geodesy import Edges
    >>> line = Line([[(0.0, 0.0), (2.0, 0.0)]], Edges.GEODESIC)
    >>> found = nearest(line, 1.0, 0.5)
    >>> print(f"{found.distance_m:.3f} m, side {found.side:+d}")
    55287.152 m, side +1
    """
    lon, lat = check_positions(lon, lat)
    shape = lon.shape
    flat_lon, flat_lat = lon.ravel(), lat.ravel()
    known = np.flatnonzero(~(np.isnan(flat_lon) | np.isnan(flat_lat)))
    distance, foot_lon, foot_lat, azimuth, chord = (np.full(flat_lon.size, np.nan) for _ in range(5))
    edge = np.full(flat_lon.size, -1, dtype=np.int64)
    side = np.zeros(flat_lon.size, dtype=np.int8)
    for begin in range(0, known.size, CHUNK):
        part = known[begin : begin + CHUNK]
        feet = find_feet(line, flat_lon[part], flat_lat[part])
        distance[part], azimuth[part] = feet.distance_m, feet.azimuth_deg
        foot_lon[part], foot_lat[part] = feet.lon, feet.lat
        edge[part] = line.long_edge[feet.curve]
        chord[part] = line.curve_length_m[feet.curve]
        side[part] = _tell_side(line, feet)
    return Nearest(
        distance.reshape(shape),
        foot_lon.reshape(shape),
        foot_lat.reshape(shape),
        azimuth.reshape(shape),
        edge.reshape(shape),
        chord.reshape(shape),
        side.reshape(shape),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Feet:
    """Points on curves, with the geodesics that reach them."""

    curve: Index
    t: Array
    lon: Array
    lat: Array
    heading_deg: Array
    distance_m: Array
    azimuth_deg: Array
    arrival_deg: Array

    def take(self, item: Index) -> Feet:
        return Feet(
            self.curve[item],
            self.t[item],
            self.lon[item],
            self.lat[item],
            self.heading_deg[item],
            self.distance_m[item],
            self.azimuth_deg[item],
            self.arrival_deg[item],
        )


def find_feet(line: Line, lon: Array, lat: Array) -> Feet:
    """Find the nearest point of the line for each position, none of them NaN, as points on curves."""
    pieces, curves = line.pieces, line.curves
    which, piece, share, low = find_candidates(pieces, lon, lat)
    curve, t1, t2 = pieces.curve[piece], pieces.t1[piece], pieces.t2[piece]
    t = np.where(share == 1.0, t2, t1 + share * (t2 - t1))
    # Near the antipode geodesics of several families compete, and one piece may hold several valleys.
    rough = np.repeat(np.flatnonzero(low > NEAR_ANTIPODE_M), STRETCHES)
    step = np.arange(rough.size) % STRETCHES
    rough_t1, rough_t2 = (
        np.where(share == STRETCHES, t2[rough], t1[rough] + share / STRETCHES * (t2 - t1)[rough])
        for share in (step, step + 1)
    )
    which, curve, low = (np.concatenate([a, a[rough]]) for a in (which, curve, low))
    bend = np.concatenate([pieces.bend_per_m[piece], pieces.bend_per_m[piece][rough]])
    t1, t2, t = (np.concatenate([a, b]) for a, b in ((t1, rough_t1), (t2, rough_t2), (t, (rough_t1 + rough_t2) / 2)))
    # Far away the distance along a piece can be highest in its middle: then both ends are looked at besides.
    hilly = np.flatnonzero(low * np.maximum(1.3 * bend, 0.8 / MEAN_RADIUS_M) > 1.0)
    which = np.concatenate([which, which[hilly], which[hilly]])
    curve = np.concatenate([curve, curve[hilly], curve[hilly]])
    t = np.concatenate([t, t1[hilly], t2[hilly]])
    low_t = np.concatenate([t1, t1[hilly], t2[hilly]])
    high_t = np.concatenate([t2, t1[hilly], t2[hilly]])
    feet = _descend(curves, curve, (low_t, high_t), t, (lon[which], lat[which]))
    return feet.take(_choose(which, feet))


def _choose(which: Index, feet: Feet) -> Index:
    """Pick the item of least distance for each position, by the rule for ties."""
    least = np.full(int(which.max()) + 1, np.inf)
    np.minimum.at(least, which, feet.distance_m)
    near = np.flatnonzero(feet.distance_m <= least[which] + TIE_M)
    order = near[np.lexsort((feet.t[near], feet.distance_m[near], feet.curve[near], which[near]))]
    return order[np.flatnonzero(np.diff(which[order], prepend=-1))]


def _descend(
    curves: Curves, curve: Index, stretch: tuple[Array, Array], t: Array, position: tuple[Array, Array]
) -> Feet:
    """Go down on each stretch of a curve, from t, to the point nearest to a position."""
    lon, lat = position
    count = curve.size
    best = Feet(curve, t.copy(), *(np.full(count, np.inf) for _ in range(6)))
    low, high, t = stretch[0].copy(), stretch[1].copy(), t.copy()
    t_before, ahead_before = np.full(count, np.nan), np.full(count, np.nan)
    active = np.arange(count)
    for step in range(MOST_STEPS):
        now = t[active]
        foot_lon, foot_lat, heading, speed = curves.at(curve[active], now)
        distance, azimuth, arrival = inverse(lon[active], lat[active], foot_lon, foot_lat)
        better = distance < best.distance_m[active]
        item = active[better]
        for kept, found in (
            (best.t, now),
            (best.lon, foot_lon),
            (best.lat, foot_lat),
            (best.heading_deg, heading),
            (best.distance_m, distance),
            (best.azimuth_deg, azimuth),
            (best.arrival_deg, arrival),
        ):
            kept[item] = found[better]
        variation = np.cos(np.radians(arrival - heading))
        angle = distance / MEAN_RADIUS_M
        # Napier: in a right-angled triangle tan(leg) = cos(angle between) tan(hypotenuse).
        ahead = -MEAN_RADIUS_M * np.arctan2(np.sin(angle) * variation, np.cos(angle))
        low[active] = np.where(ahead > 0, now, low[active])
        high[active] = np.where(ahead < 0, now, high[active])
        done = (np.abs(variation) <= SQUARE) | (np.abs(ahead) <= AT_FOOT_M) | (distance <= ON_LINE_M)
        done |= (high[active] - low[active]) * speed <= AT_FOOT_M
        active, now, ahead, speed = active[~done], now[~done], ahead[~done], speed[~done]
        if active.size == 0:
            break
        slope = (ahead - ahead_before[active]) / (now - t_before[active])
        # A step of the sphere's rule, or a secant once there are two points. What leaves the bracket goes to its
        # end, which is looked at, too; a search that will not close is halved.
        slope = np.where(slope < 0, slope, -speed)
        guess = now - ahead / slope
        outside = ~((guess > low[active]) & (guess < high[active]))
        end = np.where(ahead > 0, high[active], low[active])
        middle = (low[active] + high[active]) / 2
        patient = step < PATIENCE
        halve = ~patient and step % 3 == 2
        guess = np.where(outside, end if patient else middle, middle if halve else guess)
        t_before[active], ahead_before[active] = now, ahead
        t[active] = guess
    return best


def _tell_side(line: Line, feet: Feet) -> NDArray[np.int8]:
    """Tell on which side of the line the positions lie that reach it at these feet."""
    curves = line.curves
    before, after = line.neighbours
    towards = feet.arrival_deg + 180.0
    side = np.sign(_sine(feet.heading_deg - towards))
    at_start, at_end = feet.t == 0.0, feet.t == 1.0
    incoming = np.where(at_start, before[feet.curve], feet.curve)
    outgoing = np.where(at_end, after[feet.curve], feet.curve)
    turn = np.flatnonzero((at_start | at_end) & (incoming >= 0) & (outgoing >= 0))
    back = curves.azimuth2_deg[incoming[turn]] + 180.0
    # Clockwise from where the line came from to where it goes on lies its left.
    left = (curves.azimuth1_deg[outgoing[turn]] - back) % 360.0
    there = (towards[turn] - back) % 360.0
    spike = np.minimum(left, 360.0 - left) < 1e-9
    side[turn] = np.where(spike, 0.0, np.where(there < left, 1.0, -1.0))
    side[feet.distance_m <= ON_LINE_M] = 0.0
    return side.astype(np.int8)


def _sine(angle_deg: Array) -> Array:
    sine = np.sin(np.radians(angle_deg))
    return np.where(np.abs(sine) < 1e-12, 0.0, sine)
