"""Nested capsules in space: which of many short pieces of a line may be nearest to a position.

A capsule is all that lies within a radius of a straight stretch. Points are columns of arrays of shape (3, n):
earth-centred coordinates in metres.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy.ellipsoid import (
    ECCENTRICITY_SQUARED,
    EQUATORIAL_RADIUS_M,
    MAX_CURVATURE_RADIUS_M,
    MIN_CURVATURE_RADIUS_M,
    POLAR_RADIUS_M,
    inverse,
    to_space,
)

__all__ = [
    "SLACK_M",
    "Capsules",
    "dot",
    "farthest_chord",
    "find_capsules",
    "least_of_each",
    "make_capsules",
    "nest_capsules",
    "order_in_space",
    "to_axis",
]

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Flags = NDArray[np.bool_]

FANOUT = 8
ROOTS = 32
SLACK_M = 1e-3
"""Added to every bound: far more than rounding and quadrature can amount to."""
ALL_AT_ONCE = 20_000
PAIRS_AT_ONCE = 1_000_000
FAR_M = 1_000_000.0
NOT_ANTIPODAL_M = 1.98 * POLAR_RADIUS_M


@dataclass(frozen=True, slots=True, eq=False)
class Capsules:
    """One level of nested capsules; capsule k holds capsules ``FANOUT * k`` and following of the next level.

    Attributes
    ----------
    start, axis : ndarray of shape (3, n)
        Where the straight stretch starts, and the vector from there to its end.
    inverse_square : ndarray
        One over the square of the length of the axis; 0 where it has none.
    radius : ndarray
    lon, lat : ndarray
        A position on the ellipsoid near the middle.
    reach_m : ndarray
        Bound of the distance along the ellipsoid from there to anything in the capsule.
    """

    start: Array
    axis: Array
    inverse_square: Array
    radius: Array
    lon: Array
    lat: Array
    reach_m: Array


def make_capsules(start: Array, axis: Array, radius: Array) -> Capsules:
    """Make capsules of one level, in metres; they need not touch the ellipsoid."""
    middle = start + axis / 2
    across = np.hypot(middle[0], middle[1])
    lon = np.degrees(np.arctan2(middle[1], middle[0]))
    lat = np.degrees(np.arctan2(middle[2], across * (1 - ECCENTRICITY_SQUARED)))
    off = middle - to_space(lon, lat)
    reach = longest_way(radius + np.sqrt(dot(axis, axis)) / 2 + np.sqrt(dot(off, off)))
    square = dot(axis, axis)
    inverse_square = np.divide(1.0, square, out=np.zeros_like(square), where=square > 0)
    return Capsules(start, axis, inverse_square, radius, lon, lat, reach)


def to_axis(offset: Array, axis: Array) -> tuple[Array, Array]:
    """Find the nearest point of straight stretches: its share of the way, and the distance to it.

    Parameters
    ----------
    offset : ndarray of shape (3, n)
        Vectors from the starts of the stretches to the positions.
    axis : ndarray of shape (3, n)
    """
    square = dot(axis, axis)
    share = np.clip(dot(offset, axis) / np.where(square == 0, 1.0, square), 0.0, 1.0)
    off = offset - share * axis
    return share, np.sqrt(dot(off, off))


def dot(a: Array, b: Array) -> Array:
    """Multiply vectors, of shape (3, n). Written out: a sum over an axis may round differently with the shape."""
    product: Array = a[0] * b[0]
    product += a[1] * b[1]
    product += a[2] * b[2]
    return product


def least_of_each(which: Index, value: Array) -> Array:
    """Find the least value for each position; `which` is sorted and holds every position from 0."""
    changes = np.empty(which.size, dtype=bool)
    changes[0] = True
    np.not_equal(which[1:], which[:-1], out=changes[1:])
    return np.asarray(np.minimum.reduceat(value, np.flatnonzero(changes)))


def order_in_space(middle: Array) -> Index:
    """Order points so that neighbours in space are mostly neighbours in the list: Morton's interleaved bits."""
    cell = ((middle / EQUATORIAL_RADIUS_M + 1.01) / 2.02 * (1 << 20)).astype(np.uint64)
    for shift, mask in (
        (32, 0x1F00000000FFFF),
        (16, 0x1F0000FF0000FF),
        (8, 0x100F00F00F00F00F),
        (4, 0x10C30C30C30C30C3),
        (2, 0x1249249249249249),
    ):
        cell = (cell | (cell << np.uint64(shift))) & np.uint64(mask)
    code = cell[0] | (cell[1] << np.uint64(1)) | (cell[2] << np.uint64(2))
    return np.argsort(code, kind="stable")


