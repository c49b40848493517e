"""An independent answer to "how far is this position from this line": slow, plain, and bounded at every step.

Nothing of geoinc is imported. Geodesics are solved by the pure-Python geographiclib. An edge is halved as long as
the triangle inequality lets it hold anything nearer than what is known already; on pieces of half a kilometre the
sign change of the first variation of arc length is bisected, and both ends are looked at as well.
"""

from __future__ import annotations

import heapq
import itertools
import math
from dataclasses import dataclass

from geographiclib.geodesic import Geodesic

GEODESIC = Geodesic.WGS84
A = GEODESIC.a
F = GEODESIC.f
E2 = F * (2 - F)
LEAF_M = 500.0
GROUP = 32


def between(lon1: float, lat1: float, lon2: float, lat2: float) -> tuple[float, float, float]:
    """Distance, azimuth at 1, azimuth at 2 (going on)."""
    found = GEODESIC.Inverse(lat1, lon1, lat2, lon2)
    return found["s12"], found["azi1"], found["azi2"]


def shorter_way(lon1: float, lon2: float) -> float:
    difference = lon2 - lon1
    while difference > 180:
        difference -= 360
    while difference < -180:
        difference += 360
    return difference


def meridian_radius(lat: float) -> float:
    return A * (1 - E2) / (1 - E2 * math.sin(math.radians(lat)) ** 2) ** 1.5


def parallel_radius(lat: float) -> float:
    return A * math.cos(math.radians(lat)) / math.sqrt(1 - E2 * math.sin(math.radians(lat)) ** 2)


def isometric(lat: float) -> float:
    sine, e = math.sin(math.radians(lat)), math.sqrt(E2)
    return math.atanh(sine) - e * math.atanh(e * sine)


@dataclass
class GeodesicEdge:
    lon1: float
    lat1: float
    lon2: float
    lat2: float

    def __post_init__(self) -> None:
        self.line = GEODESIC.InverseLine(self.lat1, self.lon1, self.lat2, self.lon2)
        self.length = self.line.s13

    def at(self, t: float) -> tuple[float, float, float]:
        found = self.line.Position(t * self.length)
        return found["lon2"], found["lat2"], found["azi2"]

    def way(self, t1: float, t2: float) -> float:
        return (t2 - t1) * self.length


@dataclass
class PlanarEdge:
    lon1: float
    lat1: float
    lon2: float
    lat2: float

    def __post_init__(self) -> None:
        self.dlon = shorter_way(self.lon1, self.lon2)
        self.length = self.way(0, 1)

    def at(self, t: float) -> tuple[float, float, float]:
        lat = self.lat1 + t * (self.lat2 - self.lat1)
        east = parallel_radius(lat) * self.dlon
        north = meridian_radius(lat) * (self.lat2 - self.lat1)
        return self.lon1 + t * self.dlon, lat, math.degrees(math.atan2(east, north))

    def way(self, t1: float, t2: float) -> float:
        """Upper bound of the length between two parameters."""
        lats = [self.lat1 + t * (self.lat2 - self.lat1) for t in (t1, t2)]
        nearest_equator = 0.0 if lats[0] * lats[1] < 0 else min(map(abs, lats))
        east = parallel_radius(nearest_equator) * math.radians(abs(self.dlon))
        north = meridian_radius(max(map(abs, lats))) * math.radians(abs(self.lat2 - self.lat1))
        return (t2 - t1) * math.hypot(east, north)


@dataclass
class RhumbEdge:
    lon1: float
    lat1: float
    lon2: float
    lat2: float

    def __post_init__(self) -> None:
        self.dlon = shorter_way(self.lon1, self.lon2)
        self.rise = isometric(self.lat2) - isometric(self.lat1)
        self.level = self.lat1 == self.lat2
        self.heading = math.degrees(math.atan2(math.radians(self.dlon), self.rise))
        self.length = self.way(0, 1)

    def at(self, t: float) -> tuple[float, float, float]:
        lat = self.lat1 + t * (self.lat2 - self.lat1)
        share = t if self.level else (isometric(lat) - isometric(self.lat1)) / self.rise
        return self.lon1 + share * self.dlon, lat, self.heading

    def way(self, t1: float, t2: float) -> float:
        """Upper bound of the length between two parameters."""
        if self.level:
            return (t2 - t1) * parallel_radius(self.lat1) * math.radians(abs(self.dlon))
        lats = [self.lat1 + t * (self.lat2 - self.lat1) for t in (t1, t2)]
        north = meridian_radius(max(map(abs, lats))) * math.radians(abs(lats[1] - lats[0]))
        return north / abs(math.cos(math.radians(self.heading)))


