"""Nested spheres in space: which of many small things may be nearest to a position.

Positions are columns of arrays of shape (3, n): earth-centred coordinates in metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy.ellipsoid import (
    EQUATORIAL_RADIUS_M,
    MAX_CURVATURE_RADIUS_M,
    MIN_CURVATURE_RADIUS_M,
    POLAR_RADIUS_M,
)

__all__ = [
    "SLACK_M",
    "Spheres",
    "dot",
    "farthest_chord",
    "find_spheres",
    "least_of_each",
    "nest_spheres",
    "order_in_space",
]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

FANOUT = 8
ROOTS = 32
SLACK_M = 1e-3
"""Added to every bound: far more than rounding and quadrature can amount to."""
PAIRS_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Spheres:
    """One level of nested spheres; sphere k holds spheres ``FANOUT * k`` and following of the next level.

    Attributes
    ----------
    centre : ndarray of shape (3, n)
    radius : ndarray
    """

    centre: Array
    radius: Array


def dot(a: Array, b: Array) -> Array:
    """Multiply vectors, of shape (3, n). Written out: a sum over an axis may round differently with the shape."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


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


def nest_spheres(centre: Array, radius: Array) -> tuple[Spheres, ...]:
    """Group spheres by eights, in their order, until few are left; the coarsest level comes first."""
    levels = [Spheres(centre, radius)]
    while radius.size > ROOTS:
        starts = np.arange(0, radius.size, FANOUT)
        members = np.diff(starts, append=radius.size)
        low = np.minimum.reduceat(centre - radius, starts, axis=1)
        high = np.maximum.reduceat(centre + radius, starts, axis=1)
        parent = (low + high) / 2
        off = centre - np.repeat(parent, members, axis=1)
        reach = np.sqrt(dot(off, off)) + radius
        centre, radius = parent, np.maximum.reduceat(reach, starts) + SLACK_M
        levels.append(Spheres(centre, radius))
    return tuple(reversed(levels))


def find_spheres(levels: tuple[Spheres, ...], position: Array) -> tuple[Index, Index]:
    """Find every sphere of the last level that may hold the thing nearest to a position, along the ellipsoid.

    Returns
    -------
    which, sphere : ndarray of int
        Pairs, in the order of the positions; every position occurs.

    Notes
    -----
    A first way down takes the nearest sphere at each level and leaves a bound for each position. The second goes
    level by level, all positions at once, and leaves out the spheres that lie wholly beyond the bound;
    `farthest_chord` says when a distance in space leaves no doubt about distances along the surface.
    """
    count = position.shape[1]
    root = levels[0]
    off_root = tuple(position[axis][:, None] - root.centre[axis] for axis in range(3))
    distance = np.sqrt(off_root[0] ** 2 + off_root[1] ** 2 + off_root[2] ** 2)
    limit = farthest_chord(_bound(levels, position, distance))
    which, node = np.nonzero(distance - root.radius <= limit[:, None])
    for spheres in levels[1:]:
        if which.size * FANOUT > PAIRS_AT_ONCE and count > 1:
            half = count // 2
            first = find_spheres(levels, position[:, :half])
            second = find_spheres(levels, position[:, half:])
            return np.concatenate([first[0], second[0] + half]), np.concatenate([first[1], second[1]])
        which = np.repeat(which, FANOUT)
        node = (node[:, None] * FANOUT + np.arange(FANOUT)).ravel()
        real = np.flatnonzero(node < spheres.radius.size)
        which, node = which[real], node[real]
        distance = _distances(spheres, node, position, which)
        keep = np.flatnonzero(distance - spheres.radius[node] <= limit[which])
        which, node = which[keep], node[keep]
    return which, node


def _bound(levels: tuple[Spheres, ...], position: Array, distance: Array) -> Array:
    """Distance in space within which each position surely finds something, by going down the nearest spheres."""
    bound: Array = (distance + levels[0].radius).min(axis=1)
    node = distance.argmin(axis=1)
    every = np.arange(node.size)[:, None]
    for spheres in levels[1:]:
        children = np.minimum(node[:, None] * FANOUT + np.arange(FANOUT), spheres.radius.size - 1)
        distance = _distances(spheres, children, position, every)
        bound = np.minimum(bound, (distance + spheres.radius[children]).min(axis=1))
        node = children[every[:, 0], distance.argmin(axis=1)]
    return bound


def _distances(spheres: Spheres, node: Index, position: Array, which: Index) -> Array:
    x = position[0][which] - spheres.centre[0][node]
    y = position[1][which] - spheres.centre[1][node]
    z = position[2][which] - spheres.centre[2][node]
    distance: Array = np.sqrt(x * x + y * y + z * z)
    return distance


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
