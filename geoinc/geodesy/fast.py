"""The nearest point by compiled code: one search in space and mostly one inverse for each position.

The search (`geoinc.geodesy.compiled_search`) settles the piece and the foot for nearly all positions; the geodesic that
reaches the foot then says how far off it is. What cannot be settled in this way with certainty (two places
equally near, a position on the line, far off, or next to a pole) is left to the reference in
`geoinc.geodesy.foot`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy.capsules import order_in_space
from geoinc.geodesy.compiled_feet import finish, place
from geoinc.geodesy.compiled_search import UNCLEAR, gather, search
from geoinc.geodesy.edges import Edges
from geoinc.geodesy.ellipsoid import geod, to_space
from geoinc.geodesy.foot import Found, blank, find_plainly
from geoinc.geodesy.line import Line
from geoinc.geodesy.pieces import Pieces, find_candidates
from geoinc.geodesy.tree import Tree

__all__ = ["find_fast"]

Array = NDArray[np.float64]
Index = NDArray[np.int64]

CHUNK = 131_072
MANY_PIECES = 10_000
"""Past some ten thousand pieces the search waits for memory, unless neighbours come one after the other."""
MOST_ROUNDS = 4
KINDS = {Edges.GEODESIC: 0, Edges.PLANAR: 1, Edges.RHUMB: 2}


def find_fast(line: Line, lon: Array, lat: Array, threads: int) -> Found:
    """Find the nearest points of a line.

    Parameters
    ----------
    line : Line
    lon, lat : ndarray
        Positions in degrees, none of them NaN.
    threads : int
        How many chunks are worked on at a time.
    """
    found = blank(lon.size)
    prepared = _prepare(line)

    def work(begin: int) -> None:
        part = slice(begin, begin + CHUNK)
        _find(prepared, lon[part], lat[part], found.part(part))

    begins = range(0, lon.size, CHUNK)
    if threads > 1 and len(begins) > 1:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, begins))
    else:
        for begin in begins:
            work(begin)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Prepared:
    """What of a line the compiled code reads."""

    line: Line
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
        line,
        KINDS[line.edges],
        line.tree,
        np.stack([curves.lon1, curves.lat1, curves.lon2, curves.lat2, curves.dlon, curves.dlat]),
        (before.astype(np.int64), after.astype(np.int64)),
        (curves.azimuth1_deg, curves.azimuth2_deg),
    )


def _find(line: _Prepared, lon: Array, lat: Array, found: Found) -> None:
    """Search one chunk and write what is found."""
    tree, count = line.tree, lon.size
    order = None
    if tree.curve.size > MANY_PIECES:
        order = order_in_space(to_space(lon, lat))
        lon, lat = lon[order], lat[order]
    here = found if order is None else blank(count)
    unclear = _settle(line, lon, lat, here)
    if unclear.size:
        here.put(unclear, find_plainly(line.line, lon[unclear], lat[unclear], partial(_gather, tree)))
    if order is not None:
        found.put(order, here)


def _settle(line: _Prepared, lon: Array, lat: Array, found: Found) -> Index:
    """Find what can be found with certainty by one inverse or a few; return the numbers of the positions left."""
    tree, count = line.tree, lon.size
    stretches = (tree.curve, tree.t1, tree.t2)
    piece, state = np.zeros(count, dtype=np.int64), np.empty(count, dtype=np.int8)
    share, pace, curved = (np.empty(count) for _ in range(3))
    search(
        lon,
        lat,
        tree.groups,
        tree.level_start,
        tree.cubic,
        stretches,
        (tree.error_m, tree.bend_per_m),
        (piece, share, state, pace, curved),
    )
    item = np.flatnonzero(state != UNCLEAR)
    for _ in range(MOST_ROUNDS):
        if item.size == 0:
            break
        places = tuple(np.empty(item.size) for _ in range(3))
        feet = (piece, share, state, pace, curved)
        place(line.kind, item, feet[:3], tree.cubic, stretches, line.ends, places)
        whole = item.size == count
        azimuth, arrival, distance = geod().inv(
            lon if whole else lon[item],
            lat if whole else lat[item],
            places[0],
            places[1],
            return_back_azimuth=False,
        )
        ways = (distance, azimuth, arrival)
        left = finish(item, feet, stretches, places, ways, line.neighbours, line.azimuths, tuple(found))
        item = item[:left]
    state[item] = UNCLEAR
    return np.flatnonzero(state == UNCLEAR)


def _gather(tree: Tree, pieces: Pieces, lon: Array, lat: Array) -> tuple[Index, Index, Array, Array]:
    """Find candidates like `find_candidates`, by compiled code wherever it tells them."""
    which, piece, share, low, told = gather(
        lon, lat, tree.groups, tree.level_start, tree.cubic, (tree.error_m, tree.bend_per_m)
    )
    rest = np.flatnonzero(~told)
    if rest.size:
        rest_which, rest_piece, rest_share, rest_low = find_candidates(pieces, lon[rest], lat[rest])
        which, piece = np.concatenate([which, rest[rest_which]]), np.concatenate([piece, rest_piece])
        share, low = np.concatenate([share, rest_share]), np.concatenate([low, rest_low])
        order = np.argsort(which, kind="stable")
        which, piece, share, low = which[order], piece[order], share[order], low[order]
    return which, piece, share, low
