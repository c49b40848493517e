"""Printed separations against the positions printed for their two points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from geoinc.claims import Incident, PositionClaim, SeparationClaim
from geoinc.consistency.margins import least_change, overlap, overlap_margin_m
from geoinc.consistency.points import Points, finding_id, not_assessable
from geoinc.consistency.ways import Way, with_alternatives
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.geodesy import inverse
from geoinc.intervals import Interval
from geoinc.messages import Text, later, say
from geoinc.quantities import Quantity, format_distance, format_interval
from geoinc.ranges import separation_interval_m
from geoinc.wording import listed, party_name, position_wanted, printed, tags, the_point

__all__ = ["apart_text", "check_separations", "separation_of"]


def separation_of(one: PositionClaim, other: PositionClaim) -> tuple[float, Interval]:
    """Return the distance between two printed positions: at their middles, and over both cells, in metres."""
    first, second = one.reading, other.reading
    distance_m = float(inverse(first.lon_deg, first.lat_deg, second.lon_deg, second.lat_deg)[0])
    return distance_m, separation_interval_m(first, second)


def apart_text(distance_m: float, apart: Interval) -> Text:
    """Write a distance between two positions, with its range where the digits leave more than a metre open."""
    if apart.high - apart.low <= 1.0:
        return format_distance(distance_m)
    return say(
        "{distance} ({interval}, as printed)", distance=format_distance(distance_m), interval=format_interval(apart)
    )


def check_separations(incident: Incident) -> Iterator[Finding]:
    """Check each printed separation against the positions printed for its two points."""
    points = Points(incident)
    for claim in incident.claims:
        if not isinstance(claim, SeparationClaim):
            continue
        pairs = [(a, b) for a in points.positions(claim.points[0]) for b in points.positions(claim.points[1])]
        if not pairs:
            ends = listed([the_point(incident, point) for point in claim.points])
            bare = [point for point in claim.points if not points.positions(point)]
            yield not_assessable(
                FindingKind.SEPARATION,
                [claim],
                say(
                    "According to {party} ({claim}), {points} are {distance} apart; no position was published for "
                    "{missing}.",
                    party=party_name(incident, claim),
                    claim=claim.tag,
                    points=ends,
                    distance=printed(claim),
                    missing=listed([the_point(incident, point) for point in bare]),
                ),
                tuple(position_wanted(incident, point) for point in bare),
                claimed=claim.distance.interval,
            )
        for a, b in pairs:
            yield _separation(incident, claim, a, b)


def _separation(incident: Incident, claim: SeparationClaim, a: PositionClaim, b: PositionClaim) -> Finding:
    distance_m, measured = separation_of(a, b)

    def compare(quantities: Sequence[Quantity], _: Sequence[Way]) -> tuple[Outcome, Interval, Interval]:
        return overlap(measured, quantities[0].interval), measured, quantities[0].interval

    outcome, tried, changes = with_alternatives([claim], [claim.distance], compare)
    margin_m = overlap_margin_m(measured, claim.distance.interval)
    agrees = outcome is Outcome.CONSISTENT
    values = {
        "positions": tags([a, b]),
        "measured": apart_text(distance_m, measured),
        "distance": printed(claim),
        "party": party_name(incident, claim),
        "claim": claim.tag,
    }
    if margin_m is not None:
        values["gap"] = format_distance(abs(margin_m))
    return Finding(
        id=finding_id(FindingKind.SEPARATION, [claim, a, b]),
        kind=FindingKind.SEPARATION,
        claims=(claim.id, a.id, b.id),
        outcome=outcome,
        robust=not changes,
        fragile_by=changes,
        statement=say(_AGREES_ANYHOW if margin_m is None else _AGREES if agrees else _DISAGREES, **values),
        measured=measured,
        claimed=claim.distance.interval,
        by_source={},
        alternatives=tried,
        evidence={"distance_m": distance_m, "margin_m": margin_m},
        smallest_change=least_change(outcome, changes, margin_m),
    )


_AGREES_ANYHOW: Final = later(
    "The two printed positions ({positions}) are {measured} apart, which agrees with the {distance} that {party} gives "
    "({claim})."
)
_AGREES: Final = later(
    "The two printed positions ({positions}) are {measured} apart, which agrees with the {distance} that {party} gives "
    "({claim}), {gap} to spare."
)
_DISAGREES: Final = later(
    "The two printed positions ({positions}) are {measured} apart, which does not agree with the {distance} that "
    "{party} gives ({claim}): {gap} lie between."
)
