"""How far two drawings of one border lie apart: mean, 95th percentile and greatest distance, with its place.

Every figure is a distance along the ellipsoid from points of one line to the nearest point of the other; nothing is
projected. Two drawings are compared both ways, since a loop that only one of them has is far from the other, while
the other may lie near it everywhere.

References
----------
M.-P. Dubuisson and A. K. Jain, "A modified Hausdorff distance for object matching", *Proc. 12th International
Conference on Pattern Recognition* (1994) 566-568: directed mean distances.
F. Hausdorff, *Grundzüge der Mengenlehre* (1914), chapter VIII, section 6: the greatest one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from geoinc.boundaries.border import Border
from geoinc.geodesy import Edges, Line, Nearest, inverse, nearest
from geoinc.geodesy.curve import Curves

__all__ = [
    "POINT_SPACING_M",
    "STATION_SPACING_M",
    "Comparison",
    "Deviation",
    "Near",
    "Place",
    "Stretch",
    "Weigh",
    "Window",
    "compare_border",
    "compare_lines",
    "deviation",
    "line_stations",
]

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Flags = NDArray[np.bool_]

STATION_SPACING_M: Final = 100.0
POINT_SPACING_M: Final = 50.0
GREATEST_WITHIN_M: Final = 1.0
ALIKE_M: Final = 10.0
"""Lines that part by less everywhere are looked at no closer than this: they may run together for 1,000 km."""
PERCENTILE: Final = 0.95


class Weigh(StrEnum):
    """What counts the same in a mean and a percentile.

    ``LENGTH``: every metre of the line. ``POINTS``: every point of it, these being its vertices and as many between
    them as leave no gap of more than 50 m; stretches with many vertices weigh more, as in comparisons that only add
    up points.
    """

    LENGTH = "length"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Place:
    """A position on the ground, WGS 84 degrees."""

    lon_deg: float
    lat_deg: float


class Window(Protocol):
    """The part of a line that is looked at."""

    def __hash__(self) -> int:
        """Return the same number for the same part."""
        ...

    def edges_of(self, line: Line) -> Index:
        """Return which items of ``line.curves`` may have points in the window."""
        ...

    def holds(self, line: Line, way: Array, lon: Array, lat: Array) -> Flags:
        """Tell which points of the line lie in the window; `way` counts curves passed, and the share of the next."""
        ...


@dataclass(frozen=True, slots=True)
class Near:
    """All that lies within a radius of a place.

    Attributes
    ----------
    lon_deg, lat_deg : float
        The place, in degrees.
    radius_m : float
    """

    lon_deg: float
    lat_deg: float
    radius_m: float

    def edges_of(self, line: Line) -> Index:
        """Return the curves whose middle is no further than the radius and half their length."""
        lon, lat, half_m = _middles(line)
        away = inverse(np.full_like(lon, self.lon_deg), np.full_like(lat, self.lat_deg), lon, lat)[0]
        return np.flatnonzero(away <= self.radius_m + half_m)

    def holds(self, line: Line, way: Array, lon: Array, lat: Array) -> Flags:  # noqa: ARG002 - one of several windows
        """Tell which points lie within the radius."""
        away = inverse(np.full_like(lon, self.lon_deg), np.full_like(lat, self.lat_deg), lon, lat)[0]
        return np.asarray(away <= self.radius_m)


@lru_cache(maxsize=64)
def _middles(line: Line) -> tuple[Array, Array, Array]:
    """The middle of each curve of a line, and a bound on half its length: asked for at every place compared."""
    every = np.arange(line.long_edge.size)
    lon, lat, _, _ = line.curves.at(every, np.full(every.size, 0.5))
    return lon, lat, line.curves.greatest_speed() / 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """The stretch of a line between the points of it that are nearest to two places.

    Attributes
    ----------
    start, end : Place
        In either order.
    """

    start: Place
    end: Place

    def edges_of(self, line: Line) -> Index:
        """Return the curves from the one end of the stretch to the other."""
        low, high = self._ends(line)
        return np.arange(int(low), min(int(high) + 1, line.long_edge.size))

    def holds(self, line: Line, way: Array, lon: Array, lat: Array) -> Flags:  # noqa: ARG002 - one of several windows
        """Tell which points lie between the two ends, along the line."""
        low, high = self._ends(line)
        return np.asarray((way >= low) & (way <= high))

    def _ends(self, line: Line) -> tuple[float, float]:
        """Number of the curve, and the share of it that is passed, at both ends."""
        feet = nearest(
            line,
            np.array([self.start.lon_deg, self.end.lon_deg]),
            np.array([self.start.lat_deg, self.end.lat_deg]),
        )
        passed = np.sort(_way(line, feet))
        return float(passed[0]), float(passed[1])


@dataclass(frozen=True, slots=True)
class Deviation:
    """How far the points of one line lie from another line.

    Attributes
    ----------
    length_m : float
        Of the line looked at.
    mean_m, percentile_95_m : float
        Over that length.
    maximum_m : float
        The greatest distance, to 1 m unless another tolerance was asked for.
    place : Place
        Where it is met.
    """

    length_m: float
    mean_m: float
    percentile_95_m: float
    maximum_m: float
    place: Place


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two drawings of one border, compared both ways.

    Attributes
    ----------
    one, other : str
        What is compared: ids of sources.
    forward, backward : Deviation or None
        Of the first from the second, and of the second from the first; None where a line has no point in the
        window.
    """

    one: str
    other: str
    forward: Deviation | None
    backward: Deviation | None

    @property
    def mean_m(self) -> float | None:
        """Mean of the means of both directions."""
        found = [each.mean_m for each in self._both]
        return sum(found) / len(found) if found else None

    @property
    def percentile_95_m(self) -> float | None:
        """The larger of the 95th percentiles of both directions."""
        return max((each.percentile_95_m for each in self._both), default=None)

    @property
    def greatest(self) -> Deviation | None:
        """The direction that holds the greatest distance, that of Hausdorff."""
        return max(self._both, key=lambda each: each.maximum_m, default=None)

    @property
    def maximum_m(self) -> float | None:
        """The greatest distance, that of Hausdorff."""
        return None if self.greatest is None else self.greatest.maximum_m

    @property
    def _both(self) -> list[Deviation]:
        return [each for each in (self.forward, self.backward) if each is not None]


