"""The ground that one party's words allow against the positions that another party printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geoinc.assessment.border_checks import question_of, turned
from geoinc.assessment.evidence import Asked, Context
from geoinc.assessment.falls import needs_of
from geoinc.assessment.rule import FIT_SHARE
from geoinc.claims import BorderDistanceClaim, FallClaim, FallMode, PositionClaim
from geoinc.consistency import Points, finding_id, not_assessable
from geoinc.findings import AlternativeOutcome, Finding, FindingKind, Outcome, SourceOutcome
from geoinc.intervals import Interval
from geoinc.measurement import Sense
from geoinc.messages import Text, join, say
from geoinc.motion import Needs, tell_needs
from geoinc.ranges import cell_radius_m
from geoinc.regions import least_distance_m
from geoinc.wording import (
    alternative_label,
    if_left_out,
    listed,
    party_name,
    position_wanted,
    printed,
    spread,
    tags,
)

__all__ = ["check_grounds"]

EXACT_M: Final = 0.25
"""Half the width of the ribbon that stands for a figure taken as exact."""


def check_grounds(context: Context) -> Iterator[Finding]:
    """Measure how far the ground that a party's distance allows lies from another party's positions.

    The two speak of different points, so no distance contradicts either: it is what must have been covered
    if both accounts are to hold.
    """
    incident = context.incident
    points = Points(incident)
    told: dict[str, str] = {}
    for claim in incident.claims:
        if not isinstance(claim, BorderDistanceClaim) or claim.sense is not Sense.SHORTEST:
            continue
        if points.positions(claim.point) or claim.territory is None:
            continue
        others = [
            each
            for each in incident.claims
            if isinstance(each, PositionClaim)
            and each.party != claim.party
            and points.canonical(each.point) != points.canonical(claim.point)
        ]
        if others:
            yield _ground(context, claim, others, told)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the claim, and the least distance to the ground it allows: by position tag and source."""

    label: str
    claimed: Interval
    least_m: Mapping[str, Mapping[str, float]]

    def values(self, voices: Sequence[str]) -> list[float]:
        return [found[source] for found in self.least_m.values() for source in voices if source in found]


def _ground(
    context: Context, claim: BorderDistanceClaim, positions: Sequence[PositionClaim], told: dict[str, str]
) -> Finding:
    """Check one claim; `told` holds what was said of motion before, and by the tag of which claim it can be found."""
    incident = context.incident
    points = Points(incident)
    asked = [("", claim, question_of(claim).claimed)]
    asked += [
        (
            alternative_label([claim], replace(alternative, sense=None, edges=None)),
            replace(claim, near=alternative.near or claim.near),
            question_of(claim, alternative).claimed,
        )
        for alternative in claim.alternatives
        if (alternative.distance, alternative.precision, alternative.near) != (None, None, None)
    ]
    printed_one, *others = (
        _Reading(label, claimed, {p.tag: _least_m(context, read_as, p, claimed) for p in positions})
        for label, read_as, claimed in asked
    )
    voices = _voices(context, claim, positions)
    ground = say(
        "The ground that {claim} allows ({party}: {point} {distance} from the border)",
        claim=claim.tag,
        party=party_name(incident, claim),
        point=incident.points[claim.point].label,
        distance=printed(claim),
    )
    least = printed_one.values(voices)
    if not least:
        return not_assessable(
            FindingKind.REGIONS,
            [claim, *positions],
            say(
                "{ground} is not reached from the printed positions ({positions}) by any source fit for the scale.",
                ground=ground,
                positions=tags(positions),
            ),
            (say("a boundary source that covers both and is fit for the scale"),),
            claimed=claim.distance.interval,
        )
    ends = {points.canonical(position.point) for position in positions}
    falls = [
        fall
        for fall in incident.claims
        if isinstance(fall, FallClaim) and fall.mode is FallMode.VERTICAL and points.canonical(fall.end) in ends
    ]
    outcome = _outcome(least)
    apart = outcome is Outcome.INDETERMINATE
    needs, way = _needs(context, printed_one, positions, voices)
    tried = tuple(
        AlternativeOutcome(other.label, _outcome(values), Interval(min(values), max(values)), other.claimed)
        for other in others
        if (values := other.values(voices))
    )
    titles = {source.id: source.title for source in context.borders[claim.border].sources}
    changes = turned(tried, outcome)
    changes += [
        if_left_out(titles[voice], then)
        for voice in voices
        if (rest := printed_one.values([each for each in voices if each != voice]))
        and (then := _outcome(rest)) is not outcome
    ]
    return Finding(
        id=finding_id(FindingKind.REGIONS, [claim, *positions]),
        kind=FindingKind.REGIONS,
        claims=(claim.id, *(each.id for each in positions), *(fall.id for fall in falls)),
        outcome=outcome,
        robust=not changes,
        fragile_by=tuple(changes),
        statement=join(
            [
                _statement(ground, printed_one, others, voices, tags(falls) if apart else None),
                _tell_once(tell_needs(needs, way), claim, told) if apart else None,
            ]
        ),
        measured=Interval(min(least), max(least)),
        claimed=claim.distance.interval,
        by_source=_by_source(context, claim, positions, printed_one, voices),
        alternatives=tried,
        evidence={
            "least_distance_m": printed_one.least_m,
            **({"would_cover": needs.document()} if apart else {}),
            "alternatives_m": {other.label: other.least_m for other in others},
            "exact_m": {
                reading.label or "as printed": {
                    p.tag: _least_m(context, claim, p, Interval.about(reading.claimed.middle, EXACT_M))
                    for p in positions
                }
                for reading in (printed_one, *others)
                if reading.claimed.bounded and reading.claimed.low > 0
            },
        },
        missing=(
            say("the track of the aircraft between the two moments"),
            position_wanted(incident, claim.point),
        ),
    )


