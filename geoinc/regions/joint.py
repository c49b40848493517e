"""What several claims of one party allow together: regions tied from point to point, and sets that contradict.

An account is a party's claims on points that hang together, read in one way. Its claims are held against each other
in three steps, each of which may leave nothing: distances to one line, wherever it runs; ground that needs no
boundary (cells, discs, sectors, separations); and the ground that one boundary source allows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoinc.boundaries import BoundaryLine
from geoinc.claims import BorderDistanceClaim, Claim, WithinClaim
from geoinc.geodesy import Edges, Frame, inverse
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.regions.dilation import only_areas
from geoinc.regions.ground import View
from geoinc.regions.kinds import along_ground, anchors, free_ground, reach_ground
from geoinc.regions.reaches import ANYWHERE, Reach, tie_reaches
from geoinc.regions.shapes import within_reach

__all__ = ["Account", "Drawing", "Tie", "smallest_set"]

ARC_M: Final = 0.4
FOLLOWED_M: Final = 0.1
ROOM_M: Final = 200.0
GREATEST_HALF_M: Final = 500_000.0
GREATEST_MARGIN_M: Final = 20_000.0
MOST_ROUNDS: Final = 30
STILL: Final = 1e-9

Border = tuple[str, str]
Regions = dict[str, BaseGeometry]


@dataclass(frozen=True, slots=True)
class Tie:
    """A claim that two points lie between two distances of each other.

    Attributes
    ----------
    claim : str
        Its id.
    points : tuple of str
        Canonical names.
    distance : Interval
        In metres.
    """

    claim: str
    points: tuple[str, str]
    distance: Interval


@dataclass(frozen=True, slots=True)
class Drawing:
    """One boundary source, and how far its lines may lie from where it draws them.

    Attributes
    ----------
    lines : mapping of pairs of str to BoundaryLine
        By the border's two territories.
    margin_m : float
        Added to every distance at both ends; 0 takes the lines as drawn.
    """

    lines: Mapping[Border, BoundaryLine]
    margin_m: float = 0.0


@dataclass(slots=True, eq=False)
class Account:
    """A party's claims on points that hang together, read in one way.

    Parameters
    ----------
    claims : sequence of Claim
        Those that say where points are, in the order of the file.
    ties : sequence of Tie
        Those that say how far apart points are.
    canonical : callable
        From the name of a point to the first of all that are called the same.
    otherwise : View
        Where to look if nothing but a boundary limits any point.
    edges : Edges, optional
        One interpretation of all edges instead of each source's own.
    edges_of : mapping of str to Edges
        By the id of a claim that is read with other edges than the rest.
    """

    claims: Sequence[Claim]
    ties: Sequence[Tie]
    canonical: Callable[[str], str]
    otherwise: View
    edges: Edges | None = None
    edges_of: Mapping[str, Edges] = field(default_factory=dict)
    view: View = field(init=False)
    _free: dict[tuple[str, float], BaseGeometry | None] = field(default_factory=dict, init=False)
    _along: dict[tuple[str, int, float], BaseGeometry] = field(default_factory=dict, init=False)
    _started: dict[tuple[tuple[str, ...], tuple[str, ...], frozenset[str], float], Regions] = field(
        default_factory=dict, init=False
    )

    def __post_init__(self) -> None:
        self.view = self._view()

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all claims and ties, claims first."""
        return (*(claim.id for claim in self.claims), *(tie.claim for tie in self.ties))

    @property
    def points(self) -> tuple[str, ...]:
        """Every point that a claim or tie speaks of, each once, in their order."""
        named = [self._point(claim) for claim in self.claims]
        named += [point for tie in self.ties for point in tie.points]
        return tuple(dict.fromkeys(named))

    def limited(self, ids: Iterable[str] | None = None) -> frozenset[str]:
        """Return the points that some of the claims keep inside the view, whatever any boundary says."""
        chosen = set(self.ids if ids is None else ids)
        if self.view is self.otherwise:
            return frozenset()
        found = {self._point(claim) for claim in self.claims if claim.id in chosen and anchors(claim)}
        bonds = [tie.points for tie in self.ties if tie.claim in chosen and math.isfinite(tie.distance.high)]
        for _ in bonds:
            for pair in bonds:
                if found & set(pair):
                    found |= set(pair)
        return frozenset(found)

    def rim_error_m(self, margin_m: float = 0.0) -> float:
        """Bound how far the rims of regions may lie from where the ellipsoid has them, in metres."""
        lengths = [claim.distance.interval.high for claim in self.claims if isinstance(claim, BorderDistanceClaim)]
        lengths += [tie.distance.high for tie in self.ties]
        longest_m = max((length for length in lengths if math.isfinite(length)), default=0.0) + margin_m
        away_m = math.sqrt(2) * self.view.half_m + longest_m
        return ARC_M + FOLLOWED_M + longest_m * Frame.scale_error(away_m)

    def contradicts(self, ids: Sequence[str], drawing: Drawing | None = None) -> bool:
        """Whether claims cannot hold together, by one source, or without any.

        What the making of shapes leaves open counts for the claims: no ground is taken to be missing that might
        be there within `rim_error_m`. So does ground that nothing but a boundary limits, which is not searched
        to its end.
        """
        slack_m = self.rim_error_m(GREATEST_MARGIN_M)
        limited = self.limited(ids)
        claims = [claim for claim in self.claims if claim.id in ids]
        ties = [tie for tie in self.ties if tie.claim in ids]
        points = self._points_of(claims, ties)
        bounds = [(*tie.points, tie.distance.high) for tie in ties]
        reaches = self._reaches(claims, points, bounds)
        if any(each.empty for by_point in reaches.values() for each in by_point.values()):
            return True
        regions = self._free_regions(claims, ties, limited, slack_m)
        if not regions:
            return False
        if any(region.is_empty for region in regions.values()):
            return True
        bounds += [
            (one, other, _furthest_m(regions[one], regions[other], self.view) + slack_m)
            for one, other in combinations(regions, 2)
        ]
        reaches = self._reaches(claims, points, bounds)
        if any(each.empty for by_point in reaches.values() for each in by_point.values()):
            return True
        if drawing is None:
            return False
        regions = self._drawn_regions(claims, ties, regions, reaches, drawing, slack_m)
        return any(region.is_empty for region in regions.values())

    def regions(self, drawing: Drawing | None = None) -> Regions:
        """Return the ground that all claims allow together, by point, in the plane of the view.

        The lines are taken as drawn, widened by the drawing's margin; without a drawing the claims that need a
        boundary are passed over. A point that nothing but a boundary limits gets the part of its ground that lies
        in the view.
        """
        if drawing is None:
            return self._free_regions(self.claims, self.ties, self.points, 0.0)
        bounds = [(*tie.points, tie.distance.high) for tie in self.ties]
        reaches = self._reaches(self.claims, self.points, bounds)
        start = self._free_regions(self.claims, self.ties, self.points, 0.0)
        return self._drawn_regions(self.claims, self.ties, start, reaches, drawing, 0.0)

    def linked(self, ids: Sequence[str]) -> bool:
        """Whether each of the claims meets another one, at every point that it speaks of.

        One that does not can be left out without making the others agree: no smallest set holds it.
        """
        chosen: list[tuple[str, ...]] = [(self._point(claim),) for claim in self.claims if claim.id in ids]
        chosen += [tie.points for tie in self.ties if tie.claim in ids]
        met = [point for points in chosen for point in points]
        return len(chosen) < 2 or all(met.count(point) > 1 for points in chosen for point in points)

    def shaped_by(self, point: str) -> tuple[str, ...]:
        """Return the claims that shape a point's region, those that reach it through ties included."""
        reached = {point}
        for _ in self.ties:
            for tie in self.ties:
                if reached & set(tie.points):
                    reached |= set(tie.points)
        ids = [claim.id for claim in self.claims if self._point(claim) in reached]
        return (*ids, *(tie.claim for tie in self.ties if reached & set(tie.points)))

    def _point(self, claim: Claim) -> str:
        return self.canonical(str(getattr(claim, "point", "")))

    def _points_of(self, claims: Sequence[Claim], ties: Sequence[Tie]) -> tuple[str, ...]:
        named = [self._point(claim) for claim in claims] + [point for tie in ties for point in tie.points]
        return tuple(dict.fromkeys(named))

    def _view(self) -> View:
        """A square that holds every place that claims without a boundary allow, ties included."""
        discs = [anchor for claim in self.claims for anchor in anchors(claim)]
        if not discs:
            return self.otherwise
        lon, lat, radius = np.array(discs, dtype=np.float64).T
        # Longitudes are counted on from the first, so that discs on both sides of the antimeridian stay together.
        lon = lon[0] + (lon - lon[0] + 180.0) % 360.0 - 180.0
        centre = (float(lon.min() + lon.max()) / 2, float(lat.min() + lat.max()) / 2)
        away_m, _, _ = inverse(np.full_like(lon, centre[0]), np.full_like(lat, centre[1]), lon, lat)
        tied_m = sum(tie.distance.high for tie in self.ties if math.isfinite(tie.distance.high))
        half_m = float(np.max(away_m + radius)) + tied_m + ROOM_M
        centre = ((centre[0] + 180.0) % 360.0 - 180.0, centre[1])
        return self.otherwise if half_m > GREATEST_HALF_M else View(*centre, half_m)

    def _edges(self, claim: Claim) -> Edges | None:
        return self.edges_of.get(claim.id, self.edges)

    def _reaches(
        self, claims: Sequence[Claim], points: Sequence[str], bounds: Sequence[tuple[str, str, float]]
    ) -> dict[tuple[Border, Edges | None], dict[str, Reach]]:
        """The shortest distances that each point may have to each line that the claims speak of."""
        found: dict[tuple[Border, Edges | None], dict[str, Reach]] = {}
        for claim in claims:
            if not isinstance(claim, WithinClaim | BorderDistanceClaim):
                continue
            if isinstance(claim, BorderDistanceClaim) and claim.sense is not Sense.SHORTEST:
                continue
            distance = Interval.at_least(0.0) if isinstance(claim, WithinClaim) else claim.distance.interval
            side = 0 if claim.territory is None else 1 if claim.territory == claim.border[0] else -1
            by_point = found.setdefault((claim.border, self._edges(claim)), dict.fromkeys(points, ANYWHERE))
            point = self._point(claim)
            by_point[point] = by_point[point].meet(Reach.of_claim(distance, side))
        return {line: tie_reaches(by_point, bounds) for line, by_point in found.items()}

    def _free_regions(
        self, claims: Sequence[Claim], ties: Sequence[Tie], points: Iterable[str], slack_m: float
    ) -> Regions:
        """Ground that needs no boundary, tied from point to point."""
        key = (tuple(each.id for each in claims), tuple(each.claim for each in ties), frozenset(points), slack_m)
        if key not in self._started:
            self._started[key] = self._free_start(claims, ties, key[2], slack_m)
        return self._started[key]

    def _free_start(
        self, claims: Sequence[Claim], ties: Sequence[Tie], points: frozenset[str], slack_m: float
    ) -> Regions:
        regions: Regions = {point: self.view.square for point in self.points if point in points}
        for claim in claims:
            point = self._point(claim)
            ground = self._free_ground(claim, slack_m) if point in regions else None
            if ground is not None:
                regions[point] = shapely.intersection(regions[point], ground)
        return self._tied(regions, ties, slack_m)

    def _drawn_regions(
        self,
        claims: Sequence[Claim],
        ties: Sequence[Tie],
        start: Regions,
        reaches: Mapping[tuple[Border, Edges | None], Mapping[str, Reach]],
        drawing: Drawing,
        slack_m: float,
    ) -> Regions:
        regions = dict(start)
        for (border, edges), by_point in reaches.items():
            for point, reach in by_point.items():
                if point in regions and not reach.free:
                    ground = reach_ground(
                        drawing.lines[border],
                        reach,
                        self.view,
                        ARC_M,
                        edges=edges,
                        margin_m=drawing.margin_m + slack_m,
                    )
                    regions[point] = shapely.intersection(regions[point], ground)
        for claim in claims:
            point = self._point(claim)
            if isinstance(claim, BorderDistanceClaim) and claim.sense is not Sense.SHORTEST and point in regions:
                ground = self._along_ground(claim, drawing, slack_m)
                regions[point] = shapely.intersection(regions[point], ground)
        return self._tied(regions, ties, slack_m)

    def _free_ground(self, claim: Claim, slack_m: float) -> BaseGeometry | None:
        key = (claim.id, slack_m)
        if key not in self._free:
            self._free[key] = free_ground(claim, self.view, slack_m, ARC_M)
        return self._free[key]

    def _along_ground(self, claim: BorderDistanceClaim, drawing: Drawing, slack_m: float) -> BaseGeometry:
        line, margin_m = drawing.lines[claim.border], drawing.margin_m + slack_m
        key = (claim.id, id(line), margin_m)
        if key not in self._along:
            self._along[key] = along_ground(line, claim, self.view, ARC_M, edges=self._edges(claim), margin_m=margin_m)
        return self._along[key]

    def _tied(self, regions: Regions, ties: Sequence[Tie], slack_m: float) -> Regions:
        """Narrow the regions of tied points by each other until nothing changes."""
        found = {point: only_areas(region) for point, region in regions.items()}
        if not any(set(tie.points) <= found.keys() for tie in ties):
            return found
        for _ in range(MOST_ROUNDS):
            before = {point: region.area for point, region in found.items()}
            for tie in ties:
                if not set(tie.points) <= found.keys():
                    continue
                low_m = max(0.0, tie.distance.low - slack_m)
                high_m = min(tie.distance.high + slack_m, 4 * self.view.half_m)
                for here, there in (tie.points, tie.points[::-1]):
                    reached = within_reach(found[there], low_m, high_m, ARC_M)
                    found[here] = only_areas(shapely.intersection(found[here], reached))
            if all(abs(found[point].area - area) <= STILL * area for point, area in before.items()):
                break
        return found


