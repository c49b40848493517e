"""The edges of two outlines: which follow each other, and where they face the other outline without sharing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from geoinc.boundaries.own.territory import Territory
from geoinc.geodesy import inverse

__all__ = ["Facing", "RingEdges", "distances_m", "find_facing", "join_runs", "ring_edges"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

METRES_A_DEGREE: Final = 110_000.0


@dataclass(frozen=True, slots=True, eq=False)
class RingEdges:
    """The edges of one territory near the other, ring by ring.

    Attributes
    ----------
    start, end : ndarray of float, shape (n, 2)
        Longitude and latitude, in degrees.
    ring, number : ndarray of int, shape (n,)
        Which ring each edge is of, and which edge of it.
    count : ndarray of int
        How many edges each ring has.
    """

    start: Array
    end: Array
    ring: NDArray[np.intp]
    number: NDArray[np.intp]
    count: NDArray[np.intp]

    def key(self) -> list[bytes]:
        """Return what names each edge, in whichever direction it is gone through."""
        back = (self.start[:, 0] > self.end[:, 0]) | (
            (self.start[:, 0] == self.end[:, 0]) & (self.start[:, 1] > self.end[:, 1])
        )
        both = np.where(back[:, None], np.hstack([self.end, self.start]), np.hstack([self.start, self.end])) + 0.0
        return [row.tobytes() for row in both]

    def take(self, which: Flags) -> RingEdges:
        """Return some of the edges."""
        return RingEdges(self.start[which], self.end[which], self.ring[which], self.number[which], self.count)

    def length_m(self) -> float:
        """Return the length of all edges together, in metres."""
        if not len(self.start):
            return 0.0
        distance, _, _ = inverse(self.start[:, 0], self.start[:, 1], self.end[:, 0], self.end[:, 1])
        return float(np.sum(distance))


def ring_edges(territory: Territory, near: Polygon) -> RingEdges:
    """Return the edges of a territory that touch a box."""
    west, south, east, north = near.bounds
    starts, ends, rings, numbers = [], [], [], []
    counts: list[int] = []
    for ring in (ring for polygon in territory.polygons for ring in polygon):
        a, b = ring[:-1], ring[1:]
        inside = (
            (np.maximum(a[:, 0], b[:, 0]) >= west)
            & (np.minimum(a[:, 0], b[:, 0]) <= east)
            & (np.maximum(a[:, 1], b[:, 1]) >= south)
            & (np.minimum(a[:, 1], b[:, 1]) <= north)
        )
        which = np.flatnonzero(inside)
        starts.append(a[which])
        ends.append(b[which])
        rings.append(np.full(len(which), len(counts), dtype=np.intp))
        numbers.append(which)
        counts.append(len(a))
    return RingEdges(
        np.concatenate(starts),
        np.concatenate(ends),
        np.concatenate(rings),
        np.concatenate(numbers),
        np.array(counts, dtype=np.intp),
    )


def _pieces(edges: RingEdges, chosen: Flags) -> list[NDArray[np.intp]]:
    """Group chosen edges that follow each other along a ring, also over the place where the ring begins."""
    found: list[NDArray[np.intp]] = []
    for ring in np.unique(edges.ring[chosen]):
        at = np.flatnonzero(chosen & (edges.ring == ring))
        numbers = edges.number[at]
        pieces = np.split(at, np.flatnonzero(np.diff(numbers) != 1) + 1)
        last = edges.count[ring] - 1
        if len(pieces) > 1 and edges.number[pieces[0][0]] == 0 and edges.number[pieces[-1][-1]] == last:
            pieces[0] = np.concatenate([pieces.pop(), pieces[0]])
        found += pieces
    return found


def join_runs(edges: RingEdges, chosen: Flags) -> list[Array]:
    """Join chosen edges that follow each other to lines."""
    return [np.vstack([edges.start[piece], edges.end[piece[-1:]]]) for piece in _pieces(edges, chosen)]


@dataclass(frozen=True, slots=True)
class Facing:
    """Where the outlines face each other without sharing vertices.

    Attributes
    ----------
    first, second : ndarray of bool
        Which edges of either do.
    widest_m : float
        How far apart they are at most, in metres; 0 where they do not.
    lon_deg, lat_deg : float
        Where that is.
    """

    first: Flags
    second: Flags
    widest_m: float
    lon_deg: float
    lat_deg: float


def find_facing(first: RingEdges, second: RingEdges, shared: Flags, matched: Flags, reach_m: float) -> Facing:
    """Measure how far edges that are not shared lie from the other outline, as far as `reach_m`.

    At a tripoint the two outlines part for good. The surroundings of the ends of the shared line are left out
    therefore, and so is the tail of a stretch that runs out of reach (see `_without_tails`): its width would say no
    more than how far one looked.
    """
    ends = _ends(first, shared)
    flags = []
    worst = (0.0, 0.0, 0.0)
    for edges, common, against in ((first, shared, second), (second, matched, first)):
        facing = np.zeros(len(edges.start), dtype=bool)
        distance_m = np.full(len(edges.start), np.inf)
        distance_m[common] = 0.0
        alone = np.flatnonzero(~common)
        if len(alone) and len(against.start):
            middle = (edges.start[alone] + edges.end[alone]) / 2
            distance_m[alone] = np.maximum(
                distances_m(edges.start[alone], against, reach_m), distances_m(middle, against, reach_m)
            )
            facing[alone] = (distance_m[alone] <= reach_m) & ~_near_any(middle, ends, reach_m)
            trimmed = _without_tails(edges, facing, distance_m, reach_m, least_m=2 * reach_m)
            if len(ends) or trimmed.any():
                facing = trimmed
            else:
                # A border shorter than that, Gibraltar's, without a vertex in common.
                facing = _without_tails(edges, facing, distance_m, reach_m, least_m=0.0)
            if facing.any():
                at = int(np.flatnonzero(facing)[np.argmax(distance_m[facing])])
                lon, lat = (edges.start[at] + edges.end[at]) / 2
                worst = max(worst, (float(distance_m[at]), float(lon), float(lat)))
        flags.append(facing)
    return Facing(flags[0], flags[1], *worst)


def _near_any(points: Array, ends: Array, reach_m: float) -> Flags:
    if not len(ends):
        return np.zeros(len(points), dtype=bool)
    tree = shapely.STRtree(shapely.points(ends))
    found = ends[tree.query_nearest(shapely.points(points), all_matches=False)[1]]
    distance, _, _ = inverse(points[:, 0], points[:, 1], found[:, 0], found[:, 1])
    return np.asarray(distance) <= reach_m


def _without_tails(edges: RingEdges, facing: Flags, distance_m: Array, reach_m: float, *, least_m: float) -> Flags:
    """Leave out where an outline is on its way out of the other's reach, to a third territory or along a coast.

    A stretch that leaves the reach loses, at that end, what is wider than twice its median width, and after that what
    widens towards the end; one that is shorter than `least_m` is nothing but such a tail.
    """
    kept = facing.copy()
    position = {key: at for at, key in enumerate(zip(edges.ring.tolist(), edges.number.tolist(), strict=True))}
    for piece in _pieces(edges, facing):
        ring = int(edges.ring[piece[0]])
        count = int(edges.count[ring])
        before = position.get((ring, (int(edges.number[piece[0]]) - 1) % count))
        after = position.get((ring, (int(edges.number[piece[-1]]) + 1) % count))
        leaves = [at is None or distance_m[at] > reach_m for at in (before, after)]
        if not any(leaves):
            continue
        which = np.zeros(len(edges.start), dtype=bool)
        which[piece] = True
        if edges.take(which).length_m() < least_m:
            kept[piece] = False
            continue
        for leaving, inner, inwards in ((leaves[0], after, piece), (leaves[1], before, piece[::-1])):
            if leaving:
                nearer = distance_m[inner] if inner is not None else np.inf
                kept[inwards[: _tail(distance_m[inwards], float(nearer))]] = False
    return kept


def _tail(widths_m: Array, next_m: float) -> int:
    """Count the widths that belong to a tail, coming from its end; `next_m` is that of the edge after the last."""
    first = int(np.argmax(widths_m <= 2 * np.median(widths_m)))
    widens = np.diff([*widths_m[first:], next_m]) >= 0
    return first + (int(np.argmax(widens)) if widens.any() else len(widens))


def _ends(edges: RingEdges, shared: Flags) -> Array:
    runs = join_runs(edges, shared)
    return np.array([end for run in runs for end in (run[0], run[-1])]).reshape(-1, 2)


def distances_m(points: Array, against: RingEdges, reach_m: float) -> Array:
    """Distances from points to the edges of the other outline, in metres; infinite beyond the reach."""
    lines = shapely.linestrings(np.stack([against.start, against.end], axis=1))
    tree = shapely.STRtree(lines)
    stretch = np.cos(np.radians(np.clip(np.abs(points[:, 1]), 0, 89.0)))
    reach_deg = float(reach_m / METRES_A_DEGREE / stretch.min())
    found, _ = tree.query_nearest(
        shapely.points(points), max_distance=max(reach_deg, 1e-9), return_distance=True, all_matches=False
    )
    distance = np.full(len(points), np.inf)
    if found.shape[1]:
        at, edge = found
        foot = shapely.get_coordinates(
            shapely.line_interpolate_point(
                lines[edge], shapely.line_locate_point(lines[edge], shapely.points(points[at]))
            )
        )
        distance[at], _, _ = inverse(points[at, 0], points[at, 1], foot[:, 0], foot[:, 1])
    return distance
