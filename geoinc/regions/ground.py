"""The ground that one claim allows, by one source; and how near it comes to a position.

Shapes are made in an azimuthal equidistant frame: exact from its centre, and right to 1 part in 25,000
within 100 km of it. Distances that are reported from them are taken from the centre of a frame.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geoinc.boundaries import BoundaryLine
from geoinc.claims import BorderDistanceClaim, Near
from geoinc.geodesy import Edges, Frame, follow
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.regions.dilation import grown, only_areas

__all__ = ["View", "allowed_ground", "least_distance_m", "ribbon_style", "source_view"]

FOLLOW_M: Final = 0.1
ARC_M: Final = 0.5
ARC_SHARE: Final = 5e-5
PIECE_DEG: Final = 0.02
REACH_MARGIN: Final = 1.01
SMOOTHED_M: Final = 4_000.0
SMOOTHED_ARC_M: Final = 0.25
SMOOTH_SHARE: Final = 1.5
SMOOTH_FROM: Final = 600
"""With fewer vertices than this, the narrower band is no quicker."""
METRES_A_DEGREE: Final = 110_500.0
"""Less than any degree of a meridian."""
LEAST_REACH_M: Final = 16_000.0
CENTRES_DEG: Final = 0.05
GREATEST_REACH_M: Final = 1_024_000.0


@dataclass(frozen=True, slots=True)
class View:
    """The square of ground that is looked at: a centre and half its side.

    Attributes
    ----------
    lon_deg, lat_deg : float
        Centre, WGS 84 degrees.
    half_m : float
        Half the side of the square, in metres.
    """

    lon_deg: float
    lat_deg: float
    half_m: float

    @property
    def frame(self) -> Frame:
        """The frame centred on the view."""
        return Frame(self.lon_deg, self.lat_deg)

    @property
    def square(self) -> BaseGeometry:
        """The view in its own frame."""
        return _square(self.half_m)

    @property
    def arc_m(self) -> float:
        """How far the arcs of shapes in the view may leave true circles, in metres."""
        return max(ARC_M, ARC_SHARE * self.half_m)

    def box_deg(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the view, in degrees."""
        west, south, east, north = self.frame.to_globe(self.square).bounds
        return float(west), float(south), float(east), float(north)


def ribbon_style(distance: Interval) -> str:
    """Return how the ground of a distance is drawn: ``ribbon``, ``band`` (from 0) or ``beyond`` (no end).

    Examples
    --------
    >>> ribbon_style(Interval(9450.0, 9550.0)), ribbon_style(Interval(0.0, 2500.0))
    ('ribbon', 'band')
    >>> ribbon_style(Interval.at_least(20000.0))
    'beyond'
    """
    if math.isinf(distance.high):
        return "beyond"
    return "band" if distance.low <= 0 else "ribbon"


def source_view(
    line: BoundaryLine, view: View, *, edges: Edges | None = None
) -> tuple[BaseGeometry, dict[str, BaseGeometry]]:
    """Return a source's line and grounds inside the view, in longitude and latitude."""
    frame, square = view.frame, view.square
    drawn = frame.to_globe(shapely.intersection(line_near(line, view, edges), square))
    grounds = {
        territory: frame.to_globe(shapely.intersection(ground_near(line, territory, view, edges), square))
        for territory in line.pair
    }
    return drawn, grounds


def allowed_ground(
    line: BoundaryLine,
    claim: BorderDistanceClaim,
    view: View,
    *,
    distance: Interval | None = None,
    edges: Edges | None = None,
) -> BaseGeometry | None:
    """Return the ground inside the view that a border-distance claim allows, by one source.

    Parameters
    ----------
    line : BoundaryLine
        One source's line and ground.
    claim : BorderDistanceClaim
        The claim.
    view : View
        Where to look.
    distance : Interval, optional
        Another interval than the claim's own, in metres (a declared alternative).
    edges : Edges, optional
        Another interpretation than the source's own.

    Returns
    -------
    shapely Polygon or MultiPolygon, or None
        In longitude and latitude; empty where nothing in the view is allowed. None where the claim's sense
        does not define a band along the line.
    """
    plane = _allowed_plane(line, claim, view, distance or claim.distance.interval, edges)
    return None if plane is None else view.frame.to_globe(plane)


def least_distance_m(
    line: BoundaryLine,
    claim: BorderDistanceClaim,
    lon_deg: float,
    lat_deg: float,
    *,
    distance: Interval | None = None,
    edges: Edges | None = None,
) -> float | None:
    """Return the distance from a position to the nearest ground that a claim allows, in metres.

    Taken in a frame centred near the position, on a grid, so that neighbouring positions share their shapes: within
    20 km of the centre the frame is right to 2 parts in a million.

    Returns
    -------
    float or None
        None where the claim allows no ground within 1,000 km, or where its sense defines none.
    """
    centre = round(lon_deg / CENTRES_DEG) * CENTRES_DEG, round(lat_deg / CENTRES_DEG) * CENTRES_DEG
    x, y = shapely.get_coordinates(Frame(*centre).to_plane(shapely.Point(lon_deg, lat_deg)))[0]
    half_m = LEAST_REACH_M
    while half_m <= GREATEST_REACH_M:
        plane = _allowed_plane(line, claim, View(*centre, half_m), distance or claim.distance.interval, edges)
        if plane is None:
            return None
        found = float(plane.distance(shapely.Point(x, y))) if not plane.is_empty else math.inf
        # Whatever lies outside the square is further away than its side.
        if found <= half_m - max(abs(x), abs(y)):
            return found
        half_m *= 4
    return None


