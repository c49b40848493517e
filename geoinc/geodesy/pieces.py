"""Edges cut into short pieces, and the index that finds which pieces may be nearest.

Everything here is a bound in space: positions are points in earth-centred coordinates, a piece of an edge is
its chord, and how far the edge may leave the chord. Nothing here depends on longitude, so poles and the
antimeridian need no case of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy.curve import Curves, rhumb_share
from geoinc.geodesy.edges import Edges
from geoinc.geodesy.ellipsoid import (
    EQUATORIAL_RADIUS_M,
    MAX_CURVATURE_RADIUS_M,
    MIN_CURVATURE_RADIUS_M,
    POLAR_RADIUS_M,
    to_space,
)

__all__ = ["Pieces", "cut_pieces", "find_candidates"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

PIECE_LENGTH_M = 5_000.0
PIECE_LONGITUDE_DEG = 2.0
FANOUT = 8
ROOTS = 32
SLACK_M = 1e-3
"""Added to every bound: far more than rounding and quadrature can amount to."""
PAIRS_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Pieces of curves, and spheres round groups of them.

    Attributes
    ----------
    curve : ndarray of int
        The curve that each piece belongs to.
    t1, t2 : ndarray
        The stretch of the curve's parameter.
    start, chord : ndarray of shape (n, 3)
        Where the piece starts in space, and the vector from there to its end.
    off_chord_m : ndarray
        Bound of the distance between any point of the piece and its chord.
    bend_per_m : ndarray
        Bound of the geodesic curvature.
    length_m : ndarray
        Length along the curve.
    levels : tuple of (ndarray, ndarray)
        Centres and radii of spheres. Those of the first level are the roots; sphere k of each level holds
        spheres ``FANOUT * k`` and following of the next; those of the last hold one piece each.
    """

    curve: Index
    t1: Array
    t2: Array
    start: Array
    chord: Array
    off_chord_m: Array
    bend_per_m: Array
    length_m: Array
    levels: tuple[tuple[Array, Array], ...]


def cut_pieces(curves: Curves) -> Pieces:
    """Cut curves so short that the distance to a position has one valley on each piece; index the pieces."""
    curve, t1, t2 = _cut(curves)
    lon1, lat1, _, _ = curves.at(curve, t1)
    lon2, lat2, _, _ = curves.at(curve, t2)
    start, end = to_space(lon1, lat1), to_space(lon2, lat2)
    order = _morton_order((start + end) / 2)
    curve, start, end = curve[order], start[order], end[order]
    t1, t2, lat1, lat2 = (a[order] for a in (t1, t2, lat1, lat2))
    chord = end - start
    length = curves.lengths(curve, t1, t2)
    # All points of a curve lie in the ellipsoid of revolution round its chord whose long axis is the curve's
    # length: both bounds hold for any curve whatever.
    off_chord = np.sqrt(np.maximum(length**2 - np.sum(chord * chord, axis=-1), 0.0)) / 2 + SLACK_M
    radius = length / 2 + SLACK_M
    return Pieces(
        curve=curve,
        t1=t1,
        t2=t2,
        start=start,
        chord=chord,
        off_chord_m=off_chord,
        bend_per_m=_bend(curves.edges, np.maximum(np.abs(lat1), np.abs(lat2))),
        length_m=length,
        levels=_group(start + chord / 2, radius),
    )


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
    return curve, t1, t2


def _share(curves: Curves, curve: Index, t: Array) -> Array:
    if curves.edges is Edges.PLANAR:
        return t
    return rhumb_share(curves.lat1[curve], curves.dlat[curve], t)[0]


def _bend(edges: Edges, lat: Array) -> Array:
    if edges is Edges.GEODESIC:
        return np.zeros_like(lat)
    # A parallel bends by tan(lat) / R, a planar edge by at most half as much again.
    return 2 * np.tan(np.radians(lat)) / POLAR_RADIUS_M


def _morton_order(middle: Array) -> Index:
    """Order in which neighbours in space are mostly neighbours in the list: interleaved bits of x, y, z."""
    cell = ((middle / EQUATORIAL_RADIUS_M + 1.01) / 2.02 * (1 << 20)).astype(np.uint64)
    for shift, mask in (
        (32, 0x1F00000000FFFF),
        (16, 0x1F0000FF0000FF),
        (8, 0x100F00F00F00F00F),
        (4, 0x10C30C30C30C30C3),
        (2, 0x1249249249249249),
    ):
        cell = (cell | (cell << np.uint64(shift))) & np.uint64(mask)
    code = cell[:, 0] | (cell[:, 1] << np.uint64(1)) | (cell[:, 2] << np.uint64(2))
    return np.argsort(code, kind="stable")


