"""The straight way: geodesic legs from position to position, cut where they pass from one ground to another.

That the way between two positions was straight is an assumption; whoever shows what follows from it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.boundaries import BoundaryLine
from geoinc.geodesy import Edges, Line, encloses, nearest
from geoinc.geodesy.legs import Legs, meet_legs
from geoinc.measurement import ON_THE_LINE_M

__all__ = ["Change", "Place", "Stretches", "straight_way"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

APART_M: Final = 1e-3
"""Meetings nearer to one another than this are one: two territories share their border vertex for vertex."""
HALF_TURN_DEG: Final = 180.0


class Place(IntEnum):
    """Whose ground a place lies on, by one source."""

    FIRST = 0
    SECOND = 1
    BOTH = 2
    NEITHER = 3
    LINE = 4
    UNCOVERED = 5


@dataclass(frozen=True, slots=True)
class Change:
    """Where the straight way passes from one ground to another.

    Attributes
    ----------
    leg : int
        From which position on, counted from 0.
    along_leg_m, along_m : float
        The way to it from the start of the leg, and from the first position.
    lon_deg, lat_deg : float
    before, after : Place
        Never `Place.LINE`: a way along the line, or a touch, is no change by itself.
    """

    leg: int
    along_leg_m: float
    along_m: float
    lon_deg: float
    lat_deg: float
    before: Place
    after: Place


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """The straight way in stretches, each on one ground; in order, at least one for each leg.

    Attributes
    ----------
    legs : Legs
    leg : ndarray of int
    start_m, end_m : ndarray of float
        Along the leg.
    place : ndarray of int
        As `Place` numbers them.
    """

    legs: Legs
    leg: Index
    start_m: Array
    end_m: Array
    place: NDArray[np.int8]

    def lengths_m(self) -> Mapping[Place, float]:
        """Return how long the way is on each ground."""
        length = self.end_m - self.start_m
        return MappingProxyType({each: float(length[self.place == each].sum()) for each in Place})

    def times_s(self, durations_s: Array) -> Mapping[Place, float]:
        """Return how long it lasts on each ground, if each leg was covered at one speed.

        Parameters
        ----------
        durations_s : ndarray of float
            How long each leg lasted.
        """
        whole = self.legs.length_m[self.leg]
        share = np.where(whole > 0, (self.end_m - self.start_m) / np.where(whole > 0, whole, 1.0), 1.0)
        spent = durations_s[self.leg] * share
        return MappingProxyType({each: float(spent[self.place == each].sum()) for each in Place})

    def changes(self) -> Iterator[Change]:
        """Go through the places where the ground changes."""
        began_m = np.concatenate([[0.0], np.cumsum(self.legs.length_m)])
        told = np.flatnonzero(self.place != Place.LINE)
        for before, after in pairwise(told.tolist()):
            if self.place[before] == self.place[after]:
                continue
            # Where the way runs along the line in between, the change is where it first came to it.
            first = before + 1
            leg, along = int(self.leg[first]), float(self.start_m[first])
            lon, lat = self.legs.at(np.array([leg]), np.array([along]))
            yield Change(
                leg=leg,
                along_leg_m=along,
                along_m=float(began_m[leg]) + along,
                lon_deg=float(lon[0]),
                lat_deg=float(lat[0]),
                before=Place(int(self.place[before])),
                after=Place(int(self.place[after])),
            )


def straight_way(line: BoundaryLine, legs: Legs, *, edges: Edges | None = None) -> Stretches:
    """Cut geodesic legs into stretches, each on one ground of a source.

    Parameters
    ----------
    line : BoundaryLine
        One source's line and ground.
    legs : Legs
        Two positions at least.
    edges : Edges, optional
        Another interpretation than the source's own.
    """
    rings = [line.rings(territory, edges) for territory in line.pair]
    met = [meet_legs(each, legs) for each in (*rings, *_window(line))]
    at_leg = np.concatenate([leg for leg, _ in met])
    at_m = np.concatenate([along for _, along in met])
    inner = (at_m > APART_M) & (at_m < legs.length_m[at_leg] - APART_M)
    every = np.arange(legs.length_m.size)
    leg = np.concatenate([every, at_leg[inner]])
    start = np.concatenate([np.zeros(every.size), at_m[inner]])
    order = np.lexsort((start, leg))
    leg, start = leg[order], start[order]
    apart = np.concatenate([[True], (np.diff(leg) > 0) | (np.diff(start) > APART_M)])
    leg, start = leg[apart], start[apart]
    last = np.append(np.diff(leg) > 0, True)
    end = np.where(last, legs.length_m[leg], np.append(start[1:], 0.0))
    lon, lat = legs.at(leg, (start + end) / 2)
    return Stretches(legs, leg, start, end, _places(line, rings, lon, lat, edges))


def _window(line: BoundaryLine) -> tuple[Line, ...]:
    """The rim of the ground that is held; nothing where it goes so far round the earth that no edge could follow."""
    west, _, east, _ = line.window.bounds
    return () if east - west >= HALF_TURN_DEG else (Line.from_geometry(line.window, Edges.PLANAR),)


def _places(line: BoundaryLine, rings: list[Line], lon: Array, lat: Array, edges: Edges | None) -> NDArray[np.int8]:
    first, second = (encloses(each, lon, lat) for each in rings)
    place = np.full(lon.shape, int(Place.NEITHER), dtype=np.int8)
    place[first] = Place.FIRST
    place[second] = Place.SECOND
    place[first & second] = Place.BOTH
    place[~np.atleast_1d(line.covers(lon, lat))] = Place.UNCOVERED
    place[nearest(line.polyline(edges), lon, lat).distance_m <= ON_THE_LINE_M] = Place.LINE
    return place
