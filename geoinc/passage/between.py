"""Between timed positions: how long, at the least and at the most, the way can have been inside a territory.

References
----------
How far a position lies inside the rings of a territory (negative outside) changes by no more than the way gone.
Whoever is r inside at one time, and goes no faster than v, is inside for at least r / v from then, and was for as long
before. Whoever is inside at both ends of a leg and outside in between went at least the shortest way by the rings from
the one end to the other; where the leg leaves no time for that, it was inside all along. Time inside at the most is the
leg's whole time less the least time outside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy import Line, encloses, nearest
from geoinc.geodesy.legs import Legs
from geoinc.motion import least_detours_m

__all__ = ["Bounds", "Moments", "spend"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """When each position was passed, in seconds since 1970 UTC.

    Attributes
    ----------
    earliest_s, latest_s : ndarray of float, shape (n,)
        A time printed to the minute lasts a minute.
    """

    earliest_s: Array
    latest_s: Array

    @property
    def middle_s(self) -> Array:
        """The middle of each printed time."""
        return (self.earliest_s + self.latest_s) / 2

    @property
    def shortest_s(self) -> Array:
        """How long each leg lasted at the least."""
        return np.maximum(self.earliest_s[1:] - self.latest_s[:-1], 0.0)

    @property
    def longest_s(self) -> Array:
        """How long each leg lasted at the most."""
        return np.maximum(self.latest_s[1:] - self.earliest_s[:-1], 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """What positions, times and a greatest speed prove of the way inside one territory.

    Attributes
    ----------
    inside, outside : ndarray of bool, shape (n,)
        Whether each position surely lies inside, and surely outside.
    stayed_in, stayed_out : ndarray of bool, shape (n - 1,)
        Whether each leg left no time to go out, and to come in.
    least_s, most_s : float or None
        Time inside; None without times.
    """

    inside: Flags
    outside: Flags
    stayed_in: Flags
    stayed_out: Flags
    least_s: float | None
    most_s: float | None


def spend(
    rings: Line,
    legs: Legs,
    off_m: Array,
    moments: Moments | None,
    greatest_speed_m_s: float | None,
    *,
    window: Line | None = None,
    covered: Flags | None = None,
) -> Bounds:
    """Bound the time that a way through positions spends inside the rings of a territory.

    Parameters
    ----------
    rings : Line
        Of the territory.
    legs : Legs
    off_m : ndarray of float, shape (n,)
        By how much each position and the rings near it may together be off; infinite where that is not known.
    moments : Moments or None
    greatest_speed_m_s : float or None
        None, or without times: nothing bounds the way between positions.
    window : Line, optional
        The rim of what is known: beyond it the territory may go on outside its rings.
    covered : ndarray of bool, shape (n,), optional
        Whether each position lies within that rim.
    """
    enclosed = encloses(rings, legs.lon, legs.lat)
    clear_m = np.asarray(nearest(rings, legs.lon, legs.lat).distance_m) - off_m
    inside, outside = enclosed & (clear_m > 0), ~enclosed & (clear_m > 0)
    clear_m = np.maximum(clear_m, 0.0)
    clear_out_m = clear_m
    if window is not None:
        outside &= np.ones_like(outside) if covered is None else covered
        clear_out_m = np.clip(np.asarray(nearest(window, legs.lon, legs.lat).distance_m) - off_m, 0.0, clear_m)
    if moments is None or greatest_speed_m_s is None:
        never = np.zeros(legs.length_m.size, dtype=bool)
        least_s = None if moments is None else 0.0
        most_s = None if moments is None else float(moments.longest_s.sum())
        return Bounds(inside, outside, never, never, least_s, most_s)
    flown_m = greatest_speed_m_s * moments.longest_s
    by_rings_m = _by_rings_m(rings, legs, clear_m, off_m, flown_m)
    in_s, stayed_in = _least_s(inside, clear_m, by_rings_m, flown_m, moments.shortest_s, greatest_speed_m_s)
    out_m = by_rings_m
    if window is not None:
        out_m = np.minimum(by_rings_m, _by_rings_m(window, legs, clear_out_m, off_m, flown_m))
    out_s, stayed_out = _least_s(outside, clear_out_m, out_m, flown_m, moments.shortest_s, greatest_speed_m_s)
    least = np.where(stayed_in, moments.shortest_s, in_s)
    most = np.where(stayed_out, 0.0, np.maximum(moments.longest_s - out_s, 0.0))
    return Bounds(inside, outside, stayed_in, stayed_out, float(least.sum()), float(most.sum()))


def _by_rings_m(rings: Line, legs: Legs, clear_m: Array, off_m: Array, flown_m: Array) -> Array:
    """Lower bound of the way from each position to the next that touches the rings, wherever they may really lie."""
    way_m = clear_m[:-1] + clear_m[1:]
    near = np.flatnonzero((way_m <= flown_m) & (way_m > 0))
    if near.size:
        places = np.column_stack([legs.lon, legs.lat])
        detour_m = least_detours_m(rings, places[near], places[near + 1])
        # Moving the rings by e changes the way by 2 e at most, moving an end by e by e; off_m is no less than either.
        moved_m = 2 * np.maximum(off_m[near], off_m[near + 1])
        way_m[near] = np.maximum(way_m[near], detour_m - moved_m)
    return way_m


def _least_s(
    here: Flags, clear_m: Array, by_rings_m: Array, flown_m: Array, lasted_s: Array, greatest_speed_m_s: float
) -> tuple[Array, Flags]:
    """Least time of each leg on the side where positions are `here`, and whether it stayed on that side."""
    both = here[:-1] & here[1:]
    stayed = both & (by_rings_m > flown_m)
    way_m = np.where(here[:-1], clear_m[:-1], 0.0) + np.where(here[1:], clear_m[1:], 0.0)
    return np.minimum(way_m / greatest_speed_m_s, lasted_s), stayed
