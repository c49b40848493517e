"""The nearest point of a line, exactly: distance, place, azimuth, edge and side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy.curve import Curves
from geoinc.geodesy.ellipsoid import MEAN_RADIUS_M, inverse
from geoinc.geodesy.line import Line
from geoinc.geodesy.pieces import Pieces, find_candidates

__all__ = ["Feet", "Found", "blank", "find_feet", "find_plainly"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Flags = NDArray[np.bool_]
Finder = Callable[[Pieces, Array, Array], tuple[Index, Index, Array, Array]]

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


class Found(NamedTuple):
    """What is found of each position, in arrays of one length.

    Distance, nearest point and azimuth are as in `geoinc.geodesy.nearness.Nearest`; then the curve, and the side.
    """

    distance_m: Array
    lon_deg: Array
    lat_deg: Array
    azimuth_deg: Array
    curve: NDArray[np.int64]
    side: NDArray[np.int8]

    def part(self, part: slice) -> Found:
        """Give a view of some of them."""
        return Found(
            self.distance_m[part],
            self.lon_deg[part],
            self.lat_deg[part],
            self.azimuth_deg[part],
            self.curve[part],
            self.side[part],
        )

    def put(self, where: Index, other: Found) -> None:
        """Write what was found of some positions."""
        self.distance_m[where], self.azimuth_deg[where] = other.distance_m, other.azimuth_deg
        self.lon_deg[where], self.lat_deg[where] = other.lon_deg, other.lat_deg
        self.curve[where], self.side[where] = other.curve, other.side


def blank(count: int) -> Found:
    """Make room for results: NaN, curve -1, no side."""
    distance, lon, lat, azimuth = (np.full(count, np.nan) for _ in range(4))
    return Found(distance, lon, lat, azimuth, np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.int8))


def find_plainly(line: Line, lon: Array, lat: Array, find: Finder = find_candidates) -> Found:
    """Find the nearest points of a line, positions being degrees and none of them NaN.

    `find` tells which pieces may hold them; it does not change the result, as long as it leaves none of those out.
    """
    found = blank(lon.size)
    for begin in range(0, lon.size, CHUNK):
        part = slice(begin, begin + CHUNK)
        feet = find_feet(line, lon[part], lat[part], find)
        found.distance_m[part], found.azimuth_deg[part] = feet.distance_m, feet.azimuth_deg
        found.lon_deg[part], found.lat_deg[part] = feet.lon, feet.lat
        found.curve[part], found.side[part] = feet.curve, _tell_side(line, feet)
    return found


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
        """Give some of them."""
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


def find_feet(line: Line, lon: Array, lat: Array, find: Finder = find_candidates) -> Feet:
    """Find the nearest point of the line for each position, none of them NaN, as points on curves."""
    pieces, curves = line.pieces, line.curves
    which, piece, share, low = find(pieces, lon, lat)
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