def deviation(
    one: Line,
    other: Line,
    *,
    window: Window | None = None,
    weigh: Weigh = Weigh.LENGTH,
    greatest_within_m: float = GREATEST_WITHIN_M,
) -> Deviation | None:
    """Return how far the points of one line lie from another.

    Parameters
    ----------
    one : Line
        The line whose points are looked at.
    other : Line
        The whole line that they are held against.
    window : Window, optional
        The part of `one` to look at; by default all of it.
    weigh : Weigh
        What counts the same in the mean and the percentile.
    greatest_within_m : float
        How far the greatest distance may be from the true one.

    Returns
    -------
    Deviation or None
        None where no piece of `one` has its middle in the window.

    Notes
    -----
    The line is cut into pieces of at most 100 m, each looked at in its middle and weighed with its length. The
    distance changes by no more than the way moved, so no point of a piece is further away than its middle by more
    than half its length: pieces that may still hold a greater distance are halved until none can by more than the
    tolerance. Where lines are nowhere 10 m apart, that is 10 m.

    Examples
    --------
    >>> parallels = [Line([[(0.0, lat), (1.0, lat)]], Edges.PLANAR) for lat in (0.0, 0.01)]
    >>> found = deviation(*parallels)
    >>> round(found.mean_m), round(found.maximum_m), round(found.length_m)
    (1106, 1106, 111319)
    """
    pieces, lon, lat, length = _stations(one, window)
    if lon.size == 0:
        return None
    distance = nearest(other, lon, lat).distance_m
    maximum_m, place = _greatest(one, other, window, pieces, distance, (lon, lat), greatest_within_m)
    if weigh is Weigh.POINTS:
        points = _points(one, window)
        mean_m, percentile_95_m = _statistics(nearest(other, *points).distance_m, np.ones(points[0].size))
    else:
        mean_m, percentile_95_m = _statistics(distance, length)
    return Deviation(float(length.sum()), mean_m, percentile_95_m, maximum_m, place)


