"""The land borders of the world in one lineage: for each pair of territories the line that parts them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import shapely
from pyproj import Geod
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from boundaries.countries import Unassigned
from boundaries.geometry import Coordinates
from boundaries.topology import GRID_DECIMALS, Topology, join_runs

__all__ = [
    "GEOD",
    "Layer",
    "Pair",
    "PairLine",
    "area_km2",
    "land_mask",
    "length_km",
    "lines_of",
    "overlaps_of",
    "shared_sides",
]

Pair = tuple[str, str]
GEOD = Geod(ellps="WGS84")

# The coast of the other lineage is coarse: whatever lies within three kilometres of it counts as land.
RIM_DEG = 0.03
_COAST_STEP_DEG = 0.01
_LEAST_OVERLAP_KM2 = 0.01
_GREATEST_GAP_DEG2 = 10.0
_MARK = "~"


@dataclass(slots=True)
class PairLine:
    """The line of one pair in one lineage.

    Attributes
    ----------
    runs : list of ndarray, each of shape (n, 2)
        With the first of the pair on the left.
    length_km : float
        Along the edges read as straight in longitude and latitude between vertices close together.
    unassigned : list of str
        Ground between the two that belongs to neither: both its sides are part of the line.
    overlap_km2 : float
        Ground that both hold: both its sides are part of the line.
    """

    runs: list[Coordinates]
    length_km: float
    unassigned: list[str] = field(default_factory=list)
    overlap_km2: float = 0.0


@dataclass(frozen=True, slots=True)
class Layer:
    """One lineage, ready to be written.

    Attributes
    ----------
    grounds : dict
        Whole territories by code.
    lines : dict
        By sorted pair.
    """

    grounds: dict[str, MultiPolygon]
    lines: dict[Pair, PairLine]


def length_km(runs: Iterable[Coordinates]) -> float:
    """Return the length of runs of vertices."""
    return float(sum(GEOD.line_length(*run.T) for run in runs)) / 1000.0


def area_km2(shape: BaseGeometry) -> float:
    """Return the area of all polygons of a geometry, on the ellipsoid."""
    polygons = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area > 0]
    return float(sum(abs(GEOD.geometry_area_perimeter(part)[0]) for part in polygons)) / 1e6


def land_mask(shapes: Iterable[Polygon | MultiPolygon]) -> MultiPolygon:
    """Return all land with a rim of sea, gaps between territories filled, lakes within them as land."""
    union = shapely.coverage_union_all([part for shape in shapes for part in shapely.get_parts(shape)])
    filled = [
        Polygon(part.exterior, [ring for ring in part.interiors if Polygon(ring).area > _GREATEST_GAP_DEG2])
        for part in shapely.get_parts(union)
    ]
    rough = shapely.make_valid(shapely.simplify(MultiPolygon(filled), _COAST_STEP_DEG))
    mask: MultiPolygon = shapely.buffer(rough, RIM_DEG, quad_segs=4)
    return mask


def lines_of(
    topology: Topology,
    *,
    unassigned: Sequence[Unassigned] = (),
    mask: BaseGeometry | None = None,
    overlaps: Mapping[Pair, float] | None = None,
) -> dict[Pair, PairLine]:
    """Return the line of every pair of territories that have one.

    Parameters
    ----------
    topology : Topology
        Territories; ground of nobody goes by "~0", "~1", ... in the order of `unassigned`.
    unassigned : sequence of Unassigned
        Where two territories are parted by such ground, both its sides are part of their line.
    mask : geometry, optional
        What lies outside is not a land border and is cut away.
    overlaps : mapping, optional
        By pair, the square kilometres that both hold: the outline of the overlap is part of their line.

    Returns
    -------
    dict
        By sorted pair.
    """
    arcs_of = topology.pairs()
    between: dict[Pair, list[int]] = {
        pair: list(numbers) for pair, numbers in arcs_of.items() if not any(code.startswith(_MARK) for code in pair)
    }
    names: dict[Pair, list[str]] = {}
    for index, ground in enumerate(unassigned):
        mark = f"{_MARK}{index}"
        if ground.between is None:
            continue
        for code in ground.between:
            between.setdefault(ground.between, []).extend(arcs_of[min(code, mark), max(code, mark)])
        names.setdefault(ground.between, []).append(ground.name)
    for pair in overlaps or {}:
        between.setdefault(pair, [])
    if mask is not None:
        shapely.prepare(mask)
    found = {}
    for pair, numbers in sorted(between.items()):
        runs = [
            arc.coordinates if pair[0] in arc.left or pair[1] in arc.right else arc.coordinates[::-1]
            for arc in (topology.arcs[number] for number in numbers)
        ]
        overlap_km2 = (overlaps or {}).get(pair, 0.0)
        if overlap_km2:
            runs += _claims(topology, pair)
        runs = join_runs(runs)
        if mask is not None:
            runs = _cut(runs, mask)
        if runs:
            found[pair] = PairLine(runs, length_km(runs), names.get(pair, []), overlap_km2)
    return found


def _claims(topology: Topology, pair: Pair) -> list[Coordinates]:
    """Each territory's own outline inside the ground of the other."""
    runs = []
    for one, other in (pair, pair[::-1]):
        ground = topology.territory(other)
        shapely.prepare(ground)
        for arc in topology.arcs:
            if one not in arc.owners or other in arc.owners:
                continue
            line = LineString(arc.coordinates)
            if not shapely.intersects(ground, line):
                continue
            # The first of the pair, or ground that both hold, lies on the left.
            ahead = one in arc.left if one == pair[0] else one in arc.right
            for run in _lines(shapely.intersection(line, ground)):
                runs.append(run if ahead else run[::-1])
    return runs


