"""Rivers, wadis and canals near borders on land: joined, thinned, put on a grid, cut into tiles."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.geometry import BuildError, Coordinates
from boundaries.near_borders import NearBorders

__all__ = ["GRID_DEG", "HELD_WITHIN_M", "TILE_DEG", "TOLERANCE_M", "Tiles", "pack_runs", "river_tiles"]

TOLERANCE_M: Final = 170.0
GRID_DEG: Final = 0.001
TILE_DEG: Final = 5
HELD_WITHIN_M: Final = 250.0
"""Thinning moves a line by 170 m at most, and the grid by half its diagonal, 79 m."""
_DEGREE_M: Final = 111_700.0

Run = tuple[int, NDArray[np.int64]]
Tiles = dict[tuple[int, int], list[Run]]


def river_tiles(bins: dict[tuple[int, int], list[tuple[int, Coordinates]]], near: NearBorders) -> Tiles:
    """Put what lies near a border into tiles of five degrees, joined, thinned and on the grid.

    Returns
    -------
    dict
        By the south-west corner of the tile its runs: level, and vertices in steps of the grid.
    """
    gathered: dict[tuple[int, int], dict[int, list[Coordinates]]] = {}
    for (lon, lat), segments in sorted(bins.items()):
        levels = gathered.setdefault((lon // TILE_DEG * TILE_DEG, lat // TILE_DEG * TILE_DEG), {})
        for level, vertices in segments:
            levels.setdefault(level, []).extend(_near_runs(vertices, near))
    tiles: Tiles = {}
    for tile, levels in sorted(gathered.items()):
        runs = [(level, steps) for level, lines in sorted(levels.items()) for steps in _thin(lines)]
        if runs:
            tiles[tile] = runs
    return tiles


def _near_runs(vertices: Coordinates, near: NearBorders) -> list[Coordinates]:
    held = near.holds(vertices)
    edge = np.flatnonzero(held[:-1] | held[1:])
    if not edge.size:
        return []
    return [vertices[run[0] : run[-1] + 2] for run in np.split(edge, np.flatnonzero(np.diff(edge) > 1) + 1)]


def _thin(lines: list[Coordinates]) -> list[NDArray[np.int64]]:
    """Join lines end to end, leave out vertices within the tolerance, and put the others on the grid."""
    if not lines:
        return []
    merged = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(lines)))
    found = []
    for line in merged:
        vertices = shapely.get_coordinates(line)
        # The widest parallel that it meets: no distance is made too short.
        wide = float(np.cos(np.radians(np.abs(vertices[:, 1]).min())))
        scaled = shapely.LineString(vertices * [wide, 1.0])
        kept = shapely.get_coordinates(shapely.simplify(scaled, TOLERANCE_M / _DEGREE_M, preserve_topology=False))
        steps = np.round(kept / [wide * GRID_DEG, GRID_DEG]).astype(np.int64)
        steps = steps[np.concatenate([[True], (np.diff(steps, axis=0) != 0).any(axis=1)])]
        if len(steps) > 1:
            found.append(steps)
    return sorted(found, key=lambda run: (run[0].tolist(), run.tolist()))


def pack_runs(tile: tuple[int, int], runs: list[Run]) -> bytes:
    """Write a tile as bytes: levels, counts of vertices, then the steps from vertex to vertex over all runs.

    Steps are made positive (0, -1, 1, -2 become 0, 1, 2, 3) and stand as four rows of bytes: the low ones of longitudes
    and of latitudes, then the high ones. The first step goes from the tile's south-west corner.
    """
    whole = np.vstack([steps for _, steps in runs])
    corner = np.array([[round(each / GRID_DEG) for each in tile]])
    change = np.diff(whole, axis=0, prepend=corner)
    positive = np.where(change < 0, -2 * change - 1, 2 * change)
    if int(positive.max()) > 0xFFFF:
        raise BuildError("a step of a river is too long for the bytes that it has")
    rows = np.vstack([(positive >> shift & 0xFF).T for shift in (0, 8)]).astype(np.uint8)
    buffer = io.BytesIO()
    np.save(buffer, np.array([level for level, _ in runs], dtype=np.uint8), allow_pickle=False)
    np.save(buffer, np.array([len(steps) for _, steps in runs], dtype="<u2"), allow_pickle=False)
    np.save(buffer, rows, allow_pickle=False)
    return buffer.getvalue()
