"""The pieces of a line as flat arrays, eight to a group, for a search that goes down one position at a time.

What `geoinc.geodesy.capsules` nests is laid out here as compiled code wants it: each group of eight capsules lies
together, component by component, so that all eight are looked at in one sweep. Each piece besides is a cubic in
space, exact to nanometres, on which the nearest point is found by Newton's method.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoinc.geodesy.capsules import FANOUT, Capsules, nest_capsules
from geoinc.geodesy.curve import Curves
from geoinc.geodesy.edges import Edges
from geoinc.geodesy.ellipsoid import MIN_CURVATURE_RADIUS_M, to_space
from geoinc.geodesy.pieces import Pieces

__all__ = ["Tree", "grow_tree"]

Array = NDArray[np.float64]
Index = NDArray[np.int64]

NOWHERE_M = 1e30
"""Where the places of a last group lie that no capsule fills."""
COMPONENTS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Capsules of all levels in groups of eight, and the pieces as cubics.

    Attributes
    ----------
    groups : ndarray of shape (n, 8, 8)
        For each group the components start x, y, z, axis x, y, z, inverse square of the axis, radius; each for
        eight capsules. The levels follow one another from the coarsest.
    level_start : ndarray of int
        The group with which each level starts; one item more at the end, the number of groups. Capsule k of a
        level holds group k of the next.
    cubic : ndarray of shape (pieces, 12)
        Coefficients of the powers 0 to 3 of the share of the piece, x, y, z of each.
    curve : ndarray of int
        The curve of each piece.
    t1, t2 : ndarray
        Its stretch of the curve's parameter.
    error_m : float
        How far any cubic may lie from its curve.
    bend_per_m : float
        Bound of the geodesic curvature of all curves.
    """

    groups: Array
    level_start: Index
    cubic: Array
    curve: Index
    t1: Array
    t2: Array
    error_m: float
    bend_per_m: float


def grow_tree(curves: Curves, pieces: Pieces) -> Tree:
    """Lay out the pieces of curves and the capsules round them."""
    # One group at the top: looking at every capsule of the coarsest level, as numpy does at once, costs here.
    coarsest = nest_capsules(pieces.capsules[0], roots=FANOUT)
    levels = [_group(capsules) for capsules in (*coarsest, *pieces.capsules[1:])]
    cubic, error = _fit_cubics(curves, pieces)
    return Tree(
        groups=np.ascontiguousarray(np.concatenate(levels)),
        level_start=np.concatenate([[0], np.cumsum([len(level) for level in levels])]).astype(np.int64),
        cubic=cubic,
        curve=pieces.curve.astype(np.int64),
        t1=pieces.t1,
        t2=pieces.t2,
        error_m=error,
        bend_per_m=float(pieces.bend_per_m.max()),
    )


def _group(capsules: Capsules) -> Array:
    count = capsules.radius.size
    rows = np.zeros((COMPONENTS, -(-count // FANOUT) * FANOUT))
    rows[:3] = NOWHERE_M
    rows[:3, :count], rows[3:6, :count] = capsules.start, capsules.axis
    rows[6, :count], rows[7, :count] = capsules.inverse_square, capsules.radius
    return rows.reshape(COMPONENTS, -1, FANOUT).transpose(1, 0, 2)


def _fit_cubics(curves: Curves, pieces: Pieces) -> tuple[Array, float]:
    """Fit Hermite's cubics to the ends of the pieces and the directions there.

    Notes
    -----
    A cubic through both ends with both derivatives is off by at most the fourth derivative over 384. For a curve
    of length L that turns by an angle w in space over the piece, that derivative is of the size of ``L w**3``;
    the bound here has some four times that.
    """
    leaves = pieces.capsules[-1]
    span = pieces.t2 - pieces.t1
    start_way, turn1 = _way(curves, pieces.curve, pieces.t1, span)
    end_way, turn2 = _way(curves, pieces.curve, pieces.t2, span)
    cubic = np.empty((span.size, 12))
    cubic[:, 0:3] = leaves.start.T
    cubic[:, 3:6] = start_way.T
    cubic[:, 6:9] = (3 * leaves.axis - 2 * start_way - end_way).T
    cubic[:, 9:12] = (start_way + end_way - 2 * leaves.axis).T
    turn = pieces.length_m / MIN_CURVATURE_RADIUS_M + np.maximum(turn1, turn2)
    return cubic, float((pieces.length_m * turn**3).max() / 96)


def _way(curves: Curves, curve: NDArray[np.intp], t: Array, span: Array) -> tuple[Array, Array]:
    """Derivative of places on curves by the share of a piece, and how far the meridians turn over the piece."""
    lon, lat, heading, speed = curves.at(curve, t)
    longitude, latitude, angle = np.radians(lon), np.radians(lat), np.radians(heading)
    north = np.stack([-np.sin(latitude) * np.cos(longitude), -np.sin(latitude) * np.sin(longitude), np.cos(latitude)])
    east = np.stack([-np.sin(longitude), np.cos(longitude), np.zeros_like(longitude)])
    way = (np.cos(angle) * north + np.sin(angle) * east) * speed * span
    if curves.edges is Edges.GEODESIC:
        return way, np.zeros_like(t)
    across = np.hypot(*to_space(lon, lat)[:2])
    return way, np.abs(np.sin(angle)) * speed * span / np.maximum(across, 1.0)