def _furthest_m(one: BaseGeometry, other: BaseGeometry, view: View) -> float:
    """Bound on the greatest distance between places of two regions, in metres."""
    west, south, east, north = shapely.union(shapely.envelope(one), shapely.envelope(other)).bounds
    across_m = math.hypot(east - west, north - south)
    return across_m * (1 + Frame.scale_error(math.sqrt(2) * view.half_m))


def smallest_set(
    ids: Sequence[str],
    contradicts: Callable[[Sequence[str]], bool],
    worth_trying: Callable[[Sequence[str]], bool] = bool,
) -> tuple[str, ...]:
    """Return a smallest set of claims that cannot hold together; the first in their order where several are as small.

    Parameters
    ----------
    ids : sequence of str
        Claims that cannot hold together.
    contradicts : callable
        Whether some of them, in the same order, cannot; more claims never agree where fewer do not.
    worth_trying : callable
        A quick test that every smallest set passes.

    Raises
    ------
    ValueError
        If they can hold together.

    Notes
    -----
    Leaving out one claim after the other first bounds the size; then every smaller set is tried, by size and in
    order, so that no set with fewer claims contradicts itself.

    Examples
    --------
    >>> smallest_set("abcde", lambda some: {"b", "e"} <= set(some) or {"a", "c", "d"} <= set(some))
    ('b', 'e')
    """
    kept = list(ids)
    for claim in list(kept):
        rest = [each for each in kept if each != claim]
        if contradicts(rest):
            kept = rest
    for size in range(1, len(kept) + 1):
        for some in combinations(ids, size):
            if worth_trying(some) and contradicts(some):
                return some
    raise ValueError("these claims can hold together: there is no set to name")
