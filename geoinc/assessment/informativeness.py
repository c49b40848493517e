"""How much a claim could have been wrong: the share of the ground around on which it would not have held.

A statement that fits whatever happened says nothing when it fits. To see what a claim risked, the same rule is
asked again with the point at other places: at each of many places spread evenly over the ground around this stretch
of the border, would the claim have come out `inconsistent`, with the same sources, the same uncertainty and the same
printed digits? The share of places where it would is the figure. "Near the border" comes out near 0; "9.5 km" near
1 where the boundary is well known, and less where it is not.

The ground is the same for all claims of a case that speak of one border, whichever party makes them, and does not
depend on what the claims say of distances: a disc around the point of the border nearest to the middle of all printed
positions and named places, twice as wide as it must be to hold them.

References
----------
K. Popper, *The Logic of Scientific Discovery* (1959), sections 31 to 35: the content of a statement is what it forbids.
D. Mayo, *Statistical Inference as Severe Testing* (2018), lecture 1.2: agreement counts as far as disagreement would
have shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geoinc.assessment.rule import FIT_SHARE, Evidence, Question
from geoinc.boundaries import Border, accuracy_at
from geoinc.claims import BorderDistanceClaim, Incident, PlaceOffsetClaim, PositionClaim
from geoinc.findings import Informativeness
from geoinc.geodesy import Edges, direct, inverse, nearest
from geoinc.intervals import Interval
from geoinc.measurement import signed_distances_m
from geoinc.messages import Text, later, number, say

__all__ = ["ComparisonGround", "excluded_by_offset", "excluded_share", "foresee", "inform", "lay_out"]

PLACES: Final = 800
REACH_FACTOR: Final = 2.0
LEAST_RADIUS_M: Final = 5_000.0
GREATEST_RADIUS_M: Final = 200_000.0
GOLDEN_ANGLE_DEG: Final = 180.0 * (3.0 - math.sqrt(5.0))
NEXT_TO_NOTHING: Final = 0.05
WORTH_SAYING: Final = 0.1


@dataclass(slots=True)
class ComparisonGround:
    """The ground against which claims about one border are weighed.

    Attributes
    ----------
    border : Border
    edges : Edges or None
        One interpretation of all edges, where the user asked for one.
    lon_deg, lat_deg : float
        Its middle, on the border.
    radius_m : float
    lon, lat : ndarray of float
        Places spread evenly over it, in degrees.
    """

    border: Border
    edges: Edges | None
    lon_deg: float
    lat_deg: float
    radius_m: float
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    _distances: dict[tuple[str, str | None], NDArray[np.float64]] = field(default_factory=dict)

    @property
    def described(self) -> Text:
        """The ground in words, with its figures."""
        latitude, longitude = number(f"{abs(self.lat_deg):.2f}"), number(f"{abs(self.lon_deg):.2f}")
        return say(
            "the ground within {distance} km of the border near {latitude} {longitude}, all of it counted alike",
            distance=number(f"{self.radius_m / 1000:.0f}"),
            latitude=say(later("{degrees}°S") if self.lat_deg < 0 else later("{degrees}°N"), degrees=latitude),
            longitude=say(later("{degrees}°W") if self.lon_deg < 0 else later("{degrees}°E"), degrees=longitude),
        )

    def distances_m(self, source: str, towards: str | None) -> NDArray[np.float64]:
        """Return the distance of each place to one source's line; positive inside `towards`, bare where it is None."""
        key = (source, towards)
        if key not in self._distances:
            line = self.border[source]
            if towards is None:
                found = np.asarray(nearest(line.polyline(self.edges), self.lon, self.lat).distance_m)
            elif towards != line.pair[0]:
                found = -self.distances_m(source, line.pair[0])
            else:
                found = signed_distances_m(line, self.lon, self.lat, towards, edges=self.edges)
            self._distances[key] = found
        return self._distances[key]


