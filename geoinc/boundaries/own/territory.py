"""From the features of one territory to its rings: closed, of one kind, across the antimeridian, without repeats.

Nothing here moves a vertex. What a ring lacks is named with its place and refused; what has no bearing on the
line (heights, repeated vertices) is named and left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from geoinc.boundaries.own.examination import Examination, place, shorten
from geoinc.boundaries.own.reference import check_range
from geoinc.boundaries.own.shapes import RawFeature

__all__ = ["Territory", "in_one_frame", "mend", "name_of", "territory_of"]

Array = NDArray[np.float64]

HALF_TURN_DEG: Final = 180.0


@dataclass(frozen=True, eq=False)
class Territory:
    """The ground of one territory as the file draws it.

    Attributes
    ----------
    code : str
    polygons : tuple of tuples of ndarray, each of shape (n, 2)
        Rings by polygon, the outer one first, closed; outer rings run anticlockwise, holes clockwise, so that the
        territory lies on the left of each. Longitudes go on counting across the antimeridian.
    """

    code: str
    polygons: tuple[tuple[Array, ...], ...]

    @cached_property
    def shapes(self) -> tuple[Polygon, ...]:
        """Its polygons, valid or not."""
        return tuple(_polygon_of(rings) for rings in self.polygons)

    def reduced(self, number: int, west: float, south: float, east: float, north: float) -> Polygon:
        """Return one polygon without the holes that lie outside a box: a large country has many lakes."""
        outer, *holes = self.polygons[number]
        kept = [
            hole
            for hole in holes
            if hole[:, 0].max() >= west
            and hole[:, 0].min() <= east
            and hole[:, 1].max() >= south
            and hole[:, 1].min() <= north
        ]
        return self.shapes[number] if len(kept) == len(holes) else _polygon_of([outer, *kept])


def mend(polygon: Polygon) -> Polygon | MultiPolygon:
    """Return a polygon as it is, or taken apart where it crosses or touches itself."""
    return polygon if polygon.is_valid else shapely.make_valid(polygon, method="structure", keep_collapsed=False)


def _polygon_of(rings: Sequence[Array]) -> Polygon:
    """Make a polygon of any number of holes in one go: a large country has a hundred thousand lakes."""
    owner = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    made = shapely.linearrings(np.concatenate(rings), indices=owner)
    return shapely.polygons(made[0], holes=made[1:])


def name_of(feature: RawFeature, property_name: str | None) -> str:
    """Name a feature for people: its number, and the property that it was found by."""
    if property_name is None:
        return f"feature {feature.number}"
    return f"feature {feature.number} ({shorten(property_name)} = {shorten(feature.properties.get(property_name))})"


def territory_of(code: str, features: Sequence[RawFeature], property_name: str | None, seen: Examination) -> Territory:
    """Take the polygons of one territory.

    Parameters
    ----------
    code : str
        Of the territory.
    features : sequence of RawFeature
        In longitude and latitude.
    property_name : str or None
        By which they were found.
    seen : Examination
        Takes what is wrong.

    Raises
    ------
    UnusableBoundaryError
        If they hold no polygon, an open ring, or coordinates that are no longitude and latitude.
    """
    polygons: list[tuple[Array, ...]] = []
    for feature in features:
        where = name_of(feature, property_name)
        shape = feature.shape
        if shape.empty:
            seen.note(f"{where} has no geometry and was left out")
            continue
        if shape.lines:
            seen.refuse(
                where,
                f"holds {'lines beside polygons' if shape.polygons else 'lines, no polygon'}: give the polygons of the "
                "territories; for a file of lines declare left: and right: in the description",
            )
            continue
        if shape.heights:
            seen.note(f"{where} has heights, which were left out")
        check_range([ring for polygon in shape.polygons for ring in polygon], where, seen)
        seen.raise_if_refused()
        polygons += [_polygon(rings, where, seen) for rings in shape.polygons]
    seen.raise_if_refused()
    if not polygons:
        seen.stop(code, f"no polygon of {code} is left in the file")
    return Territory(code, tuple(_without_shared(code, polygons, seen)))


def _polygon(rings: Sequence[Array], where: str, seen: Examination) -> tuple[Array, ...]:
    taken = []
    for number, ring in enumerate(rings):
        what = "its outer ring" if number == 0 else f"its hole {number}"
        if len(ring) < 4:
            seen.refuse(where, f"{what} has {len(ring)} positions, and a ring needs four: remove it or close it")
            continue
        if not np.array_equal(ring[0], ring[-1]):
            seen.refuse(
                where,
                f"{what} is not closed: it begins at {place(*ring[0])} and ends at {place(*ring[-1])}. Its last "
                "position must repeat its first",
            )
            continue
        taken.append(_turned(_unwrapped(_plain(ring, where, seen), where, seen), left=number == 0))
    return tuple(taken)


def _plain(ring: Array, where: str, seen: Examination) -> Array:
    """Leave out vertices that repeat the one before."""
    repeats = np.flatnonzero((ring[1:] == ring[:-1]).all(axis=1)) + 1
    if len(repeats):
        lon, lat = ring[repeats[0]]
        seen.note(f"{where} repeats {len(repeats)} vertices (the first at {place(lon, lat)}), which were left out")
        ring = np.delete(ring, repeats, axis=0)
    if len(ring) < 4:
        seen.stop(where, f"a ring at {place(*ring[0])} has no ground: its positions repeat one another. Remove it")
    return ring


def _unwrapped(ring: Array, where: str, seen: Examination) -> Array:
    """Let longitudes go on counting where a ring jumps from one side of the antimeridian to the other."""
    jumps = np.diff(ring[:, 0])
    over = np.flatnonzero(np.abs(jumps) > HALF_TURN_DEG)
    if not len(over):
        return ring
    lon, lat = ring[over[0]]
    seen.note(f"{where} crosses the antimeridian near {place(lon, lat)} and was read the shorter way across it")
    turns = np.concatenate([[0.0], np.cumsum(-360.0 * np.round(jumps / 360.0))])
    if turns[-1] != 0.0:
        seen.stop(where, "runs once round the earth: cut it along the antimeridian (180°) and close it at the pole")
    return np.column_stack([ring[:, 0] + turns, ring[:, 1]])


def _turned(ring: Array, *, left: bool) -> Array:
    """Return a ring that has its territory on its left: anticlockwise, or clockwise round a hole."""
    x, y = (ring - ring[0]).T
    return ring if bool(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]) > 0) == left else ring[::-1]


def _without_shared(code: str, polygons: list[tuple[Array, ...]], seen: Examination) -> list[tuple[Array, ...]]:
    """Join polygons of one territory that share edges, as provinces do; the others stay as they are."""
    shapes = [_polygon_of(rings) for rings in polygons]
    if len(shapes) == 1 or not all(shapely.is_valid(shapes)):
        return polygons
    tree = shapely.STRtree(shapes)
    one, other = tree.query(shapes, predicate="intersects")
    touching = one < other
    if not touching.any():
        return polygons
    if not shapely.coverage_is_valid(shapes):
        first, second = shapes[one[touching][0]], shapes[other[touching][0]]
        spot = shapely.point_on_surface(shapely.intersection(first, second))
        seen.stop(
            code,
            f"several features of {code} touch or overlap without sharing their edges, near {place(spot.x, spot.y)}: "
            "join them into one first",
        )
    joined = shapely.coverage_union_all(shapes)
    seen.note(f"the {len(shapes)} polygons of {code} share edges and were joined along them")
    parts = [part for part in shapely.get_parts(joined) if isinstance(part, Polygon)]
    return [
        (
            _turned(shapely.get_coordinates(part.exterior), left=True),
            *(_turned(shapely.get_coordinates(hole), left=False) for hole in part.interiors),
        )
        for part in parts
    ]


def in_one_frame(one: Territory, other: Territory) -> tuple[Territory, Territory]:
    """Count longitudes of both territories from 0 to 360 degrees where either runs across the antimeridian."""
    beyond = any(np.abs(rings[0][:, 0]).max() > HALF_TURN_DEG for each in (one, other) for rings in each.polygons)
    return (_eastward(one), _eastward(other)) if beyond else (one, other)


def _eastward(territory: Territory) -> Territory:
    moved = [
        tuple(ring + np.array([360.0, 0.0]) for ring in rings) if rings[0][:, 0].mean() < 0 else rings
        for rings in territory.polygons
    ]
    return Territory(territory.code, tuple(moved))
