"""Territories as rings of arcs: what two of them share is held once, and stays shared whatever is done to it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPolygon, Polygon

from boundaries.geometry import BuildError, Coordinates

__all__ = ["GRID_DECIMALS", "Arc", "Topology", "build_topology"]

GRID_DECIMALS = 7
"""Vertices are matched on a grid of a ten-millionth of a degree, a centimetre."""

_COMPLEX = np.array([1.0, 1.0j])

Ring = list[tuple[int, bool]]
"""Numbers of arcs in order, each with whether it is passed in its own direction."""


@dataclass(slots=True)
class Arc:
    """A run of edges with the same territories on either hand.

    Attributes
    ----------
    coordinates : ndarray, shape (n, 2)
        Longitude and latitude in degrees; the last is the first where the arc is closed.
    left, right : set of str
        Territories that have it in an outline with themselves on that hand.
    """

    coordinates: Coordinates
    left: set[str] = field(default_factory=set)
    right: set[str] = field(default_factory=set)

    @property
    def owners(self) -> set[str]:
        """All territories whose outline it is part of."""
        return self.left | self.right

    @property
    def closed(self) -> bool:
        """Whether it ends where it begins."""
        return bool((self.coordinates[0] == self.coordinates[-1]).all())


@dataclass(frozen=True, slots=True)
class Topology:
    """Arcs, and the territories as polygons of rings of them.

    Attributes
    ----------
    arcs : list of Arc
    polygons : dict
        By territory: polygons, each an exterior ring and its holes.
    """

    arcs: list[Arc]
    polygons: dict[str, list[list[Ring]]]

    def ring(self, ring: Ring) -> Coordinates:
        """Return the vertices of a ring, closed."""
        parts = [self.arcs[number].coordinates[:: 1 if forward else -1] for number, forward in ring]
        return np.vstack([parts[0], *(part[1:] for part in parts[1:])])

    def polygon(self, rings: Sequence[Ring]) -> Polygon:
        """Return a polygon."""
        exterior, *holes = (self.ring(ring) for ring in rings)
        return Polygon(exterior, holes)

    def territory(self, code: str) -> MultiPolygon:
        """Return all polygons of a territory."""
        return MultiPolygon([self.polygon(rings) for rings in self.polygons[code]])

    def pairs(self) -> dict[tuple[str, str], list[int]]:
        """Return the numbers of the arcs that have one territory on either hand, by sorted pair."""
        found: dict[tuple[str, str], list[int]] = {}
        for number, arc in enumerate(self.arcs):
            for one in sorted(arc.left):
                for other in sorted(arc.right - arc.left):
                    pair = (one, other) if one < other else (other, one)
                    found.setdefault(pair, []).append(number)
        return found

    def simplified(self, tolerance_deg: float, decimals: int, step_deg: float) -> Topology:
        """Return the arcs simplified all together, so that none comes to touch or cross another.

        Parameters
        ----------
        tolerance_deg : float
            No vertex that goes lies further than this from what is left (Douglas and Peucker 1973).
        decimals : int
            Vertices are rounded to as many decimals of a degree. An arc whose rounding would spoil an outline
            keeps its vertices on the finer grid.
        step_deg : float
            Along arcs between territories an edge is only longer than this where it is in the source, so that another
            reading of the edges moves the line hardly further than there.

        Returns
        -------
        Topology
            The same polygons; arcs between the same ends.

        Raises
        ------
        BuildError
            If a vertex that went lies further than the tolerance from the edge that stands for it.
        """
        # As lines, not as rings: a ring may lose the vertex it begins at, where other arcs may end.
        whole = shapely.MultiLineString([arc.coordinates for arc in self.arcs])
        lines = shapely.get_parts(shapely.simplify(whole, tolerance_deg, preserve_topology=True))
        fine = [shapely.get_coordinates(line) for line in lines]
        dense = []
        for arc, kept in zip(self.arcs, fine, strict=True):
            edge = _edge_of(arc.coordinates, kept)
            _prove_within(arc.coordinates, kept, edge, tolerance_deg)
            dense.append(_with_steps(arc.coordinates, kept, edge, step_deg) if len(arc.owners) > 1 else kept)
        return self._rounded(dense, decimals)

    def rounded(self, decimals: int) -> Topology:
        """Return the topology with rounded vertices, except where that would spoil an outline."""
        return self._rounded([arc.coordinates for arc in self.arcs], decimals)

    def _rounded(self, fine: Sequence[Coordinates], decimals: int) -> Topology:
        rough = [_round_run(coordinates, decimals) for coordinates in fine]
        # Ends are shared by several arcs: only what lies between them may stay unrounded.
        ends_rounded = [np.vstack([r[:1], f[1:-1], r[-1:]]) for r, f in zip(rough, fine, strict=True)]
        kept: set[int] = set()
        while True:
            found = Topology(
                [
                    Arc(ends_rounded[n] if n in kept else rough[n], arc.left, arc.right)
                    for n, arc in enumerate(self.arcs)
                ],
                self.polygons,
            )
            spoilt = found._arcs_at_faults() - kept
            if not spoilt:
                return found
            kept |= spoilt

    def _arcs_at_faults(self) -> set[int]:
        """Numbers of the arcs of rings that touch or cross themselves, near the place where they do."""
        found: set[int] = set()
        for polygons in self.polygons.values():
            for rings in polygons:
                polygon = self.polygon(rings)
                if shapely.is_valid(polygon):
                    continue
                place = shapely.from_wkt(
                    "POINT (" + shapely.is_valid_reason(polygon).partition("[")[2].rstrip("]") + ")"
                )
                for ring in rings:
                    for number, _ in ring:
                        if shapely.dwithin(LineString(self.arcs[number].coordinates), place, 1e-6):
                            found.add(number)
        return found

    def runs(self, numbers: Iterable[int], left: str) -> list[Coordinates]:
        """Return arcs joined into runs as long as possible, each with a territory on its left."""
        oriented = [
            arc.coordinates if left in arc.left else arc.coordinates[::-1]
            for arc in (self.arcs[number] for number in numbers)
        ]
        return join_runs(oriented)


def join_runs(arcs: Sequence[Coordinates]) -> list[Coordinates]:
    """Join directed arcs where exactly one ends and exactly one begins; sorted by their first vertex."""
    starts: dict[tuple[float, float], list[int]] = {}
    ends: dict[tuple[float, float], list[int]] = {}
    for number, arc in enumerate(arcs):
        starts.setdefault(_vertex(arc[0]), []).append(number)
        ends.setdefault(_vertex(arc[-1]), []).append(number)
    follower = {
        arriving[0]: starts[place][0]
        for place, arriving in ends.items()
        if len(arriving) == 1 and len(starts.get(place, [])) == 1
    }
    heads = sorted(set(range(len(arcs))) - set(follower.values()), key=lambda number: _vertex(arcs[number][0]))
    # What is left when the open runs are taken goes round: begun at its least first vertex.
    rest = sorted(follower, key=lambda number: _vertex(arcs[number][0]))
    runs, taken = [], set()
    for head in [*heads, *rest]:
        if head in taken:
            continue
        chain = [head]
        while (after := follower.get(chain[-1])) is not None and after != head:
            chain.append(after)
        taken.update(chain)
        runs.append(np.vstack([arcs[head], *(arcs[number][1:] for number in chain[1:])]))
    return sorted(runs, key=lambda run: (_vertex(run[0]), _vertex(run[1])))


def _edge_of(coordinates: Coordinates, kept: Coordinates) -> NDArray[np.int64]:
    """For each vertex of a run, the number of the kept edge that stands for it."""
    held = np.flatnonzero(np.isin(coordinates @ _COMPLEX, kept @ _COMPLEX))
    if len(held) != len(kept):
        raise BuildError("simplifying made vertices of its own")
    edge = np.searchsorted(held, np.arange(len(coordinates)), side="right") - 1
    return np.asarray(np.minimum(edge, len(kept) - 2))


def _feet(coordinates: Coordinates, kept: Coordinates, edge: NDArray[np.int64]) -> tuple[Coordinates, Coordinates]:
    """The nearest point of its kept edge for each vertex, and how far along that edge it lies, from 0 to 1."""
    start, way = kept[edge], kept[edge + 1] - kept[edge]
    square = np.maximum((way**2).sum(axis=1), np.finfo(np.float64).tiny)
    share = np.clip(((coordinates - start) * way).sum(axis=1) / square, 0.0, 1.0)
    return start + share[:, np.newaxis] * way, share


def _prove_within(coordinates: Coordinates, kept: Coordinates, edge: NDArray[np.int64], tolerance_deg: float) -> None:
    feet, _ = _feet(coordinates, kept, edge)
    furthest_deg = float(np.hypot(*(coordinates - feet).T).max())
    if furthest_deg > tolerance_deg * (1 + 1e-9):
        raise BuildError(f"simplifying moved a line by {furthest_deg} degrees, more than {tolerance_deg}")


def _with_steps(coordinates: Coordinates, kept: Coordinates, edge: NDArray[np.int64], step_deg: float) -> Coordinates:
    """What was kept of a run, with points put onto edges longer than the step where the run had vertices.

    They lie on the edge itself, so that the line stays where it is in longitude and latitude.
    """
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(coordinates, axis=0).T))])
    steps = np.flatnonzero(np.diff(np.floor(length / step_deg))) + 1
    long = np.hypot(*np.diff(kept, axis=0).T) > step_deg
    steps = steps[long[edge[steps]]]
    feet, share = _feet(coordinates[steps], kept, edge[steps])
    inside = (share > 0.0) & (share < 1.0)
    order = np.concatenate([np.arange(len(kept), dtype=np.float64), (edge[steps] + share)[inside]])
    return np.asarray(np.vstack([kept, feet[inside]])[np.argsort(order, kind="stable")])


def _round_run(coordinates: Coordinates, decimals: int) -> Coordinates:
    """Rounded vertices without repetition; at least an edge, or a triangle, is left."""
    rounded = np.round(coordinates, decimals) + 0.0
    repeated = np.zeros(len(rounded), dtype=bool)
    repeated[1:] = (rounded[1:] == rounded[:-1]).all(axis=1)
    repeated[-1] = False
    kept = rounded[~repeated]
    return kept if len(kept) > 1 else rounded


def _vertex(position: Coordinates) -> tuple[float, float]:
    return float(position[0]), float(position[1])


def build_topology(territories: Mapping[str, Polygon | MultiPolygon]) -> Topology:
    """Cut outlines into arcs at every vertex where more than two edges meet.

    Parameters
    ----------
    territories : mapping of str to Polygon or MultiPolygon
        Outlines that share their common edges vertex for vertex, in longitude and latitude.

    Returns
    -------
    Topology
        On a grid of a ten-millionth of a degree.
    """
    codes: list[str] = []
    ring_of: list[tuple[str, int, int]] = []
    pieces: list[Coordinates] = []
    polygons: dict[str, list[list[Ring]]] = {}
    for code, shape in sorted(territories.items()):
        codes.append(code)
        polygons[code] = []
        for part in shapely.get_parts(shapely.orient_polygons(shapely.normalize(shape))):
            rings = [_open_ring(ring) for ring in (part.exterior, *part.interiors)]
            if len(rings[0]) < 3:
                continue
            rings = [rings[0], *(ring for ring in rings[1:] if len(ring) >= 3)]
            polygons[code].append([[] for _ in rings])
            for index, ring in enumerate(rings):
                ring_of.append((code, len(polygons[code]) - 1, index))
                pieces.append(ring)
    vertices = np.vstack(pieces)
    start = np.concatenate([[0], np.cumsum([len(piece) for piece in pieces])])
    vertex = _number_vertices(vertices)
    edge, degree = _number_edges(vertex, start)
    arcs: list[Arc] = []
    known: dict[int, tuple[int, int]] = {}
    for (code, polygon, index), low, high in zip(ring_of, start[:-1], start[1:], strict=True):
        own = vertex[low:high]
        nodes = np.flatnonzero(degree[own] != 2)
        first = int(nodes[0]) if nodes.size else int(own.argmin())
        turned = np.roll(np.arange(low, high), -first)
        cuts = np.flatnonzero(degree[vertex[turned]] != 2)
        bounds = [*(cuts.tolist() or [0]), len(turned)]
        for begin, end in itertools.pairwise(bounds):
            run = np.append(turned[begin:end], turned[end % len(turned)])
            key = int(edge[turned[begin:end]].min())
            # A closed arc begins at one place whichever ring holds it: its second vertex tells the direction.
            mark = int(vertex[run[1]]) if vertex[run[0]] == vertex[run[-1]] else int(vertex[run[0]])
            if key not in known:
                known[key] = (len(arcs), mark)
                arcs.append(Arc(vertices[run]))
            number, forward_mark = known[key]
            forward = mark == forward_mark
            (arcs[number].left if forward else arcs[number].right).add(code)
            polygons[code][polygon][index].append((number, forward))
    return Topology(arcs, polygons)


def _open_ring(ring: LineString) -> Coordinates:
    """Vertices on the grid, without the closing one and without repetition."""
    coordinates = np.round(shapely.get_coordinates(ring)[:-1], GRID_DECIMALS) + 0.0
    repeated = (coordinates == np.roll(coordinates, 1, axis=0)).all(axis=1)
    return np.asarray(coordinates[~repeated])


def _number_vertices(vertices: Coordinates) -> NDArray[np.int64]:
    steps = np.rint(vertices * 10**GRID_DECIMALS).astype(np.int64)
    key = (steps[:, 0] + 1_800_000_000).astype(np.uint64) << np.uint64(32)
    key |= (steps[:, 1] + 900_000_000).astype(np.uint64)
    _, number = np.unique(key, return_inverse=True)
    return number.astype(np.int64)


def _number_edges(vertex: NDArray[np.int64], start: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the undirected edge that leaves each vertex of a ring, and count the edges at every vertex."""
    following = np.roll(vertex, -1)
    following[start[1:] - 1] = vertex[start[:-1]]
    ends = np.sort(np.column_stack([vertex, following]), axis=1)
    key = ends[:, 0] * (int(vertex.max()) + 1) + ends[:, 1]
    _, sample, number = np.unique(key, return_index=True, return_inverse=True)
    degree = np.bincount(ends[sample].ravel(), minlength=int(vertex.max()) + 1)
    return number.astype(np.int64), degree.astype(np.int64)
