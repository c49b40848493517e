"""Lines: polylines and rings whose edges are read in one declared way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geoinc.errors import GeometryError
from geoinc.geodesy.curve import Curves, make_curves
from geoinc.geodesy.edges import Edges
from geoinc.geodesy.ellipsoid import MAX_LONGITUDE_DEG, to_space, wrap_longitude
from geoinc.geodesy.meridians import MeridianIndex, index_meridians
from geoinc.geodesy.pieces import Pieces, cut_pieces
from geoinc.geodesy.tree import Tree, grow_tree

__all__ = ["Line"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

SAME_PLACE_M = 1e-9
"""Vertices nearer than this, straight through the earth, are one place."""

_ACCEPTED = ("LineString", "LinearRing", "MultiLineString", "Polygon", "MultiPolygon")


@dataclass(frozen=True, eq=False)
class Line:
    """One or more polylines, read with one kind of edge. It cannot be changed.

    Edges are counted through: with parts of n1, n2, ... vertices, edge k joins vertices k and k + 1 of the
    first part for k < n1 - 1, edge n1 - 1 is the first of the second part, and so on. No edge joins the end
    of a part to the start of the next. An edge between two vertices at the same place is counted but is never
    nearest to anything.

    An edge takes the shorter way round: vertices at longitude 179 and -179 are joined across the
    antimeridian. Longitudes that differ by exactly 180 degrees are joined in the direction written. A rhumb
    line to or from a pole is the meridian of its other end.

    Parameters
    ----------
    parts : sequence of array_like, each of shape (n, 2)
        Longitudes and latitudes in degrees, in order; longitudes from -540 to 540.
    edges : Edges
        How neighbouring vertices are joined.

    Attributes
    ----------
    edges : Edges
    part_start : ndarray of int
        Where each part starts in `lon` and `lat`; one item more at the end, the number of vertices.
    lon, lat : ndarray
        Vertices as they were given.

    Raises
    ------
    GeometryError
        If there is no part, or one is not of shape (n, 2), holds a number that is not finite or out of range,
        or has fewer than two different places.

    Examples
    --------
    >>> line = Line([[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]], Edges.GEODESIC)
    >>> line.edge_count
    2
    """

    parts: Sequence[ArrayLike] = field(repr=False)
    edges: Edges
    lon: Array = field(init=False, repr=False)
    lat: Array = field(init=False, repr=False)
    part_start: Index = field(init=False, repr=False)

    def __post_init__(self) -> None:
        parts = tuple(_check_part(part, number) for number, part in enumerate(self.parts))
        if not parts:
            raise GeometryError("a line needs at least one part; none was given")
        coordinates = np.concatenate(parts)
        starts = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.intp)
        for name, value in (
            ("edges", Edges(self.edges)),
            ("lon", np.ascontiguousarray(coordinates[:, 0])),
            ("lat", np.ascontiguousarray(coordinates[:, 1])),
            ("part_start", starts),
            ("parts", parts),
        ):
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
            object.__setattr__(self, name, value)
        self._check_extent()

    def _check_extent(self) -> None:
        moves = np.zeros(self.lon.size, dtype=bool)
        moves[self.first_vertex] = self.has_length
        moving_parts = np.logical_or.reduceat(moves, self.part_start[:-1])
        if not moving_parts.all():
            part = int(np.flatnonzero(~moving_parts)[0])
            raise GeometryError(
                f"part {part} of the line stays at one place. Give at least two different positions, or leave it out."
            )

    @classmethod
    def from_geometry(cls, geometry: shapely.Geometry, edges: Edges) -> Line:
        """Take the lines of a geometry, or the rings of polygons.

        Parameters
        ----------
        geometry : shapely.LineString, LinearRing, MultiLineString, Polygon or MultiPolygon
            In longitude and latitude. Rings come in the order of the polygons, each exterior before its
            holes.
        edges : Edges
            How neighbouring vertices are joined.

        Raises
        ------
        GeometryError
            If it is of another kind, empty, or not a valid line (see the class).
        """
        if geometry is None or geometry.geom_type not in _ACCEPTED:
            kind = "nothing" if geometry is None else geometry.geom_type
            raise GeometryError(f"a line cannot be made from {kind}. Give one of: {', '.join(_ACCEPTED)}.")
        if geometry.is_empty:
            raise GeometryError(f"the {geometry.geom_type} is empty; a line needs at least two positions")
        pieces = shapely.get_parts([geometry])
        if geometry.geom_type in {"Polygon", "MultiPolygon"}:
            pieces = shapely.get_rings(pieces)
        coordinates, owner = shapely.get_coordinates(pieces, return_index=True)
        cuts = np.flatnonzero(np.diff(owner)) + 1
        return cls(np.split(coordinates, cuts), edges)

    @property
    def edge_count(self) -> int:
        """Number of edges, those without length included."""
        return int(self.lon.size - self.part_start.size + 1)

    @cached_property
    def first_vertex(self) -> Index:
        """For each edge, the vertex in `lon` and `lat` that it starts from; it ends at the next one."""
        return np.delete(np.arange(self.lon.size), self.part_start[1:] - 1)

    @cached_property
    def has_length(self) -> NDArray[np.bool_]:
        """For each edge, whether its ends are different places."""
        places = to_space(wrap_longitude(self.lon), self.lat)
        start = self.first_vertex
        return np.asarray(np.linalg.norm(places[:, start + 1] - places[:, start], axis=0) > SAME_PLACE_M)

    @cached_property
    def long_edge(self) -> Index:
        """Numbers of the edges that have length; the items of `curves` stand in this order."""
        return np.flatnonzero(self.has_length)

    @cached_property
    def curves(self) -> Curves:
        """The edges that have length, as curves."""
        start = self.first_vertex[self.long_edge]
        return make_curves(self.lon[start], self.lat[start], self.lon[start + 1], self.lat[start + 1], self.edges)

    @cached_property
    def pieces(self) -> Pieces:
        """The curves cut short, with the index that finds the nearest of them."""
        return cut_pieces(self.curves)

    @cached_property
    def tree(self) -> Tree:
        """The pieces laid out for compiled code."""
        return grow_tree(self.curves, self.pieces)

    @cached_property
    def curve_length_m(self) -> Array:
        """Length of each item of `curves`, along itself."""
        length = np.zeros(self.long_edge.size)
        np.add.at(length, self.pieces.curve, self.pieces.length_m)
        return length

    @cached_property
    def meridian_index(self) -> MeridianIndex:
        """All edges, sorted by the meridians that they pass over."""
        return index_meridians(self.lon, self.lat, self.first_vertex, self.edges)

    @cached_property
    def neighbours(self) -> tuple[Index, Index]:
        """For each item of `curves`, the items before and after it along the line, -1 at open ends.

        A closed part closes on itself. Where exactly one part ends and exactly one other starts, the line
        goes on from one to the other.
        """
        count = self.long_edge.size
        part = np.searchsorted(self.part_start, self.first_vertex[self.long_edge], side="right") - 1
        before, after = np.arange(count) - 1, np.arange(count) + 1
        first = np.flatnonzero(np.diff(part, prepend=-1))
        last = np.append(first[1:], count) - 1
        before[first], after[last] = -1, -1
        curves = self.curves
        starts = _group_by_place(curves.lon1[first], curves.lat1[first], first)
        ends = _group_by_place(curves.lon2[last], curves.lat2[last], last)
        for place, leaving in starts.items():
            arriving = ends.get(place, [])
            if len(leaving) == len(arriving) == 1:
                before[leaving[0]], after[arriving[0]] = arriving[0], leaving[0]
        return before, after


def _check_part(part: ArrayLike, number: int) -> Array:
    try:
        coordinates = np.array(part, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise GeometryError(f"part {number} of the line is not an array of numbers: {error}") from error
    if coordinates.ndim != 2 or coordinates.shape[1] != 2:
        raise GeometryError(
            f"part {number} of the line has shape {coordinates.shape}; give (n, 2), longitude and latitude in each row"
        )
    if len(coordinates) < 2:
        raise GeometryError(f"part {number} of the line has {len(coordinates)} position(s); give at least two")
    good = np.isfinite(coordinates).all(axis=1)
    good &= (np.abs(coordinates[:, 0]) <= MAX_LONGITUDE_DEG) & (np.abs(coordinates[:, 1]) <= 90.0)
    if not good.all():
        row = int(np.flatnonzero(~good)[0])
        lon, lat = coordinates[row]
        raise GeometryError(
            f"position {row} of part {number} is out of range: lon {lon:.10g}, lat {lat:.10g}. Give degrees, "
            f"longitude first, latitudes from -90 to 90, longitudes from {-MAX_LONGITUDE_DEG:.0f} to "
            f"{MAX_LONGITUDE_DEG:.0f}."
        )
    coordinates.setflags(write=False)
    return coordinates


def _group_by_place(lon: Array, lat: Array, item: Index) -> dict[tuple[float, float], list[int]]:
    groups: dict[tuple[float, float], list[int]] = {}
    for place_lon, place_lat, number in zip(lon.tolist(), lat.tolist(), item.tolist(), strict=True):
        groups.setdefault((place_lon, place_lat), []).append(number)
    return groups
