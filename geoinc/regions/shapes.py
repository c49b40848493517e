"""Shapes on the ground, in the plane of a view: cells, discs, sectors, sweeps along a bearing, dilations.

Everything is made vertex by vertex on the ellipsoid and carried into the plane of the view, so that shapes agree
with geodesic distances as well as the view's frame allows (`View.rim_error_m`).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geoinc.geodesy import Frame, direct, inverse
from geoinc.notation import Reading
from geoinc.regions.dilation import grown, only_areas, quarter_segments
from geoinc.regions.ground import View

__all__ = ["cell_ground", "sector_ground", "swept", "within_reach"]

Array = NDArray[np.float64]

LEAST_HALF_CELL_DEG: Final = 1e-7
"""A printed cell may be finer than a plane of doubles can show; a centimetre is far below every claim."""
CELL_STEPS: Final = 16
STEP_M: Final = 5_000.0
BEARING_ROUNDS: Final = 6


def cell_ground(reading: Reading, view: View, margin_m: float, arc_m: float) -> BaseGeometry:
    """Return all positions that print the same as a reading, and what lies within the margin of them."""
    half_lon = max(reading.half_width_lon_deg, LEAST_HALF_CELL_DEG)
    half_lat = max(reading.half_width_lat_deg, LEAST_HALF_CELL_DEG)
    south, north = max(-90.0, reading.lat_deg - half_lat), min(90.0, reading.lat_deg + half_lat)
    box = shapely.box(reading.lon_deg - half_lon, south, reading.lon_deg + half_lon, north)
    plane = view.frame.to_plane(shapely.segmentize(box, max(half_lon, half_lat) / CELL_STEPS))
    return grown(plane, margin_m, arc_m)


def sector_ground(
    lon_deg: float,
    lat_deg: float,
    radii_m: tuple[float, float],
    sector_deg: tuple[float, float] | None,
    accuracy_m: float,
    view: View,
    arc_m: float,
) -> BaseGeometry:
    """Return what lies between two distances from a place, in a sector of azimuths at it.

    Parameters
    ----------
    lon_deg, lat_deg : float
        The place.
    radii_m : tuple of float
        Least and greatest distance; the greatest may be infinite and then ends with the view.
    sector_deg : tuple of float or None
        From one azimuth clockwise to another; None for all directions.
    accuracy_m : float
        How far the place itself may lie from its stated point: the shape is taken for each such place.
    view : View
    arc_m : float
        How far arcs may leave true circles.

    Notes
    -----
    Radii and arcs are those of the ellipsoid: they are taken in a frame centred on the place, where distances and
    azimuths from it are exact.
    """
    own = Frame(lon_deg, lat_deg)
    low_m, high_m = radii_m
    if math.isinf(high_m):
        high_m = float(inverse(lon_deg, lat_deg, view.lon_deg, view.lat_deg)[0]) + 2 * view.half_m
    if high_m <= low_m:
        return shapely.MultiPolygon()
    start, width = (0.0, 360.0) if sector_deg is None else (sector_deg[0], (sector_deg[1] - sector_deg[0]) % 360.0)
    width = width or 360.0
    ring = _arc(start, width, high_m, arc_m)
    inner = _arc(start, width, low_m, arc_m)[::-1]
    if width == 360.0:
        shape = shapely.Polygon(ring, [inner] if low_m > 0 else [])
    else:
        shape = shapely.Polygon(np.concatenate([ring, inner if low_m > 0 else np.zeros((1, 2))]))
    shape = view.frame.to_plane(own.to_globe(shapely.segmentize(shape, STEP_M)))
    return grown(shape, accuracy_m, arc_m)


def _arc(start_deg: float, width_deg: float, radius_m: float, arc_m: float) -> Array:
    step_deg = math.degrees(2 * math.acos(max(0.0, 1 - min(1.0, arc_m / max(radius_m, arc_m)))))
    count = max(8, math.ceil(width_deg / step_deg))
    # A full circle is closed by its first corner, not by one beside it.
    angle = np.radians(start_deg + np.linspace(0.0, width_deg, count + 1, endpoint=width_deg < 360.0))
    return radius_m * np.column_stack([np.sin(angle), np.cos(angle)])


def swept(line: BaseGeometry, view: View, bearing_deg: float, low_m: float, high_m: float) -> BaseGeometry:
    """Return all places from which a geodesic on a bearing meets a line between two distances.

    Parameters
    ----------
    line : shapely LineString or MultiLineString
        In the view's plane.
    view : View
    bearing_deg : float
        Azimuth of the way at the place where it starts, clockwise from north.
    low_m, high_m : float
        Least and greatest length of the way.

    Notes
    -----
    Each vertex of the line is carried back to where a way of each length would have had to start; the azimuth at
    the start is not that at the end, so the start is found by a few steps of correction. Neighbouring vertices
    span quadrilaterals, whose union is the shape.
    """
    if high_m <= low_m or line.is_empty:
        return shapely.MultiPolygon()
    xy, part = shapely.get_coordinates(shapely.get_parts(view.frame.to_globe(line)), return_index=True)
    steps = max(1, math.ceil((high_m - low_m) / STEP_M))
    rows = [_starts(xy, bearing_deg, low_m + (high_m - low_m) * k / steps) for k in range(steps + 1)]
    grid = np.stack([view.frame.to_plane(shapely.linestrings(row)).coords[:] for row in rows])
    joined = np.flatnonzero(part[1:] == part[:-1])
    quads = np.concatenate(
        [grid[:, joined], grid[::-1, joined + 1], grid[:1, joined]],
        axis=0,
    ).transpose(1, 0, 2)
    shapes = shapely.polygons(quads)
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    return only_areas(shapely.union_all(shapes))


def _starts(xy: Array, bearing_deg: float, length_m: float) -> Array:
    """Where ways of one length on one bearing must start to end at given places (lon, lat)."""
    lon, lat = xy[:, 0], xy[:, 1]
    if length_m == 0:
        return xy
    back = np.full(lon.size, bearing_deg + 180.0)
    for _ in range(BEARING_ROUNDS):
        at_lon, at_lat = direct(lon, lat, back, np.full(lon.size, length_m))
        off = (inverse(at_lon, at_lat, lon, lat)[1] - bearing_deg + 180.0) % 360.0 - 180.0
        if float(np.abs(off).max()) * length_m < 1e-3:
            break
        back = back - off
    return np.column_stack([at_lon, at_lat])


def within_reach(others: BaseGeometry, low_m: float, high_m: float, arc_m: float) -> BaseGeometry:
    """Return all places that lie between two distances from some place of a region.

    Parameters
    ----------
    others : shapely Polygon or MultiPolygon
        The region, in a plane.
    low_m, high_m : float
        The greatest is finite.
    arc_m : float
        How far arcs may leave true circles.

    Notes
    -----
    Over one connected part of the region the distance from a place takes every value between its least and its
    greatest. What remains after widening the part by the greatest distance are the places all of whose distances
    are too small: those within the least distance of every corner of its convex hull.
    """
    found = []
    for part in shapely.get_parts(others):
        reached = grown(part, high_m, arc_m)
        corners = shapely.get_coordinates(shapely.simplify(shapely.convex_hull(part), arc_m))[:-1]
        if low_m > 0 and shapely.minimum_bounding_radius(part) <= low_m:
            discs = shapely.buffer(shapely.points(corners), low_m, quad_segs=quarter_segments(low_m, arc_m))
            reached = shapely.difference(reached, shapely.intersection_all(discs))
        found.append(reached)
    return shapely.union_all(found)
