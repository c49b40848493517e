"""Points along edges: lengths, stations, and vertices that make straight pieces follow a curve."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geoinc.errors import GeometryError
from geoinc.geodesy.curve import Curves, make_curves
from geoinc.geodesy.edges import Edges
from geoinc.geodesy.ellipsoid import check_positions, radii, wrap_longitude
from geoinc.geodesy.line import Line

__all__ = ["follow", "length_m", "stations"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

PROBES = np.array([0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875])
MOST_ROUNDS = 64


def length_m(line: Line) -> float:
    """Measure the length of a line along its edges, in metres.

    Examples
    --------
    >>> from geoinc.geodesy import Edges
    >>> parallel = [[(0.0, 60.0), (10.0, 60.0)]]
    >>> print(f"{length_m(Line(parallel, Edges.PLANAR)):.1f} {length_m(Line(parallel, Edges.GEODESIC)):.1f}")
    558000.0 557468.6
    """
    return float(line.curve_length_m.sum())


def stations(line: Line, spacing_m: float) -> tuple[Array, Array]:
    """Place points along a line, each at most a given way from the next along its edge.

    Parameters
    ----------
    line : Line
    spacing_m : float
        Greatest way between neighbours.

    Returns
    -------
    lon, lat : ndarray
        In the order of the line. All vertices are among them, except that edges without length are skipped;
        the last vertex of a part and the first of the next are both there, as are both ends of a ring. Within
        an edge the points are at equal steps of its parameter (`geoinc.geodesy.curve`): at equal ways on a
        geodesic, nearly so on the others.

    Raises
    ------
    GeometryError
        If the spacing is not a positive number.
    """
    if not (np.isfinite(spacing_m) and spacing_m > 0):
        raise GeometryError(f"the spacing of stations must be a positive number of metres; got {spacing_m}")
    curves = line.curves
    count = np.maximum(np.ceil(curves.greatest_speed() / spacing_m), 1).astype(np.intp)
    part = np.searchsorted(line.part_start, line.first_vertex[line.long_edge], side="right")
    ends = np.append(np.diff(part) > 0, True)
    curve, step = _steps(count + ends)
    lon, lat, _, _ = curves.at(curve, step / count[curve])
    return lon, lat


def _steps(count: Index) -> tuple[Index, Index]:
    """Repeat each item as often as counted, with a running number from 0 within each."""
    item = np.repeat(np.arange(count.size), count)
    return item, np.arange(item.size) - np.repeat(np.cumsum(count) - count, count)


def follow(geometry: shapely.Geometry, edges: Edges, *, tolerance_m: float) -> shapely.Geometry:
    """Add vertices so that pieces straight in longitude and latitude follow the edges.

    Parameters
    ----------
    geometry : shapely.Geometry
        Any kind, in longitude and latitude; heights are dropped where vertices are added.
    edges : Edges
        How its edges are read.
    tolerance_m : float
        How far the new pieces may lie from the edges.

    Returns
    -------
    shapely.Geometry
        Of the same kind, with all its vertices. The geometry itself where the edges are planar or nothing
        need be added. New longitudes go on from those of the vertices; those of an edge that jumps across the
        antimeridian lie in [-180, 180), and the edge is not cut there.

    Raises
    ------
    GeometryError
        If the tolerance is not a positive number, or a coordinate is not finite or out of range.

    Notes
    -----
    Each edge gets the same vertices whichever way it is walked, so neighbours that shared an edge still do.

    Examples
    --------
    >>> from geoinc.geodesy import Edges
    >>> leg = shapely.LineString([(-4.83333, 25.0), (1.1664, 21.1164)])
    >>> len(follow(leg, Edges.GEODESIC, tolerance_m=1.0).coords)
    78
    >>> follow(leg, Edges.PLANAR, tolerance_m=1.0) is leg
    True
    """
    if not (np.isfinite(tolerance_m) and tolerance_m > 0):
        raise GeometryError(f"the tolerance must be a positive number of metres; got {tolerance_m}")
    if edges is Edges.PLANAR or geometry.is_empty:
        return geometry
    if hasattr(geometry, "geoms"):
        parts = [follow(part, edges, tolerance_m=tolerance_m) for part in geometry.geoms]
        return geometry if all(a is b for a, b in zip(parts, geometry.geoms, strict=True)) else type(geometry)(parts)
    if geometry.geom_type == "Polygon":
        rings = [geometry.exterior, *geometry.interiors]
        followed = [follow(ring, edges, tolerance_m=tolerance_m) for ring in rings]
        if all(a is b for a, b in zip(followed, rings, strict=True)):
            return geometry
        return shapely.Polygon(followed[0], followed[1:])
    if geometry.geom_type not in {"LineString", "LinearRing"}:
        return geometry
    before = shapely.get_coordinates(geometry)
    after = _follow(before, edges, tolerance_m)
    return geometry if len(after) == len(before) else type(geometry)(after)


def _follow(coordinates: Array, edges: Edges, tolerance_m: float) -> Array:
    if not np.isfinite(coordinates).all():
        raise GeometryError("a geometry with coordinates that are not finite cannot be followed")
    check_positions(coordinates[:, 0], coordinates[:, 1])
    one, other = coordinates[:-1], coordinates[1:]
    # Always from the western (or else southern) end: the way back must give the same vertices bit for bit.
    turned = (one[:, 0] > other[:, 0]) | ((one[:, 0] == other[:, 0]) & (one[:, 1] > other[:, 1]))
    start, end = np.where(turned[:, None], other, one), np.where(turned[:, None], one, other)
    curves = make_curves(start[:, 0], start[:, 1], end[:, 0], end[:, 1], edges)
    count = _count_pieces(curves, tolerance_m)
    edge, step = _steps(count)
    backwards = turned[edge]
    t = np.where(backwards, count[edge] - step, step) / count[edge]
    lon, lat, _, _ = curves.at(edge, t)
    # Longitudes go on from the vertex before, so that an edge along the antimeridian does not jump off it.
    straight = one[edge, 0] + step / count[edge] * (other - one)[edge, 0]
    jumps = np.abs(other - one)[edge, 0] > 180.0
    lon = np.where(jumps, lon, lon + 360.0 * np.round((straight - lon) / 360.0))
    added = np.column_stack([lon, lat])
    added[step == 0] = one
    return np.concatenate([added, coordinates[-1:]])


def _count_pieces(curves: Curves, tolerance_m: float) -> Index:
    """Find how many equal pieces each curve needs, cutting those that stray too far into more."""
    count = np.ones(curves.lon1.size, dtype=np.intp)
    wrong = np.arange(count.size)
    for _ in range(MOST_ROUNDS):
        edge, step = _steps(count[wrong])
        edge_of = wrong[edge]
        stray = _stray(curves, edge_of, step / count[edge_of], (step + 1) / count[edge_of])
        worst = np.maximum.reduceat(stray, np.flatnonzero(np.diff(edge, prepend=-1))) if edge.size else stray
        keep = worst > tolerance_m
        wrong, worst = wrong[keep], worst[keep]
        if wrong.size == 0:
            break
        # The distance between an arc and its chord falls with the square of the length.
        wanted = np.ceil(count[wrong] * np.sqrt(worst / tolerance_m) * 1.02).astype(np.intp)
        count[wrong] = np.maximum(wanted, count[wrong] + 1)
    return count


def _stray(curves: Curves, edge: Index, t1: Array, t2: Array) -> Array:
    """Tell how far pieces of curves lie from the planar edges between their ends, in metres."""
    lon1, lat1, _, _ = curves.at(edge, t1)
    lon2, lat2, _, _ = curves.at(edge, t2)
    dlon, dlat = wrap_longitude(lon2 - lon1), lat2 - lat1
    worst = np.zeros(edge.size)
    for probe in PROBES:
        lon, lat, _, _ = curves.at(edge, t1 + probe * (t2 - t1))
        along_meridian, parallel = radii(lat)
        east, north = np.radians(dlon) * parallel, np.radians(dlat) * along_meridian
        off_east = np.radians(wrap_longitude(lon - lon1)) * parallel
        off_north = np.radians(lat - lat1) * along_meridian
        length = np.hypot(east, north)
        across = np.abs(off_east * north - off_north * east) / np.where(length == 0, 1.0, length)
        worst = np.maximum(worst, across)
    return worst