@lru_cache(maxsize=32)
def _stations(line: Line, window: Window | None) -> tuple[_Pieces, Array, Array, Array]:
    """The pieces of a line in the window, their middles and lengths: one line is held against several others."""
    curve = np.arange(line.long_edge.size) if window is None else window.edges_of(line)
    pieces = _Pieces.cut(line, curve, STATION_SPACING_M)
    lon, lat, _, _ = line.curves.at(pieces.curve, pieces.middle)
    if window is not None:
        inside = np.flatnonzero(window.holds(line, pieces.curve + pieces.middle, lon, lat))
        pieces, lon, lat = pieces.take(inside), lon[inside], lat[inside]
    return pieces, lon, lat, line.curves.lengths(pieces.curve, pieces.t1, pieces.t2)


def line_stations(line: Line) -> tuple[Array, Array, Array]:
    """Return where a whole line is looked at by `deviation`: middles of pieces of at most 100 m.

    Returns
    -------
    lon, lat, length_m : ndarray
        In degrees, and the length that each stands for.
    """
    _, lon, lat, length = _stations(line, None)
    return lon, lat, length


def _points(line: Line, window: Window | None) -> tuple[Array, Array]:
    """Vertices, and points between them; those in the window alone."""
    curve = np.arange(line.long_edge.size) if window is None else window.edges_of(line)
    starts = _Pieces.cut(line, curve, POINT_SPACING_M)
    after = line.neighbours[1][curve]
    last = curve[(after < 0) | (after != curve + 1)]
    which, t = np.concatenate([starts.curve, last]), np.concatenate([starts.t1, np.ones(last.size)])
    lon, lat, _, _ = line.curves.at(which, t)
    if window is None:
        return lon, lat
    inside = window.holds(line, which + t, lon, lat)
    return lon[inside], lat[inside]


def _way(line: Line, feet: Nearest) -> Array:
    """How many curves are passed at points of a line, with the share of the last."""
    curves = line.curves
    curve = np.searchsorted(line.long_edge, feet.edge_index)
    from_start = inverse(curves.lon1[curve], curves.lat1[curve], feet.lon_deg, feet.lat_deg)[0]
    to_end = inverse(feet.lon_deg, feet.lat_deg, curves.lon2[curve], curves.lat2[curve])[0]
    return np.asarray(curve + from_start / (from_start + to_end))


def _statistics(distance: Array, weight: Array) -> tuple[float, float]:
    """Mean and 95th percentile of weighted values."""
    order = np.argsort(distance, kind="stable")
    passed = np.cumsum(weight[order])
    rank = min(int(np.searchsorted(passed, PERCENTILE * passed[-1])), distance.size - 1)
    return float(np.average(distance, weights=weight)), float(distance[order][rank])


def compare_lines(
    one: Line,
    other: Line,
    *,
    names: tuple[str, str],
    window: Window | None = None,
    weigh: Weigh = Weigh.LENGTH,
    greatest_within_m: float = GREATEST_WITHIN_M,
) -> Comparison:
    """Compare two lines both ways; see `deviation`."""
    forward, backward = (
        deviation(each, against, window=window, weigh=weigh, greatest_within_m=greatest_within_m)
        for each, against in ((one, other), (other, one))
    )
    return Comparison(names[0], names[1], forward, backward)