def nest_capsules(pieces: Capsules, roots: int = ROOTS) -> tuple[Capsules, ...]:
    """Group capsules by eights, in their order, until few are left; the coarsest level comes first.

    The axis of a group runs from the start of its first member to the end of its last. Distance from a straight
    stretch is a convex function, so over a member's axis it is greatest at one of the ends.
    """
    levels = [pieces]
    while levels[-1].radius.size > roots:
        members = levels[-1]
        first = np.arange(0, members.radius.size, FANOUT)
        last = np.append(first[1:], members.radius.size) - 1
        start = members.start[:, first]
        axis = members.start[:, last] + members.axis[:, last] - start
        group = np.repeat(np.arange(first.size), last - first + 1)
        offset = members.start - start[:, group]
        near_end = to_axis(offset, axis[:, group])[1]
        far_end = to_axis(offset + members.axis, axis[:, group])[1]
        reach = np.maximum(near_end, far_end) + members.radius
        levels.append(make_capsules(start, axis, np.maximum.reduceat(reach, first) + SLACK_M))
    return tuple(reversed(levels))


def find_capsules(levels: tuple[Capsules, ...], lon: Array, lat: Array) -> tuple[Index, Index]:
    """Find every capsule of the last level that may hold what is nearest to a position along the ellipsoid.

    Parameters
    ----------
    levels : tuple of Capsules
    lon, lat : ndarray
        Positions in degrees, one at least.

    Returns
    -------
    which, capsule : ndarray of int
        Pairs, in the order of the positions; every position occurs.

    Notes
    -----
    A first way down takes the nearest capsule at each level and leaves a bound for each position. The second
    goes level by level, all positions at once, and leaves out the capsules that lie wholly beyond the bound.
    Distances in space serve for that; `farthest_chord` says when they leave no doubt about distances along
    the surface. Beyond 1,000 km they leave too much, and capsules are measured along the surface instead.
    """
    position = to_space(lon, lat)
    leaves = levels[-1]
    if lon.size * leaves.radius.size <= ALL_AT_ONCE:
        # So few that going down the levels costs more than asking every capsule.
        distance = _distances(leaves, np.arange(leaves.radius.size)[None, :], position, np.arange(lon.size)[:, None])
        bound = (distance + leaves.radius).min(axis=1)
        if (bound <= FAR_M).all():
            which, node = np.nonzero(distance - leaves.radius <= farthest_chord(bound)[:, None])
            return which, node
    root = levels[0]
    roots = np.arange(root.radius.size)[None, :]
    distance = _distances(root, roots, position, np.arange(lon.size)[:, None])
    bound = _bound(levels, position, distance)
    near, far = np.flatnonzero(bound <= FAR_M), np.flatnonzero(bound > FAR_M)
    limit = np.full(lon.size, np.inf)
    limit[near] = farthest_chord(bound[near])

    def within_chord(capsules: Capsules, which: Index, node: Index) -> Flags:
        distance = _distances(capsules, node, position, which)
        return np.asarray(distance - capsules.radius[node] <= limit[which])

    def within_way(capsules: Capsules, which: Index, node: Index) -> Flags:
        way = inverse(lon[which], lat[which], capsules.lon[node], capsules.lat[node])[0]
        np.minimum.at(limit, which, way + capsules.reach_m[node])
        return np.asarray(way - capsules.reach_m[node] <= limit[which])

    which, node = np.nonzero(distance[near] - root.radius <= limit[near][:, None])
    near_which, near_node = _go_down(levels[1:], near[which], node, within_chord)
    which, node = np.repeat(far, roots.size), np.tile(roots[0], far.size)
    keep = within_way(root, which, node)
    far_which, far_node = _go_down(levels[1:], which[keep], node[keep], within_way)
    which, node = np.concatenate([near_which, far_which]), np.concatenate([near_node, far_node])
    order = np.argsort(which, kind="stable")
    return which[order], node[order]


