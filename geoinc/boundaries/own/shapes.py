"""Features of a vector file as bare rings and lines, before any library has had the chance to mend them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoinc.boundaries.own.examination import shorten

__all__ = ["RawFeature", "RawShape", "ShapeError", "shape_of_geojson", "shape_of_wkb"]

Array = NDArray[np.float64]


class ShapeError(ValueError):
    """A geometry that cannot be taken; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class RawShape:
    """The coordinates of one feature.

    Attributes
    ----------
    polygons : list of lists of ndarray, each of shape (n, 2)
        Rings by polygon, the outer one first, as they stand in the file.
    lines : list of ndarray of shape (n, 2)
    heights : bool
        Whether there was a third coordinate; it has no say.
    """

    polygons: list[list[Array]]
    lines: list[Array]
    heights: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is no geometry at all."""
        return not self.polygons and not self.lines


@dataclass(frozen=True, slots=True)
class RawFeature:
    """One feature of a file.

    Attributes
    ----------
    number : int
        Its place in the file, counted from 1.
    properties : mapping
    shape : RawShape
    """

    number: int
    properties: Mapping[str, Any]
    shape: RawShape


def shape_of_geojson(geometry: Any) -> RawShape:
    """Take the coordinates of a GeoJSON geometry.

    Raises
    ------
    ShapeError
        If it is of another kind, or its coordinates are no arrays of numbers.
    """
    if geometry is None:
        return RawShape([], [])
    if not isinstance(geometry, dict):
        raise ShapeError(f"its geometry is {shorten(geometry)}, not a GeoJSON geometry")
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        return _joined([shape_of_geojson(each) for each in _list(geometry.get("geometries"))])
    coordinates = _list(geometry.get("coordinates"))
    if not coordinates:
        return RawShape([], [])
    if kind == "Polygon":
        coordinates = [coordinates]
    if kind in {"Polygon", "MultiPolygon"}:
        rings = [[_positions(ring) for ring in _list(polygon)] for polygon in coordinates]
        return RawShape(
            [[xy for xy, _ in polygon] for polygon in rings if polygon],
            [],
            any(high for polygon in rings for _, high in polygon),
        )
    if kind == "LineString":
        coordinates = [coordinates]
    if kind in {"LineString", "MultiLineString"}:
        lines = [_positions(line) for line in coordinates]
        return RawShape([], [xy for xy, _ in lines], any(high for _, high in lines))
    raise ShapeError(f"its geometry is of the kind {shorten(kind)}; only polygons and lines can bound a territory")


def _list(value: Any) -> Sequence[Any]:
    if not isinstance(value, list):
        raise ShapeError(f"its coordinates hold {shorten(value)} where a list should stand")
    return value


def _positions(value: Any) -> tuple[Array, bool]:
    positions = _list(value)
    try:
        xy = np.array([(float(each[0]), float(each[1])) for each in positions], dtype=np.float64)
        high = any(len(each) > 2 for each in positions)
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise ShapeError("a position in it is not two numbers") from error
    if any(isinstance(number, (str, bool)) for each in positions for number in each[:2]):
        raise ShapeError("a position in it is not two numbers")
    return xy.reshape(-1, 2), high


def _joined(shapes: Sequence[RawShape]) -> RawShape:
    return RawShape(
        [polygon for shape in shapes for polygon in shape.polygons],
        [line for shape in shapes for line in shape.lines],
        any(shape.heights for shape in shapes),
    )


def shape_of_wkb(content: bytes | None) -> RawShape:
    """Take the coordinates of a geometry as the vector library hands it over.

    Raises
    ------
    ShapeError
        If it is of another kind, or has a ring that is not closed.
    """
    if content is None:
        return RawShape([], [])
    try:
        geometry = shapely.from_wkb(content)
    except shapely.errors.GEOSException as error:
        said = str(error)
        if "closed" in said:
            raise ShapeError("a ring of it is not closed: its last position must repeat its first") from error
        raise ShapeError(
            f"its geometry cannot be taken ({shorten(said)}); write polygons or lines with straight edges"
        ) from error
    polygons: list[list[Array]] = []
    lines: list[Array] = []
    strangers = set()
    for part in _flat(geometry):
        if part.is_empty:
            continue
        if part.geom_type == "Polygon":
            polygons.append([shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors)])
        elif part.geom_type in {"LineString", "LinearRing"}:
            lines.append(shapely.get_coordinates(part))
        else:
            strangers.add(part.geom_type)
    if strangers and not polygons and not lines:
        kinds = ", ".join(sorted(strangers))
        raise ShapeError(f"its geometry is of the kind {kinds}; only polygons and lines can bound a territory")
    return RawShape(polygons, lines, bool(shapely.has_z(geometry)))


def _flat(geometry: Any) -> list[Any]:
    parts = list(shapely.get_parts(geometry))
    if len(parts) == 1 and parts[0].geom_type == geometry.geom_type:
        return parts
    return [each for part in parts for each in _flat(part)]
