"""The ground on both sides of a line: clipped from polygons, or, for a bare line, the strip along it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, MultiPolygon, Polygon

from geoinc.boundaries.own.examination import Examination, place
from geoinc.boundaries.own.territory import Territory, mend

__all__ = ["clip_ground", "crossing_of", "merge_lines", "strips_beside", "window_around"]

Array = NDArray[np.float64]

MARGIN_DEG: Final = 3.0
EDGE_DEG: Final = 0.1
TURN_DEG: Final = 360.0
STRIP_DEG: Final = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
JUST_BEYOND_DEG: Final = 1e-7


def window_around(line: LineString | MultiLineString) -> Polygon:
    """Return the box in which ground is held: three degrees beyond the line, within the map of the world."""
    west, south, east, north = line.bounds
    return shapely.box(
        max(west - MARGIN_DEG, -180.0),
        max(south - MARGIN_DEG, -90.0),
        min(east + MARGIN_DEG, 180.0),
        min(north + MARGIN_DEG, 90.0),
    )


def clip_ground(
    territory: Territory, window: Polygon, line: MultiLineString, seen: Examination
) -> Polygon | MultiPolygon:
    """Return the part of a territory inside the window; vertices inside it stay what they are.

    Where an outline crosses itself away from the line, its ground is taken apart there, and this is said; where it
    does so at the line, the file is refused.

    Parameters
    ----------
    territory : Territory
    window : Polygon
        A box.
    line : MultiLineString
        The line between the territories.
    seen : Examination
        Takes what is wrong.
    """
    # The long sides of the window get vertices, so that no reading of the edges bends them.
    box = shapely.segmentize(window, EDGE_DEG)
    parts = []
    west, south, east, north = window.bounds
    for number, whole in enumerate(territory.shapes):
        for turn in (0.0, -TURN_DEG, TURN_DEG):
            if not shapely.intersects(shapely.box(*whole.bounds), shapely.box(west - turn, south, east - turn, north)):
                continue
            polygon = territory.reduced(number, west - turn, south, east - turn, north)
            mended = mend(polygon)
            if mended is not polygon:
                _check_trouble(polygon, line, territory.code, seen)
            moved = mended if not turn else shapely.transform(mended, lambda xy, by=turn: xy + np.array([by, 0.0]))
            parts += [part for part in _flat(shapely.intersection(moved, box)) if isinstance(part, Polygon)]
    seen.raise_if_refused()
    if not parts:
        seen.stop(territory.code, "has no ground around the line")
    parts.sort(key=lambda part: (-part.area, part.bounds))
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _check_trouble(polygon: Polygon, line: MultiLineString, code: str, seen: Examination) -> None:
    spot = _trouble(polygon)
    where = f"its outline crosses or touches itself near {place(spot.x, spot.y)}"
    if shapely.dwithin(line, spot, JUST_BEYOND_DEG):
        seen.refuse(
            code, f"{where}, which lies on the line: mend it there, so that it is known which way the line runs"
        )
    else:
        seen.note(f"{code}: {where}, away from the line; its ground was taken apart there, and the line is as it was")


def _flat(geometry: shapely.Geometry) -> Iterable[shapely.Geometry]:
    for part in shapely.get_parts(geometry):
        if part.geom_type in {"MultiPolygon", "GeometryCollection"}:
            yield from _flat(part)
        else:
            yield part


def _trouble(polygon: Polygon) -> shapely.Point:
    """Return where the geometry library finds the first fault of a polygon."""
    reason = shapely.is_valid_reason(polygon)
    inside = reason.partition("[")[2].partition("]")[0].split()
    if len(inside) < 2:
        return shapely.Point(polygon.exterior.coords[0])
    return shapely.Point(float(inside[0]), float(inside[1]))


def merge_lines(lines: list[Array], seen: Examination) -> MultiLineString:
    """Join the lines of a file end to end, in the direction in which they are drawn.

    Raises
    ------
    UnusableBoundaryError
        If they run against each other, so that left and right would change along the line, or cross.
    """
    drawn = MultiLineString([LineString(line) for line in lines])
    directed = shapely.line_merge(drawn, directed=True)
    merged = shapely.line_merge(drawn)
    if shapely.get_num_geometries(directed) != shapely.get_num_geometries(merged):
        ends = shapely.get_coordinates([shapely.get_point(part, -1) for part in shapely.get_parts(directed)])
        again, count = np.unique(ends, axis=0, return_counts=True)
        spot = again[np.argmax(count)] if count.max() > 1 else ends[0]
        seen.stop(
            "",
            f"its lines run against each other, the first time near {place(*map(float, spot))}: left and right would "
            "change along the line. Draw all of them in one direction",
        )
    crossing = crossing_of(directed)
    if crossing is not None:
        seen.stop("", f"the line crosses itself near {place(crossing.x, crossing.y)}: mend it there")
    return directed if isinstance(directed, MultiLineString) else MultiLineString([directed])


def crossing_of(line: LineString | MultiLineString) -> shapely.Point | None:
    """Return a place where a line crosses or retraces itself; None where it does not."""
    if line.is_simple:
        return None
    own = {tuple(end) for part in shapely.get_parts(line) for end in (part.coords[0], part.coords[-1])}
    noded = shapely.get_parts(shapely.node(line))
    ends = sorted({tuple(end) for part in noded for end in (part.coords[0], part.coords[-1])} - own)
    return shapely.Point(ends[0] if ends else sorted(own)[0])


def strips_beside(
    line: MultiLineString, seen: Examination
) -> tuple[Polygon | MultiPolygon, Polygon | MultiPolygon, Polygon | MultiPolygon]:
    """Return the strips to the left and to the right of a bare line, and both together.

    A line without polygons tells the side only beside itself. The strip ends abreast of the line's ends, and is as
    wide, up to one degree, as lets the line part it in two.

    Parameters
    ----------
    line : MultiLineString
        In longitude and latitude.
    seen : Examination
        Takes what is wrong.

    Raises
    ------
    UnusableBoundaryError
        If the line is too tangled to have a left and a right.
    """
    for width_deg in STRIP_DEG:
        found = [_parted(part, width_deg) for part in shapely.get_parts(line)]
        sides = [each for each in found if each is not None]
        if len(sides) == len(found):
            left, right = (shapely.union_all([each[side] for each in sides]) for side in (0, 1))
            if shapely.intersection(left, right).area <= 1e-12:
                both = shapely.union_all([left, right])
                seen.note(
                    f"the file holds a line and no polygons: sides are told up to {width_deg:g}° beside it, and not "
                    "beyond its ends"
                )
                return left, right, both
    seen.stop("", "the line turns back so close to itself that its left and right cannot be told: give polygons")
    raise AssertionError("raised above")


def _parted(part: LineString, width_deg: float) -> tuple[shapely.Geometry, shapely.Geometry] | None:
    """Part the strip along a line into what lies to its left and to its right; None where it does not part."""
    strip = shapely.segmentize(shapely.buffer(part, width_deg, cap_style="flat"), EDGE_DEG)
    if part.is_closed:
        cut = part
    else:
        xy = shapely.get_coordinates(part)
        cut = LineString(np.vstack([_beyond(xy[1], xy[0]), xy, _beyond(xy[-2], xy[-1])]))
    faces = [
        face
        for face in shapely.get_parts(shapely.polygonize([shapely.union(shapely.boundary(strip), cut)]))
        if shapely.contains_properly(strip.buffer(JUST_BEYOND_DEG), face)
        and face.area > JUST_BEYOND_DEG
        and shapely.contains_xy(strip, *shapely.get_coordinates(shapely.point_on_surface(face))[0])
    ]
    xy = shapely.get_coordinates(part)
    along = xy[1:] - xy[:-1]
    size = np.hypot(along[:, 0], along[:, 1])
    middle = (xy[1:] + xy[:-1]) / 2
    beside = np.column_stack([-along[:, 1], along[:, 0]]) / size[:, None] * np.minimum(size, JUST_BEYOND_DEG)[:, None]
    sides: tuple[list[Polygon], list[Polygon]] = ([], [])
    for face in faces:
        left = int(np.sum(shapely.contains_xy(face, *(middle + beside).T)))
        right = int(np.sum(shapely.contains_xy(face, *(middle - beside).T)))
        if (left > 0) == (right > 0):
            return None
        sides[0 if left else 1].append(face)
    if not sides[0] or not sides[1]:
        return None
    return shapely.union_all(sides[0]), shapely.union_all(sides[1])


def _beyond(before: Array, end: Array) -> Array:
    """Return a point just beyond the end of a line, so that it cuts through the end of its strip."""
    step = end - before
    return np.asarray(end + step / np.hypot(*step) * JUST_BEYOND_DEG)
