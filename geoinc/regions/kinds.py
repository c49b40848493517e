"""The ground that each kind of claim allows, in the plane of a view."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geoinc.boundaries import BoundaryLine
from geoinc.claims import BorderDistanceClaim, Claim, Near, PlaceOffsetClaim, PositionClaim
from geoinc.geodesy import Edges
from geoinc.intervals import Interval
from geoinc.measurement import REACH_M, Sense
from geoinc.regions.dilation import grown, only_areas
from geoinc.regions.ground import REACH_MARGIN, View, closer_ground, ground_near, line_near
from geoinc.regions.reaches import Reach
from geoinc.regions.shapes import cell_ground, sector_ground, swept

__all__ = ["along_ground", "anchors", "free_ground", "near_ground", "reach_ground"]

BEARINGS: Final = {Sense.MERIDIAN: (0.0, 180.0)}

Anchor = tuple[float, float, float]


def anchors(claim: Claim) -> tuple[Anchor, ...]:
    """Return discs (longitude, latitude, radius in metres) that hold all the ground a claim allows by itself.

    Empty where the claim, without any boundary, allows ground without end.
    """
    if isinstance(claim, PositionClaim):
        reading = claim.reading
        half_m = 112_000.0 * math.hypot(reading.half_width_lon_deg, reading.half_width_lat_deg)
        return ((reading.lon_deg, reading.lat_deg, half_m + (reading.accuracy_m or 0.0)),)
    if isinstance(claim, PlaceOffsetClaim) and math.isfinite(claim.distance.interval.high):
        reach_m = claim.distance.interval.high
        return tuple((place.lon_deg, place.lat_deg, reach_m + place.accuracy_m) for place in claim.places)
    if isinstance(claim, BorderDistanceClaim) and claim.near is not None:
        return tuple((place.lon_deg, place.lat_deg, claim.near.within_m) for place in claim.near.places)
    return ()


def free_ground(claim: Claim, view: View, slack_m: float, arc_m: float) -> BaseGeometry | None:
    """Return the ground in the view that a claim allows without any boundary; None where that is all ground."""
    if isinstance(claim, PositionClaim):
        return cell_ground(claim.reading, view, (claim.reading.accuracy_m or 0.0) + slack_m, arc_m)
    if isinstance(claim, PlaceOffsetClaim):
        distance = claim.distance.interval
        shapes = [
            sector_ground(
                place.lon_deg,
                place.lat_deg,
                (max(0.0, distance.low), distance.high),
                claim.direction_deg,
                place.accuracy_m + slack_m,
                view,
                arc_m,
            )
            for place in claim.places
        ]
        return shapely.union_all(shapes)
    if isinstance(claim, BorderDistanceClaim) and claim.near is not None:
        return near_ground(claim.near, view, slack_m, arc_m)
    return None


def near_ground(near: Near, view: View, slack_m: float, arc_m: float) -> BaseGeometry:
    """Return all places within the stated distance of any of the places."""
    discs = [
        sector_ground(place.lon_deg, place.lat_deg, (0.0, near.within_m + slack_m), None, 0.0, view, arc_m)
        for place in near.places
    ]
    return shapely.union_all(discs)


@lru_cache(maxsize=256)
def reach_ground(
    line: BoundaryLine, reach: Reach, view: View, arc_m: float, *, edges: Edges | None = None, margin_m: float = 0.0
) -> BaseGeometry:
    """Return the ground in the view whose shortest distance to a source's line is one of those allowed.

    Parameters
    ----------
    line : BoundaryLine
        One source's line and ground.
    reach : Reach
        The distances.
    view : View
    arc_m : float
        How far arcs may leave true circles.
    edges : Edges, optional
        Another interpretation than the source's own.
    margin_m : float
        How far the line may lie from where the source draws it: every distance is widened by it.
    """
    allowed = reach.widened(margin_m)
    if not reach.sided:
        return shapely.union_all([_between(line, each, view, edges, arc_m) for each in allowed.bare()])
    found = []
    for territory, sign in zip(line.pair, (1, -1), strict=True):
        for stretch in allowed.stretches:
            near, far = (stretch.low, stretch.high) if sign > 0 else (-stretch.high, -stretch.low)
            if far > 0:
                band = _between(line, Interval(max(0.0, near), far), view, edges, arc_m)
                found.append(shapely.intersection(band, ground_near(line, territory, view, edges)))
    return shapely.union_all(found)


@lru_cache(maxsize=64)
def along_ground(
    line: BoundaryLine,
    claim: BorderDistanceClaim,
    view: View,
    arc_m: float,
    *,
    edges: Edges | None = None,
    margin_m: float = 0.0,
) -> BaseGeometry:
    """Return the ground in the view from which a way along the meridian, or a bearing, meets the line as claimed.

    The nearest crossing counts, as in `geoinc.measurement.find_crossing`: places that meet the line sooner are
    left out. Where the line may lie a margin off its place, every place counts from which some such line is met
    at a claimed distance, sooner crossings notwithstanding.

    Raises
    ------
    ValueError
        If the sense is neither the meridian nor a heading with its bearing.
    """
    bearings = BEARINGS.get(claim.sense) or ((claim.bearing_deg,) if claim.sense is Sense.HEADING else ())
    distance = claim.distance.interval
    low_m, high_m = max(0.0, distance.low), min(distance.high, REACH_M)
    nearby = line_near(line, view, edges, REACH_MARGIN * high_m + margin_m)
    met = []
    sooner = []
    for bearing in bearings:
        if bearing is None:
            raise ValueError("the sense 'heading' needs a bearing")
        met.append(swept(nearby, view, bearing, low_m, high_m))
        if margin_m == 0:
            sooner.append(swept(nearby, view, bearing, 0.0, low_m))
    if not bearings:
        raise ValueError(f"the sense {claim.sense.value!r} does not run along a bearing")
    allowed = shapely.union_all(met)
    allowed = (
        grown(allowed, margin_m, arc_m) if margin_m > 0 else shapely.difference(allowed, shapely.union_all(sooner))
    )
    if claim.territory is not None:
        ground = ground_near(line, claim.territory, view, edges)
        allowed = shapely.intersection(allowed, grown(ground, margin_m, max(arc_m, 1.0)))
    return only_areas(shapely.intersection(allowed, view.square))


def _between(line: BoundaryLine, distance: Interval, view: View, edges: Edges | None, arc_m: float) -> BaseGeometry:
    within = closer_ground(line, distance.high, view, edges, arc_m)
    if distance.low <= 0:
        return within
    return shapely.difference(within, closer_ground(line, distance.low, view, edges, arc_m))