EDGES = {"geodesic": GeodesicEdge, "planar": PlanarEdge, "rhumb": RhumbEdge}


@dataclass
class Answer:
    """Nearest point; at a vertex, the lower of the two edges."""

    distance_m: float
    lon: float
    lat: float
    edge: int


class Oracle:
    """Distances to one polyline, given as (lon, lat) vertices."""

    def __init__(self, vertices: list[tuple[float, float]], edges: str) -> None:
        kind = EDGES[edges]
        self.edges = [kind(*one, *other) for one, other in itertools.pairwise(vertices)]
        self.groups = []
        for first in range(0, len(self.edges), GROUP):
            members = range(first, min(first + GROUP, len(self.edges)))
            lon, lat, _ = self.edges[members[len(members) // 2]].at(0.5)
            radius = 0.0
            for member in members:
                edge = self.edges[member]
                reach = between(lon, lat, *edge.at(0.5)[:2])[0] + max(edge.way(0, 0.5), edge.way(0.5, 1))
                radius = max(radius, reach)
            self.groups.append((lon, lat, radius, members))

    def nearest(self, lon: float, lat: float) -> Answer:
        best = Answer(math.inf, math.nan, math.nan, -1)
        queue: list[tuple[float, int, int, float, float]] = []
        for number, (group_lon, group_lat, radius, _) in enumerate(self.groups):
            low = between(lon, lat, group_lon, group_lat)[0] - radius
            queue.append((low, -1, number, 0.0, 1.0))
        heapq.heapify(queue)
        while queue:
            low, kind, number, t1, t2 = heapq.heappop(queue)
            if low > best.distance_m:
                break
            if kind == -1:
                for member in self.groups[number][3]:
                    self._push(queue, best, (lon, lat), member, 0.0, 1.0)
                continue
            edge = self.edges[number]
            if edge.way(t1, t2) > LEAF_M:
                middle = (t1 + t2) / 2
                self._push(queue, best, (lon, lat), number, t1, middle)
                self._push(queue, best, (lon, lat), number, middle, t2)
            else:
                self._look(best, lon, lat, number, t1, t2)
        while best.edge > 0 and between(*self.edges[best.edge].at(0)[:2], best.lon, best.lat)[0] < 1e-8:
            best.edge -= 1
        return best

    def meridian(self, lon: float, lat: float) -> Answer | None:
        """Nearest meeting of the line with the meridian; edges along the meridian are not looked at."""
        best = None
        for number, edge in enumerate(self.edges):

            def off(t: float, edge=edge) -> float:
                return shorter_way(lon, edge.at(t)[0])

            low, high = 0.0, 1.0
            if (off(low) < 0) == (off(high) < 0) or abs(off(low) - off(high)) > 180:
                continue
            for _ in range(80):
                middle = (low + high) / 2
                low, high = (middle, high) if (off(middle) < 0) == (off(low) < 0) else (low, middle)
            edge_lat = edge.at(low)[1]
            distance = between(lon, lat, lon, edge_lat)[0]
            if best is None or distance < best.distance_m:
                best = Answer(distance, lon, edge_lat, number)
        return best

    def _push(self, queue, best, position, number, t1, t2) -> None:
        edge, middle = self.edges[number], (t1 + t2) / 2
        distance = between(*position, *edge.at(middle)[:2])[0]
        low = distance - max(edge.way(t1, middle), edge.way(middle, t2))
        if low <= best.distance_m:
            heapq.heappush(queue, (low, 0, number, t1, t2))

    def _look(self, best: Answer, lon: float, lat: float, number: int, t1: float, t2: float) -> None:
        edge = self.edges[number]

        def variation(t: float) -> float:
            edge_lon, edge_lat, heading = edge.at(t)
            distance, _, arrival = between(lon, lat, edge_lon, edge_lat)
            if distance < best.distance_m:
                best.distance_m, best.lon, best.lat, best.edge = distance, edge_lon, edge_lat, number
            return math.cos(math.radians(arrival - heading))

        at_start, at_end = variation(t1), variation(t2)
        if at_start < 0 < at_end:
            for _ in range(60):
                middle = (t1 + t2) / 2
                if variation(middle) < 0:
                    t1 = middle
                else:
                    t2 = middle
