"""Nested spheres in space: which of many small things may be nearest to a position.

Positions are columns of arrays of shape (3, n): earth-centred coordinates in metres.
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
Flags = NDArray[np.bool_]

FANOUT = 8
ROOTS = 32
SLACK_M = 1e-3
"""Added to every bound: far more than rounding and quadrature can amount to."""
PAIRS_AT_ONCE = 1_000_000
FAR_M = 1_000_000.0
NOT_ANTIPODAL_M = 1.98 * POLAR_RADIUS_M


@dataclass(frozen=True, slots=True, eq=False)
class Spheres:
    """One level of nested spheres; sphere k holds spheres ``FANOUT * k`` and following of the next level.

    Attributes
    ----------
    centre : ndarray of shape (3, n)
    radius : ndarray
    lon, lat : ndarray
        A position on the ellipsoid near the centre.
    reach_m : ndarray
        Bound of the distance along the ellipsoid from there to anything in the sphere.
    """

    centre: Array
    radius: Array
    lon: Array
    lat: Array
    reach_m: Array


def make_spheres(centre: Array, radius: Array) -> Spheres:
    """Make spheres of one level, in metres; centres may lie off the ellipsoid."""
    across = np.hypot(centre[0], centre[1])
    lon = np.degrees(np.arctan2(centre[1], centre[0]))
    lat = np.degrees(np.arctan2(centre[2], across * (1 - ECCENTRICITY_SQUARED)))
    off = centre - to_space(lon, lat)
    return Spheres(centre, radius, lon, lat, longest_way(radius + np.sqrt(dot(off, off))))


def dot(a: Array, b: Array) -> Array:
    """Multiply vectors, of shape (3, n). Written out: a sum over an axis may round differently with the shape."""
    product: Array = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
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


def nest_spheres(centre: Array, radius: Array) -> tuple[Spheres, ...]:
    """Group spheres by eights, in their order, until few are left; the coarsest level comes first."""
    levels = [make_spheres(centre, radius)]
    while radius.size > ROOTS:
        starts = np.arange(0, radius.size, FANOUT)
        members = np.diff(starts, append=radius.size)
        low = np.minimum.reduceat(centre - radius, starts, axis=1)
        high = np.maximum.reduceat(centre + radius, starts, axis=1)
        parent = (low + high) / 2
        off = centre - np.repeat(parent, members, axis=1)
        reach = np.sqrt(dot(off, off)) + radius
        centre, radius = parent, np.maximum.reduceat(reach, starts) + SLACK_M
        levels.append(make_spheres(centre, radius))
    return tuple(reversed(levels))


def find_spheres(levels: tuple[Spheres, ...], lon: Array, lat: Array) -> tuple[Index, Index]:
    """Find every sphere of the last level that may hold the thing nearest to a position, along the ellipsoid.

    Parameters
    ----------
    levels : tuple of Spheres
    lon, lat : ndarray
        Positions in degrees, one at least.

    Returns
    -------
    which, sphere : ndarray of int
        Pairs, in the order of the positions; every position occurs.

    Notes
    -----
    A first way down takes the nearest sphere at each level and leaves a bound for each position. The second
    goes level by level, all positions at once, and leaves out the spheres that lie wholly beyond the bound.
    Distances in space serve for that; `farthest_chord` says when they leave no doubt about distances along
    the surface. Beyond 1,000 km they leave too much, and the spheres are measured along the surface instead.
    """
    position = to_space(lon, lat)
    root = levels[0]
    every_root = np.arange(root.radius.size)[None, :]
    distance = _distances(root, every_root, position, np.arange(lon.size)[:, None])
    bound = _bound(levels, position, distance)
    near, far = np.flatnonzero(bound <= FAR_M), np.flatnonzero(bound > FAR_M)
    limit = np.full(lon.size, np.inf)
    limit[near] = farthest_chord(bound[near])

    def within_chord(spheres: Spheres, which: Index, node: Index) -> Flags:
        return np.asarray(_distances(spheres, node, position, which) - spheres.radius[node] <= limit[which])

    def within_way(spheres: Spheres, which: Index, node: Index) -> Flags:
        way = inverse(lon[which], lat[which], spheres.lon[node], spheres.lat[node])[0]
        np.minimum.at(limit, which, way + spheres.reach_m[node])
        return np.asarray(way - spheres.reach_m[node] <= limit[which])

    which, node = np.nonzero(distance[near] - root.radius <= limit[near][:, None])
    near_which, near_node = _go_down(levels[1:], near[which], node, within_chord)
    which, node = np.repeat(far, root.radius.size), np.tile(every_root[0], far.size)
    keep = within_way(root, which, node)
    far_which, far_node = _go_down(levels[1:], which[keep], node[keep], within_way)
    which, node = np.concatenate([near_which, far_which]), np.concatenate([near_node, far_node])
    order = np.argsort(which, kind="stable")
    return which[order], node[order]


def _go_down(
    levels: tuple[Spheres, ...], which: Index, node: Index, within: Callable[[Spheres, Index, Index], Flags]
) -> tuple[Index, Index]:
    """Replace pairs of position and sphere by those of the last level that are within bounds."""
    for number, spheres in enumerate(levels):
        if which.size * FANOUT > PAIRS_AT_ONCE and which[0] != which[-1]:
            # Split between two positions, so that all pairs of one stay together.
            cut = int(np.searchsorted(which, which[which.size // 2]))
            cut = cut or int(np.searchsorted(which, which[0], side="right"))
            first = _go_down(levels[number:], which[:cut], node[:cut], within)
            second = _go_down(levels[number:], which[cut:], node[cut:], within)
            return np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])
        which = np.repeat(which, FANOUT)
        node = (node[:, None] * FANOUT + np.arange(FANOUT)).ravel()
        real = np.flatnonzero(node < spheres.radius.size)
        which, node = which[real], node[real]
        keep = np.flatnonzero(within(spheres, which, node))
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
