"""Edges cut into short pieces, each with bounds of where it runs in space.

Positions are points in earth-centred coordinates; a piece of an edge is its chord, and how far the edge may
leave the chord. Nothing here depends on longitude, so poles and the antimeridian need no case of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy.capsules import (
    SLACK_M,
    Capsules,
    dot,
    farthest_chord,
    find_capsules,
    least_of_each,
    make_capsules,
    nest_capsules,
    order_in_space,
    to_axis,
)
from geoinc.geodesy.curve import Curves, rhumb_share
from geoinc.geodesy.edges import Edges
from geoinc.geodesy.ellipsoid import POLAR_RADIUS_M, to_space

__all__ = ["Pieces", "cut_pieces", "find_candidates"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

PIECE_LENGTH_M = 5_000.0
PIECE_LONGITUDE_DEG = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Pieces of curves, and capsules round groups of them.

    Attributes
    ----------
    curve : ndarray of int
        The curve that each piece belongs to.
    t1, t2 : ndarray
        The stretch of the curve's parameter.
    bend_per_m : ndarray
        Bound of the geodesic curvature.
    length_m : ndarray
        Length along the curve.
    capsules : tuple of Capsules
        What holds the pieces, from the coarsest level to the finest; each of the last level holds one piece, and
        its axis is the chord.
    """

    curve: Index
    t1: Array
    t2: Array
    bend_per_m: Array
    length_m: Array
    capsules: tuple[Capsules, ...]


def cut_pieces(curves: Curves) -> Pieces:
    """Cut curves so short that the distance to a position has one valley on each piece; index the pieces."""
    curve, t1, t2 = _cut(curves)
    lon1, lat1, _, _ = curves.at(curve, t1)
    lon2, lat2, _, _ = curves.at(curve, t2)
    start, end = to_space(lon1, lat1), to_space(lon2, lat2)
    order = _run_order(start, end)
    curve, start, end = curve[order], start[:, order], end[:, order]
    t1, t2, lat1, lat2 = (a[order] for a in (t1, t2, lat1, lat2))
    chord = end - start
    length = curves.lengths(curve, t1, t2)
    # A curve lies in the ellipsoid of revolution that has its ends as foci and its length as long axis; the short
    # half-axis bounds its distance from the chord, for any curve whatever.
    off_chord = np.sqrt(np.maximum(length**2 - dot(chord, chord), 0.0)) / 2 + SLACK_M
    return Pieces(
        curve=curve,
        t1=t1,
        t2=t2,
        bend_per_m=_bend(curves.edges, np.maximum(np.abs(lat1), np.abs(lat2))),
        length_m=length,
        capsules=nest_capsules(make_capsules(start, chord, off_chord)),
    )


def _run_order(start: Array, end: Array) -> Index:
    """Order pieces so that neighbours are near: along each unbroken run, and runs by where their middles lie."""
    run = np.concatenate([[0], np.cumsum((start[:, 1:] != end[:, :-1]).any(axis=0))])
    first = np.flatnonzero(np.diff(run, prepend=-1))
    middle = (first + np.append(first[1:], run.size)) // 2
    rank = np.empty(first.size, dtype=np.intp)
    rank[order_in_space(start[:, middle])] = np.arange(first.size)
    return np.argsort(rank[run], kind="stable")


def _cut(curves: Curves) -> tuple[Index, Array, Array]:
    count = np.maximum(np.ceil(curves.greatest_speed() / PIECE_LENGTH_M), 1).astype(np.intp)
    curve = np.repeat(np.arange(count.size), count)
    step = np.arange(curve.size) - np.repeat(np.cumsum(count) - count, count)
    t1, t2 = step / count[curve], (step + 1) / count[curve]
    if curves.edges is Edges.GEODESIC:
        return curve, t1, t2
    # Near a pole even a short piece may turn through many meridians.
    for _ in range(60):
        swing = np.abs(curves.dlon[curve]) * (_share(curves, curve, t2) - _share(curves, curve, t1))
        wide = swing > PIECE_LONGITUDE_DEG
        if not wide.any():
            break
        middle = (t1[wide] + t2[wide]) / 2
        curve, t1, t2 = (
            np.concatenate([curve, curve[wide]]),
            np.concatenate([t1, middle]),
            np.concatenate([np.where(wide, (t1 + t2) / 2, t2), t2[wide]]),
        )
    order = np.lexsort((t1, curve))
    return curve[order], t1[order], t2[order]


def _share(curves: Curves, curve: Index, t: Array) -> Array:
    if curves.edges is Edges.PLANAR:
        return t
    return rhumb_share(curves.lat1[curve], curves.dlat[curve], t)[0]


def _bend(edges: Edges, lat: Array) -> Array:
    if edges is Edges.GEODESIC:
        return np.zeros_like(lat)
    # A parallel bends by tan(lat) / R, a planar edge by at most half as much again.
    return 2 * np.tan(np.radians(lat)) / POLAR_RADIUS_M


def find_candidates(pieces: Pieces, lon: Array, lat: Array) -> tuple[Index, Index, Array, Array]:
    """Find every piece that may hold the point of the line nearest to a position.

    Parameters
    ----------
    pieces : Pieces
    lon, lat : ndarray
        Positions in degrees, one at least.

    Returns
    -------
    which, piece : ndarray of int
        Pairs of position and piece, in the order of the positions; every position occurs.
    share : ndarray
        Where on the chord of the piece the nearest point of the chord lies, from 0 to 1.
    low_m : ndarray
        Lower bound of the distance in space from the position to the piece.
    """
    leaves = pieces.capsules[-1]
    which, piece = find_capsules(pieces.capsules, lon, lat)
    share, distance = to_axis(to_space(lon, lat)[:, which] - leaves.start[:, piece], leaves.axis[:, piece])
    low = distance - leaves.radius[piece]
    keep = low <= farthest_chord(least_of_each(which, distance + leaves.radius[piece]))[which]
    return which[keep], piece[keep], share[keep], low[keep]