def lay_out(incident: Incident, border: Border, edges: Edges | None = None) -> ComparisonGround | None:
    """Return the ground around an incident's stretch of a border; None where nothing says where that is."""
    anchors = [(c.reading.lon_deg, c.reading.lat_deg) for c in incident.claims if isinstance(c, PositionClaim)]
    for claim in incident.claims:
        if isinstance(claim, PlaceOffsetClaim):
            anchors += [(place.lon_deg, place.lat_deg) for place in claim.places]
        elif isinstance(claim, BorderDistanceClaim) and claim.near is not None:
            anchors += [(place.lon_deg, place.lat_deg) for place in claim.near.places]
    if not anchors:
        return None
    lon, lat = (np.array(values) for values in zip(*anchors, strict=True))
    east = (lon - lon[0] + 180.0) % 360.0 - 180.0
    middle_lon = (lon[0] + float(east.mean()) + 180.0) % 360.0 - 180.0
    found = nearest(border[next(iter(border))].polyline(edges), middle_lon, float(lat.mean()))
    centre = (float(found.lon_deg), float(found.lat_deg))
    furthest_m = float(np.max(inverse(np.full_like(lon, centre[0]), np.full_like(lat, centre[1]), lon, lat)[0]))
    radius_m = min(max(REACH_FACTOR * furthest_m, LEAST_RADIUS_M), GREATEST_RADIUS_M)
    radius_m = 1000.0 * math.ceil(radius_m / 1000.0)
    number = np.arange(PLACES)
    # Equal steps of the squared radius, turned by the golden angle, give every place the same share of the disc.
    ways, azimuths = radius_m * np.sqrt((number + 0.5) / PLACES), number * GOLDEN_ANGLE_DEG % 360.0
    around = direct(np.full(PLACES, centre[0]), np.full(PLACES, centre[1]), azimuths, ways)
    return ComparisonGround(border, edges, *centre, radius_m, np.asarray(around[0]), np.asarray(around[1]))


def excluded_share(
    ground: ComparisonGround,
    question: Question,
    towards: str | None,
    margins_m: Mapping[str, tuple[float, float]],
) -> float:
    """Return the share of the ground on which the rule would find a claim inconsistent.

    Parameters
    ----------
    ground : ComparisonGround
    question : Question
        What the claim asks of a shortest distance.
    towards : str or None
        The territory inside which the distance counts as positive; None for the bare distance.
    margins_m : mapping of str to tuple of two float
        For each source that speaks for its lineage: its uncertainty U, and half the range of the distance over
        the printed cell, in metres.
    """
    against = np.zeros(ground.lon.shape, dtype=bool)
    in_favour = np.zeros(ground.lon.shape, dtype=bool)
    claimed = question.claimed
    for source, (uncertainty_m, half_cell_m) in margins_m.items():
        distance_m = ground.distances_m(source, towards)
        margin_m = uncertainty_m + half_cell_m
        low, high = distance_m - margin_m, distance_m + margin_m
        if towards is None:
            low = np.maximum(low, 0.0)
        scale_m = np.abs(distance_m) if question.scale_m is None else np.full(distance_m.shape, question.scale_m)
        fit = (uncertainty_m <= FIT_SHARE * scale_m) & ~np.isnan(distance_m)
        shared = (low <= claimed.high) & (high >= claimed.low)
        whole = (low >= claimed.low) & (high <= claimed.high)
        against |= fit & ~shared
        in_favour |= fit & (whole if question.one_sided else shared)
    return float((against & ~in_favour).mean())


def inform(
    ground: ComparisonGround | None,
    evidence: Sequence[Evidence],
    question: Question,
    towards: str | None,
    *,
    point: str,
    tags: str,
) -> Informativeness | None:
    """Return how much a claim about the border could have been wrong.

    Parameters
    ----------
    ground : ComparisonGround or None
        From `lay_out`.
    evidence : sequence of Evidence
        What each source measured of the shortest distance: its uncertainty and the printed cell are taken over.
    question : Question
    towards : str or None
        As for `excluded_share`.
    point, tags : str
        What the claim speaks of, and the claims' tags, for the sentence.

    Returns
    -------
    Informativeness or None
        None without ground, or where no source measured anything.
    """
    margins_m = {}
    for each in evidence:
        if each.represents and each.measured is not None and math.isfinite(each.uncertainty_m()):
            exact = each.measured(0.0)
            margins_m[each.source] = (each.uncertainty_m(), (exact.high - exact.low) / 2)
    if ground is None or not margins_m:
        return None
    share = excluded_share(ground, question, towards, margins_m)
    exactly = excluded_share(ground, question, towards, dict.fromkeys(margins_m, (0.0, 0.0)))
    return _worded(ground, _lead(ground, point, tags, share), share, exactly, fit=_any_fit(question, margins_m))


