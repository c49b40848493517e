"""How deep a territory can have been entered between timed positions, at a greatest speed.

References
----------
The distance from a line grows by no more than the way gone: from A, d1 from the line, by a place d from it, to B, d2
from it, the way is at least (d - d1) + (d - d2). Where A lies outside and the territory can only have been entered over
the line itself, the way is at least (d + d1) + (d - d2), and likewise for B.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geoinc.boundaries import BoundaryLine
from geoinc.geodesy import Edges, Line, encloses, nearest
from geoinc.geodesy.ellipsoid import wrap_longitude
from geoinc.geodesy.legs import Legs
from geoinc.passage.between import Bounds
from geoinc.passage.straight import Place

__all__ = ["greatest_depth_m", "ground_rims", "outer_rim", "window_rim"]

Array = NDArray[np.float64]
Edge = tuple[tuple[float, float], tuple[float, float]]

ON_RIM_DEG: Final = 1e-9


def greatest_depth_m(
    rim: Line | None, legs: Legs, distance_m: Array, off_m: Array, flown_m: Array, bounds: Bounds
) -> float:
    """Bound the distance from a border that a way through positions reaches inside one territory.

    Parameters
    ----------
    rim : Line or None
        Where the territory ends otherwise than at the border, as `outer_rim` gives it.
    legs : Legs
    distance_m : ndarray of float, shape (n,)
        From each position to the border.
    off_m : ndarray of float, shape (n,)
        By how much each position and the border near it may together be off; finite.
    flown_m : ndarray of float, shape (n - 1,)
        The longest way that each leg allows.
    bounds : Bounds
        Of the territory.

    Returns
    -------
    float
        In metres; 0 where no leg can have entered the territory.
    """
    past_m = np.full(legs.lon.size, np.inf) if rim is None else np.asarray(nearest(rim, legs.lon, legs.lat).distance_m)
    over_border = past_m[:-1] + past_m[1:] > flown_m + 2 * (off_m[:-1] + off_m[1:])
    signed_m = np.where(bounds.outside, -distance_m, distance_m)
    start_m = np.where(over_border, signed_m[:-1], distance_m[:-1])
    end_m = np.where(over_border, signed_m[1:], distance_m[1:])
    deepest_m = (start_m + end_m + flown_m) / 2 + np.maximum(off_m[:-1], off_m[1:])
    reachable = ~bounds.stayed_out
    return float(max(0.0, deepest_m[reachable].max())) if reachable.any() else 0.0


def outer_rim(line: BoundaryLine, territory: str, edges: Edges | None = None) -> Line | None:
    """Return the rings of a territory without the border in question; None where nothing is left of them."""
    return _line(_outer_edges(line, territory, edges), line.rings(territory, edges).edges)


def ground_rims(line: BoundaryLine, edges: Edges | None = None) -> Mapping[Place, tuple[Line, ...]]:
    """Return the lines that bound each ground, without the rim of the ground that a source holds.

    A territory's own ground ends at the border in question, where it meets third countries or the sea, and where the
    other territory overlaps it.
    """
    border = line.polyline(edges)
    free, lapped = [], []
    for territory, other in (line.pair, line.pair[::-1]):
        outer = _drawn(line, _outer_edges(line, territory, edges))
        within = encloses(line.rings(other, edges), *_middles(outer)) if outer else np.empty(0, dtype=bool)
        kept, overlapping = (
            _line([edge for edge, inner in zip(outer, within, strict=True) if bool(inner) is kind], border.edges)
            for kind in (False, True)
        )
        free.append(kept)
        lapped.append(overlapping)
    return MappingProxyType(
        {
            Place.FIRST: _held(border, free[0], lapped[1]),
            Place.SECOND: _held(border, free[1], lapped[0]),
            Place.BOTH: _held(*lapped),
            Place.NEITHER: _held(*free),
            Place.LINE: (border,),
            Place.UNCOVERED: (),
        }
    )


def _held(*lines: Line | None) -> tuple[Line, ...]:
    return tuple(each for each in lines if each is not None)


def _line(edges: list[Edge], reading: Edges) -> Line | None:
    return Line(edges, reading) if edges else None


def _outer_edges(line: BoundaryLine, territory: str, edges: Edges | None) -> list[Edge]:
    shared = {frozenset(edge) for edge in _edges(line.polyline(edges))}
    return [edge for edge in _edges(line.rings(territory, edges)) if frozenset(edge) not in shared]


def _drawn(line: BoundaryLine, outer: list[Edge]) -> list[Edge]:
    """The edges that do not merely end the ground that a source holds."""
    if not outer or window_rim(line) is None:
        return outer
    ends = np.array(outer)
    places = np.stack([ends[:, 0], ends[:, 1], ends.mean(axis=1)], axis=1)
    off_deg = shapely.distance(line.window.boundary, shapely.points(places))
    return [edge for edge, cut in zip(outer, (off_deg <= ON_RIM_DEG).all(axis=1), strict=True) if not cut]


def _middles(outer: list[Edge]) -> tuple[Array, Array]:
    start, end = np.array(outer).transpose(1, 2, 0)
    return wrap_longitude(start[0] + wrap_longitude(end[0] - start[0]) / 2), (start[1] + end[1]) / 2


def window_rim(line: BoundaryLine) -> Line | None:
    """Return the rim of the ground that a source holds; None where that is the whole earth."""
    west, south, east, north = line.window.bounds
    return None if (east - west, north - south) == (360.0, 180.0) else Line.from_geometry(line.window, Edges.PLANAR)


def _edges(line: Line) -> list[Edge]:
    """The edges that have length, each by its two vertices."""
    start = line.first_vertex[line.has_length]
    places = list(zip(line.lon.tolist(), line.lat.tolist(), strict=True))
    return [(places[first], places[first + 1]) for first in start.tolist()]