def _group(centre: Array, radius: Array) -> tuple[tuple[Array, Array], ...]:
    levels = [(centre, radius)]
    while len(centre) > ROOTS:
        starts = np.arange(0, len(centre), FANOUT)
        members = np.diff(starts, append=len(centre))
        low = np.minimum.reduceat(centre - radius[:, None], starts)
        high = np.maximum.reduceat(centre + radius[:, None], starts)
        parent = (low + high) / 2
        reach = np.linalg.norm(centre - np.repeat(parent, members, axis=0), axis=-1) + radius
        centre, radius = parent, np.maximum.reduceat(reach, starts) + SLACK_M
        levels.append((centre, radius))
    return tuple(reversed(levels))


def find_candidates(pieces: Pieces, position: Array) -> tuple[Index, Index, Array, Array]:
    """Find every piece that may hold the point of the line nearest to a position.

    Parameters
    ----------
    pieces : Pieces
    position : ndarray of shape (n, 3)
        On the ellipsoid, in earth-centred coordinates.

    Returns
    -------
    which, piece : ndarray of int
        Pairs of position and piece, in the order of the positions; every position occurs.
    share : ndarray
        Where on the chord of the piece the nearest point of the chord lies, from 0 to 1.
    low_m : ndarray
        Lower bound of the distance in space from the position to the piece.

    Notes
    -----
    The spheres are searched level by level for all positions at once. A sphere is left out if all that it
    holds is farther than something that another sphere is known to hold; `farthest_chord` says when a
    distance in space leaves no doubt about distances along the surface.
    """
    count = len(position)
    centre, radius = pieces.levels[0]
    which = np.repeat(np.arange(count), len(centre))
    node = np.tile(np.arange(len(centre)), count)
    limit = np.full(count, np.inf)
    for level, (centre, radius) in enumerate(pieces.levels):
        distance = _norm(position[which] - centre[node])
        reach = radius[node]
        limit = np.minimum(limit, farthest_chord(_least(which, distance + reach)))
        keep = distance - reach <= limit[which]
        which, node = which[keep], node[keep]
        if level + 1 == len(pieces.levels):
            break
        if which.size * FANOUT > PAIRS_AT_ONCE and count > 1:
            half = count // 2
            first, second = find_candidates(pieces, position[:half]), find_candidates(pieces, position[half:])
            return (
                np.concatenate([first[0], second[0] + half]),
                np.concatenate([first[1], second[1]]),
                np.concatenate([first[2], second[2]]),
                np.concatenate([first[3], second[3]]),
            )
        which = np.repeat(which, FANOUT)
        node = (node[:, None] * FANOUT + np.arange(FANOUT)).ravel()
        real = node < len(pieces.levels[level + 1][0])
        which, node = which[real], node[real]
    share, distance = _to_chord(pieces, position[which], node)
    slack = pieces.off_chord_m[node]
    limit = farthest_chord(_least(which, distance + slack))
    low = distance - slack
    keep = low <= limit[which]
    return which[keep], node[keep], share[keep], low[keep]


def _to_chord(pieces: Pieces, position: Array, piece: Index) -> tuple[Array, Array]:
    offset, chord = position - pieces.start[piece], pieces.chord[piece]
    share = np.clip(_dot(offset, chord) / _dot(chord, chord), 0.0, 1.0)
    return share, _norm(offset - share[:, None] * chord)


def _dot(a: Array, b: Array) -> Array:
    # Written out: sums over an axis and matrix products may round differently with the shape of the arrays.
    return a[:, 0] * b[:, 0] + a[:, 1] * b[:, 1] + a[:, 2] * b[:, 2]


def _norm(a: Array) -> Array:
    return np.sqrt(_dot(a, a))


def _least(which: Index, value: Array) -> Array:
    """Least value for each position; `which` is sorted and holds every position."""
    return np.minimum.reduceat(value, np.flatnonzero(np.diff(which, prepend=-1)))


def farthest_chord(chord_m: Array) -> Array:
    """Give the distance in space beyond which a point is surely farther along the surface than another.

    Parameters
    ----------
    chord_m : ndarray
        Distance in space from a position to some point of the ellipsoid.

    Returns
    -------
    ndarray
        Points farther in space than this are farther along the surface, too.

    Notes
    -----
    Let r and R be the least and the greatest radius of normal curvature. A geodesic of length s is a space
    curve of curvature at most 1/r, so by Schur's comparison theorem its chord is at least 2 r sin(s / 2r):
    this bounds s from above. By Blaschke's rolling theorem the ellipsoid is an intersection of balls of
    radius R, so it holds the spindle of two arcs of radius R over the chord, and no way round the spindle is
    shorter than the arc: s is at least 2 R arcsin(chord / 2R). Near the antipode, where the first bound does
    not hold, nothing is left out.
    """
    surely = chord_m < 1.98 * POLAR_RADIUS_M
    arc = np.arcsin(np.where(surely, chord_m, 0.0) / (2 * MIN_CURVATURE_RADIUS_M))
    ratio = MIN_CURVATURE_RADIUS_M / MAX_CURVATURE_RADIUS_M
    chord = 2 * MAX_CURVATURE_RADIUS_M * np.sin(np.minimum(ratio * arc, np.pi / 2))
    return np.where(surely, chord + SLACK_M, np.inf)