def foresee(
    ground: ComparisonGround | None, question: Question, towards: str | None, *, point: str, tags: str
) -> Informativeness | None:
    """Return how much a claim about the border could turn out wrong, once a position is published.

    Parameters
    ----------
    ground : ComparisonGround or None
        From `lay_out`. Each source is taken with its accuracy at the middle of it, and the position as exact.
    question : Question
    towards : str or None
        As for `excluded_share`.
    point, tags : str
        What the claim speaks of, and the claims' tags, for the sentence.
    """
    if ground is None:
        return None
    margins_m = {}
    for lineage in ground.border.lineages:
        name = ground.border[lineage].source.id
        reach_m = ground.radius_m if question.scale_m is None else question.scale_m
        found = accuracy_at(ground.border, name, ground.lon_deg, ground.lat_deg, reach_m, edges=ground.edges)
        if found is not None:
            margins_m[name] = (found.value_m, 0.0)
    if not margins_m:
        return None
    share = excluded_share(ground, question, towards, margins_m)
    lead = say(
        "Were a position published for the {point}, anywhere {ground}, {claims} would be found inconsistent on {share} "
        "of that ground",
        point=point,
        ground=_where(ground),
        claims=tags,
        share=_percent(share),
    )
    return _worded(ground, lead, share, share, fit=_any_fit(question, margins_m))


def _any_fit(question: Question, margins_m: Mapping[str, tuple[float, float]]) -> bool:
    """Whether any source is fit for a claim's scale; for a side, some place is always far enough."""
    scale_m = question.scale_m
    return scale_m is None or any(uncertainty_m <= FIT_SHARE * scale_m for uncertainty_m, _ in margins_m.values())


def excluded_by_offset(
    ground: ComparisonGround | None,
    claim: PlaceOffsetClaim | BorderDistanceClaim,
    claimed: Interval,
    margins_m: Mapping[str, float],
    *,
    point: str,
) -> Informativeness | None:
    """Return how much a distance, and a direction, from named places could have been wrong.

    Parameters
    ----------
    ground : ComparisonGround or None
        From `lay_out`.
    claim : PlaceOffsetClaim or BorderDistanceClaim
        Its places and its direction.
    claimed : Interval
        The distance, in metres.
    margins_m : mapping of str to float
        By id of the place: how far the printed position and the place together may lie from where they are
        taken, in metres.
    point : str
        What the claim speaks of.
    """
    if ground is None:
        return None
    shares = []
    for factor in (1.0, 0.0):
        fits = np.zeros(ground.lon.shape, dtype=bool)
        for place in claim.places:
            slack_m = factor * margins_m[place.id]
            start = np.full_like(ground.lon, place.lon_deg), np.full_like(ground.lat, place.lat_deg)
            distance_m, azimuth_deg, _ = inverse(*start, ground.lon, ground.lat)
            here = (distance_m >= claimed.low - slack_m) & (distance_m <= claimed.high + slack_m)
            if claim.direction_deg is not None:
                first, last = claim.direction_deg
                half = (last - first) % 360.0 / 2
                beyond = np.abs((azimuth_deg - first - half + 180.0) % 360.0 - 180.0) - half
                aside_m = distance_m * np.sin(np.radians(np.clip(beyond, 0.0, 90.0)))
                here &= (beyond <= 0) | (aside_m <= slack_m)
            fits |= here
        shares.append(float((~fits).mean()))
    return _worded(ground, _lead(ground, point, claim.tag, shares[0]), *shares)


def _where(ground: ComparisonGround) -> Text:
    return say("within {distance} km of this stretch of the border", distance=number(f"{ground.radius_m / 1000:.0f}"))


def _lead(ground: ComparisonGround, point: str, tags: str, share: float) -> Text:
    return say(
        "Had the {point} been at another place {ground}, {claims} would have been found inconsistent on {share} of "
        "that ground",
        point=point,
        ground=_where(ground),
        claims=tags,
        share=_percent(share),
    )


def _worded(ground: ComparisonGround, lead: Text, share: float, exactly: float, *, fit: bool = True) -> Informativeness:
    said = lead
    if exactly - share >= WORTH_SAYING:
        said = say(
            "{statement} ({share} if boundary and position were known exactly)", statement=lead, share=_percent(exactly)
        )
    ending = later("{statement}.")
    if not fit:
        ending = later("{statement}: no source here is fine enough to contradict so small a figure.")
    elif share < NEXT_TO_NOTHING:
        ending = later("{statement}: agreement could hardly fail, and says next to nothing.")
    return Informativeness(share, ground.described, say(ending, statement=said))


def _percent(share: float) -> Text:
    percent = 100.0 * share
    if 0 < percent < 1:
        return say("less than 1 %")
    if 99 < percent < 100:
        return say("more than 99 %")
    return say("{percent} %", percent=number(f"{percent:.0f}"))
