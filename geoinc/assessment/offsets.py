"""Distances and directions from a place against the positions printed for the same point."""

from __future__ import annotations

from collections.abc import Iterator

from geoinc.assessment.border_checks import turned
from geoinc.assessment.evidence import Context
from geoinc.claims import PlaceOffsetClaim, PositionClaim
from geoinc.consistency import Points, finding_id, not_assessable
from geoinc.findings import AlternativeOutcome, Finding, FindingKind, Outcome
from geoinc.geodesy import inverse
from geoinc.intervals import Interval
from geoinc.motion import lean_deg
from geoinc.places import Place
from geoinc.quantities import format_distance, read_quantity
from geoinc.ranges import cell_radius_m
from geoinc.wording import alternative_label, listed, outer_range, party_name

__all__ = ["check_offsets"]


def check_offsets(context: Context) -> Iterator[Finding]:
    """Check each distance from a place against each position printed for the same point."""
    incident = context.incident
    points = Points(incident)
    for claim in incident.claims:
        if not isinstance(claim, PlaceOffsetClaim):
            continue
        label = incident.points[claim.point].label
        positions = points.positions(claim.point)
        if not positions:
            names = listed([place.name for place in claim.places], last="or")
            yield not_assessable(
                FindingKind.DISTANCE,
                [claim],
                f"{party_name(incident, claim)} places the {label} {claim.distance.text.strip()} from {names} "
                f"({claim.tag}), without a position.",
                (f"a position of the {label}",),
                claimed=claim.distance.interval,
            )
        for position in positions:
            yield _offset(context, claim, position)


def _offset(context: Context, claim: PlaceOffsetClaim, position: PositionClaim) -> Finding:
    outcome, by_place = _fits(claim, position, claim.distance.interval)
    tried = []
    for alternative in claim.alternatives:
        distance = alternative.distance or claim.distance
        if alternative.precision is not None:
            distance = read_quantity(distance.text, precision=alternative.precision)
        then, _ = _fits(claim, position, distance.interval)
        how = alternative_label([claim], alternative)
        tried.append(AlternativeOutcome(how, then, None, distance.interval))
    changes = turned(tried, outcome)
    if outcome is Outcome.INDETERMINATE:
        changes += [
            f"if only {place.name} is meant (then {(Outcome.CONSISTENT if fits else Outcome.INCONSISTENT).value})"
            for place, (_, _, _, fits) in by_place.items()
        ]
    told = listed([f"{format_distance(d)} from {place.name}" for place, (d, _, _, _) in by_place.items()])
    if claim.direction_deg is not None:
        told = listed(
            [
                f"{format_distance(d)} from {place.name} on azimuth {azimuth:.1f}°"
                for place, (d, azimuth, _, _) in by_place.items()
            ]
        )
    names = listed([place.name for place in claim.places], last="or")
    sector = "" if claim.direction_deg is None else " between {:g}° and {:g}°".format(*claim.direction_deg)
    verdict = {
        Outcome.CONSISTENT: "agrees",
        Outcome.INCONSISTENT: "does not agree",
        Outcome.INDETERMINATE: "agrees with one place and not with another",
    }[outcome]
    return Finding(
        id=finding_id(FindingKind.DISTANCE, [claim, position]),
        kind=FindingKind.DISTANCE,
        claims=(claim.id, position.id),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=(
            f"According to {party_name(context.incident, claim)} ({claim.tag}), the "
            f"{context.incident.points[claim.point].label} is {claim.distance.text.strip()}{sector} from {names}; the "
            f"printed position ({position.tag}) is {told}, which {verdict}."
        ),
        measured=outer_range([measured for _, _, measured, _ in by_place.values()]),
        claimed=claim.distance.interval,
        by_source={},
        alternatives=tuple(tried),
        evidence={
            "distance_m": {place.id: d for place, (d, _, _, _) in by_place.items()},
            "azimuth_deg": {place.id: azimuth for place, (_, azimuth, _, _) in by_place.items()},
            "direction_deg": None if claim.direction_deg is None else list(claim.direction_deg),
        },
    )


def _fits(
    claim: PlaceOffsetClaim, position: PositionClaim, claimed: Interval
) -> tuple[Outcome, dict[Place, tuple[float, float, Interval, bool]]]:
    """Whether a position fits, by place: distance, azimuth, distance over the cell and the place, and the answer."""
    reading = position.reading
    by_place = {}
    for place in claim.places:
        distance, azimuth, _ = inverse(place.lon_deg, place.lat_deg, reading.lon_deg, reading.lat_deg)
        distance_m, azimuth_deg = float(distance), float(azimuth)
        margin_m = place.accuracy_m + cell_radius_m(reading)
        measured = Interval(max(0.0, distance_m - margin_m), distance_m + margin_m)
        swing_deg = lean_deg(margin_m, max(distance_m, 1e-9))
        fits = measured.overlaps(claimed) and _in_sector(azimuth_deg, claim.direction_deg, swing_deg)
        by_place[place] = (distance_m, azimuth_deg, measured, fits)
    answers = {fits for *_, fits in by_place.values()}
    if answers == {True}:
        return Outcome.CONSISTENT, by_place
    return (Outcome.INCONSISTENT if answers == {False} else Outcome.INDETERMINATE), by_place


def _in_sector(azimuth_deg: float, sector: tuple[float, float] | None, margin_deg: float) -> bool:
    if sector is None:
        return True
    start, end = sector
    width = (end - start) % 360.0 or 360.0
    return (azimuth_deg - start + margin_deg) % 360.0 <= width + 2 * margin_deg
