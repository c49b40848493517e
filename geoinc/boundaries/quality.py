"""What a source's line is like, as a whole and around one place of it.

The whole line: how many vertices, how far apart, where it ends, and how far it moves when its edges are read another
way. One place: the edge and the vertices there, and how far the other lineages run from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.boundaries.accuracy import LocalAccuracy, accuracy_at, corroboration_radius_m, local_comparison
from geoinc.boundaries.border import Border, BoundaryLine
from geoinc.boundaries.comparison import Place, Window
from geoinc.boundaries.source import Accuracy
from geoinc.geodesy import Edges, Line, inverse, nearest

__all__ = [
    "EdgeGap",
    "LineShape",
    "LocalDeviation",
    "LocalQuality",
    "describe_line",
    "edge_gap",
    "edge_gaps",
    "local_quality",
]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

_PROBES: Final = np.arange(1, 64) / 64
_COARSE_PROBES: Final = np.array([0.25, 0.5, 0.75])
_EDGES_AT_ONCE: Final = 4
_GAP_WITHIN_M: Final = 0.05


@dataclass(frozen=True, slots=True)
class LineShape:
    """The figures of a line.

    Attributes
    ----------
    vertices : int
        Those of all parts; neighbours at one place count each.
    length_m : float
        Along the edges as the source declares them.
    spacing_median_m, spacing_mean_m, spacing_max_m : float
        Of the lengths of the edges.
    ends : tuple of Place
        Start and end of each part: where three territories meet, or the coast.
    """

    vertices: int
    length_m: float
    spacing_median_m: float
    spacing_mean_m: float
    spacing_max_m: float
    ends: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class EdgeGap:
    """How far two readings of the same vertices part, at the worst place.

    Attributes
    ----------
    one, other : Edges
        The readings.
    gap_m : float
        The greatest distance of an edge read the one way from the same edge read the other way.
    chord_m : float
        Length of that edge.
    place : Place
        Where.
    """

    one: Edges
    other: Edges
    gap_m: float
    chord_m: float
    place: Place


@dataclass(frozen=True, slots=True)
class LocalDeviation:
    """How far another lineage runs from a source's line around a place.

    Attributes
    ----------
    source : str
        The source that speaks for the lineage.
    mean_m, percentile_95_m : float
        Mean of both directions, and the larger of their 95th percentiles.
    correlated : bool
        Whether the lineage may share an origin with the source's own.
    """

    source: str
    mean_m: float
    percentile_95_m: float
    correlated: bool


@dataclass(frozen=True, slots=True)
class LocalQuality:
    """What is known of a source around the point of its line that was measured.

    Attributes
    ----------
    chord_m : float
        Length of the edge under the point.
    vertices_m : tuple of float
        Way from the point to the two vertices of that edge, the nearer first.
    scale_denominator : int or None
        Nominal scale of the source.
    documented : Accuracy or None
        What a document says of the whole source.
    simplified_m : float or None
        The tolerance of a later simplification.
    radius_m : float
        How far around the point the other lineages are looked at.
    deviations : mapping of str to LocalDeviation
        By lineage; a lineage that has no point within the radius, while the source has none within the radius of
        it either, is left out.
    accuracy : LocalAccuracy or None
        The figure that is used, with its basis; None where it is unknown.
    """

    chord_m: float
    vertices_m: tuple[float, float]
    scale_denominator: int | None
    documented: Accuracy | None
    simplified_m: float | None
    radius_m: float
    deviations: Mapping[str, LocalDeviation]
    accuracy: LocalAccuracy | None


def describe_line(line: BoundaryLine) -> LineShape:
    """Return the figures of a source's line, its edges read as the source declares.

    Examples
    --------
    >>> from geoinc.boundaries import open_border
    >>> shape = describe_line(open_border("MLI", "DZA")["ne-10m"])
    >>> print(f"{shape.vertices} vertices, {shape.length_m / 1000:.1f} km, {len(shape.ends)} ends")
    196 vertices, 1266.1 km, 2 ends
    """
    polyline = line.polyline()
    lengths = np.zeros(polyline.edge_count)
    lengths[polyline.long_edge] = polyline.curve_length_m
    starts, stops = polyline.part_start[:-1], polyline.part_start[1:] - 1
    ends = [
        Place(float(polyline.lon[vertex]), float(polyline.lat[vertex]))
        for part in zip(starts, stops, strict=True)
        for vertex in part
    ]
    return LineShape(
        vertices=int(polyline.lon.size),
        length_m=float(lengths.sum()),
        spacing_median_m=float(np.median(lengths)),
        spacing_mean_m=float(lengths.mean()),
        spacing_max_m=float(lengths.max()),
        ends=tuple(ends),
    )


def edge_gaps(line: BoundaryLine, *, window: Window | None = None) -> tuple[EdgeGap, ...]:
    """Return how far each two readings of a line's edges part: geodesic and planar first.

    Examples
    --------
    >>> from geoinc.boundaries import open_border
    >>> for gap in edge_gaps(open_border("MLI", "DZA")["ne-10m"]):
    ...     print(f"{gap.one} {gap.other} {gap.gap_m:.1f} m")
    geodesic planar 6.3 m
    geodesic rhumb 6.0 m
    planar rhumb 0.6 m
    """
    found = [edge_gap(line, one, other, window=window) for one, other in combinations(Edges, 2)]
    return tuple(each for each in found if each is not None)


@lru_cache(maxsize=256)
def edge_gap(line: BoundaryLine, one: Edges, other: Edges, *, window: Window | None = None) -> EdgeGap | None:
    """Return how far two readings of a line's edges part, at the worst place.

    Parameters
    ----------
    line : BoundaryLine
    one, other : Edges
        The readings.
    window : Window, optional
        The part of the line to look at; by default all of it.

    Returns
    -------
    EdgeGap or None
        None where the line has no point in the window.

    Notes
    -----
    Points of equal parameter on both readings of an edge are never nearer to each other than the one is to the
    other reading, so edges are gone through from the one whose points are furthest apart, until no other can part
    by 5 cm more. Each is then looked at in 63 points, which finds the top of an arc to better than 0.1 %.
    """
    first, second = line.polyline(one), line.polyline(other)
    curve = np.arange(first.long_edge.size) if window is None else window.edges_of(first)
    if curve.size == 0:
        return None
    bound = _separation(first, second, curve)
    order = np.argsort(-bound, kind="stable")
    worst: EdgeGap | None = None
    for begin in range(0, order.size, _EDGES_AT_ONCE):
        chosen = order[begin : begin + _EDGES_AT_ONCE]
        if worst is not None and bound[chosen[0]] <= worst.gap_m + _GAP_WITHIN_M:
            break
        for number in curve[chosen]:
            found = _widest(first, second, int(number), window)
            if found is not None and (worst is None or found.gap_m > worst.gap_m):
                worst = found
    return worst


def _separation(first: Line, second: Line, curve: Index) -> Array:
    """Bound the gap of each edge by how far points of equal parameter lie apart, with a tenth to spare."""
    apart = np.zeros(curve.size)
    for probe in _COARSE_PROBES:
        t = np.full(curve.size, probe)
        lon1, lat1, _, _ = first.curves.at(curve, t)
        lon2, lat2, _, _ = second.curves.at(curve, t)
        apart = np.maximum(apart, inverse(lon1, lat1, lon2, lat2)[0])
    return 1.1 * apart


def _widest(first: Line, second: Line, number: int, window: Window | None) -> EdgeGap | None:
    curve = np.full(_PROBES.size, number)
    lon, lat, _, _ = first.curves.at(curve, _PROBES)
    if window is not None:
        inside = np.flatnonzero(window.holds(first, curve + _PROBES, lon, lat))
        lon, lat = lon[inside], lat[inside]
    if lon.size == 0:
        return None
    curves = second.curves
    ends = [(curves.lon1[number], curves.lat1[number]), (curves.lon2[number], curves.lat2[number])]
    distance = nearest(Line([ends], second.edges), lon, lat).distance_m
    best = int(distance.argmax())
    return EdgeGap(
        first.edges,
        second.edges,
        float(distance[best]),
        float(first.curve_length_m[number]),
        Place(float(lon[best]), float(lat[best])),
    )


def local_quality(
    border: Border,
    source_id: str,
    lon_deg: float,
    lat_deg: float,
    distance_m: float,
    *,
    edges: Edges | None = None,
) -> LocalQuality:
    """Return what is known of a source around a point of its line.

    Parameters
    ----------
    border : Border
        All sources of the border.
    source_id : str
        The source in question.
    lon_deg, lat_deg : float
        The point of its line, in degrees.
    distance_m : float
        The measured distance; it sets how far around the point the other lineages are looked at.
    edges : Edges, optional
        Another interpretation of all edges.

    Examples
    --------
    >>> from geoinc.boundaries import open_border
    >>> found = local_quality(open_border("MLI", "DZA"), "ne-10m", 2.876, 19.956, 9_100.0)
    >>> found.accuracy.value_m, sorted(found.deviations)
    (2000.0, ['dcw', 'osm', 'wdb2'])
    """
    own = border[source_id]
    witnesses = border.whole
    radius_m = corroboration_radius_m(distance_m)
    deviations = {}
    for lineage in witnesses.lineages:
        if lineage == own.source.lineage:
            continue
        other = witnesses[lineage]
        found = local_comparison(own, other, lon_deg, lat_deg, radius_m, edges=edges)
        if found.mean_m is not None and found.percentile_95_m is not None:
            correlated = lineage in own.source.correlated_with
            deviations[lineage] = LocalDeviation(other.source.id, found.mean_m, found.percentile_95_m, correlated)
    chord_m, vertices_m = _edge_at(own.polyline(edges), lon_deg, lat_deg)
    return LocalQuality(
        chord_m=chord_m,
        vertices_m=vertices_m,
        scale_denominator=own.source.scale_denominator,
        documented=own.source.accuracy,
        simplified_m=own.source.simplified_m,
        radius_m=radius_m,
        deviations=MappingProxyType(deviations),
        accuracy=accuracy_at(border, source_id, lon_deg, lat_deg, distance_m, edges=edges),
    )


def _edge_at(line: Line, lon_deg: float, lat_deg: float) -> tuple[float, tuple[float, float]]:
    """Length of the edge under a point of the line, and the way from the point to its two vertices."""
    found = nearest(line, lon_deg, lat_deg)
    vertex = line.first_vertex[int(found.edge_index)] + np.arange(2)
    away = inverse(np.full(2, lon_deg), np.full(2, lat_deg), line.lon[vertex], line.lat[vertex])[0]
    nearer, farther = sorted(away.tolist())
    return float(found.chord_m), (nearer, farther)