def _needs(
    context: Context, reading: _Reading, positions: Sequence[PositionClaim], voices: Sequence[str]
) -> tuple[Needs, Text]:
    """What motion would cover the way from the ground to where something fell; to any position where nothing did."""
    points = Points(context.incident)
    falls = [claim for claim in context.incident.claims if isinstance(claim, FallClaim)]
    ended = {points.canonical(fall.end) for fall in falls}
    chosen = [each for each in positions if points.canonical(each.point) in ended] or list(positions)
    ends = {points.canonical(each.point) for each in chosen}
    found = [
        reading.least_m[each.tag][voice] for each in chosen for voice in voices if voice in reading.least_m[each.tag]
    ]
    distance = Interval(min(found), max(found)) if found else Interval(0.0, 0.0)
    needs = needs_of([fall for fall in falls if points.canonical(fall.end) in ends], distance)
    return needs, say("for the least way to {positions}", positions=tags(chosen))


def _tell_once(sentence: Text, claim: BorderDistanceClaim, told: dict[str, str]) -> Text:
    """Return what motion would do; where the same was said of another claim, a pointer to it."""
    before = told.setdefault(sentence, claim.tag)
    return sentence if before == claim.tag else say("What motion would do is the same as for {claim}.", claim=before)


def _outcome(least_m: Sequence[float]) -> Outcome:
    return Outcome.INDETERMINATE if max(least_m) > 0 else Outcome.CONSISTENT


def _statement(
    ground: Text, printed_one: _Reading, others: Sequence[_Reading], voices: Sequence[str], falls: Text | None
) -> Text:
    def ways(reading: _Reading) -> Text:
        by_tag = {tag: [found[s] for s in voices if s in found] for tag, found in reading.least_m.items()}
        return listed(
            [
                say("{distance} from {places}", distance=spread(values), places=tag)
                for tag, values in by_tag.items()
                if values
            ]
        )

    sentences = [
        say(
            "{ground} lies at least {distances}, depending on the boundary source.",
            ground=ground,
            distances=ways(printed_one),
        )
    ]
    sentences += [
        say("If {reading}, at least {distances}.", reading=other.label, distances=ways(other))
        for other in others
        if other.values(voices)
    ]
    if max(printed_one.values(voices)) > 0:
        sentences.append(
            say(
                "The accounts speak of different moments; both can hold only if at least this was covered between them."
            )
        )
    if falls:
        sentences.append(
            say(
                "A vertical fall ({falls}) from that ground would not cover it; flight before the fall may.",
                falls=falls,
            )
        )
    return join(sentences)


def _least_m(
    context: Context, claim: BorderDistanceClaim, position: PositionClaim, distance: Interval
) -> dict[str, float]:
    """Least distance from a position to the allowed ground, by source; sources without an answer are left out."""
    border = context.borders[claim.border]
    found = {}
    reading = position.reading
    for evidence in context.evidence(position, Asked(claim.border, None)):
        if evidence.value_m is None:
            continue
        least = least_distance_m(
            border[evidence.source],
            claim,
            reading.lon_deg,
            reading.lat_deg,
            distance=distance,
            edges=context.edges,
        )
        if least is not None:
            found[evidence.source] = least
    return found


def _voices(context: Context, claim: BorderDistanceClaim, positions: Sequence[PositionClaim]) -> list[str]:
    """The sources that speak for their lineages and are fit for the distance from the positions to the line."""
    border = context.borders[claim.border]
    voices = []
    for name in border:
        if border[border[name].source.lineage].source.id != name:
            continue
        measured = [
            evidence
            for position in positions
            for evidence in context.evidence(position, Asked(claim.border, None))
            if evidence.source == name and evidence.value_m is not None
        ]
        if measured and all(each.uncertainty_m() <= FIT_SHARE * abs(each.value_m or 0.0) for each in measured):
            voices.append(name)
    return voices


def _by_source(
    context: Context,
    claim: BorderDistanceClaim,
    positions: Sequence[PositionClaim],
    reading: _Reading,
    voices: Sequence[str],
) -> dict[str, SourceOutcome]:
    """What each source finds for the nearest of the positions."""
    outcomes = {}
    for name in context.borders[claim.border]:
        candidates = [(reading.least_m[p.tag][name], p) for p in positions if name in reading.least_m[p.tag]]
        if not candidates:
            continue
        value_m, position = min(candidates, key=lambda pair: pair[0])
        evidence = next(e for e in context.evidence(position, Asked(claim.border, None)) if e.source == name)
        margin_m = evidence.uncertainty_m() + cell_radius_m(position.reading)
        votes = name in voices
        outcomes[name] = SourceOutcome(
            outcome=Outcome.CONSISTENT if value_m <= 0 else Outcome.INDETERMINATE,
            measured=Interval(max(0.0, value_m - margin_m), value_m + margin_m),
            value=value_m,
            uncertainty_m=evidence.uncertainty_m(),
            fit=evidence.uncertainty_m() <= FIT_SHARE * abs(evidence.value_m or 0.0),
            votes=votes,
            why=None if votes else say("not fit for this scale, or another source speaks for its lineage"),
        )
    return outcomes
