"""Shapes and all within a distance of them, in a plane, true to a tolerance."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

__all__ = ["grown", "only_areas", "quarter_segments"]

Array = NDArray[np.float64]

ARC_ROOM: Final = 1.001
HOLLOW_SHARE: Final = 0.01
SAME_ANGLE: Final = 1e-9
SAME_LENGTH_M: Final = 1e-3
MOST_ROUNDS: Final = 6
PROBES: Final = np.array([0.25, 0.5, 0.75])


def only_areas(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry, without the points and lines that overlays leave where shapes touch.

    Examples
    --------
    >>> only_areas(shapely.from_wkt("GEOMETRYCOLLECTION (POINT (0 0), POLYGON ((0 0, 1 0, 1 1, 0 0)))")).geom_type
    'MultiPolygon'
    """
    parts = shapely.get_parts(shapely.get_parts(geometry))
    areas = parts[(shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & (shapely.area(parts) > 0)]
    return shapely.multipolygons(areas) if len(areas) else shapely.MultiPolygon()


def quarter_segments(radius_m: float, arc_m: float) -> int:
    """Return into how many chords a quarter of a circle is cut so that none leaves it by more than `arc_m`."""
    return max(4, math.ceil(math.pi / (4 * math.acos(max(0.0, 1 - arc_m / radius_m)))))


def grown(plane: BaseGeometry, distance_m: float, arc_m: float, *, half_m: float = math.inf) -> BaseGeometry:
    """Return a plane geometry and all within a distance of it.

    Parameters
    ----------
    plane : shapely.Geometry
        Of any kind, in metres.
    distance_m : float
        0 or less gives the geometry itself.
    arc_m : float
        How far the rim may lie from where it should.
    half_m : float
        Half the side of the square around the origin in which that is needed.

    Notes
    -----
    GEOS straightens shallow hollows of what it widens, up to a hundredth of the distance deep, before it starts:
    on a ten-kilometre band its rim may lie far outside. The straight pieces of the rim that are too far from the
    geometry are therefore cut short and drawn back, along the shortest way, to where they belong. GEOS also
    leaves a hole of a few square metres in one band out of a hundred; holes that are within the distance are filled.

    Examples
    --------
    >>> disc = grown(shapely.Point(0.0, 0.0), 1000.0, 0.1)
    >>> bool(abs(disc.area - math.pi * 1e6) < 2 * math.pi * 1000 * 0.1)
    True
    """
    if distance_m <= 0 or plane.is_empty:
        return plane
    rough = shapely.buffer(plane, distance_m, quad_segs=quarter_segments(distance_m, arc_m))
    rough = shapely.multipolygons([_mended(part, plane, distance_m) for part in shapely.get_parts(rough)])
    if HOLLOW_SHARE * distance_m <= arc_m:
        return rough
    for _ in range(MOST_ROUNDS):
        true = _drawn_back(rough, plane, distance_m, arc_m, half_m)
        if true is rough:
            break
        rough = true
    return rough


def _mended(part: BaseGeometry, plane: BaseGeometry, distance_m: float) -> BaseGeometry:
    """A polygon without the specks that GEOS may leave open in what it widens."""
    holes = np.asarray(part.interiors, dtype=np.object_)
    if holes.size == 0:
        return part
    inside = shapely.point_on_surface(shapely.polygons(holes))
    kept = holes[shapely.distance(inside, plane) > distance_m]
    return part if kept.size == holes.size else shapely.Polygon(part.exterior, list(kept))


def _drawn_back(
    rough: BaseGeometry, plane: BaseGeometry, distance_m: float, arc_m: float, half_m: float
) -> BaseGeometry:
    # A chord this short, as those of the arcs are, cannot stand further from a hollow than the tolerance allows.
    short_m = ARC_ROOM * math.sqrt(8 * distance_m * arc_m)
    xy, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(rough)), return_index=True)
    step = xy[1:] - xy[:-1]
    seen = (np.minimum(xy[1:], xy[:-1]) <= half_m).all(axis=1) & (np.maximum(xy[1:], xy[:-1]) >= -half_m).all(axis=1)
    long = np.flatnonzero((ring[1:] == ring[:-1]) & (np.hypot(step[:, 0], step[:, 1]) > short_m) & seen)
    long = long[~_parallel(step[long], plane)]
    if long.size == 0:
        return rough
    shapely.prepare(plane)
    # What was straightened is hollow all along, so a few places of each piece show it.
    tried = shapely.points((xy[long][:, None] + PROBES[:, None] * step[long][:, None]).reshape(-1, 2))
    near = shapely.dwithin(plane, tried, distance_m + arc_m)
    wrong = long[~near.reshape(long.size, PROBES.size).all(axis=1)]
    if wrong.size == 0:
        return rough
    count = np.ceil(np.hypot(*step[wrong].T) / short_m).astype(np.intp) - 1
    piece = np.repeat(wrong, count)
    number = np.arange(piece.size) - np.repeat(np.cumsum(count) - count, count) + 1
    share = number / np.repeat(count + 1, count)
    points = shapely.points(xy[piece] + share[:, None] * step[piece])
    segments = _segments(plane)
    nearest = shapely.STRtree(segments).query_nearest(points, all_matches=False)[1]
    ways = shapely.get_coordinates(shapely.shortest_line(segments[nearest], points)).reshape(-1, 2, 2)
    foot, out = ways[:, 0], ways[:, 1] - ways[:, 0]
    right = foot + out * np.minimum(1.0, distance_m / np.hypot(out[:, 0], out[:, 1]))[:, None]
    order = np.argsort(np.concatenate([np.arange(len(xy)), piece + share]), kind="stable")
    whole = np.concatenate([xy, right])[order]
    return _rebuilt(rough, shapely.linearrings(whole, indices=np.concatenate([ring, ring[piece]])[order]))


