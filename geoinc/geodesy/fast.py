"""The nearest point by compiled code: one search in space and mostly one inverse for each position.

The search (`geoinc.geodesy.compiled`) settles the piece and the foot for nearly all positions; the geodesic that
reaches the foot then says how far off it is. What cannot be settled in this way with certainty (two places
equally near, a position on the line, far off, or next to a pole) is left to the reference in
`geoinc.geodesy.foot`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy import compiled
from geoinc.geodesy.capsules import order_in_space
from geoinc.geodesy.edges import Edges
from geoinc.geodesy.ellipsoid import geod, to_space
from geoinc.geodesy.foot import Found, blank
from geoinc.geodesy.line import Line
from geoinc.geodesy.tree import Tree

__all__ = ["find_fast"]

Array = NDArray[np.float64]
Index = NDArray[np.int64]

CHUNK = 131_072
MANY_PIECES = 10_000
"""Past some ten thousand pieces the search waits for memory, unless neighbours come one after the other."""
MOST_ROUNDS = 4
KINDS = {Edges.GEODESIC: 0, Edges.PLANAR: 1, Edges.RHUMB: 2}


def find_fast(line: Line, lon: Array, lat: Array, threads: int) -> tuple[Found, NDArray[np.bool_]]:
    """Find the nearest points of a line, as far as they can be settled in this way.

    Parameters
    ----------
    line : Line
    lon, lat : ndarray
        Positions in degrees, none of them NaN.
    threads : int
        How many chunks are worked on at a time.

    Returns
    -------
    found : Found
        Not filled in where it is unclear.
    unclear : ndarray of bool
        Positions that are left to the reference.
    """
    found, unclear = blank(lon.size), np.zeros(lon.size, dtype=bool)
    line_data = _prepare(line)

    def work(begin: int) -> None:
        part = slice(begin, begin + CHUNK)
        _find(line_data, lon[part], lat[part], Found(*(values[part] for values in found)), unclear[part])

    begins = range(0, lon.size, CHUNK)
    if threads > 1 and len(begins) > 1:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, begins))
    else:
        for begin in begins:
            work(begin)
    return found, unclear


@dataclass(frozen=True, slots=True, eq=False)
class _Prepared:
    """What of a line the compiled code reads."""

    kind: int
    tree: Tree
    ends: Array
    neighbours: tuple[Index, Index]
    azimuths: tuple[Array, Array]


def _prepare(line: Line) -> _Prepared:
    # Everything that a line works out on demand is worked out here, before there are threads.
    curves = line.curves
    before, after = line.neighbours
    return _Prepared(
        KINDS[line.edges],
        line.tree,
        np.stack([curves.lon1, curves.lat1, curves.lon2, curves.lat2, curves.dlon, curves.dlat]),
        (before.astype(np.int64), after.astype(np.int64)),
        (curves.azimuth1_deg, curves.azimuth2_deg),
    )


def _find(line: _Prepared, lon: Array, lat: Array, found: Found, unclear: NDArray[np.bool_]) -> None:
    """Search one chunk and write what is found."""
    tree, count = line.tree, lon.size
    order = None
    if tree.curve.size > MANY_PIECES:
        order = order_in_space(to_space(lon, lat))
        lon, lat = lon[order], lat[order]
    piece, state = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int8)
    share, speed, bend = np.empty(count), np.empty(count), np.empty(count)
    compiled.search(
        lon,
        lat,
        tree.groups,
        tree.level_start,
        tree.cubic,
        (tree.curve, tree.t1, tree.t2),
        (tree.error_m, tree.bend_per_m),
        (piece, share, state, speed, bend),
    )
    item = np.flatnonzero(state != compiled.UNCLEAR)
    here = found if order is None else blank(count)
    for _ in range(MOST_ROUNDS):
        if item.size == 0:
            break
        foot_lon, foot_lat, heading = (np.empty(item.size) for _ in range(3))
        compiled.place(
            line.kind,
            item,
            (piece, share, state),
            tree.cubic,
            (tree.curve, tree.t1, tree.t2),
            line.ends,
            (foot_lon, foot_lat, heading),
        )
        first = item.size == count
        azimuth, arrival, distance = geod().inv(
            lon if first else lon[item],
            lat if first else lat[item],
            foot_lon,
            foot_lat,
            return_back_azimuth=False,
        )
        left = compiled.finish(
            item,
            (piece, share, state, speed, bend),
            (tree.curve, tree.t1, tree.t2),
            (foot_lon, foot_lat, heading),
            (distance, azimuth, arrival),
            line.neighbours,
            line.azimuths,
            (here.distance_m, here.lon_deg, here.lat_deg, here.azimuth_deg, here.curve, here.side),
        )
        item = item[:left]
    state[item] = compiled.UNCLEAR
    lost = state == compiled.UNCLEAR
    if order is None:
        unclear[:] = lost
    else:
        unclear[order] = lost
        for kept, new in zip(found, here, strict=True):
            kept[order] = new
