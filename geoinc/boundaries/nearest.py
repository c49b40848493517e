"""The border nearest to a position, among all that are held."""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.boundaries.border import open_border
from geoinc.boundaries.catalogue import Catalogue, load_catalogue
from geoinc.boundaries.world import World, read_line, read_member
from geoinc.errors import GeometryError, UnknownBoundaryError
from geoinc.geodesy import Line, inverse, nearest

__all__ = ["nearest_pair"]

Array = NDArray[np.float64]

SAFETY: Final = 1.001
"""A box is no disc on the ellipsoid: its corners are not quite the points furthest from its middle."""


def nearest_pair(lon_deg: float, lat_deg: float, *, catalogue: Catalogue | None = None) -> tuple[str, str]:
    """Return the border that is nearest to a position.

    Parameters
    ----------
    lon_deg, lat_deg : float
        The position, WGS 84 degrees.
    catalogue : Catalogue, optional
        Another catalogue than the bundled one.

    Returns
    -------
    tuple of str
        The two territories, in the order in which the border is held.

    Raises
    ------
    UnknownBoundaryError
        If no border is held at all.
    GeometryError
        If there is no such position.

    Notes
    -----
    Boxes round short stretches of all lines come with the world bundle. Each is enclosed in a disc about its
    middle, which bounds the distance to what it holds from both sides; only lines that may still be nearest are
    read and measured, by their first source, as far as the world bundle holds it.

    Examples
    --------
    >>> nearest_pair(29.01, 45.19), nearest_pair(2.894, 19.868)
    (('ROU', 'UKR'), ('MLI', 'DZA'))
    """
    if not (math.isfinite(lon_deg) and abs(lat_deg) <= 90.0):
        raise GeometryError(f"no position has longitude {lon_deg} and latitude {lat_deg}; give degrees on WGS 84")
    held = load_catalogue() if catalogue is None else catalogue
    if not held.borders:
        raise UnknownBoundaryError("no border is held at all; install geoinc again")
    found = []
    if held.world is None:
        for pair in held.borders:
            border = open_border(*pair, catalogue=held)
            line = border[next(iter(border))].polyline()
            found.append((float(nearest(line, lon_deg, lat_deg).distance_m), pair))
        return min(found)[1]
    least_m, most_m = _bounds(held, lon_deg, lat_deg)
    names = [*held.world.borders]
    best_m = float(most_m.min())
    for index in np.argsort(least_m, kind="stable"):
        if least_m[index] > best_m:
            break
        distance_m = float(nearest(_line(held, held.world, names[index]), lon_deg, lat_deg).distance_m)
        best_m = min(best_m, distance_m)
        found.append((distance_m, held.pair_of(*names[index])))
    return min(found)[1]


def _bounds(catalogue: Catalogue, lon_deg: float, lat_deg: float) -> tuple[Array, Array]:
    """For each pair of the world bundle, two distances between which that to its line lies."""
    boxes, owner = _discs(catalogue)
    lon, lat, radius_m = boxes
    to_middle_m, _, _ = inverse(lon_deg, lat_deg, lon, lat)
    count = int(owner.max()) + 1
    least_m, most_m = np.full(count, np.inf), np.full(count, np.inf)
    np.minimum.at(least_m, owner, np.maximum(to_middle_m - radius_m, 0.0))
    np.minimum.at(most_m, owner, to_middle_m + radius_m)
    return least_m, most_m


@cache
def _discs(catalogue: Catalogue) -> tuple[tuple[Array, Array, Array], NDArray[np.intp]]:
    world = catalogue.world
    if world is None:
        raise UnknownBoundaryError("the data folder holds no world bundle; install geoinc again")
    document = json.loads(read_member(catalogue, world.boxes_file, world.boxes_member))
    boxes = [document["-".join(pair)] for pair in world.borders]
    owner = np.repeat(np.arange(len(boxes)), [len(own) for own in boxes])
    west, south, east, north = np.concatenate([np.asarray(own, dtype=np.float64) for own in boxes]).T
    lon, lat = (west + east) / 2, (south + north) / 2
    corners = [inverse(lon, lat, x, y)[0] for x in (west, east) for y in (south, north)]
    return (lon, lat, SAFETY * np.maximum.reduce(corners)), owner


@cache
def _line(catalogue: Catalogue, world: World, pair: tuple[str, str]) -> Line:
    """The line of a pair as the most detailed source of the world bundle draws it."""
    source = catalogue.source(next(iter(world.borders[pair].length_km)))
    return Line.from_geometry(read_line(catalogue, source, pair), source.edges)
