"""The common line of two territories, and ground on both sides that shares it vertex for vertex."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPolygon, Polygon

__all__ = ["WINDOW_STEP_DEG", "BorderPlan", "BuildError", "SourceGeometry", "assemble", "common_line"]

Coordinates: TypeAlias = NDArray[np.float64]
Edge: TypeAlias = tuple[tuple[float, float], tuple[float, float]]

WINDOW_STEP_DEG = 0.1
# Where an outline crosses the window's edge a vertex appears that the source does not hold. One ten-millionth
# of a degree is a centimetre; the place is hundreds of kilometres from the line.
_NEW_VERTEX_DECIMALS = 7


class BuildError(Exception):
    """The data are not what the recipe expects; nothing is written."""


@dataclass(frozen=True, slots=True)
class BorderPlan:
    """What to build for one border.

    Attributes
    ----------
    left, right : str
        Territories on either hand of the line, seen along it.
    start : tuple of float
        Longitude and latitude near the end where the line begins, in degrees.
    window : tuple of float
        West, south, east, north of the ground that is kept, in degrees.
    """

    left: str
    right: str
    start: tuple[float, float]
    window: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class SourceGeometry:
    """A line and the ground on both sides, as they are written."""

    line: Coordinates
    ground: dict[str, Polygon | MultiPolygon]


def _edge_set(coordinates: Coordinates) -> set[Edge]:
    points = [(float(lon), float(lat)) for lon, lat in coordinates]
    return {(p, q) if p < q else (q, p) for p, q in pairwise(points) if p != q}


def _outline_edges(ground: Polygon | MultiPolygon) -> set[Edge]:
    found: set[Edge] = set()
    for part in shapely.get_parts(ground):
        for ring in shapely.get_rings(part):
            found |= _edge_set(shapely.get_coordinates(ring))
    return found


def common_line(one: Polygon | MultiPolygon, other: Polygon | MultiPolygon, start: tuple[float, float]) -> Coordinates:
    """Find the edges that two territories share exactly, merged; the longest run, from the end near `start`.

    Parameters
    ----------
    one, other : Polygon or MultiPolygon
        The territories, in longitude and latitude.
    start : tuple of float
        Longitude and latitude near the wanted first vertex.

    Returns
    -------
    ndarray, shape (n, 2)
        Longitude and latitude in degrees.

    Raises
    ------
    BuildError
        If they share no edge.
    """
    shared = sorted(_outline_edges(one) & _outline_edges(other))
    if not shared:
        raise BuildError("the two territories share no edge: are both from one topological layer?")
    merged = shapely.get_parts(shapely.line_merge(shapely.MultiLineString([list(edge) for edge in shared])))
    longest = max(merged, key=shapely.length)
    return _from_start(shapely.get_coordinates(longest), start)


def _from_start(line: Coordinates, start: tuple[float, float]) -> Coordinates:
    first, last = np.hypot(*(line[[0, -1]] - start).T)
    return line if first <= last else line[::-1]


def assemble(plan: BorderPlan, line: Coordinates, territories: dict[str, Polygon | MultiPolygon]) -> SourceGeometry:
    """Clip the territories to the window and prove that both outlines hold the whole line.

    Parameters
    ----------
    plan : BorderPlan
    line : ndarray, shape (n, 2)
        The line, in either direction.
    territories : dict
        By code: the left and the right one of the plan.

    Returns
    -------
    SourceGeometry

    Raises
    ------
    BuildError
        If the line crosses itself, a ground is not valid, the grounds overlap, or an edge of the line is
        missing from one of them.
    """
    line = _from_start(line, plan.start)
    ground = {code: _clip(territories[code], plan.window) for code in (plan.left, plan.right)}
    _prove(plan, line, ground)
    return SourceGeometry(line=line, ground=ground)


def _clip(territory: Polygon | MultiPolygon, window: tuple[float, float, float, float]) -> Polygon | MultiPolygon:
    own = {(float(lon), float(lat)) for lon, lat in shapely.get_coordinates(territory)}
    clipped = shapely.intersection(territory, shapely.box(*window))
    polygons = [part for part in shapely.get_parts(clipped) if isinstance(part, Polygon)]
    rebuilt = [
        Polygon(
            _tidy(part.exterior, own, window, ccw=True),
            [_tidy(hole, own, window, ccw=False) for hole in part.interiors],
        )
        for part in polygons
    ]
    rebuilt.sort(key=lambda part: (-part.area, part.bounds))
    return rebuilt[0] if len(rebuilt) == 1 else MultiPolygon(rebuilt)


def _tidy(
    ring: LineString, own: set[tuple[float, float]], window: tuple[float, float, float, float], *, ccw: bool
) -> list[tuple[float, float]]:
    """One ring in the form that does not depend on the library's version: start, direction, new vertices."""
    points = [(float(lon), float(lat)) for lon, lat in shapely.get_coordinates(ring)][:-1]
    points = [
        point if point in own else (round(point[0], _NEW_VERTEX_DECIMALS), round(point[1], _NEW_VERTEX_DECIMALS))
        for point in points
    ]
    if shapely.is_ccw(ring) != ccw:
        points.reverse()
    first = points.index(min(points))
    points = [*points[first:], *points[:first], points[first]]
    tidy = [points[0]]
    for p, q in pairwise(points):
        tidy += _steps_along_window(p, q, window)
        tidy.append(q)
    return tidy