def _go_down(
    levels: tuple[Capsules, ...], which: Index, node: Index, within: Callable[[Capsules, Index, Index], Flags]
) -> tuple[Index, Index]:
    """Replace pairs of position and capsule by those of the last level that are within bounds."""
    for number, capsules in enumerate(levels):
        if which.size * FANOUT > PAIRS_AT_ONCE and which[0] != which[-1]:
            # Split between two positions, so that all pairs of one stay together.
            cut = int(np.searchsorted(which, which[which.size // 2]))
            cut = cut or int(np.searchsorted(which, which[0], side="right"))
            first = _go_down(levels[number:], which[:cut], node[:cut], within)
            second = _go_down(levels[number:], which[cut:], node[cut:], within)
            return np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])
        which = np.repeat(which, FANOUT)
        node = (node[:, None] * FANOUT + np.arange(FANOUT)).ravel()
        real = np.flatnonzero(node < capsules.radius.size)
        which, node = which[real], node[real]
        keep = np.flatnonzero(within(capsules, which, node))
        which, node = which[keep], node[keep]
    return which, node


def _bound(levels: tuple[Capsules, ...], position: Array, distance: Array) -> Array:
    """Distance in space within which each position surely finds a piece, by going down the nearest capsules."""
    node = distance.argmin(axis=1)
    every = np.arange(node.size)
    children = np.arange(levels[0].radius.size)[None, :]
    for capsules in levels[1:]:
        children = np.minimum(node[:, None] * FANOUT + np.arange(FANOUT), capsules.radius.size - 1)
        distance = _distances(capsules, children, position, every[:, None])
        node = children[every, distance.argmin(axis=1)]
    # A piece's axis runs from end to end, so each point of it has a point of the piece within the radius.
    bound: Array = (distance + levels[-1].radius[children]).min(axis=1)
    return bound


def _distances(capsules: Capsules, node: Index, position: Array, which: Index) -> Array:
    """Distances from positions to the axes of capsules, for index arrays that broadcast."""
    axis = capsules.axis.take(node, axis=1)
    offset = position.take(which, axis=1) - capsules.start.take(node, axis=1)
    share = dot(offset, axis)
    share *= capsules.inverse_square.take(node)
    np.clip(share, 0.0, 1.0, out=share)
    offset -= share * axis
    return np.sqrt(dot(offset, offset))


def longest_way(chord_m: Array) -> Array:
    """Bound the distance along the ellipsoid between points of it at a distance in space, in metres.

    Notes
    -----
    A geodesic is a space curve of curvature at most 1/r, r being the least radius of normal curvature, so by
    Schur's comparison theorem the chord of one of length s is at least 2 r sin(s / 2r). Near the antipode,
    where the theorem ends, half the equator is a bound.
    """
    surely = chord_m < NOT_ANTIPODAL_M
    arc = np.arcsin(np.where(surely, chord_m, 0.0) / (2 * MIN_CURVATURE_RADIUS_M))
    return np.where(surely, 2 * MIN_CURVATURE_RADIUS_M * arc, np.pi * EQUATORIAL_RADIUS_M) + SLACK_M


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
    `longest_way` bounds the distance s along the surface to that point. Let R be the greatest radius of
    normal curvature. By Blaschke's rolling theorem the ellipsoid is an intersection of balls of radius R, so
    it holds the spindle of two arcs of radius R over any chord, and no way round the spindle is shorter than
    the arc: points within s lie within 2 R sin(s / 2R) in space. Near the antipode nothing is left out.
    """
    arc = np.minimum(longest_way(chord_m) / (2 * MAX_CURVATURE_RADIUS_M), np.pi / 2)
    chord = 2 * MAX_CURVATURE_RADIUS_M * np.sin(arc) + SLACK_M
    return np.where(chord_m < NOT_ANTIPODAL_M, chord, np.inf)
