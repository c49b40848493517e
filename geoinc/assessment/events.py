"""Falls, clocks, tracks and distances from places."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

from geoinc.assessment.evidence import Asked, Context
from geoinc.assessment.rule import Question, decide, judge_sources
from geoinc.claims import FallClaim, PlaceOffsetClaim, PositionClaim, SeparationClaim, TimeClaim, TrackClaim
from geoinc.consistency import Points, finding_id, not_assessable, separation_of
from geoinc.findings import Finding, FindingKind, Outcome
from geoinc.geodesy import inverse
from geoinc.intervals import Interval
from geoinc.motion import ILLUSTRATIVE_ALTITUDES_M, lean_deg
from geoinc.quantities import format_distance
from geoinc.ranges import cell_radius_m
from geoinc.wording import listed, outer_range, party_name, tags, territory_name

__all__ = ["check_falls", "check_offsets", "check_times", "check_tracks"]


def check_falls(context: Context) -> Iterator[Finding]:
    """Tell how far from the vertical each fall was, from the positions or the separation of its two ends."""
    incident = context.incident
    points = Points(incident)
    for fall in incident.claims:
        if not isinstance(fall, FallClaim):
            continue
        wanted = {points.canonical(fall.start), points.canonical(fall.end)}
        pairs = [
            (separation_of(a, b), (a, b)) for a in points.positions(fall.start) for b in points.positions(fall.end)
        ]
        stated = [
            claim
            for claim in incident.claims
            if isinstance(claim, SeparationClaim) and {points.canonical(p) for p in claim.points} == wanted
        ]
        if pairs:
            (_, apart), ends = pairs[0]
            yield _fall(context, fall, apart, (*stated, *ends))
        elif stated:
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
    no_altitude = "" if altitude is not None else " No altitude was published, so these are examples."
    outcome = Outcome.CONSISTENT if apart.low <= 0 else Outcome.INDETERMINATE
    start = incident.points[fall.start].label
    statement = (
        f"{party_name(incident, fall)} describes a {fall.mode.value} fall ({fall.tag}); the "
        f"{format_distance(apart.middle)} between the {start} and the {incident.points[fall.end].label} "
        f"({tags(between)}) lean off the vertical by "
        f"{told}.{no_altitude} The word has no stated tolerance, and the {start} need not be where the fall began."
    )
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


def check_times(context: Context) -> Iterator[Finding]:
    """Check the times that are stated for each event against one another, in UTC."""
    incident = context.incident
    events: dict[str, list[TimeClaim]] = {}
    for claim in incident.claims:
        if isinstance(claim, TimeClaim):
            events.setdefault(Points(incident).canonical(claim.event), []).append(claim)
    for event, claims in events.items():
        if len(claims) < 2:
            continue
        apart = [(a, b) for a, b in combinations(claims, 2) if a.start_utc > b.end_utc or b.start_utc > a.end_utc]
        outcome = Outcome.INCONSISTENT if apart else Outcome.CONSISTENT
        told = listed([f"{c.tag} {_span(c.start_utc, c.end_utc)}" for c in claims])
        verdict = "they share a time" if not apart else f"{listed([tags(pair) for pair in apart])} do not share a time"
        yield Finding(
            id=finding_id(FindingKind.TIMES, claims),
            kind=FindingKind.TIMES,
            claims=tuple(claim.id for claim in claims),
            outcome=outcome,
            robust=True,
            fragile_by=(),
            statement=f"The times stated for the {incident.points[event].label}, in UTC: {told}; {verdict}.",
            unit="s",
            by_source={},
            evidence={
                "utc": {claim.id: [claim.start_utc.isoformat(), claim.end_utc.isoformat()] for claim in claims},
                "apart": [[a.id, b.id] for a, b in apart],
            },
        )


def _span(start: datetime, end: datetime) -> str:
    first = f"{start.day} {start:%B %H:%M}"
    return f"{first} to {end:%H:%M}" if start.date() == end.date() else f"{first} to {end.day} {end:%B %H:%M}"


def check_tracks(context: Context) -> Iterator[Finding]:
    """Check the positions of each track against the territory that it is said not to have left."""
    incident = context.incident
    for track in incident.claims:
        if not isinstance(track, TrackClaim) or track.never_left is None or track.border is None:
            continue
        where = territory_name(incident, track.never_left)
        said = f"{party_name(incident, track)} says that the aircraft never left {where} ({track.tag})"
        if not track.positions:
            yield not_assessable(
                FindingKind.TRACK,
                [track],
                f"{said}. No track was published, so this cannot be tested.",
                ("the track of the aircraft, with times",),
            )
            continue
        yield _track(context, track, said, where)


def _track(context: Context, track: TrackClaim, said: str, where: str) -> Finding:
    border = track.border
    if border is None or track.never_left is None:
        raise ValueError("a track is checked against a territory of a border")
    question = Question(Interval.more_than(0.0), one_sided=True, scale_m=None)
    judged = []
    for number, reading in enumerate(track.positions):
        position = PositionClaim(
            id=f"{track.id}[{number}]",
            party=track.party,
            kind="position",
            tag=track.tag,
            point="",
            reading=reading,
        )
        judged.append(judge_sources(context.evidence(position, Asked(border, track.never_left)), question))
    outcomes = [decide(each) for each in judged]
    inside = outcomes.count(Outcome.CONSISTENT)
    outside = outcomes.count(Outcome.INCONSISTENT)
    if outside:
        outcome = Outcome.INCONSISTENT
    elif inside == len(outcomes):
        outcome = Outcome.CONSISTENT
    else:
        outcome = Outcome.INDETERMINATE
    worst = judged[outcomes.index(outcome)] if outcome in outcomes else judged[0]
    return Finding(
        id=finding_id(FindingKind.TRACK, [track]),
        kind=FindingKind.TRACK,
        claims=(track.id,),
        outcome=outcome,
        robust=True,
        fragile_by=(),
        statement=(
            f"{said}. Of {len(outcomes)} published positions {inside} lie in {where}, {outside} do not, and "
            f"{len(outcomes) - inside - outside} cannot be told. Nothing is known of the way between positions."
        ),
        by_source=worst,
        evidence={"inside": inside, "outside": outside, "positions": len(outcomes)},
        missing=("the way between the published positions",),
    )


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
    reading = position.reading
    by_place = {}
    for place in claim.places:
        distance_m, azimuth_deg, _ = inverse(place.lon_deg, place.lat_deg, reading.lon_deg, reading.lat_deg)
        margin_m = place.accuracy_m + cell_radius_m(reading)
        measured = Interval(max(0.0, float(distance_m) - margin_m), float(distance_m) + margin_m)
        fits = measured.overlaps(claim.distance.interval) and _in_sector(
            float(azimuth_deg), claim.direction_deg, lean_deg(margin_m, max(float(distance_m), 1e-9))
        )
        by_place[place] = (float(distance_m), measured, fits)
    answers = {fits for _, _, fits in by_place.values()}
    if answers == {True}:
        outcome = Outcome.CONSISTENT
    elif answers == {False}:
        outcome = Outcome.INCONSISTENT
    else:
        outcome = Outcome.INDETERMINATE
    told = listed([f"{format_distance(d)} from {place.name}" for place, (d, _, _) in by_place.items()])
    verdict = {
        Outcome.CONSISTENT: "agrees",
        Outcome.INCONSISTENT: "does not agree",
        Outcome.INDETERMINATE: "depends on which place is meant",
    }[outcome]
    return Finding(
        id=finding_id(FindingKind.DISTANCE, [claim, position]),
        kind=FindingKind.DISTANCE,
        claims=(claim.id, position.id),
        outcome=outcome,
        robust=len(by_place) == 1 or outcome is not Outcome.INDETERMINATE,
        fragile_by=tuple(f"only {place.name} is meant" for place in by_place)
        if outcome is Outcome.INDETERMINATE
        else (),
        statement=(
            f"{party_name(context.incident, claim)} says {claim.distance.text.strip()} from a place ({claim.tag}); the "
            f"printed position ({position.tag}) is {told}: this {verdict}."
        ),
        measured=outer_range([measured for _, measured, _ in by_place.values()]),
        claimed=claim.distance.interval,
        by_source={},
        evidence={"distance_m": {place.id: d for place, (d, _, _) in by_place.items()}},
    )


def _in_sector(azimuth_deg: float, sector: tuple[float, float] | None, margin_deg: float) -> bool:
    if sector is None:
        return True
    start, end = sector
    width = (end - start) % 360.0 or 360.0
    return (azimuth_deg - start + margin_deg) % 360.0 <= width + 2 * margin_deg
