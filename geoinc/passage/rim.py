"""How deep a territory can have been entered between timed positions, at a greatest speed.

References
----------
The distance from a line grows by no more than the way gone: from A, d1 from the line, by a place d from it, to B, d2
from it, the way is at least (d - d1) + (d - d2). Where A lies outside and the territory can only have been entered over
the line itself, the way is at least (d + d1) + (d - d2), and likewise for B.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geoinc.boundaries import BoundaryLine
from geoinc.geodesy import Edges, Line, nearest
from geoinc.geodesy.legs import Legs
from geoinc.passage.between import Bounds

__all__ = ["greatest_depth_m", "outer_rim", "window_rim"]

Array = NDArray[np.float64]


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
    border, rings = line.polyline(edges), line.rings(territory, edges)
    shared = {frozenset(edge) for edge in _edges(border)}
    rest = [edge for edge in _edges(rings) if frozenset(edge) not in shared]
    return Line(rest, rings.edges) if rest else None


def window_rim(line: BoundaryLine) -> Line | None:
    """Return the rim of the ground that a source holds; None where that is the whole earth."""
    west, south, east, north = line.window.bounds
    return None if (east - west, north - south) == (360.0, 180.0) else Line.from_geometry(line.window, Edges.PLANAR)


def _edges(line: Line) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The edges that have length, each by its two vertices."""
    start = line.first_vertex[line.has_length]
    places = list(zip(line.lon.tolist(), line.lat.tolist(), strict=True))
    return [(places[first], places[first + 1]) for first in start.tolist()]
