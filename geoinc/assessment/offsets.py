"""Distances and directions from a place: against positions of the same point, and against its place by a border."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from geoinc.assessment.border_checks import turned
from geoinc.assessment.evidence import Context
from geoinc.assessment.from_places import PlaceOutcome, decide_places, judge_places
from geoinc.assessment.informativeness import excluded_by_offset
from geoinc.assessment.senses import question_of, try_alternatives
from geoinc.claims import BorderDistanceClaim, PlaceOffsetClaim, PositionClaim
from geoinc.consistency import Points, finding_id, finite_or_none, not_assessable, offsets_of
from geoinc.findings import AlternativeOutcome, Finding, FindingKind, Outcome
from geoinc.messages import Text, join, number, say, say_as
from geoinc.quantities import format_distance
from geoinc.ranges import cell_radius_m
from geoinc.wording import (
    alternative_label,
    if_only,
    listed,
    offset_text,
    outer_range,
    party_name,
    position_wanted,
    printed,
    undeclared_sentence,
)

__all__ = ["check_offsets"]

OffsetClaim = PlaceOffsetClaim | BorderDistanceClaim


def check_offsets(context: Context) -> Iterator[Finding]:
    """Check each distance from a place against each position printed for the same point."""
    incident = context.incident
    points = Points(incident)
    for offset in offsets_of(incident):
        claim = offset.claim
        label = incident.points[claim.point].label
        positions = points.positions(claim.point)
        if not positions:
            yield not_assessable(
                FindingKind.DISTANCE,
                [claim],
                say(
                    "{party} places the {point} {offset} ({claim}), without a position.",
                    party=party_name(incident, claim),
                    point=label,
                    offset=_offset_text(claim, claim.distance.text.strip()),
                    claim=claim.tag,
                ),
                (position_wanted(incident, claim.point),),
                claimed=claim.distance.interval,
            )
        for position in positions:
            yield _offset(context, claim, position)


def _offset(context: Context, claim: OffsetClaim, position: PositionClaim) -> Finding:
    question = question_of(claim)
    judged = judge_places(position.reading, claim.places, question, claim.direction_deg)
    outcome = decide_places(judged)
    tried = _tried(context, claim, position)
    changes = turned(tried, outcome)
    if len({each.outcome for each in judged}) > 1:
        changes += [if_only(each.place, each.outcome) for each in judged]
    return Finding(
        id=finding_id(FindingKind.DISTANCE, [claim, position]),
        kind=FindingKind.DISTANCE,
        claims=(claim.id, position.id),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=join(
            [
                _statement(context, claim, position, judged, outcome),
                undeclared_sentence(each for each in tried if each.outcome is not outcome),
            ]
        ),
        measured=outer_range([each.measured for each in judged]),
        claimed=question.claimed,
        by_source={},
        alternatives=tried,
        evidence={
            "sense": "from",
            "distance_m": {each.place.id: each.distance_m for each in judged},
            "azimuth_deg": {each.place.id: each.azimuth_deg for each in judged},
            "direction_deg": None if claim.direction_deg is None else list(claim.direction_deg),
            "uncertainty_m": {each.place.id: each.uncertainty_m for each in judged},
            "margin_m": {
                each.place.id: None if each.margin_m is None else finite_or_none(each.margin_m) for each in judged
            },
        },
        informativeness=excluded_by_offset(
            context.ground(claim.border if isinstance(claim, BorderDistanceClaim) else context.incident.borders[0]),
            claim,
            question.claimed,
            {each.place.id: each.uncertainty_m + cell_radius_m(position.reading) for each in judged},
            point=context.incident.points[claim.point].label,
        ),
    )


def _tried(context: Context, claim: OffsetClaim, position: PositionClaim) -> tuple[AlternativeOutcome, ...]:
    if isinstance(claim, BorderDistanceClaim):
        return try_alternatives(context, position, claim)
    tried = []
    for alternative in claim.alternatives:
        question = question_of(claim, alternative)
        judged = judge_places(position.reading, claim.places, question, claim.direction_deg)
        label = alternative_label([claim], alternative)
        measured = outer_range([each.measured for each in judged])
        tried.append(AlternativeOutcome(label, decide_places(judged), measured, question.claimed))
    return tuple(tried)


def _statement(
    context: Context,
    claim: OffsetClaim,
    position: PositionClaim,
    judged: Sequence[PlaceOutcome],
    outcome: Outcome,
) -> str:
    told = listed([_told(claim, each) for each in judged])
    by = [each.margin_m for each in judged if each.margin_m is not None]
    verdict = _VERDICTS[outcome]
    if len({each.outcome for each in judged}) > 1:
        verdict = say("agrees with one place and not with another")
    elif outcome is Outcome.INDETERMINATE and not all(each.fit for each in judged):
        rough = max(judged, key=lambda each: each.uncertainty_m)
        verdict = say(
            "does not exclude it and cannot confirm it: {place} is placed to within {distance} only",
            place=rough.place.name,
            distance=format_distance(rough.uncertainty_m),
        )
    elif outcome is Outcome.INCONSISTENT and by:
        verdict = say(
            "does not agree: {gap} lie between, beyond the accuracy of the place", gap=format_distance(-max(by))
        )
    return say(
        "According to {party} ({claim}), the {point} is {offset}; the printed position ({position}) is {measured}, "
        "which {verdict}.",
        party=party_name(context.incident, claim),
        claim=claim.tag,
        point=context.incident.points[claim.point].label,
        offset=_offset_text(claim, printed(claim)),
        position=position.tag,
        measured=told,
        verdict=verdict,
    )


_VERDICTS: Final = {
    Outcome.CONSISTENT: say_as("which", "agrees"),
    Outcome.INCONSISTENT: say_as("which", "does not agree"),
    Outcome.INDETERMINATE: say_as("which", "cannot settle it"),
}
"""How a measured distance stands to a stated one, after "which"."""


def _offset_text(claim: OffsetClaim, distance: str) -> Text:
    return offset_text(distance, claim.direction_deg, [place.name for place in claim.places])


def _told(claim: OffsetClaim, found: PlaceOutcome) -> Text:
    distance = format_distance(found.distance_m)
    if claim.direction_deg is None:
        return say("{distance} from {places}", distance=distance, places=found.place.name)
    return say(
        "{distance} from {place} on azimuth {azimuth}°",
        distance=distance,
        place=found.place.name,
        azimuth=number(f"{found.azimuth_deg:.1f}"),
    )
