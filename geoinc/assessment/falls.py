"""Falls: how far from the vertical they were."""

from __future__ import annotations

import math
from collections.abc import Iterator

from geoinc.assessment.evidence import Context
from geoinc.claims import FallClaim, FallMode, PositionClaim, SeparationClaim
from geoinc.consistency import Points, finding_id, not_assessable, separation_of
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.intervals import Interval
from geoinc.motion import ILLUSTRATIVE_ALTITUDES_M, lean_deg
from geoinc.quantities import format_distance
from geoinc.wording import listed, party_name, tags

__all__ = ["check_falls"]


def check_falls(context: Context) -> Iterator[Finding]:
    """Tell how far from the vertical each fall was, from the positions or the separation of its two ends."""
    incident = context.incident
    points = Points(incident)
    for fall in incident.claims:
        if not isinstance(fall, FallClaim):
            continue
        wanted = {points.canonical(fall.start), points.canonical(fall.end)}
        pairs = [(a, b) for a in points.positions(fall.start) for b in points.positions(fall.end)]
        stated = [
            claim
            for claim in incident.claims
            if isinstance(claim, SeparationClaim) and {points.canonical(p) for p in claim.points} == wanted
        ]
        for ends in pairs:
            yield _fall(context, fall, separation_of(*ends)[1], (*stated, *ends))
        if pairs:
            continue
        if stated:
            yield _fall(context, fall, stated[0].distance.interval, tuple(stated))
        else:
            yield not_assessable(
                FindingKind.MOTION,
                [fall],
                f"{party_name(incident, fall)} describes a {fall.mode.value} fall ({fall.tag}) without positions of "
                "its two ends.",
                ("the positions of the two ends of the fall", "the altitude of its start"),
            )


def _fall(
    context: Context,
    fall: FallClaim,
    apart: Interval,
    between: tuple[PositionClaim | SeparationClaim, ...],
) -> Finding:
    incident = context.incident
    altitude = fall.altitude.interval if fall.altitude is not None else None
    altitudes = ILLUSTRATIVE_ALTITUDES_M if altitude is None else (altitude.low, altitude.high)
    leans = {f"{height:.0f}": lean_deg(apart.middle, height) for height in altitudes if 0 < height < math.inf}
    told = listed([f"{lean:.1f}° from {float(height):,.0f} m".replace(",", " ") for height, lean in leans.items()])
    outcome = Outcome.CONSISTENT if apart.low <= 0 else Outcome.INDETERMINATE
    start = incident.points[fall.start].label
    sentences = [
        f"{party_name(incident, fall)} describes a {fall.mode.value} fall ({fall.tag}); the "
        f"{format_distance(apart.middle)} between the {start} and the {incident.points[fall.end].label} "
        f"({tags(between)}) lean off the vertical by {told}."
        if told
        else f"{party_name(incident, fall)} describes a {fall.mode.value} fall ({fall.tag}) over "
        f"{format_distance(apart.middle)} ({tags(between)})."
    ]
    if altitude is None:
        sentences.append("No altitude was published, so these are examples.")
    if fall.mode is FallMode.VERTICAL:
        sentences.append(f"The word has no stated tolerance, and the {start} need not be where the fall began.")
    else:
        sentences.append(f"Whether a {fall.mode.value} fall covers this depends on speed and wind as well.")
    statement = " ".join(sentences)
    missing = ["the altitude at which the fall began"] if altitude is None else []
    return Finding(
        id=finding_id(FindingKind.MOTION, [fall, *between]),
        kind=FindingKind.MOTION,
        claims=(fall.id, *(claim.id for claim in between)),
        outcome=outcome,
        robust=True,
        fragile_by=(),
        statement=statement,
        measured=apart,
        by_source={},
        evidence={"lean_deg_by_altitude_m": leans, "altitude_stated": altitude is not None},
        missing=(*missing, "the place where the fall began"),
    )