def _allowed_plane(
    line: BoundaryLine, claim: BorderDistanceClaim, view: View, distance: Interval, edges: Edges | None
) -> BaseGeometry | None:
    if claim.sense is not Sense.SHORTEST:
        return None
    allowed = closer_ground(line, distance.high, view, edges, view.arc_m)
    if distance.low > 0:
        allowed = shapely.difference(allowed, closer_ground(line, distance.low, view, edges, view.arc_m))
    if claim.territory is not None:
        allowed = shapely.intersection(allowed, ground_near(line, claim.territory, view, edges))
    if claim.near is not None:
        allowed = shapely.intersection(allowed, _discs(claim.near, view))
    return only_areas(allowed)


@lru_cache(maxsize=256)
def closer_ground(line: BoundaryLine, distance_m: float, view: View, edges: Edges | None, arc_m: float) -> BaseGeometry:
    """Return what of the view lies within a distance of a source's line, to `arc_m` at the rim."""
    if math.isinf(distance_m):
        return view.square
    reach_m = _round_reach(REACH_MARGIN * distance_m)
    nearby = line_near(line, view, edges, reach_m)
    corner_m = math.sqrt(2) * view.half_m
    away_m = float(shapely.distance(nearby, shapely.Point(0.0, 0.0))) if not nearby.is_empty else math.inf
    # A distance changes by no more than the distance moved: often the whole view lies on one side.
    if away_m - corner_m > REACH_MARGIN * distance_m:
        return shapely.MultiPolygon()
    if REACH_MARGIN * (away_m + corner_m) < distance_m:
        return view.square
    if distance_m < SMOOTH_SHARE * SMOOTHED_M or shapely.get_num_coordinates(nearby) < SMOOTH_FROM:
        side_m = view.half_m + REACH_MARGIN * distance_m
        nearby = shapely.clip_by_rect(nearby, -side_m, -side_m, side_m, side_m)
        return shapely.intersection(grown(nearby, distance_m, arc_m, half_m=view.half_m), view.square)
    smooth = _smoothed(line, view, edges, reach_m)
    wide = grown(smooth, distance_m - SMOOTHED_M, arc_m, half_m=view.half_m)
    return shapely.intersection(wide, view.square)


@lru_cache(maxsize=64)
def _smoothed(line: BoundaryLine, view: View, edges: Edges | None, reach_m: float) -> BaseGeometry:
    """A narrower band: widening it on is far quicker than widening the wriggling line by the whole distance."""
    side_m = view.half_m + reach_m
    nearby = shapely.clip_by_rect(line_near(line, view, edges, reach_m), -side_m, -side_m, side_m, side_m)
    return grown(nearby, SMOOTHED_M, SMOOTHED_ARC_M, half_m=side_m)


def _round_reach(reach_m: float) -> float:
    """The next of a few reaches, each twice the one before, so that distances share what is made for them."""
    return LEAST_REACH_M * 2.0 ** max(0, math.ceil(math.log2(max(reach_m, 1.0) / LEAST_REACH_M)))


def _square(half_m: float) -> BaseGeometry:
    return shapely.box(-half_m, -half_m, half_m, half_m)


@lru_cache(maxsize=256)
def line_near(line: BoundaryLine, view: View, edges: Edges | None, reach_m: float = 0.0) -> BaseGeometry:
    """Return a source's line in the view's frame: all of it that lies within reach of the view, and little more."""
    return view.frame.to_plane(_clipped(_pieces(line, None, edges or line.edges), view, reach_m))


@lru_cache(maxsize=128)
def ground_near(line: BoundaryLine, territory: str, view: View, edges: Edges | None) -> BaseGeometry:
    """Return what a source holds of a territory in and around the view, in the view's frame."""
    plane = view.frame.to_plane(_clipped(_pieces(line, territory, edges or line.edges), view, 0.0))
    return plane if plane.is_valid else shapely.make_valid(plane)


@lru_cache(maxsize=64)
def _pieces(line: BoundaryLine, territory: str | None, edges: Edges) -> BaseGeometry:
    """The line, or a ground, in pieces so short that they follow its edges when drawn straight in any frame here."""
    geometry = line.line if territory is None else line.ground[territory]
    return shapely.segmentize(follow(geometry, edges, tolerance_m=FOLLOW_M), PIECE_DEG)


def _clipped(geometry: BaseGeometry, view: View, reach_m: float) -> BaseGeometry:
    """Leave out what is further from the view than the reach; where that is hard to tell, nothing."""
    away_m = math.sqrt(2) * view.half_m + reach_m
    north_deg = 1.01 * away_m / METRES_A_DEGREE
    furthest = abs(view.lat_deg) + north_deg
    if furthest >= 85.0:
        return geometry
    east_deg = north_deg / math.cos(math.radians(furthest))
    if east_deg >= 180.0 - abs(view.lon_deg):
        return geometry
    west, south = view.lon_deg - east_deg, view.lat_deg - north_deg
    return shapely.clip_by_rect(geometry, west, south, view.lon_deg + east_deg, view.lat_deg + north_deg)


@lru_cache(maxsize=64)
def _discs(near: Near, view: View) -> BaseGeometry:
    frame = view.frame
    discs = []
    for place in near.places:
        own = Frame(place.lon_deg, place.lat_deg)
        disc = own.to_globe(grown(shapely.Point(0.0, 0.0), near.within_m, view.arc_m))
        discs.append(frame.to_plane(disc))
    return shapely.union_all(discs)
