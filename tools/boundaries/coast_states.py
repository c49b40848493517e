"""Whose coast each piece is: by the grounds of OpenStreetMap, which reach out to sea."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from boundaries.geometry import Coordinates

__all__ = ["DOUBT_M", "FALLBACK_M", "Groups", "find_groups"]

DOUBT_M: Final = 1_000.0
"""A piece with ground of a second territory within this is put to both: the coast is exact to some 600 m, and grounds
at sea to some 250 m."""
FALLBACK_M: Final = 20_000.0
"""As far from an outline of Natural Earth, islands that it omits are put to its state."""
_DEGREE_M: Final = 110_500.0
_PART_DEG: Final = 2.0

Groups = list[tuple[str, ...]]


def find_groups(
    vertices: Coordinates,
    first: NDArray[np.intp],
    edges: NDArray[np.intp],
    grounds: Mapping[str, Polygon | MultiPolygon],
    *,
    reach_m: float = DOUBT_M,
) -> tuple[NDArray[np.intp], Groups]:
    """Find the territories that each piece of coast may belong to.

    Parameters
    ----------
    vertices : ndarray, shape (n, 2)
    first, edges : ndarray of int
        First vertex and number of edges of each piece.
    grounds : mapping of str to Polygon or MultiPolygon
        Territories, with the sea that they reach.
    reach_m : float
        How near ground must come.

    Returns
    -------
    tuple
        For each piece the number of its group, and the groups: codes, sorted. The first group is empty: pieces that no
        ground comes near.
    """
    count = edges + 1
    owner = np.repeat(np.arange(len(first)), count)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    pieces = shapely.linestrings(vertices[first[owner] + step], indices=owner)
    middle = vertices[first]
    # In degrees a distance along a parallel is longer: at high latitudes more is put in doubt than need be.
    reach_deg = reach_m / _DEGREE_M / np.cos(np.radians(np.minimum(np.abs(middle[:, 1]), 85.0)))
    tree = shapely.STRtree(pieces)
    near: list[tuple[NDArray[np.intp], int]] = []
    for number, code in enumerate(sorted(grounds)):
        for part in _small_parts(grounds[code]):
            found = tree.query(part, predicate="dwithin", distance=float(reach_deg.max()))
            shapely.prepare(part)
            near.append((found[shapely.dwithin(part, pieces[found], reach_deg[found])], number))
    return _grouped(len(pieces), near, sorted(grounds))


def _small_parts(ground: Polygon | MultiPolygon) -> list[Polygon | MultiPolygon]:
    """Cut ground into pieces of a few degrees, in which a search is short."""
    parts = []
    for polygon in shapely.get_parts(ground):
        west, south, east, north = polygon.bounds
        if max(east - west, north - south) <= _PART_DEG:
            parts.append(polygon)
            continue
        for x in np.arange(np.floor(west), east, _PART_DEG):
            strip = shapely.clip_by_rect(polygon, x, south, x + _PART_DEG, north)
            for y in np.arange(np.floor(south), north, _PART_DEG):
                cell = shapely.clip_by_rect(strip, x, y, x + _PART_DEG, y + _PART_DEG)
                if not cell.is_empty:
                    parts.append(cell)
    return parts


def _grouped(count: int, near: list[tuple[NDArray[np.intp], int]], codes: list[str]) -> tuple[NDArray[np.intp], Groups]:
    piece = np.concatenate([np.zeros(0, dtype=np.intp), *(found for found, _ in near)])
    code = np.concatenate([np.zeros(0, dtype=np.intp), *(np.full(len(found), number) for found, number in near)])
    pairs = np.unique(np.column_stack([piece, code]), axis=0)
    holders: list[list[str]] = [[] for _ in range(count)]
    for number, of in pairs.tolist():
        holders[number].append(codes[of])
    groups: Groups = sorted({tuple(each) for each in holders} | {()})
    number_of = {each: number for number, each in enumerate(groups)}
    return np.array([number_of[tuple(each)] for each in holders]), groups
