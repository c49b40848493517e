"""Falls, clocks, tracks and distances from places."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations

from geoinc.assessment.border_checks import turned
from geoinc.assessment.evidence import Asked, Context
from geoinc.assessment.rule import Question, decide, judge_sources
from geoinc.claims import FallClaim, FallMode, PlaceOffsetClaim, PositionClaim, SeparationClaim, TimeClaim, TrackClaim
from geoinc.consistency import Points, finding_id, not_assessable, separation_of
from geoinc.findings import AlternativeOutcome, Finding, FindingKind, Outcome, SourceOutcome
from geoinc.geodesy import inverse
from geoinc.intervals import Interval
from geoinc.motion import ILLUSTRATIVE_ALTITUDES_M, lean_deg
from geoinc.places import Place
from geoinc.quantities import format_distance, read_quantity
from geoinc.ranges import cell_radius_m
from geoinc.wording import alternative_label, listed, outer_range, party_name, tags, territory_name

__all__ = ["check_falls", "check_offsets", "check_times", "check_tracks"]


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
        verdict = "they share a time" if not apart else f"{'; '.join(tags(pair) for pair in apart)} do not share a time"
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
    """Check every published track against each territory that the aircraft is said not to have left."""
    incident = context.incident
    tracks = [claim for claim in incident.claims if isinstance(claim, TrackClaim)]
    for claim in tracks:
        if claim.never_left is None or claim.border is None:
            continue
        where = territory_name(incident, claim.never_left)
        said = f"{party_name(incident, claim)} says that the aircraft never left {where} ({claim.tag})"
        flown = [track for track in tracks if track.positions]
        for track in flown:
            yield _track(context, claim, track, said, where)
        if not flown:
            yield not_assessable(
                FindingKind.TRACK,
                [claim],
                f"{said}. No track was published, so this cannot be tested.",
                ("the track of the aircraft, with times",),
            )


def _track(context: Context, claim: TrackClaim, track: TrackClaim, said: str, where: str) -> Finding:
    question = Question(Interval.more_than(0.0), one_sided=True, scale_m=None)
    asked = Asked(claim.border or context.incident.borders[0], claim.never_left)
    evidence = [
        context.evidence(
            PositionClaim(
                id=f"{track.id}[{number}]", party=track.party, kind="position", tag=track.tag, point="", reading=reading
            ),
            asked,
        )
        for number, reading in enumerate(track.positions)
    ]
    judged = [judge_sources(each, question) for each in evidence]
    outcomes = [decide(each) for each in judged]
    outcome = _whole_track(outcomes)
    changes = [
        f"if {source.title} were left out (then {then.value})"
        for source in evidence[0]
        if source.represents
        and (then := _whole_track([decide(_without(each, source.source)) for each in judged])) is not outcome
    ]
    inside, outside = outcomes.count(Outcome.CONSISTENT), outcomes.count(Outcome.INCONSISTENT)
    shown = judged[outcomes.index(outcome)] if outcome in outcomes else judged[0]
    own = [claim] if claim is track else [claim, track]
    by = "" if claim is track else f", by {party_name(context.incident, track)} ({track.tag})"
    return Finding(
        id=finding_id(FindingKind.TRACK, own),
        kind=FindingKind.TRACK,
        claims=tuple(each.id for each in own),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=(
            f"{said}. Positions published{by}: {len(outcomes)}; in {where}: {inside}; on the other side: {outside}; "
            f"too near to tell: {len(outcomes) - inside - outside}. Nothing is known of the way between positions."
        ),
        by_source=shown,
        evidence={"inside": inside, "outside": outside, "positions": len(outcomes)},
        missing=("the way between the published positions",),
    )


def _whole_track(outcomes: Sequence[Outcome]) -> Outcome:
    """One position on the other side is enough to have left; all must be inside to have stayed."""
    if Outcome.INCONSISTENT in outcomes:
        return Outcome.INCONSISTENT
    return Outcome.CONSISTENT if set(outcomes) == {Outcome.CONSISTENT} else Outcome.INDETERMINATE


def _without(judged: Mapping[str, SourceOutcome], source: str) -> dict[str, SourceOutcome]:
    return {name: each for name, each in judged.items() if name != source}


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