def _rebuilt(like: BaseGeometry, rings: NDArray[np.object_]) -> BaseGeometry:
    """Polygons with the rings of others, in their order."""
    made = []
    begin = 0
    for part in shapely.get_parts(like):
        end = begin + 1 + shapely.get_num_interior_rings(part)
        made.append(shapely.Polygon(rings[begin], list(rings[begin + 1 : end])))
        begin = end
    shape = shapely.multipolygons(made)
    return shape if shapely.is_valid(shape) else only_areas(shapely.make_valid(shape))


def _segments(plane: BaseGeometry) -> NDArray[np.object_]:
    """The segments of a geometry's lines and outlines, and its points."""
    parts = shapely.get_parts(plane)
    areas = shapely.get_dimensions(parts) == 2
    lines = np.concatenate([parts[~areas], shapely.get_rings(parts[areas])])
    points = lines[shapely.get_dimensions(lines) == 0]
    xy, owner = shapely.get_coordinates(lines[shapely.get_dimensions(lines) == 1], return_index=True)
    segments = shapely.linestrings(np.stack([xy[:-1], xy[1:]], axis=1)[owner[1:] == owner[:-1]])
    return np.concatenate([np.asarray(segments, dtype=np.object_).ravel(), points])


def _parallel(step: Array, plane: BaseGeometry) -> NDArray[np.bool_]:
    """Which pieces of a rim run along some segment at least as long, and were therefore not straightened."""
    parts = shapely.get_parts(plane)
    areas = shapely.get_dimensions(parts) == 2
    xy, owner = shapely.get_coordinates(
        np.concatenate([parts[~areas], shapely.get_rings(parts[areas])]), return_index=True
    )
    run = (xy[1:] - xy[:-1])[owner[1:] == owner[:-1]]
    if len(run) == 0:
        return np.zeros(len(step), dtype=bool)
    order = np.argsort(_angle(run))
    angle = _angle(run)[order]
    first = np.flatnonzero(np.diff(angle, prepend=-math.inf) > SAME_ANGLE)
    known, longest = angle[first], np.maximum.reduceat(np.hypot(*run[order].T), first)
    place = np.searchsorted(known, _angle(step) + SAME_ANGLE) - 1
    along = np.abs(_angle(step) - known[np.maximum(place, 0)]) <= 2 * SAME_ANGLE
    return np.asarray(along & (np.hypot(*step.T) <= longest[np.maximum(place, 0)] + SAME_LENGTH_M))


def _angle(step: Array) -> Array:
    """Direction without its sense; one that rounds to the other end of the range only costs a closer look."""
    return np.asarray(np.arctan2(step[:, 1], step[:, 0]) % math.pi)