def _cut(runs: Iterable[Coordinates], mask: BaseGeometry) -> list[Coordinates]:
    kept = []
    for run in runs:
        line = LineString(run)
        if shapely.covers(mask, line):
            kept.append(run)
        elif shapely.intersects(mask, line):
            west, south, east, north = line.bounds
            near = shapely.clip_by_rect(mask, west - 0.1, south - 0.1, east + 0.1, north + 0.1)
            kept += _lines(shapely.intersection(line, near))
    return kept


def _lines(shape: BaseGeometry) -> list[Coordinates]:
    """The lines of an overlay; vertices that it made itself are rounded to a centimetre."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, LineString) and part.length > 0]
    if not parts:
        return []
    merged = shapely.line_merge(shapely.MultiLineString(parts), directed=True)
    return [np.round(shapely.get_coordinates(part), GRID_DECIMALS) for part in shapely.get_parts(merged)]


def overlaps_of(topology: Topology) -> dict[Pair, float]:
    """Return the square kilometres that two territories both hold, by sorted pair."""
    codes: list[str] = []
    parts: list[Polygon] = []
    for code in sorted(topology.polygons):
        for rings in topology.polygons[code]:
            codes.append(code)
            parts.append(topology.polygon(rings))
    tree = shapely.STRtree(parts)
    found: dict[Pair, float] = {}
    for one, other in tree.query(parts, predicate="intersects").T:
        if codes[one] < codes[other]:
            pair = codes[one], codes[other]
            found[pair] = found.get(pair, 0.0) + area_km2(shapely.intersection(parts[one], parts[other]))
    return {pair: area for pair, area in sorted(found.items()) if area >= _LEAST_OVERLAP_KM2}


def shared_sides(topology: Topology) -> dict[Pair, list[tuple[str, float]]]:
    """Return, by pair, who else holds ground on the side of one of them, and along how many kilometres."""
    found: dict[Pair, list[tuple[str, float]]] = {}
    for arc in topology.arcs:
        for side, across in ((arc.left, arc.right), (arc.right, arc.left)):
            if len(side) < 2 or not across:
                continue
            km = length_km([arc.coordinates])
            for one, other in combinations(sorted(side), 2):
                for far in sorted(across - side):
                    for near, also in ((one, other), (other, one)):
                        pair = (min(near, far), max(near, far))
                        found.setdefault(pair, []).append((also, km))
    return found