def _steps_along_window(
    p: tuple[float, float], q: tuple[float, float], window: tuple[float, float, float, float]
) -> list[tuple[float, float]]:
    """Vertices every tenth of a degree on the window's edge: so no reading of the edges can bend it."""
    west, south, east, north = window
    for axis, sides in ((0, (west, east)), (1, (south, north))):
        if p[axis] == q[axis] and p[axis] in sides:
            low, high = sorted((p[1 - axis], q[1 - axis]))
            first, last = int(np.floor(low / WINDOW_STEP_DEG)) + 1, int(np.ceil(high / WINDOW_STEP_DEG))
            values = [round(index * WINDOW_STEP_DEG, 1) for index in range(first, last)]
            values = [value for value in values if low < value < high]
            if p[1 - axis] > q[1 - axis]:
                values.reverse()
            return [(p[0], value) if axis == 0 else (value, p[1]) for value in values]
    return []


def _prove(plan: BorderPlan, line: Coordinates, ground: dict[str, Polygon | MultiPolygon]) -> None:
    if not shapely.is_simple(LineString(line)):
        raise BuildError("the line crosses itself, so it has no sides there")
    for code, shape in ground.items():
        if not shapely.is_valid(shape):
            raise BuildError(f"the ground of {code} is not valid: {shapely.is_valid_reason(shape)}")
        missing = _edge_set(line) - _outline_edges(shape)
        if missing:
            raise BuildError(f"{len(missing)} edges of the line are not in the outline of {code}: {min(missing)}")
    left, right = ground[plan.left], ground[plan.right]
    if shapely.relate(left, right)[0] != "F":
        overlap = shapely.intersection(left, right)
        raise BuildError(f"the grounds of {plan.left} and {plan.right} overlap at {overlap.centroid.wkt}")
    _prove_sides(plan, line, left)


def _prove_sides(plan: BorderPlan, line: Coordinates, left: Polygon | MultiPolygon) -> None:
    # Exteriors run anticlockwise, so the ground on the left of the line traverses it in its own direction.
    vertices = [tuple(map(float, vertex)) for vertex in line]
    p, q = next((p, q) for p, q in pairwise(vertices) if p != q)
    for part in shapely.get_parts(left):
        points = [tuple(map(float, vertex)) for vertex in shapely.get_coordinates(part.exterior)]
        if (p, q) in pairwise(points):
            return
    raise BuildError(f"{plan.left} does not lie on the left of the line: exchange the two in the plan")