def compare_border(
    border: Border,
    names: Sequence[str] | None = None,
    *,
    window: Window | None = None,
    edges: Edges | None = None,
    weigh: Weigh = Weigh.LENGTH,
) -> tuple[Comparison, ...]:
    """Compare every two sources of a border.

    Parameters
    ----------
    border : Border
    names : sequence of str, optional
        Ids or lineages; by default the source that speaks for each lineage.
    window : Window, optional
        The part of each line to look at; by default all of it.
    edges : Edges, optional
        Another interpretation of all edges than each source's own.
    weigh : Weigh
        What counts the same in means and percentiles.

    Returns
    -------
    tuple of Comparison
        In the order of the border.

    Examples
    --------
    >>> from geoinc.boundaries import open_border
    >>> near = Near(2.96667, 19.95333, 25_000.0)
    >>> found = compare_border(open_border("MLI", "DZA"), ["osm", "wdb2"], window=near)[0]
    >>> print(f"{found.one}, {found.other}: {found.mean_m / 1000:.2f} km, at most {found.maximum_m / 1000:.1f} km")
    osm-2026c, wdb2: 0.41 km, at most 1.2 km
    """
    lines = [border[name] for name in (border.lineages if names is None else names)]
    return tuple(
        compare_lines(
            one.polyline(edges),
            other.polyline(edges),
            names=(one.source.id, other.source.id),
            window=window,
            weigh=weigh,
        )
        for one, other in combinations(lines, 2)
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """Stretches of curves, from t1 to t2."""

    curve: Index
    t1: Array
    t2: Array

    @classmethod
    def cut(cls, line: Line, curve: Index, spacing_m: float) -> _Pieces:
        """Cut curves into equal pieces no longer than the spacing."""
        speed = line.curves.greatest_speed()[curve]
        count = np.maximum(np.ceil(speed / spacing_m), 1).astype(np.intp)
        which = np.repeat(np.arange(curve.size), count)
        step = np.arange(which.size) - np.repeat(np.cumsum(count) - count, count)
        return cls(curve[which], step / count[which], (step + 1) / count[which])

    @property
    def middle(self) -> Array:
        return (self.t1 + self.t2) / 2

    def take(self, which: Index) -> _Pieces:
        return _Pieces(self.curve[which], self.t1[which], self.t2[which])

    def halved(self) -> _Pieces:
        middle = self.middle
        return _Pieces(
            np.concatenate([self.curve, self.curve]),
            np.concatenate([self.t1, middle]),
            np.concatenate([middle, self.t2]),
        )

    def half_length_m(self, curves: Curves) -> Array:
        """Bound on the way from the middle to any point of the piece."""
        return np.asarray(curves.greatest_speed()[self.curve] * (self.t2 - self.t1) / 2)


def _greatest(
    one: Line,
    other: Line,
    window: Window | None,
    pieces: _Pieces,
    distance: Array,
    position: tuple[Array, Array],
    within_m: float,
) -> tuple[float, Place]:
    """Halve the pieces that may hold a greater distance, until none can by more than the tolerance."""
    lon, lat = position
    best = int(distance.argmax())
    greatest, place = float(distance[best]), Place(float(lon[best]), float(lat[best]))
    while True:
        allowed_m = within_m if greatest >= ALIKE_M else max(within_m, ALIKE_M)
        open_ = np.flatnonzero(distance + pieces.half_length_m(one.curves) > greatest + allowed_m)
        if open_.size == 0:
            return greatest, place
        pieces = pieces.take(open_).halved()
        lon, lat, _, _ = one.curves.at(pieces.curve, pieces.middle)
        if window is not None:
            inside = np.flatnonzero(window.holds(one, pieces.curve + pieces.middle, lon, lat))
            pieces, lon, lat = pieces.take(inside), lon[inside], lat[inside]
            if lon.size == 0:
                return greatest, place
        distance = nearest(other, lon, lat).distance_m
        best = int(distance.argmax())
        if distance[best] > greatest:
            greatest, place = float(distance[best]), Place(float(lon[best]), float(lat[best]))
