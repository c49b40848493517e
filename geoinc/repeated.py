"""What is said more than once of one point: positions, distances to the border, territories.

Printed intervals and cells alone, with no boundary and no accuracy.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

from geoinc.claims import BorderDistanceClaim, Incident, PositionClaim, WithinClaim
from geoinc.consistency import (
    Points,
    apart_text,
    finding_id,
    on_opposite_sides,
    overlap,
    separation_of,
    with_alternatives,
)
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.quantities import Quantity, format_interval
from geoinc.wording import listed, party_name, tags, territory_name

__all__ = ["check_repeated"]


def check_repeated(incident: Incident) -> Iterator[Finding]:
    """Check what is said more than once of the same point: positions, distances to the border, territories."""
    points = Points(incident)
    for one, other in combinations(incident.claims, 2):
        same = points.same_point(one, other)
        if isinstance(one, PositionClaim) and isinstance(other, PositionClaim) and same:
            yield _positions_twice(incident, one, other)
        elif isinstance(one, BorderDistanceClaim) and isinstance(other, BorderDistanceClaim) and same:
            if one.border == other.border:
                yield _distances_twice(incident, one, other)
        elif isinstance(one, Placing) and isinstance(other, Placing) and same:
            yield from _territories_twice(incident, one, other)


def _positions_twice(incident: Incident, one: PositionClaim, other: PositionClaim) -> Finding:
    distance_m, apart = separation_of(one, other)
    same = Interval(0.0, 0.0)
    outcome = overlap(apart, same)
    verb = "may print one and the same position" if outcome is Outcome.CONSISTENT else "are two different positions"
    return Finding(
        id=finding_id(FindingKind.SAME_POINT, [one, other]),
        kind=FindingKind.SAME_POINT,
        claims=(one.id, other.id),
        outcome=outcome,
        robust=True,
        fragile_by=(),
        statement=(
            f"{tags([one, other])} {verb} for the {incident.points[one.point].label}: they are "
            f"{apart_text(distance_m, apart)} apart."
        ),
        measured=apart,
        claimed=same,
        by_source={},
        evidence={"distance_m": distance_m},
    )


def _distances_twice(incident: Incident, one: BorderDistanceClaim, other: BorderDistanceClaim) -> Finding:
    across = on_opposite_sides(one, other)
    same_way = one.bearing_deg == other.bearing_deg

    def compare(quantities: Sequence[Quantity], tried: Sequence[Sense]) -> tuple[Outcome, Interval, Interval]:
        first, second = (quantity.interval for quantity in quantities)
        if across:
            second = Interval(-second.high, -second.low, second.high_open, second.low_open)
        elif Sense.SHORTEST in tried and tried[0] is not tried[1]:
            # No distance along a bearing is less than the shortest one to the same line.
            shortest, along = (first, second) if tried[0] is Sense.SHORTEST else (second, first)
            return overlap(Interval(shortest.low, math.inf, shortest.low_open), along), first, second
        elif tried[0] is not tried[1] or not same_way:
            return Outcome.INDETERMINATE, first, second
        return overlap(first, second), first, second

    outcome, tried, changes = with_alternatives(
        [one, other], [one.distance, other.distance], [one.sense, other.sense], compare
    )
    _, measured, claimed = compare([one.distance, other.distance], [one.sense, other.sense])
    label = incident.points[one.point].label
    speakers = listed(list(dict.fromkeys([party_name(incident, one), party_name(incident, other)])))
    figures = listed([_figure(incident, claim, across=across) for claim in (one, other)])
    ending = {
        Outcome.CONSISTENT: "can both hold",
        Outcome.INCONSISTENT: "cannot both hold",
    }.get(outcome, "are taken in different ways and cannot be compared")
    allowed = listed([format_interval(claim.distance.interval) for claim in (one, other)])
    return Finding(
        id=finding_id(FindingKind.SAME_POINT, [one, other]),
        kind=FindingKind.SAME_POINT,
        claims=(one.id, other.id),
        outcome=outcome,
        robust=not changes,
        fragile_by=changes,
        statement=f"For the {label}, the figures of {speakers}, {figures}, {ending}: they stand for {allowed}.",
        measured=claimed,
        claimed=measured,
        by_source={},
        alternatives=tried,
        evidence={"gap_m": measured.gap(claimed) if measured is not None and claimed is not None else None},
    )


def _figure(incident: Incident, claim: BorderDistanceClaim, *, across: bool) -> str:
    where = f" in {territory_name(incident, claim.territory)}" if across and claim.territory else ""
    way = {Sense.MERIDIAN: " along the meridian", Sense.HEADING: " along a bearing"}.get(claim.sense, "")
    return f"{claim.distance.text.strip()}{where}{way} ({claim.tag})"


Placing = WithinClaim | BorderDistanceClaim
"""Claims that put a point on the ground of a territory."""


def _territories_twice(incident: Incident, one: Placing, other: Placing) -> Iterator[Finding]:
    if one.territory is None or other.territory is None or one.territory == other.territory:
        return
    names = [territory_name(incident, territory) for territory in (one.territory, other.territory)]
    yield Finding(
        id=finding_id(FindingKind.SAME_POINT, [one, other]),
        kind=FindingKind.SAME_POINT,
        claims=(one.id, other.id),
        outcome=Outcome.INCONSISTENT,
        robust=True,
        fragile_by=(),
        statement=(
            f"{one.tag} puts the {incident.points[one.point].label} in {names[0]}, {other.tag} in {names[1]}: both "
            "cannot hold."
        ),
        by_source={},
        evidence={"territories": [one.territory, other.territory]},
    )
