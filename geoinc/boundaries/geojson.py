"""GeoJSON features as shapely geometries: the little of RFC 7946 that boundary files use."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import LinearRing, LineString, MultiLineString, MultiPolygon, Polygon

from geoinc.errors import BoundaryError

__all__ = ["Feature", "read_features"]


@dataclass(frozen=True, slots=True)
class Feature:
    """A geometry with its properties.

    Attributes
    ----------
    properties : mapping
        As the file gives them.
    geometry : LineString, MultiLineString, Polygon or MultiPolygon
        Longitude and latitude in degrees, WGS 84.
    """

    properties: Mapping[str, Any]
    geometry: LineString | MultiLineString | Polygon | MultiPolygon


def read_features(content: bytes, name: str) -> tuple[Feature, ...]:
    """Read the features of a GeoJSON feature collection.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What to call it in messages.

    Returns
    -------
    tuple of Feature
        In the order of the file.

    Raises
    ------
    BoundaryError
        If it is not a feature collection of lines and polygons.

    Examples
    --------
    >>> text = '''{"type": "FeatureCollection", "features": [
    ... {"type": "Feature", "properties": {"role": "line"}, "geometry":
    ... {"type": "LineString", "coordinates": [[0, 20], [1, 21]]}}]}'''
    >>> feature, = read_features(text.encode(), "example.geojson")
    >>> feature.properties["role"], feature.geometry.wkt
    ('line', 'LINESTRING (0 20, 1 21)')
    """
    try:
        collection = json.loads(content)
        return tuple(
            Feature(feature["properties"] or {}, _geometry(feature["geometry"])) for feature in collection["features"]
        )
    except (
        KeyError,
        IndexError,
        TypeError,
        ValueError,
        RecursionError,
        shapely.errors.GEOSException,
    ) as problem:
        raise BoundaryError(
            f"{name} is not a GeoJSON feature collection of lines and polygons "
            f"({type(problem).__name__}: {problem}); give a file of that kind"
        ) from problem


def _geometry(geometry: Mapping[str, Any]) -> LineString | MultiLineString | Polygon | MultiPolygon:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        return LineString(_positions(coordinates))
    if kind == "MultiLineString":
        return MultiLineString([_positions(part) for part in coordinates])
    if kind == "Polygon":
        return _polygon(coordinates)
    if kind == "MultiPolygon":
        return MultiPolygon([_polygon(part) for part in coordinates])
    raise ValueError(f"geometry of type {kind}")


def _polygon(rings: Sequence[Any]) -> Polygon:
    exterior, *holes = (LinearRing(_positions(ring)) for ring in rings)
    return Polygon(exterior, holes)


def _positions(coordinates: Sequence[Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    positions = np.asarray(coordinates, dtype=np.float64)[:, :2]
    if not np.isfinite(positions).all():
        raise ValueError("a coordinate is not a finite number")
    return positions
